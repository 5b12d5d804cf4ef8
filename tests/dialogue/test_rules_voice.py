"""Voice notes as answers: listened to, read back, and taken only when that is confirmed; else one is asked to type."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogue import Attached, Chat, Finished, Journey, Question, secret, typed
from domain.speech import VoiceNote
from tests.dialogue.journeys import INCOME, NAME, OUTSIDE, RATE, Called, Form, Menu, word
from tests.dialogue.test_rules_attachments import Report
from tests.dialogue.world import World

LISTENING = "transcribe"


def form(*lines: str) -> World:
    """A form with somebody who listens, after these lines."""
    world = World(Form(hears=True), OUTSIDE)
    world.play("hi", *lines)
    return world


def answers(world: World) -> list[Any]:
    """What the journal holds of answers."""
    return [value for key, value in world.state.journal.items() if "/ask:" in key]


class TestReadBack:
    def test_is_put_with_the_words_and_answers_nothing(self) -> None:
        world = form()
        assert world.speaks("Asha") == ["voice_heard"]
        assert world.asked.values["words"] == "Asha"
        assert [one.id for one in world.asked.alternatives] == ["yes", "no"]
        assert answers(world) == []
        assert world.waiting_for == "answer:name"

    @pytest.mark.parametrize("yes", ["[yes]", "yes", "haan ji", "1", "👍"])
    def test_confirmed_makes_the_words_the_answer(self, yes: str) -> None:
        world = form()
        world.speaks("Asha")
        assert world.line(yes) == ["income"]
        assert answers(world) == ["Asha"]

    @pytest.mark.parametrize("no", ["[no]", "no", "जी नहीं", "2"])
    def test_denied_puts_the_question_again_with_a_kind_word(self, no: str) -> None:
        world = form()
        world.speaks("Usha")
        assert world.line(no) == ["voice_again", "name"]
        assert answers(world) == []
        assert world.line("Asha") == ["income"]

    def test_of_words_that_do_not_fit_is_a_wrong_answer_once_confirmed(self) -> None:
        world = form("Asha")
        world.speaks("quite a lot")
        assert world.taps("yes") == ["number_please", "income"]

    def test_may_be_answered_by_typing_what_was_meant(self) -> None:
        """Who is misunderstood types it at once, and not a no first."""
        world = form()
        world.speaks("Usha")
        assert world.types("Asha") == ["income"]
        assert answers(world) == ["Asha"]

    def test_may_be_answered_by_tapping_the_question_above_it(self) -> None:
        world = form("Asha", "5000", "Pune")
        offer = world.shown
        world.speaks("the first one")
        assert world.taps("25000", offer) == ["sector"]
        assert world.state.menu is None

    def test_may_be_answered_by_a_picture_where_the_question_takes_one(self) -> None:
        world = World(Report(hears=True))
        world.types("hi")
        world.speaks("here it comes")
        assert world.attaches("image", file=41) == ["seen", "name"]

    def test_that_is_old_confirms_nothing(self) -> None:
        world = form()
        world.speaks("Usha")
        old = world.shown
        world.taps("no")
        assert world.taps("yes", old) == ["one_at_a_time", "name"]
        assert answers(world) == []

    def test_of_an_older_note_does_not_confirm_a_newer_one(self) -> None:
        world = form()
        world.speaks("Usha")
        old = world.shown
        world.speaks("Asha")
        assert world.taps("yes", old) == ["one_at_a_time", "name"]
        assert answers(world) == []

    def test_is_gone_with_the_words_when_the_person_goes_away(self) -> None:
        world = form()
        world.speaks("a secret of mine")
        world.passes(hours=30)
        assert "a secret of mine" not in world.raw
        assert world.taps("yes", world.put[-1].ref) != ["income"]

    def test_keeps_the_words_only_until_it_is_answered(self) -> None:
        world = form()
        world.speaks("Usha")
        assert "Usha" in world.raw
        world.taps("no")
        assert "Usha" not in world.raw


class TestWhatIsSaid:
    def test_may_be_a_command(self) -> None:
        world = form("Asha")
        world.speaks("back")
        assert world.taps("yes") == ["name"]

    def test_may_be_to_stop(self) -> None:
        world = form()
        world.speaks("stop")
        assert world.taps("yes") == ["stopped"]

    def test_may_choose_an_option(self) -> None:
        world = World(Menu(Called({"about": ("About us",)}), hears=True))
        world.types("hi")
        world.speaks("about us")
        assert "about_us" in world.taps("yes")

    def test_may_choose_from_a_menu_of_the_platform(self) -> None:
        world = form("Asha", "restart")
        assert world.speaks("restart yes") == ["voice_heard"]
        assert world.taps("no") == ["voice_again", "restart_sure"]
        world.speaks("resume")
        assert world.taps("yes") == ["income"]
        assert answers(world) == ["Asha"]

    def test_is_listened_to_in_the_language_that_is_spoken(self) -> None:
        """Before anything was answered nobody knows which that is."""
        world = form()
        world.speaks("Asha")
        world.taps("yes")
        world.types("language hindi")
        world.speaks("5000")
        assert [one["language"] for one in world.done(LISTENING)] == ["", "hi"]

    def test_in_a_bot_of_one_language_is_listened_to_in_that(self) -> None:
        class OneTongue(Form):
            languages = ("en",)

        world = World(OneTongue(hears=True), OUTSIDE)
        world.types("hi")
        world.speaks("Asha")
        assert world.done(LISTENING) == [{"file": 100, "language": "en"}]


class TestTheNewestNote:
    def test_is_the_one_that_is_taken(self) -> None:
        world = form()
        world.speaks("Usha")
        assert world.speaks("Asha") == ["voice_heard"]
        assert world.taps("yes") == ["income"]
        assert answers(world) == ["Asha"]

    def test_of_two_quick_ones_is_read_back_alone(self) -> None:
        """What comes late of the first is dropped."""
        world = form()
        world.slow = {LISTENING}
        world.speaks("Usha")
        first = world.running["voice:100"]
        world.speaks("Asha")
        assert world.ends(first, "finished") == []
        assert world.finishes(LISTENING) == ["voice_heard"]
        assert world.asked.values["words"] == "Asha"

    def test_that_was_not_understood_leaves_the_older_read_back_standing(self) -> None:
        world = form()
        world.speaks("Asha")
        assert world.speaks("") == ["voice_not_heard", "voice_heard"]
        assert world.taps("yes") == ["income"]

    def test_does_not_take_back_a_yes_to_what_is_shown(self) -> None:
        world = form()
        world.speaks("Asha")
        world.slow = {LISTENING}
        world.speaks("Usha")
        late = world.running["voice:101"]
        assert world.taps("yes") == ["income"]
        assert world.ends(late, "finished") == []
        assert world.state.listening is None


class TestWhileSomebodyListens:
    def test_nothing_is_said_and_the_question_stands(self) -> None:
        world = form()
        world.slow = {LISTENING}
        assert world.speaks("Asha") == []
        assert world.waiting_for == "answer:name"

    def test_a_typed_answer_is_taken_and_the_note_is_not(self) -> None:
        world = form()
        world.slow = {LISTENING}
        world.speaks("Usha")
        note = world.running["voice:100"]
        assert world.types("Asha") == ["income"]
        assert world.ends(note, "finished") == []

    def test_a_wrong_answer_does_not_end_it(self) -> None:
        world = form("Asha")
        world.slow = {LISTENING}
        world.speaks("5000")
        assert world.types("well") == ["number_please", "income"]
        assert world.finishes(LISTENING) == ["voice_heard"]

    @pytest.mark.parametrize("word", ["stop", "menu", "restart"])
    def test_another_thing_on_top_of_the_question_ends_it(self, word: str) -> None:
        world = form("Asha")
        world.slow = {LISTENING}
        world.speaks("5000")
        note = world.running["voice:100"]
        world.types(word)
        assert world.ends(note, "finished") == []

    def test_the_same_result_twice_is_read_back_once(self) -> None:
        world = form()
        world.speaks("Asha")
        again = replace(world.news[-1], now=world.now)
        assert isinstance(again, Finished)
        assert world.happen(again) == []


class TestNotUnderstood:
    @pytest.mark.parametrize("why", ["nothing_heard", "too_long", "not_kept"])
    def test_is_told_and_the_question_put_again(self, why: str) -> None:
        world = form()
        world.refusing = {LISTENING: why}
        assert world.speaks("Asha") == ["voice_not_heard", "name"]
        assert world.sent[-2].values == {"why": why}
        assert world.types("Asha") == ["income"]

    def test_for_a_recogniser_that_is_down_is_told_and_not_tried_for_hours(self) -> None:
        world = form()
        world.down = {LISTENING}
        assert world.speaks("Asha") == ["voice_not_heard", "name"]
        assert (world.sent[-2].values, world.decision.work) == ({"why": "down"}, None)

    def test_for_no_words_at_all_is_told(self) -> None:
        world = form()
        world.slow = {LISTENING}
        world.speaks("Asha")
        assert world.finishes(LISTENING, {"words": ""}) == ["voice_not_heard", "name"]


class TestNotListenedTo:
    def test_without_a_recogniser(self) -> None:
        world = World(Form(), OUTSIDE)
        world.types("hi")
        assert world.speaks("Asha") == ["cannot_use", "name"]
        assert world.sent[-2].values == {"kind": "audio"}

    def test_where_a_secret_is_asked_for(self) -> None:
        code = secret("code", word)

        class Guarded(Journey):
            questions = (NAME, code)

            async def run(self, chat: Chat) -> None:
                await chat.ask(NAME)
                await chat.ask(code)

        world = World(Guarded(hears=True))
        world.play("hi", "Asha")
        assert world.speaks("1 2 3 4") == ["voice_not_heard", "code"]
        assert (world.sent[-2].values, world.done(LISTENING)) == ({"why": "secret"}, [])

    def test_as_the_first_message(self) -> None:
        world = World(Form(hears=True), OUTSIDE)
        assert world.speaks("Asha", "") == ["welcome", "name"]
        assert world.done(LISTENING) == []

    def test_in_sight_of_no_question(self) -> None:
        world = form("Asha")
        assert world.speaks("5000", "") == ["one_at_a_time", "income"]

    def test_in_sight_of_a_question_of_before(self) -> None:
        world = form()
        name = world.shown
        world.types("Asha")
        assert world.speaks("Asha", name) == ["one_at_a_time", "income"]
        assert world.done(LISTENING) == []

    def test_from_one_who_opted_out(self) -> None:
        world = form("Asha", "stop")
        assert world.speaks("5000") == ["how_to_start"]

    def test_after_a_pause(self) -> None:
        world = form("Asha")
        world.passes(hours=24)
        assert world.speaks("5000") == ["welcome_back"]

    def test_while_work_or_an_institution_is_awaited(self) -> None:
        world = form("Asha")
        world.slow = {"offers"}
        world.play("5000", "Pune")
        assert world.speaks("how long?") == ["please_wait"]

    def test_in_trouble(self) -> None:
        async def run(self: Journey, chat: Chat) -> None:
            raise KeyError("bug")

        broken = type("Broken", (Form,), {"run": run})
        world = form("Asha")
        world.release(broken(hears=True))
        world.types("5000")
        assert world.speaks("5000") == ["we_look_at_it"]

    def test_after_the_end(self) -> None:
        class Short(Journey):
            questions = (NAME,)

            async def run(self, chat: Chat) -> None:
                await chat.ask(NAME)

        world = World(Short(hears=True))
        world.play("hi", "Asha")
        assert world.speaks("Ravi") == ["ended"]

    def test_where_the_question_takes_the_sound_itself(self) -> None:
        sound = Question(
            "sound", int, lambda reply: reply.file.inbox if reply.file else 0, accepts=frozenset({"audio"})
        )

        class Choir(Journey):
            questions = (sound, NAME)

            async def run(self, chat: Chat) -> None:
                await chat.ask(sound)
                await chat.ask(NAME)

        world = World(Choir(hears=True))
        world.types("hi")
        assert world.speaks("la la la") == ["name"]

    def test_what_is_no_file(self) -> None:
        world = form()
        assert world.attaches("audio", file=0) == ["cannot_use", "name"]


def test_the_work_names_the_note_and_not_what_it_is_about() -> None:
    world = form()
    world.slow = {LISTENING}
    world.decide(Attached(world.now, "audio", world.shown, 4711))
    wanted = world.decision.work
    assert wanted is not None
    assert (wanted.key, wanted.argument) == ("voice:4711", {"file": 4711, "language": ""})
    assert VoiceNote(**wanted.argument) == VoiceNote(4711)


def test_questions_of_all_kinds_can_be_answered_by_voice() -> None:
    class Several(Journey):
        questions = (NAME, INCOME, RATE, typed("note", str, str))

        async def run(self, chat: Chat) -> None:
            for question in self.questions:
                await chat.ask(question)

    world = World(Several(hears=True))
    world.types("hi")
    for words in ("Asha", "5000", "good", "a few words of my own"):
        world.speaks(words)
        world.taps("yes")
    assert world.ended == "done"
    assert answers(world) == ["Asha", 5000, "good", "a few words of my own"]
