"""The Nexora bot: residency and citizenship by investment, in English."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dialogue import Chat, Journey, Question, Reply, choice, typed
from dialogue.parsers import Invalid, clean, country, dollars, email_address, fold, full_name
from domain import values
from domain.investments import (
    CATEGORIES,
    CREATE_LEAD,
    LIST_PROGRAMS,
    MAKE_BROCHURE,
    MATCH_PROGRAMS,
    NOTIFY_ADMIN,
    BrochureWanted,
    Budget,
    LeadNotice,
    NewLead,
    Program,
    ProgramsWanted,
)
from domain.jobs import BY_CODE, SEARCH_JOBS, Job, JobsWanted, Where
from domain.messages import Attachment
from journeys.parts.booking import QUESTIONS as BOOKING_QUESTIONS
from journeys.parts.booking import booking

LEAST_BUDGET, MOST_BUDGET = Decimal(1_000), Decimal(1_000_000_000)
"""US dollars: less or more is a slip of the finger, and asked again"""
LETTERS = "abcd"
"""the categories' in the menu"""
A_MESSAGE = 6
"""programs in one message: their addresses and all fit in what a text may show"""
LONGEST_KEYWORDS = 80
ANY_WORK = frozenset(map(fold, ("any", "anything", "all", "any job", "any work", "everything", "no", "none", "skip")))


class Nexora(Journey):
    """Programs, eligibility, a consultant, jobs, a booking, a brochure: a menu of six, and each leads back to it."""

    languages = ("en",)
    menus = True

    async def run(self, chat: Chat) -> str | None:
        while True:
            with chat.round("main") as turn:
                chat.stage("menu")
                match await chat.ask(MAIN, turn="later" if turn else "first"):
                    case "programs":
                        await self.programs(chat)
                    case "eligibility":
                        await self.eligibility(chat)
                    case "consultant":
                        await self.consultant(chat)
                    case "jobs":
                        await self.jobs(chat)
                    case "booking":
                        await self.booking(chat)
                    case "brochure":
                        await self.brochure(chat)

    async def programs(self, chat: Chat) -> None:
        """The first three programs of a category; then what next."""
        chat.stage("programs")
        category = await chat.ask(CATEGORY)
        found = await chat.do(LIST_PROGRAMS, ProgramsWanted(category))
        if not found.programs:
            chat.say("no_programs")
            return
        chat.say("top_programs", category=category, programs=values.each("program", shown(found.programs)))
        match await chat.ask(NEXT_STEP):
            case "consultant":
                await self.consultant(chat, interest=category)
            case "eligibility":
                await self.eligibility(chat, interest=category)

    async def eligibility(self, chat: Chat, interest: str = "") -> None:
        """A budget, read back, and every program that it reaches, or the nearest; then what next."""
        chat.stage("eligibility")
        budget = await chat.ask(BUDGET)
        matching = await chat.do(MATCH_PROGRAMS, Budget(budget))
        said = values.dollars(budget)
        if not matching.programs:
            chat.say("no_programs")
            return
        if matching.within:
            chat.say("budget_reaches", budget=said, count=len(matching.programs))
        else:
            chat.say("budget_reaches_none", budget=said, least=values.dollars(matching.programs[0].minimum_investment))
        for first in range(0, len(matching.programs), A_MESSAGE):
            some = shown(matching.programs[first : first + A_MESSAGE])
            chat.say("matching_programs", programs=values.each("program", some, first + 1))
        match await chat.ask(AFTER_BUDGET):
            case "consultant":
                await self.consultant(chat, interest, budget)
            case "booking":
                await self.booking(chat)

    async def consultant(self, chat: Chat, interest: str = "", budget: Decimal | None = None) -> None:
        """Name and e-mail address: a lead, which the business is told of. What was looked at before goes with it."""
        chat.stage("lead")
        name = await chat.ask(LEAD_NAME)
        email = await chat.ask(EMAIL, name=name)
        kept = await chat.do(CREATE_LEAD, NewLead(name, email, interest, budget), about=[name, email])
        chat.say(
            "lead_kept",
            name=name,
            email=email,
            reference=kept.reference,
            interest=kept.interest or "none",
            budget=values.dollars(kept.budget) if kept.budget is not None else "none",
        )
        await chat.do(NOTIFY_ADMIN, LeadNotice(kept.reference))

    async def jobs(self, chat: Chat) -> None:
        """Where and what: up to five jobs."""
        chat.stage("jobs")
        where = await chat.ask(JOB_COUNTRY)
        keywords = await chat.ask(JOB_KEYWORDS, where=place(where))
        found = await chat.do(SEARCH_JOBS, JobsWanted(where, keywords))
        if not found.open:
            chat.say("jobs_not_open")
        elif not found.jobs:
            chat.say("no_jobs", where=place(where), keywords=keywords or "none")
        else:
            jobs = values.each("job", [shown_job(job) for job in found.jobs])
            chat.say("jobs_found", where=place(where), shown=len(found.jobs), total=found.total, jobs=jobs)

    async def booking(self, chat: Chat) -> None:
        """A consultation at an hour of their choice; the one that stands can be moved or cancelled."""
        chat.stage("booking")
        await booking(chat, "consultation")

    async def brochure(self, chat: Chat) -> None:
        """All programs, to keep."""
        chat.stage("brochure")
        made = await chat.do(MAKE_BROCHURE, BrochureWanted())
        chat.send_file("brochure", Attachment(made.blob, made.mime_type, made.filename), count=made.programs)


