"""The transcripts show all that a bot says, in every language; and they say the same at any hour of the day."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from domain.said import Said
from journeys.registry import BOTS
from tests.transcripts.player import compare, play
from tests.transcripts.pure import MORNING, Pure
from tests.transcripts.script import STORIES, read
from texts.catalogue import FOLDER
from texts.loading import SHARED, resource

Heard = dict[str, list[Said]]
"""language -> all that was said in it"""

HOURS_LATER = (2.9, 10.7, 12.0, 15.3, 21.6)
"""after ten in the morning: noon, before and after nine in the evening, in the night, before nine in the morning"""

OF_FORMS = (
    "amount_is_range", "amount_negative", "amount_other_period", "amount_several", "amount_too_large",
    "amount_too_small", "amount_unreadable", "date_day_missing", "date_impossible", "date_in_future",
    "date_too_long_ago", "date_unreadable", "date_year_missing", "name_has_digits", "name_has_link",
    "name_has_symbols", "name_too_long", "name_too_short", "yes_or_no",
)  # fmt: skip
OF_NEXORAS_FORMS = (
    "budget_currency", "country_several", "country_unknown", "email_domain", "email_has_space", "email_several",
    "email_too_long", "email_unreadable", "email_without_at",
)  # fmt: skip
OF_ONBOARDING = (
    "code_digits", "expired", "phone_digits", "phone_not_indian", "phone_not_mobile", "phone_several",
    "pincode_digits", "pincode_several", "pincode_zero",
)  # fmt: skip
OF_FORMS_WITH_FIGURES = tuple(one for one in OF_FORMS if one.startswith(("amount_", "date_", "yes_or_no")))
OF_JOURNEYS_WITH_AN_END = (
    "ended", "kept_from_here", "menu", "no_support_yet", "nudge", "restart_sure", "welcome_back", "which_language",
)  # fmt: skip
OF_OUTAGES = ("backend_down", "please_wait", "system_down", "team_looks", "too_late", "we_keep_trying", "we_work")
OF_AN_EMPTY_DESK = (
    "no_deliveries", "no_faqs", "no_lines", "no_orders", "nothing_this_week", "nothing_today", "orders_not_shown",
)  # fmt: skip

QUIET = "nobody in a story writes ten times what helps nobody: tests/dialogue/test_rules_throttle.py"

NOT_HEARD = {
    "orders": {
        "expired": "a bot of menus keeps no answers that could expire",
        "throttled": QUIET,
        **dict.fromkeys((*OF_FORMS, *OF_NEXORAS_FORMS), "this bot asks for no name, date, amount or address"),
        **dict.fromkeys(OF_ONBOARDING, "this bot asks for no such thing"),
        **dict.fromkeys(OF_JOURNEYS_WITH_AN_END, "a bot of menus has its own, and one language"),
        **dict.fromkeys(
            OF_OUTAGES, "our own tables are not away alone: tests/dialogue/test_orders_bot.py has them away"
        ),
        **dict.fromkeys(OF_AN_EMPTY_DESK, "a demonstration has some of everything: tests/dialogue/test_orders_bot.py"),
        **dict.fromkeys(
            ("more", "from_the_start"), "a demonstration has few orders: tests/dialogue/test_orders_bot.py"
        ),
        "edited_too_late": "a transcript names no message to rewrite: tests/webhook/test_amendments.py does",
        "we_look_at_it": "only a bug brings it: tests/dialogue has journeys with bugs",
    },
    "loan": {
        "expired": "answers of this bot are kept",
        "throttled": QUIET,
        "edited_too_late": "a transcript names no message to rewrite: tests/webhook/test_amendments.py does",
        "we_look_at_it": "only a bug brings it: tests/dialogue has journeys with bugs",
        "back_at_the_menu": "only bots of menus go back there by themselves",
        "kept_from_here": "no step of this bot is a point of no return yet",
        "too_late": "no step of this bot is a point of no return yet",
        "yes_or_no": "no question of this bot is answered with yes or no and nothing else",
        **dict.fromkeys((*OF_NEXORAS_FORMS, *OF_ONBOARDING), "this bot asks for no such thing"),
    },
    "msme": {
        "edited_too_late": "a transcript names no message to rewrite: tests/webhook/test_amendments.py does",
        "we_look_at_it": "only a bug brings it: tests/dialogue has journeys with bugs",
        "back_at_the_menu": "only bots of menus go back there by themselves",
        "nudge": "the answers of this bot expire, and nobody is nudged before",
        "restart_sure": "restart asks nothing here",
        "throttled": "no story has a person who writes on and on: tests/dialogue/test_rules_throttle.py",
        "many_codes": "who types twenty-five codes: tests/dialogue/test_msme.py",
        **dict.fromkeys((*OF_FORMS_WITH_FIGURES, *OF_NEXORAS_FORMS), "this bot asks for no such thing"),
    },
    "nexora": {
        "expired": "a bot of menus keeps no answers that could expire",
        "throttled": QUIET,
        "edited_too_late": "a transcript names no message to rewrite: tests/webhook/test_amendments.py does",
        "we_look_at_it": "only a bug brings it: tests/dialogue has journeys with bugs",
        "kept_from_here": "a bot of menus forgets a point of no return with its turn of the menu",
        "too_late": "a lead is kept faster than anybody can write back",
        "jobs_not_open": "every stage has a job search: tests/store/test_nexora.py has none",
        **dict.fromkeys(
            ("no_booking_yet", "book_online", "no_slots", "slot_taken", "booking_gone"),
            "every stage has a calendar, and nobody in the way: tests/dialogue/test_booking.py",
        ),
        "no_programs": "every stage has programs",
        "no_support_yet": "the platform's menu, which offers support, is not this bot's",
        **dict.fromkeys(("ended", "help_undo", "nudge", "restart_sure", "welcome_back"), "not of a bot of menus"),
        **dict.fromkeys(("language_is", "which_language"), "this bot speaks English alone"),
        **dict.fromkeys(
            (
                *OF_ONBOARDING,
                "date_day_missing",
                "date_impossible",
                "date_in_future",
                "date_too_long_ago",
                "date_unreadable",
                "date_year_missing",
                "yes_or_no",
            ),
            "this bot asks for no such thing",
        ),
    },
}
"""bot -> texts that no transcript can show, and why; those that every bot says included"""


@pytest.fixture(scope="module")
def heard() -> dict[str, Heard]:
    """All that each bot says in its transcripts."""
    found: dict[str, Heard] = {bot: defaultdict(list) for bot in BOTS}
    for story in STORIES:
        stage = Pure(story.parent.name)
        asyncio.run(play(read(story), stage))
        for language, said in stage.heard:
            found[story.parent.name][language].append(said)
    return found


def languages() -> list[tuple[str, str]]:
    """Each bot with each of its languages."""
    return [(bot, file.stem) for bot in BOTS for file in sorted((FOLDER / bot).glob("*.ftl"))]


@pytest.mark.parametrize(("bot", "language"), languages())
def test_every_question_is_asked_in_every_language(bot: str, language: str, heard: dict[str, Heard]) -> None:
    """Each question of a bot is in a transcript, with its options, as it is put in this language."""
    asked = {said.key for said in heard[bot][language] if said.ref}
    assert {question.name for question in BOTS[bot].questions} - asked == set()


@pytest.mark.parametrize(("bot", "language"), languages())
def test_every_text_is_said_in_every_language(bot: str, language: str, heard: dict[str, Heard]) -> None:
    """Each text is in a transcript in this language, but for those that NOT_HEARD gives a reason for."""
    # A bot that names none has to show what is its own: what every bot says, the others show.
    wanted = texts_of(bot, language) if bot in NOT_HEARD else own_texts(bot, language)
    assert set(wanted) - shown_by(heard[bot][language], bot, language) == set(NOT_HEARD.get(bot, ()))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}-{story.stem}")
async def test_a_story_is_the_same_at_any_hour(story: Path) -> None:
    """Reminders wait for a decent hour; no transcript may depend on when it is played."""
    for hours in HOURS_LATER:
        stage = Pure(story.parent.name, MORNING + timedelta(hours=hours).total_seconds())
        compare(story.read_text(encoding="utf-8"), await play(read(story), stage), f"{hours} hours later")


def texts_of(bot: str, language: str) -> dict[str, ast.Message]:
    """All texts of a bot in a language, the shared ones included."""
    return own_texts(SHARED, language) | own_texts(bot, language)


def own_texts(bot: str, language: str) -> dict[str, ast.Message]:
    """The texts of a bot in a language that are in its own file."""
    entries = resource(FOLDER / bot / f"{language}.ftl").body
    return {entry.id.name: entry for entry in entries if isinstance(entry, ast.Message)}


def shown_by(heard: Sequence[Said], bot: str, language: str) -> set[str]:
    """All texts that are shown when this is said, those that are in others included."""
    messages = texts_of(bot, language)
    shown = {key for said in heard for key in keys_in(said, messages)}
    while new := {used for key in shown if key in messages for used in references_in(messages[key])} - shown:
        shown |= new
    return shown


def keys_in(said: Said, messages: dict[str, ast.Message]) -> Iterator[str]:
    """The texts that something said shows: its own, its rows that lead to other pages, and the opener of its list."""
    yield said.key
    yield from (value["each"] for value in said.values.values() if isinstance(value, dict) and "each" in value)
    for alternative in said.alternatives:
        if alternative.label in messages:
            yield alternative.label
    if said.alternatives and not any(one.id.name == "opener" for one in messages[said.key].attributes):
        yield "opener"


def references_in(message: ast.Message) -> set[str]:
    """The texts that a text has in it."""
    found = References()
    found.visit(message)
    return found.keys


class References(Visitor):
    """Collects the texts that are referred to."""

    def __init__(self) -> None:
        self.keys: set[str] = set()

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        """Note it down."""
        self.keys.add(node.id.name)
