"""How transcripts are read and compared: a wrong expectation is found, and so is a line that means nothing."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.running.everything import Everything
from tests.running.person import PATIENCE, Person
from tests.transcripts.player import CannotBeTapped, Different, Stage, compare, play
from tests.transcripts.pure import Pure
from tests.transcripts.real import Real
from tests.transcripts.script import HERE, Decides, Does, Tapping, Typing, Unreadable, Waits, parse

LOAN = HERE / "loan"

SHORT = """\
A story for these tests.

> hi
< Namaste! 🙏 Welcome to Flowless personal loans.
  Flowless पर्सनल लोन में आपका स्वागत है।

  Which language would you like to chat in?
  आप किस भाषा में बात करना चाहेंगे?
  [English]
  [हिन्दी]

# Two of three say English.
> [English]
< What can we do for you today?
  [Get a loan]
  [Support]
"""

WRONG = {
    "another_word": ("for you today", "for you tonight"),
    "another_label": ("[Support]", "[Help]"),
    "a_message_too_many": ("  [Support]\n", "  [Support]\n< Thank you.\n"),
    "a_message_missing": ("< What can we do for you today?\n  [Get a loan]\n  [Support]\n", ""),
    "another_order_of_options": ("  [English]\n  [हिन्दी]\n", "  [हिन्दी]\n  [English]\n"),
    "said_later": ("\n# Two", "< Hello?\n\n# Two"),
}


async def check(text: str, stage: Stage, name: str) -> None:
    """Play a transcript on a stage and compare."""
    compare(text, await play(parse(text, LOAN), stage), name)


async def test_a_right_expectation_holds() -> None:
    """The story that the wrong ones are made of is right, comments and all."""
    await check(SHORT, Pure("loan"), "pure")


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_expectation_is_found_by_the_dialogue_alone(wrong: str) -> None:
    """What is not said that way fails, however small it is."""
    with pytest.raises(Different):
        await check(SHORT.replace(*WRONG[wrong]), Pure("loan"), "pure")


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_expectation_is_found_by_the_real_thing(wrong: str, shared: Everything) -> None:
    """The same on the real stage, where the same story holds as it was."""
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        with pytest.raises(Different):
            await check(SHORT.replace(*WRONG[wrong]), Real(await Person.appear(http, shared.straight)), "straight")


async def test_a_difference_reads_like_the_transcript() -> None:
    """The message is a diff of chats: what the file says, and what was said."""
    with pytest.raises(Different) as different:
        await check(SHORT.replace("today", "tonight"), Pure("loan"), "pure")
    lines = str(different.value).split("\n")
    assert ("-< What can we do for you tonight?" in lines, "+< What can we do for you today?" in lines) == (True, True)


async def test_what_is_not_as_in_the_other_story_is_found_here_too(tmp_path: Path) -> None:
    """A story that follows another one fails when that one is not told as it is written."""
    (tmp_path / "wrong.txt").write_text(SHORT.replace("today", "tonight"), encoding="utf-8")
    text = "A story that follows another.\n\n@ as in wrong, up to: > [English]\n"
    with pytest.raises(Different, match="today"):
        compare(text, await play(parse(text, tmp_path), Pure("loan")), "pure")


async def test_only_what_is_shown_can_be_tapped() -> None:
    """A tap on a label that the last message has not, or that no older one has, is a mistake of the transcript."""
    for tap in ("[Français]", "[stale: English]"):
        with pytest.raises(CannotBeTapped):
            await check(f"A story.\n\n> hi\n\n> {tap}\n", Pure("loan"), "pure")


def test_acts_are_read() -> None:
    """Each kind of line is the act that the README says it is."""
    text = 'Acts.\n\n> hi\n>> [stale: English]\n\n> "na\\u200b" × 3\n\n@ +90m\n\n@ decision for A B: offers 4\n'
    assert [step.act for step in parse(text, LOAN).steps] == [
        Does((Typing("hi"), Tapping("English", stale=True))),
        Does((Typing("na\u200bna\u200bna\u200b"),)),
        Waits(5400),
        Decides("A B", (("outcome", "offers"), ("offers", 4))),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("hello", "a line begins with"),
        ("@ later", "@ is followed by"),
        ("@ decision for Asha: perhaps", "a decision is"),
        ("> (hologram)", "none of the kinds there are: picture"),
        ('> "never closed', "a quoted text is"),
        ("> As\u200bha", "between quotes"),
        ("# nothing after it", "ends with something done"),
    ],
)
def test_a_line_that_means_nothing_is_named(line: str, problem: str) -> None:
    """The message has the line's number and the way out."""
    with pytest.raises(Unreadable, match=problem) as unreadable:
        parse(f"A story.\n\n> hi\n\n{line}\n", LOAN)
    assert str(unreadable.value).startswith(("line 5:", "line 6:"))


@pytest.mark.parametrize("text", ["", "\n> hi\n", "> hi\n", "Only a title.\n"])
def test_a_story_has_a_title_and_an_act(text: str) -> None:
    """Without a title nobody knows what is shown; without an act nothing is."""
    with pytest.raises(Unreadable):
        parse(text, LOAN)
