"""Bots of menus: `back` is one menu up, `menu` and `restart` lead to the first one, and so does a silence."""

from __future__ import annotations

from dialogue import Chat, Journey, Silence, choice, typed
from domain.effects import Effect
from tests.dialogue.journeys import number, word
from tests.dialogue.world import World

MAIN = choice("main", "orders", "lead", "about")
ORDERS = choice("orders", "track", "leave")
NUMBER = typed("number", int, number)
NEXT = choice("next", "again", "leave")
NAME = typed("name", str, word)
EMAIL = typed("email", str, word)
LEAD = Effect("lead", str, str, final=True)


class Desk(Journey):
    """A menu in a menu, and a form."""

    questions = (MAIN, ORDERS, NUMBER, NEXT, NAME, EMAIL)
    languages = ("en",)
    menus = True

    async def run(self, chat: Chat) -> None:
        while True:
            with chat.round("main"):
                match await chat.ask(MAIN):
                    case "orders":
                        await self.orders(chat)
                    case "lead":
                        await chat.part("lead", self.lead)
                    case "about":
                        chat.say("about_us")

    async def orders(self, chat: Chat) -> None:
        while True:
            with chat.round("orders"):
                if await chat.ask(ORDERS) == "leave":
                    return
                chat.say("details", number=await chat.ask(NUMBER))
                await chat.ask(NEXT)

    async def lead(self, chat: Chat) -> str:
        name = await chat.ask(NAME)
        email = await chat.ask(EMAIL)
        return await chat.do(LEAD, f"{name} {email}", about=name)


def desk() -> World:
    """Somebody at the desk, half an hour of whose silence leads back to the menu."""
    return World(Desk(silence=Silence(nudge_after=None, park_after=Silence().nudge_after)))


class TestBack:
    def test_from_the_middle_of_a_menu_begins_that_menu_again(self) -> None:
        assert desk().play("hi", "[orders]", "[track]", "back") == [["main"], ["orders"], ["number"], ["orders"]]

    def test_from_its_end_too_however_much_was_answered(self) -> None:
        assert desk().play("hi", "[orders]", "[track]", "7", "back")[3:] == [["details", "next"], ["orders"]]

    def test_from_the_start_of_a_menu_leads_to_the_one_above(self) -> None:
        assert desk().play("hi", "[orders]", "[track]", "back", "back")[3:] == [["orders"], ["main"]]

    def test_from_a_form_leads_to_the_menu_it_was_chosen_in_and_nothing_of_it_is_kept(self) -> None:
        world = desk()
        assert world.play("hi", "[lead]", "Asha", "back") == [["main"], ["name"], ["email"], ["main"]]
        assert world.play("[lead]") == [["name"]]

    def test_at_the_first_menu_has_nowhere_to_go(self) -> None:
        assert desk().play("hi", "back")[1:] == [["nothing_to_go_back_to", "main"]]


class TestMenuAndRestart:
    def test_lead_to_the_first_menu_from_anywhere(self) -> None:
        for word_ in ("menu", "main menu", "restart", "start over"):
            assert desk().play("hi", "[orders]", "[track]", word_)[3:] == [["main"]]

    def test_show_the_first_menu_again_where_it_is_open(self) -> None:
        assert desk().play("hi", "menu", "restart")[1:] == [["main"], ["main"]]

    def test_wait_for_final_work_that_was_begun(self) -> None:
        world = desk()
        world.slow.add("lead")
        world.play("hi", "[lead]", "Asha", "mail")
        assert world.play("menu", "back") == [["too_late", "please_wait"]] * 2
        assert world.finishes("lead", "L1") == ["main"]

    def test_after_three_wrong_answers_lead_there_too(self) -> None:
        world = desk()
        world.play("hi", "[orders]", "[track]", "x", "x", "x")
        assert world.taps("restart_yes") == ["main"]


class TestSilence:
    def test_leads_back_to_the_first_menu_with_the_next_message_whatever_it_is(self) -> None:
        for message in ("7", "hi", "back"):
            world = desk()
            world.play("hi", "[orders]", "[track]", "+0.6")
            assert world.types(message) == ["back_at_the_menu", "main"]

    def test_says_nothing_by_itself(self) -> None:
        assert desk().play("hi", "[orders]", "+30")[2:] == [[]]

    def test_at_the_first_menu_takes_the_answer_all_the_same(self) -> None:
        world = desk()
        world.play("hi", "+30")
        assert world.taps("orders") == ["orders"]

    def test_shorter_than_that_changes_nothing(self) -> None:
        world = desk()
        world.play("hi", "[orders]", "[track]", "+0.4")
        assert world.types("7") == ["details", "next"]

    def test_of_one_who_sends_a_picture_then_leads_there_as_well(self) -> None:
        world = desk()
        world.play("hi", "[orders]", "[track]", "+1")
        assert world.attaches("image") == ["cannot_use", "back_at_the_menu", "main"]


def test_300_turns_of_menus_leave_the_state_as_small_as_one() -> None:
    world = desk()
    world.play("hi", "[orders]", "[track]", "7", "[again]", "[leave]", "[lead]", "Asha", "mail")
    size = len(world.raw)
    for _ in range(300):
        world.play("[orders]", "[track]", "7", "menu", "[lead]", "Asha", "mail")
    assert len(world.raw) < size + 40
