"""A question may be answered by a picture; what it does not take is said to be of no use, as ever."""

from __future__ import annotations

from dialogue import Chat, Journey, Question, Reply
from dialogue.parsers import Invalid
from domain.files import SentFile
from tests.dialogue.journeys import NAME
from tests.dialogue.world import World


def _photo(reply: Reply) -> SentFile | None:
    if reply.file is None:
        if reply.picked() == "skip":
            return None
        raise Invalid("photo_please")
    if reply.file.kind == "video":
        raise Invalid("no_video")
    return reply.file


PHOTO: Question[SentFile | None] = Question(
    "photo", SentFile | None, _photo, ("skip",), accepts=frozenset({"image", "video"})
)


class Report(Journey):
    """A photo, then a name."""

    questions = (PHOTO, NAME)

    async def run(self, chat: Chat) -> None:
        photo = await chat.ask(PHOTO)
        chat.say("thanks" if photo is None else "seen", **({} if photo is None else {"file": photo.inbox}))
        await chat.ask(NAME)


def test_a_picture_is_an_answer_by_its_reference() -> None:
    world = World(Report())
    world.types("hi")
    assert world.attaches("image", file=41, caption="broken") == ["seen", "name"]
    assert world.sent[-2].values == {"file": 41}
    assert {"inbox": 41, "kind": "image", "caption": "broken"} in world.state.journal.values()


def test_words_and_taps_are_answers_as_ever() -> None:
    assert World(Report()).play("hi", "[skip]")[1:] == [["thanks", "name"]]


def test_what_the_question_takes_and_its_parser_does_not_is_a_wrong_answer() -> None:
    world = World(Report())
    world.types("hi")
    assert world.attaches("video") == ["no_video", "photo"]


def test_other_kinds_are_of_no_use() -> None:
    world = World(Report())
    world.types("hi")
    assert world.attaches("audio") == ["cannot_use", "photo"]


def test_a_picture_sent_in_sight_of_another_question_answers_nothing() -> None:
    world = World(Report())
    world.types("hi")
    assert world.attaches("image", question="another") == ["one_at_a_time", "photo"]


def test_a_picture_to_a_question_that_takes_none_is_of_no_use() -> None:
    world = World(Report())
    world.play("hi", "[skip]")
    assert world.attaches("image") == ["cannot_use", "name"]


def test_the_first_message_only_opens() -> None:
    assert World(Report()).attaches("image", question="") == ["cannot_use", "photo"]
