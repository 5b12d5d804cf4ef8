"""Nexora where its stories do not come: nothing to show, outages, menus that leave nothing, what one can type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from dialogue.parsers import Label, pick
from domain.investments import by_rank
from journeys.nexora import A_MESSAGE, AFTER_BUDGET, CATEGORY, MAIN, NEXT_STEP, Nexora
from journeys.parts.booking import BOOKING_MANAGE, BOOKING_SURE, CANCEL_SURE
from store.seeding import seeded_programs
from tests.dialogue.menu_bots import conversation, words_of
from tests.dialogue.world import World
from texts import Catalogue

WORDS = Catalogue("nexora")
PROGRAMS = [
    {**asdict(one), "minimum_investment": str(one.minimum_investment)} for one in sorted(seeded_programs(), key=by_rank)
]
JOB = {"title": "Nurse", "company": "", "place": "", "link": "https://jobs.example/1"}
KEPT = {"reference": "LEAD-222222", "interest": "europe", "budget": "300000"}
OFFICE: dict[str, Callable[[Any], Any]] = {
    "list_programs": lambda wanted: {"programs": [one for one in PROGRAMS if one["category"] == wanted["category"]]},
    "match_programs": lambda budget: {"programs": PROGRAMS, "within": True},
    "create_lead": lambda new: KEPT,
    "notify_admin": lambda notice: {"by": "mail"},
    "search_jobs": lambda wanted: {"total": 1, "jobs": [JOB], "open": True},
    "find_booking": lambda asked: None,
    "find_slots": lambda wanted: {"calendar": False, "link": "https://us.example/book"},
    "make_brochure": lambda wanted: {"blob": "b/1", "filename": "Programs.pdf", "programs": 18},
}
EVERY_MENU = (
    "[programs]", "[europe]", "[eligibility]", "$300k", "[consultant]", "Asha Patil", "asha@patil.example",
    "[programs]", "[uae]", "[consultant]", "Asha Patil", "asha@patil.example", "[programs]", "[usa]", "[menu]",
    "[eligibility]", "1m", "[booking]", "[eligibility]", "1m", "[menu]", "[consultant]", "Asha Patil",
    "asha@patil.example", "[jobs]", "Canada", "any", "[booking]", "[brochure]",
)  # fmt: skip
"""one round through every menu, back at the first"""


def office(*lines: str, **outside: Any) -> World:
    """A conversation with Nexora that has come so far; `outside` are results of effects."""
    return conversation(Nexora, WORDS, OFFICE, *lines, **outside)


def told(world: World, key: str) -> str:
    """The words that were said last under this key."""
    return words_of(WORDS, world, key)


class TestMenus:
    def test_300_rounds_leave_the_state_as_small_as_one(self) -> None:
        world = office("hi", *EVERY_MENU)
        size = len(world.raw)
        for _ in range(300):
            world.play(*EVERY_MENU)
        assert world.waiting_for == "answer:main"
        assert len(world.raw) < size + 40

    def test_each_lead_is_told_of_once(self) -> None:
        world = office("hi", *EVERY_MENU, *EVERY_MENU)
        assert len(world.done("create_lead")) == len(world.done("notify_admin")) == 6

    def test_what_was_looked_at_in_the_same_turn_of_the_menu_goes_into_the_lead(self) -> None:
        world = office("hi", *EVERY_MENU)
        assert [(one["interest"], one["budget"]) for one in world.done("create_lead")] == [
            ("europe", "300000.00"),
            ("uae", None),
            ("", None),
        ]

    def test_the_first_three_are_asked_for(self) -> None:
        assert office("hi", "1", "d").done("list_programs") == [{"category": "uae", "most": 3}]


class TestNothingToShow:
    @pytest.mark.parametrize(
        ("lines", "result", "says"),
        [
            (("[programs]", "[europe]"), {"list_programs": {"programs": []}}, "no_programs"),
            (("[eligibility]", "1m"), {"match_programs": {"programs": []}}, "no_programs"),
            (("[jobs]", "Canada", "any"), {"search_jobs": {"open": False}}, "jobs_not_open"),
            (("[jobs]", "Canada", "any"), {"search_jobs": {"total": 0}}, "no_jobs"),
            (("[booking]",), {"find_slots": {"calendar": False}}, "no_booking_yet"),
        ],
    )
    def test_is_said_and_the_menu_is_there_again(self, lines: tuple[str, ...], result: Any, says: str) -> None:
        world = office("hi", *lines, **result)
        assert [said.key for said in world.sent[-2:]] == [says, "main"]
        assert told(world, says)


class TestOutages:
    def test_of_the_job_search_are_told_once_and_the_menu_is_open(self) -> None:
        world = office("hi", "[jobs]", "Canada")
        world.down = {"search_jobs"}
        assert world.types("nurse") == ["backend_down"]
        assert "job search" in told(world, "backend_down")
        assert world.types("well?") == ["please_wait"]
        assert world.types("menu") == ["main"]

    def test_of_it_end_by_themselves(self) -> None:
        world = office("hi", "[jobs]", "Canada")
        world.down = {"search_jobs"}
        world.types("nurse")
        world.down = set()
        assert world.passes(minutes=3) == ["jobs_found", "main"]

    def test_of_the_table_of_leads_cannot_be_walked_away_from(self) -> None:
        """It may be on record already: it is tried until that is known, and then told."""
        world = office("hi", "[consultant]", "Asha Patil")
        world.down = {"create_lead"}
        world.types("asha@patil.example")
        for word in ("back", "menu", "restart"):
            assert "too_late" in world.types(word)
        world.down = set()
        assert world.passes(minutes=3) == ["lead_kept", "main"]
        assert len(world.done("create_lead")) == 1

    def test_between_a_lead_and_its_mail_leave_it_thanked_for(self) -> None:
        world = office("hi", "[consultant]", "Asha Patil")
        world.down = {"notify_admin"}
        assert world.types("asha@patil.example") == ["lead_kept", "backend_down"]


class TestWhatIsShown:
    def test_a_budget_that_reaches_all_is_told_in_parts_that_count_on(self) -> None:
        world = office("hi", "2", "5m")
        bodies = [WORDS.render(said, "en").body for said in world.sent if said.key == "matching_programs"]
        assert [body.count("Minimum investment") for body in bodies] == [A_MESSAGE] * 3
        assert [body.partition(".")[0].lstrip("*") for body in bodies] == ["1", "7", "13"]

    def test_long_names_of_programs_and_jobs_fit(self) -> None:
        long = {**PROGRAMS[0], "name": "N" * 120, "link": "https://nexorainvestments.com/" + "p" * 120}
        world = office("hi", "2", "5m", match_programs={"programs": [long] * 12, "within": True})
        assert told(world, "matching_programs").count("N" * 120) == A_MESSAGE
        job = {"title": "T" * 120, "company": "C" * 80, "place": "P" * 80, "link": "https://jobs.example/" + "j" * 150}
        world = office("hi", "4", "UAE", "any", search_jobs={"total": 5, "jobs": [job] * 5})
        assert told(world, "jobs_found").count("T" * 120) == 5

    def test_a_job_that_does_not_say_whose_it_is_shows_no_gap(self) -> None:
        assert told(office("hi", "4", "UAE", "any"), "jobs_found").endswith("*1. Nurse*\nhttps://jobs.example/1")

    def test_one_job_and_one_program_are_spoken_of_as_one(self) -> None:
        assert told(office("hi", "4", "UAE", "any"), "jobs_found").startswith("One job in United Arab Emirates:")
        one = office("hi", "2", "60k", match_programs={"programs": PROGRAMS[:1], "within": True})
        assert "One program is within it" in told(one, "budget_reaches")

    def test_the_brochure_is_sent_as_a_file(self) -> None:
        world = office("hi", "6")
        [sent] = [said for said in world.sent if said.key == "brochure"]
        assert sent.attachment is not None
        assert (sent.attachment.blob, sent.attachment.filename) == ("b/1", "Programs.pdf")


class TestWhatCanBeTyped:
    @pytest.mark.parametrize("question", [MAIN, CATEGORY, NEXT_STEP, AFTER_BUDGET], ids=lambda one: one.name)
    def test_every_label_and_synonym_picks_its_option(self, question: Any) -> None:
        places = {
            "main": ("hi",),
            "category": ("hi", "1"),
            "next_step": ("hi", "1", "a"),
            "after_budget": ("hi", "2", "1m"),
        }
        for place, alternative in enumerate(question.alternatives(None)):
            for name in (*WORDS.labels(question.name, alternative), str(place + 1), "abcdef"[place]):
                world = office(*places[question.name])
                typed = world.branch()
                world.taps(alternative.id)
                assert typed.types(name) == [said.key for said in world.sent][-len(typed.decision.say) :], name

    @pytest.mark.parametrize("question", [BOOKING_SURE, BOOKING_MANAGE, CANCEL_SURE], ids=lambda one: one.name)
    def test_every_label_and_synonym_of_a_booking_means_its_option(self, question: Any) -> None:
        labels = [Label(one.id, WORDS.labels(question.name, one)) for one in question.alternatives(None)]
        for place, label in enumerate(labels):
            for name in (*label.names, str(place + 1), "abc"[place]):
                assert pick(name, labels) == label.id, name

    @pytest.mark.parametrize("question", [one for one in Nexora.questions if one.example], ids=lambda one: one.name)
    def test_each_example_is_taken(self, question: Any) -> None:
        places = {
            "budget": ("hi", "2"),
            "lead_name": ("hi", "3"),
            "email": ("hi", "3", "Asha Patil"),
            "job_country": ("hi", "4"),
            "job_keywords": ("hi", "4", "UAE"),
        }
        world = office(*places[question.name])
        assert world.waiting_for == f"answer:{question.name}"
        world.types(question.example)
        assert world.waiting_for != f"answer:{question.name}"

    def test_what_is_typed_by_hand_is_offered_an_example(self) -> None:
        assert {one.name for one in Nexora.questions if not one.options} == {
            one.name for one in Nexora.questions if one.example
        }
