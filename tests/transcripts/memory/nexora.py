"""Nexora's tables in memory: the seeded programs, a lead a person; a job search without HTTP; no mail."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import httpx

from activities.investments import LEAD
from activities.jobs import CareerJet
from domain import investments as words
from domain.jobs import SEARCH_JOBS, Jobs, JobsWanted
from domain.references import reference
from sandbox.jobs.moods import Moods
from sandbox.jobs.openings import Search, openings
from store.seeding import seeded_programs
from tests.transcripts.memory import Performers, World
from tests.transcripts.memory.diary import diary


class Memory:
    """What is remembered of one person."""

    def __init__(self, moods: Moods) -> None:
        self._noted = words.NewLead("", "")
        self._lead: UUID | None = None
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._careerjet))
        self._search = CareerJet(http, "http://jobs/v4/query", "us", "http://here", "127.0.0.1")
        self._moods = moods

    async def list_programs(self, conversation: UUID, key: UUID, wanted: words.ProgramsWanted) -> words.Programs:
        """The first programs of a category."""
        self._noted = replace(self._noted, interest=wanted.category)
        found = [one for one in seeded_programs() if one.category == wanted.category]
        return words.Programs(tuple(sorted(found, key=words.by_rank)[: wanted.most]))

    async def match_programs(self, conversation: UUID, key: UUID, budget: words.Budget) -> words.Matches:
        """The programs for a budget."""
        self._noted = replace(self._noted, budget=budget.amount)
        return words.matches(seeded_programs(), budget.amount)

    async def create_lead(self, conversation: UUID, key: UUID, new: words.NewLead) -> words.LeadKept:
        """The person's only lead."""
        self._lead = self._lead or key
        budget: Decimal | None = self._noted.budget if new.budget is None else new.budget
        return words.LeadKept(reference(LEAD, self._lead), new.interest or self._noted.interest, budget)

    async def notify_admin(self, conversation: UUID, key: UUID, notice: words.LeadNotice) -> words.Noticed:
        """Nobody is told."""
        return words.Noticed("mail")

    async def make_brochure(self, conversation: UUID, key: UUID, wanted: words.BrochureWanted) -> words.Brochure:
        """A brochure that is nowhere."""
        return words.Brochure("brochures/none", "Nexora-Programs.pdf", programs=len(seeded_programs()))

    async def search_jobs(self, conversation: UUID, key: UUID, wanted: JobsWanted) -> Jobs:
        """What the stand-in of the real stages finds."""
        return await self._search.search(wanted)

    def _careerjet(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        mood = self._moods.of(asked.get("keywords", ""))
        if mood.state == "down":
            return httpx.Response(503)
        search = Search(
            asked["locale_code"], asked.get("keywords", ""), asked.get("location", ""), int(asked["page_size"])
        )
        return httpx.Response(200, json=openings(search, mood.found))


def performers(world: World) -> Performers:
    """What performs Nexora's effects."""
    memory = Memory(world.moods)
    return {
        words.LIST_PROGRAMS.name: memory.list_programs,
        words.MATCH_PROGRAMS.name: memory.match_programs,
        words.CREATE_LEAD.name: memory.create_lead,
        words.NOTIFY_ADMIN.name: memory.notify_admin,
        **diary(world),
        words.MAKE_BROCHURE.name: memory.make_brochure,
        SEARCH_JOBS.name: memory.search_jobs,
    }
