"""All that may happen where a conversation stands: every option, every example, each way work and waits can end."""

from __future__ import annotations

from collections.abc import Iterator

from dialogue import Attached, Finished, Journey, Prompt, State, Tapped, Told, Typed, WasRefused
from dialogue.talk import Talk, shown
from maps.places import (
    END,
    FILE,
    OPTION,
    OUTAGE,
    OUTCOME,
    QUESTION,
    REFUSAL,
    RESULT,
    SILENCE,
    TYPED,
    WAIT,
    WORK,
    Stand,
    Way,
)
from maps.samples import results

EXPIRED = "expired"
GREETING = "hi"
INBOX_ROW = 1
"""of a file that nobody sent"""


def ways_from(journey: Journey, stand: Stand) -> Iterator[Way]:
    """All that may happen here, in a fixed order. What nobody awaits (commands, an operator) is not among it."""
    match stand.node.kind:
        case kind if kind == QUESTION:
            pending = State.load(stand.state).pending
            if pending is not None:
                yield from _answers(journey, stand, pending)
        case kind if kind == WORK:
            yield from _ends_of_work(stand)
        case kind if kind == WAIT:
            yield from _outcomes(journey, stand)
        case kind if kind == END and State.load(stand.state).resting:
            yield Way(TYPED, GREETING, Typed(stand.now, GREETING, stand.shown))


def _answers(journey: Journey, stand: Stand, pending: Prompt) -> Iterator[Way]:
    question = journey.by_name[pending.name]
    made = callable(question.options)
    for one in shown(pending).alternatives:
        # A row that says nothing of its own is the same for everybody, also where the others are made of something.
        offered = made and bool(one.values)
        yield Way(OPTION, one.id, Tapped(stand.now, one.id, pending.ref), label=one.label, offered=offered)
    for words in (question.example, *question.others):
        if words:
            yield Way(TYPED, words, Typed(stand.now, words, pending.ref))
    for kind in sorted(question.accepts):
        yield Way(FILE, kind, Attached(stand.now, kind, pending.ref, INBOX_ROW))
    if stand.decision.wake_at is not None:
        yield Way(SILENCE, "")


def _ends_of_work(stand: Stand) -> Iterator[Way]:
    wanted = stand.decision.work
    if wanted is None:
        return
    for sample in results(wanted.effect):
        yield Way(RESULT, sample.words, Finished(stand.now, wanted.key, sample.value), marks=sample.marks)
    for code in wanted.effect.refusals:
        yield Way(REFUSAL, code, WasRefused(stand.now, wanted.key, code))
    yield Way(OUTAGE, "")


def _outcomes(journey: Journey, stand: Stand) -> Iterator[Way]:
    talk = Talk(State.load(stand.state), journey, stand.now)
    talk.walk()
    if talk.need is None:
        return
    for outcome in journey.outcomes.get(stand.node.name, ()):
        yield Way(OUTCOME, outcome, Told(stand.now, talk.need.name, outcome))
    if talk.need.until is not None:
        yield Way(OUTCOME, EXPIRED)