def shown(programs: Sequence[Program]) -> list[values.Values]:
    """Programs for the texts."""
    return [
        {
            "name": program.name,
            "minimum": values.dollars(program.minimum_investment),
            "time": program.processing_time,
            "link": program.link,
        }
        for program in programs
    ]


def shown_job(job: Job) -> values.Values:
    """A job for the texts."""
    return {"title": job.title, "company": job.company or "none", "place": job.place or "none", "link": job.link}


def place(where: Where) -> str:
    """A country's name, with the place in it where one was named."""
    return ", ".join(part for part in (where.place, BY_CODE[where.country].name) if part)


def _category(reply: Reply) -> str:
    """The category meant; they are told apart by letters. Raises Invalid: pick_region."""
    letter = fold(reply.text)
    if len(letter) == 1 and letter.isalpha() and letter not in LETTERS:
        # The start of several names, and of none that was meant.
        raise Invalid("pick_region")
    try:
        return reply.picked()
    except Invalid:
        raise Invalid("pick_region") from None


def _budget(text: str) -> Decimal:
    return dollars(text, LEAST_BUDGET, MOST_BUDGET)


def _keywords(text: str) -> str:
    """Words of the work; nothing for any work. Raises Invalid: keywords_unreadable, keywords_too_long."""
    words = clean(text)
    if fold(words) in ANY_WORK:
        return ""
    if len(words) > LONGEST_KEYWORDS:
        raise Invalid("keywords_too_long", most=LONGEST_KEYWORDS)
    if sum(sign.isalpha() for sign in words) < 2:
        raise Invalid("keywords_unreadable")
    return words


MAIN = choice("main", "programs", "eligibility", "consultant", "jobs", "booking", "brochure")
CATEGORY = Question("category", str, _category, CATEGORIES)
NEXT_STEP = choice("next_step", "consultant", "eligibility", "menu")
BUDGET: Question[Decimal] = typed("budget", Decimal, _budget, example="$250k")
AFTER_BUDGET = choice("after_budget", "consultant", "booking", "menu")
LEAD_NAME = typed("lead_name", str, full_name, example="Asha Patil")
EMAIL = typed("email", str, email_address, example="asha.patil@example.com")
JOB_COUNTRY: Question[Where] = typed("job_country", Where, country, example="UAE")
JOB_KEYWORDS = typed("job_keywords", str, _keywords, example="accountant")

Nexora.questions = (
    MAIN,
    CATEGORY,
    NEXT_STEP,
    BUDGET,
    AFTER_BUDGET,
    LEAD_NAME,
    EMAIL,
    JOB_COUNTRY,
    JOB_KEYWORDS,
    *BOOKING_QUESTIONS,
)
