"""What a walk finds: all that a journey can lead to, each time the same, and an end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogue import Chat, Journey, choice, typed
from journeys.loan import Loan
from maps.exploring import Exploration, TooLarge, explore
from maps.places import Node
from tests.dialogue.journeys import journey, number
from tests.maps.bots import MAIN, NAME, Desk, Form, desk, entry
from tests.maps.checks import FOR_ALL
from texts import Catalogue


def names(explored: Exploration) -> set[str]:
    """All nodes, in short."""
    return {f"{node.kind} {node.name}".strip() for node in explored.nodes}


def ways(explored: Exploration, start: str, end: str) -> set[str]:
    """How one gets from one place to another, in short."""
    return {
        str(way)
        for (here, there), found in explored.ways.items()
        for way in found
        if (here.name, there.name) == (start, end)
    }


class TestWhatIsFound:
    def test_is_every_question_effect_wait_and_ending(self) -> None:
        assert names(explore(desk())) == {
            *("start", "question main", "question orders", "question number", "question which", "question name"),
            *("question proof", "work search", "work lead", "wait parcel"),
        }
        assert names(explore(Form())) == {"start", "question kind", "question name", "question number", "ending done"}

    def test_says_what_leads_from_one_to_the_next(self) -> None:
        explored = explore(desk())
        assert ways(explored, "main", "orders") == {"[orders]"}
        assert ways(explored, "number", "search") == {"7"}
        assert ways(explored, "proof", "lead") == {"none at all", "file image"}
        assert ways(explored, "search", "orders") >= {"refusal unknown"}
        assert ways(explored, "search", "search") == {"outage"}
        assert ways(explored, "parcel", "main") == {"outcome arrived", "outcome expired"}
        assert ways(explored, "number", "main") == {"silence"}

    def test_results_of_each_kind_are_tried(self) -> None:
        explored = explore(desk())
        leads_on = ways(explored, "search", "which")
        assert {way for way in leads_on if "closed" in way} == set()
        assert {"numbers: one", "numbers: two", "numbers: none"} == {
            part for way in leads_on for part in way.removeprefix("result ").split(", ") if part.startswith("numbers")
        }
        assert all("closed" in way for way in ways(explored, "search", "orders") - {"refusal unknown"})

    def test_holds_what_an_early_answer_changes_much_later(self) -> None:
        """Both kinds come to the name; only for one of them it goes on from there."""
        explored = explore(Form())
        assert ways(explored, "name", "done") == {"Asha"}
        assert ways(explored, "name", "number") == {"Asha"}

    def test_holds_a_secret_what_a_silence_forgets_and_what_comes_after_the_end(self) -> None:
        explored = explore(entry())
        assert not explored.troubles
        assert names(explored) == {
            *("start", "question name", "question code", "work enter", "work show_way", "ending in", "ending locked"),
        }
        assert ways(explored, "code", "enter") == {"739154"}
        assert ways(explored, "code", "name") == {"silence"}
        assert ways(explored, "in", "show_way") == {"hi"}
        assert ways(explored, "locked", "name") == set()
        for check in FOR_ALL:
            check(explored)

    @pytest.mark.parametrize("tries", [1, 2, 3, 4, 5])
    def test_holds_the_last_try_too(self, tries: int) -> None:
        async def run(chat: Chat) -> str:
            while True:
                with chat.round("try") as failed:
                    if await chat.ask(choice("guess", "right", "wrong")) == "right":
                        return "won"
                    if failed + 1 == tries:
                        return "lost"

        explored = explore(journey(run, questions=(choice("guess", "right", "wrong"),)))
        assert names(explored) == {"start", "question guess", "ending won", "ending lost"}

    def test_holds_every_page_of_a_long_list(self) -> None:
        many = choice("many", *map(str, range(40)))

        async def run(chat: Chat) -> str:
            return await chat.ask(many)

        explored = explore(journey(run, questions=(many,)))
        assert {f"ending {number}" for number in range(40)} <= names(explored)

    def test_knows_the_stage_of_each(self) -> None:
        explored = explore(Form())
        assert Node("details", "question", "name") in explored.nodes
        assert Node("", "question", "kind") in explored.nodes

    def test_trouble_is_a_place_like_others(self) -> None:
        async def run(chat: Chat) -> None:
            if await chat.ask(MAIN) == "about":
                raise KeyError("bug")

        explored = explore(journey(run, questions=(MAIN,)))
        (step,) = explored.troubles
        assert str(step.way) == "[about]"
        assert step.end.node.name.startswith("KeyError in run")


class TestTheWalk:
    def test_is_the_same_on_every_run(self) -> None:
        for made in (desk, lambda: Loan(Catalogue("loan"))):
            one, other = explore(made()), explore(made())
            assert [(str(step.start), str(step.way), str(step.end)) for step in one.steps] == [
                (str(step.start), str(step.way), str(step.end)) for step in other.steps
            ]

    def test_ends_however_many_branches_there_are(self) -> None:
        """Twelve questions with three options each would be half a million conversations."""
        each = tuple(choice(f"q{place}", "a", "b", "c") for place in range(12))

        async def run(chat: Chat) -> None:
            for question in each:
                await chat.ask(question)

        assert len(explore(journey(run, questions=each)).events) < 3_000

    def test_of_a_journey_that_is_another_at_every_turn_says_that_it_is_too_large(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def run(chat: Chat) -> None:
            for place in range(400):
                await chat.ask(replace(MAIN, name=f"q{place}"))

        endless: type[Journey] = type(journey(run, questions=tuple(replace(MAIN, name=f"q{n}") for n in range(400))))
        monkeypatch.setattr("maps.exploring.MOST_EVENTS", 300)
        with pytest.raises(TooLarge, match="more than 300 branches"):
            explore(endless())

    def test_leads_back_from_wherever_the_menu_can_be_reached(self) -> None:
        explored = explore(desk())
        main = next(node for node in explored.nodes if node.name == "main")
        assert explored.leading_to(main) == set(explored.nodes)

    def test_other_answers_lead_elsewhere_where_a_question_has_them(self) -> None:
        age = typed("age", int, number, example="30", others=("10",))

        async def run(chat: Chat) -> str:
            return "grown" if await chat.ask(age) >= 18 else "young"

        assert names(explore(journey(run, questions=(age,)))) >= {"ending grown", "ending young"}


def test_a_desk_without_an_example_is_not_gone_on_from() -> None:
    """Nobody knows what to type."""
    explored = explore(type("Mute", (Desk,), {"questions": (*Desk.questions[:4], replace(NAME, example=""))})())
    assert "question proof" not in names(explored)
