"""Lists over ten options are pages of nine rows and one that leads on; numbering runs on from page to page."""

from __future__ import annotations

from dialogue import Alternative, Chat, Journey, Question
from tests.dialogue.journeys import CITY, NAME, Called, journey
from tests.dialogue.world import World

MANY = 23


def chosen_from(count: int, **labels: tuple[str, ...]) -> World:
    """A bot that lets one choose from so many things, at its list."""
    thing: Question[str] = Question(
        "thing", str, lambda reply: reply.picked(), lambda _: [Alternative(f"t{n}") for n in range(1, count + 1)]
    )

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(thing)
        await chat.ask(CITY)

    names = {f"t{n}": (f"Thing {n}",) for n in range(1, count + 1)}
    world = World(journey(run, words=Called({**names, **labels}), questions=(NAME, thing, CITY)))
    world.play("hi", "Asha")
    return world


def rows(world: World) -> list[str]:
    """The ids of the rows shown last."""
    return [one.id for one in world.asked.alternatives]


def things(first: int, last: int) -> list[str]:
    """The ids of things in order."""
    return [f"t{n}" for n in range(first, last + 1)]


def answers(world: World) -> list[str]:
    """What was chosen."""
    return [value for key, value in world.state.journal.items() if "ask:thing" in key]


def test_ten_are_one_page() -> None:
    assert rows(chosen_from(10)) == things(1, 10)


def test_eleven_are_two_pages_and_none_is_lost() -> None:
    world = chosen_from(11)
    assert rows(world) == [*things(1, 9), "page_1"]
    assert world.taps("page_1") == ["thing"]
    assert rows(world) == ["t10", "t11", "page_0"]


def test_numbering_runs_on() -> None:
    world = chosen_from(MANY)
    assert world.asked.first == 1
    world.taps("page_1")
    assert world.asked.first == 10
    assert rows(world) == [*things(10, 18), "page_2"]
    world.taps("page_2")
    assert world.asked.first == 19
    assert rows(world) == [*things(19, 23), "page_0"]


def test_the_last_page_leads_back_to_the_first() -> None:
    world = chosen_from(MANY)
    world.play("[page_1]", "[page_2]", "[page_0]")
    assert rows(world)[0] == "t1"
    assert world.asked.alternatives[-1].label == "more"


def test_the_row_that_leads_on_says_where_it_leads() -> None:
    world = chosen_from(MANY)
    assert world.asked.alternatives[-1].label == "more"
    world.play("[page_1]", "[page_2]")
    assert world.asked.alternatives[-1].label == "from_the_start"


def test_the_question_knows_how_many_there_are() -> None:
    assert chosen_from(MANY).asked.values == {"total": MANY}


def test_a_number_typed_is_that_of_the_whole_list() -> None:
    """The fourteenth is the fourteenth, whatever page is shown."""
    for pages in ([], ["[page_1]"], ["[page_1]", "[page_2]"]):
        world = chosen_from(MANY)
        world.play(*pages)
        assert world.types("14") == ["city"]
        assert answers(world) == ["t14"]


def test_a_label_typed_is_found_on_any_page() -> None:
    world = chosen_from(MANY)
    assert world.types("thing 22") == ["city"]
    assert answers(world) == ["t22"]


def test_a_tap_on_an_earlier_page_is_taken() -> None:
    """The list is still there to scroll back to, and it is the same question."""
    world = chosen_from(MANY)
    first_page = world.shown
    world.play("[page_1]", "[page_2]")
    assert world.taps("t3", first_page) == ["city"]
    assert answers(world) == ["t3"]


def test_a_page_is_turned_by_its_word_too() -> None:
    """On a channel that only knows text there is nothing to tap."""
    world = chosen_from(MANY, more=("More", "और देखें"), from_the_start=("Back to the first",))
    assert world.types("more") == ["thing"]
    assert rows(world)[0] == "t10"
    assert world.types("और देखें") == ["thing"]
    assert rows(world)[0] == "t19"
    assert world.types("back to the first") == ["thing"]
    assert rows(world)[0] == "t1"


def test_turning_pages_is_no_wrong_answer() -> None:
    world = chosen_from(MANY)
    assert world.play("[page_1]", "x", "[page_2]", "x", "[page_0]")[-2:] == [["pick_one", "thing"], ["thing"]]


def test_a_wrong_answer_keeps_the_page() -> None:
    world = chosen_from(MANY)
    world.play("[page_1]", "nothing of all that")
    assert rows(world)[0] == "t10"


def test_another_language_and_a_nudge_keep_the_page() -> None:
    world = chosen_from(MANY)
    world.taps("page_1")
    assert world.types("hindi") == ["language_is", "thing"]
    assert rows(world)[0] == "t10"
    assert world.passes(hours=1) == ["nudge", "thing"]
    assert rows(world)[0] == "t10"


def test_the_page_of_a_list_that_is_done_with_is_stale() -> None:
    world = chosen_from(MANY)
    old = world.shown
    world.play("2")
    assert world.taps("page_1", old) == ["one_at_a_time", "city"]


def test_a_page_that_does_not_exist_is_a_wrong_answer() -> None:
    world = chosen_from(MANY)
    for option in ("page_3", "page_-1", "page_x", "page_"):
        assert world.taps(option)[-1] in ("thing", "three_wrong")
        assert rows(world) != []
    assert not world.trouble


def test_a_release_may_make_the_list_shorter() -> None:
    """The page shown is not there any more: the last one is."""

    def world_with(count: int) -> Journey:
        number: Question[str] = Question(
            "number", str, lambda reply: reply.picked(), tuple(f"t{n}" for n in range(1, count + 1))
        )

        async def run(chat: Chat) -> None:
            await chat.ask(number)

        return journey(run, questions=(number,))

    world = World(world_with(MANY))
    world.play("hi", "[page_1]", "[page_2]")
    assert world.release(world_with(12)).types("help") == ["help", "number"]
    assert rows(world) == ["t10", "t11", "t12", "page_0"]


def test_an_option_may_be_called_like_a_page() -> None:
    """Where there are no pages, it is an option like any other."""
    size: Question[str] = Question("size", str, lambda reply: reply.picked(), ("page_1", "page_2"))

    async def run(chat: Chat) -> None:
        await chat.ask(size)
        await chat.ask(CITY)

    world = World(journey(run, questions=(size, CITY)))
    assert world.play("hi", "[page_1]")[-1] == ["city"]
