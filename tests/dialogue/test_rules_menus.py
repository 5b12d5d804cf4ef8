"""The platform's own menus: put on top of the pending question, their options are commands, nothing is lost by them."""

from __future__ import annotations

from dialogue import Chat
from tests.dialogue.journeys import NAME, OUTSIDE, UP_TO_THE_SUMMARY, Called, Form, Menu, Otp, journey
from tests.dialogue.world import World


def options(world: World) -> list[str]:
    """The ids of the options shown last."""
    return [one.id for one in world.asked.alternatives]


class TestMenu:
    def test_offers_to_go_on_to_start_over_another_language_and_people(self) -> None:
        world = World(Form())
        world.play("hi", "Asha", "menu")
        assert options(world) == ["resume", "restart", "language", "support", "agent"]

    def test_of_a_bot_with_one_language_offers_no_other(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)

        world = World(journey(run, languages=("en",)))
        world.play("hi", "menu")
        assert options(world) == ["resume", "restart", "support", "agent"]

    def test_each_of_its_options_does_what_it_says(self) -> None:
        world = World(Form())
        world.play("hi", "Asha")
        assert world.play("menu", "[resume]") == [["menu"], ["income"]]
        assert world.play("menu", "[restart]", "[resume]") == [["menu"], ["restart_sure"], ["income"]]
        assert world.play("menu", "[language]", "[language_en]")[1:] == [["which_language"], ["language_is", "income"]]
        assert world.play("menu", "[support]") == [["menu"], ["no_support_yet", "income"]]
        assert world.play("menu", "[agent]") == [["menu"], ["no_agent_yet", "income"]]

    def test_may_be_answered_by_number_or_by_label_in_any_language(self) -> None:
        world = World(Form(Called({"resume": ("Go on", "आगे बढ़ें")})))
        world.play("hi", "Asha")
        for words in ("1", "go on", "आगे बढ़ें"):
            assert world.play("menu", words) == [["menu"], ["income"]]

    def test_looked_at_does_not_keep_from_answering_what_was_asked(self) -> None:
        """The question under it is still there: tap its button, or answer after going on."""
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY)
        summary = world.shown
        world.types("menu")
        assert world.taps("right", summary) == ["registered"]

    def test_does_not_take_what_was_written_in_sight_of_the_question(self) -> None:
        """The first option would be to go on; the number is the answer to what had been asked."""
        world = World(Form())
        world.play("hi", "Asha", "menu")
        assert world.types("1", world.ref_of("income")) == ["city"]
        assert 1 in world.state.journal.values()

    def test_while_an_institution_is_awaited_goes_on_waiting(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY, "[right]", "menu")
        assert world.types("1") == ["please_wait"]
        assert world.waiting_for == "kyc"
        world.types("menu")
        assert world.told("kyc:k1", "verified") == ["kyc_verified", "rate"]

    def test_an_old_one_tapped_later_does_nothing(self) -> None:
        world = World(Form())
        world.play("hi", "Asha", "restart")
        old = world.shown
        world.play("[resume]", "5000")
        assert world.taps("restart_yes", old) == ["one_at_a_time", "city"]
        assert len(world.state.journal) == 3


class TestRestart:
    def test_asks_once_and_then_forgets_everything(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "restart", "[restart_yes]", "Ravi") == [
            ["welcome", "name"],
            ["income"],
            ["restart_sure"],
            ["welcome", "name"],
            ["income"],
        ]
        assert "Asha" not in world.state.journal.values()

    def test_thought_better_of_loses_nothing(self) -> None:
        assert World(Form()).play("hi", "Asha", "restart", "[resume]")[-1] == ["income"]

    def test_is_not_asked_about_where_there_is_nothing_to_lose(self) -> None:
        """A menu bot, by its own setting."""
        assert World(Menu()).play("hi", "[shop]", "restart")[-1] == ["hello", "main"]

    def test_voids_taps_on_what_was_asked_before(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY)
        summary = world.shown
        world.play("restart", "[restart_yes]")
        assert world.taps("right", summary) == ["one_at_a_time", "name"]

    def test_keeps_the_language(self) -> None:
        world = World(Form())
        world.play("hi", "hindi", "restart", "[restart_yes]")
        assert world.state.language == "hi"


class TestThreeWrongAnswers:
    def test_in_a_row_offer_a_way_out(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "x", "y", "z")[2:] == [
            ["number_please", "income"],
            ["number_please", "income"],
            ["number_please", "three_wrong"],
        ]
        assert options(world) == ["resume", "help", "pause", "restart_yes"]

    def test_each_way_out_leads_out(self) -> None:
        for option, says in (
            ("resume", ["income"]),
            ("help", ["help", "income"]),
            ("pause", ["paused"]),
            ("restart_yes", ["welcome", "name"]),
        ):
            world = World(Form())
            world.play("hi", "Asha", "x", "y", "z")
            assert world.taps(option) == says

    def test_are_counted_anew_after_a_right_one(self) -> None:
        world = World(Form())
        assert world.play("hi", "A", "B", "Asha", "x", "y")[-1] == ["number_please", "income"]

    def test_are_counted_anew_after_a_command(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "x", "y", "help", "z")[-1] == ["number_please", "income"]

    def test_are_counted_anew_after_the_way_out(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "x", "y", "z", "[resume]", "x")[-1] == ["number_please", "income"]

    def test_do_not_lose_the_answers_before_them(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "x", "y", "z", "[resume]", "5000", "back", "back")[-1] == ["name"]

    def test_in_tries_of_a_part_are_answers_and_no_wrong_ones(self) -> None:
        """A wrong code was read all right: the journey counts its tries itself."""
        assert World(Otp()).play("hi", "Pune", "1", "2", "3")[-1] == ["otp", "name"]

    def test_the_pause_is_silent_until_they_are_back(self) -> None:
        world = World(Form())
        world.play("hi", "Asha", "x", "y", "z", "[pause]")
        assert world.passes(hours=100) == []
        assert world.play("hi", "[resume]") == [["welcome_back"], ["income"]]


class TestWelcomeBack:
    def test_offers_to_go_on_or_to_start_over(self) -> None:
        world = World(Form())
        world.play("hi", "Asha", "+30")
        assert world.types("I am back") == ["welcome_back"]
        assert options(world) == ["resume", "restart_yes"]

    def test_goes_on_where_it_was(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "+30", "hi", "[resume]", "5000")[-3:] == [
            ["welcome_back"],
            ["income"],
            ["city"],
        ]

    def test_starts_over_without_asking_twice(self) -> None:
        world = World(Form())
        assert world.play("hi", "Asha", "+30", "hi", "[restart_yes]")[-1] == ["welcome", "name"]

    def test_takes_a_tap_on_the_question_for_what_it_is(self) -> None:
        """The button says which question it answers: no need to ask whether to go on."""
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY, "+30")
        assert world.taps("right", world.ref_of("summary")) == ["registered"]

    def test_takes_a_command_for_what_it_is(self) -> None:
        assert World(Form()).play("hi", "Asha", "+30", "back")[-1] == ["name"]

    def test_greets_who_sends_a_picture_too(self) -> None:
        world = World(Form())
        world.play("hi", "Asha", "+30")
        assert world.attaches("image") == ["cannot_use", "welcome_back"]
