"""The only way into a dialogue: a state and an event in, a decision out. Pure: no I/O, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from dialogue import edits, messages, throttle, voice
from dialogue.data import plain
from dialogue.events import (
    Attached,
    Decision,
    Edited,
    Event,
    Failed,
    Finished,
    FromThePerson,
    OptedIn,
    OptedOut,
    Passed,
    Retried,
    Tapped,
    Told,
    Typed,
    WasRefused,
)
from dialogue.journey import Journey
from dialogue.silence import SILENCE
from dialogue.state import REMIND, State
from dialogue.talk import Talk, refused
from domain.said import REMINDER, Said

FIRST_RETRY, LONGEST_RETRY = 120.0, 3600.0
"""seconds until work that met an outage is tried again: twice as long each time, up to an hour"""


def advance(journeys: Mapping[str, Journey], raw: str, event: Event) -> Decision:
    """What happens next.

    It never raises for what a journey, a parser or an event does: that is trouble, said to the person, the state kept.
    Raises KeyError for a bot that is not among the journeys.
    """
    state = State.load(raw)
    journey = journeys[state.bot]
    before = state.pending.key if state.pending else None
    talk = Talk(state, journey, event.now)
    may_be_secret = messages.may_be_secret(talk, event)
    try:
        parked = _take(talk, event)
    except Exception as error:
        # A parser's bug; a journey's is met where it is walked. The old state is kept as it was.
        state = State.load(raw)
        talk, parked = Talk(state, journey, event.now), False
        talk.in_trouble(error)
    _tell_of_expiry(talk)
    talk.walk()
    if isinstance(event, Typed | Tapped | Attached) and not talk.out and talk.waits_long():
        talk.ask_to_wait()  # who writes is answered, even by an answer that changes nothing
    voice.tidy(talk)
    throttled = throttle.is_too_much(talk, event)
    if throttled:
        talk = throttle.left_alone(talk, raw)
        state = talk.state
    work, say = talk.work() or voice.work(talk), talk.say()
    talk.tidy()
    _mind_the_silence(talk, event, before)
    wake_for, wake_at = min(state.deadlines.items(), key=lambda item: item[1], default=("", None))
    asks = state.menu or state.pending
    return Decision(
        state=state.dump(),
        say=say,
        work=work,
        wake_at=wake_at,
        wake_for=wake_for,
        waiting_for=talk.waiting_for(),
        stage=state.stage,
        language=state.language,
        parked=parked,
        stopped=state.stopped,
        trouble=state.trouble,
        asks=asks.ref if asks is not None and not state.stopped and not state.parked else "",
        chosen=talk.chosen,
        secrets=tuple(talk.secrets),
        masks=(event,) if may_be_secret and not talk.chosen else (),
        throttled=int(throttled),
    )


def _take(talk: Talk, event: Event) -> bool:
    """The event's mark on the state; true if it parked the dialogue."""
    state = talk.state
    if isinstance(event, FromThePerson) and state.deadlines.get("expire", talk.now + 1) <= talk.now:
        _expire(talk)  # the alarm may be late
    match event:
        case Typed() | Tapped() | Attached():
            messages.take(talk, event)
        case Edited():
            messages.take_edit(talk, event)
        case OptedOut():
            state.stopped = True
        case OptedIn():
            state.stopped, state.hinted_at = False, 0.0
        case Told():
            state.outcomes.setdefault(event.wait, event.outcome)
        case Retried():
            state.trouble, state.tries = "", {}
            state.deadlines = {name: at for name, at in state.deadlines.items() if not name.startswith("retry:")}
        case Finished() | WasRefused() | Failed() if voice.is_of(event.key):
            voice.ended(talk, event)
        case Finished() | WasRefused():
            _ended(talk, event)
        case Failed():
            _outage(talk, event)
        case Passed():
            return _passed(talk)
    return False


def _ended(talk: Talk, event: Finished | WasRefused) -> None:
    state = talk.state
    state.tries.pop(event.key, None)
    if talk.current(event.key):
        state.journal[event.key] = plain(event.result) if isinstance(event, Finished) else refused(event.reason)
        talk.fresh = event.key
    if isinstance(event, WasRefused):
        state.final.pop(event.key, None)


def _outage(talk: Talk, event: Failed) -> None:
    """Try again later, each time later; the person is told once."""
    state = talk.state
    talk.walk()
    if talk.need is None or talk.need.key != event.key:
        return
    outages = state.tries[event.key] = state.tries.get(event.key, 0) + 1
    state.deadlines["retry:" + event.key] = talk.now + min(FIRST_RETRY * 2 ** (outages - 1), LONGEST_RETRY)
    if outages == 1:
        talk.aside("backend_down", what=talk.need.name)


def _passed(talk: Talk) -> bool:
    state, parked = talk.state, False
    for name, at in sorted(state.deadlines.items(), key=lambda item: item[1]):
        if at > talk.now or name not in state.deadlines:
            continue
        del state.deadlines[name]
        if name == "park" and not state.ended:
            state.parked = parked = True
            state.menu = None
        elif name == "expire":
            _expire(talk)
        elif name == "nudge":
            _nudge(talk)
        elif name.startswith(REMIND):
            _remind(talk, name.removeprefix(REMIND))
        elif name.startswith("wait:"):
            state.outcomes.setdefault(name.removeprefix("wait:"), "expired")
    return parked


def _nudge(talk: Talk) -> None:
    """Put the question again. One that comes late keeps to the hours too; none comes when it is time for an end."""
    state, hour = talk.state, talk.journey.silence.civil(talk.now)
    ends = min(state.deadlines.get(name, float("inf")) for name in ("park", "expire"))
    if state.pending is None or hour >= ends:
        return
    if hour > talk.now:
        state.deadlines["nudge"] = hour
    else:
        talk.aside("nudge")
        talk.put(state.pending)
        talk.out = [replace(said, purpose=REMINDER) for said in talk.out]


def _expire(talk: Talk) -> None:
    """Forget the answers, unless this release keeps them."""
    talk.state.deadlines.pop("expire", None)
    if talk.journey.silence.expire_after is not None:
        edits.expire(talk)


def _tell_of_expiry(talk: Talk) -> None:
    """Whoever comes back is told first that what they had told is forgotten."""
    state = talk.state
    if state.expired and state.opened and not state.stopped:
        state.expired, state.stage = False, ""
        talk.aside("expired")
        talk.out.insert(0, talk.out.pop())


def _remind(talk: Talk, name: str) -> None:
    """Say what was scheduled, at a decent hour; who opted out is left alone, and what is out of date is not said."""
    state = talk.state
    reminder = state.reminders[name]
    hour = talk.now if reminder.at_its_hour else talk.journey.silence.civil(talk.now)
    if reminder.until is not None and hour > reminder.until:
        del state.reminders[name]
    elif hour > talk.now:
        state.deadlines[REMIND + name] = hour
    else:
        del state.reminders[name]
        if not state.stopped:
            talk.out.append(Said(reminder.text, reminder.values, purpose=REMINDER))


def _mind_the_silence(talk: Talk, event: Event, before: str | None) -> None:
    """A question put, or a message taken while one is pending, starts the clock; an institution's wait stops it.

    Whoever went away on purpose is neither nudged nor parked; what they told may expire.
    """
    state = talk.state
    if state.pending is None or state.ended or state.trouble:
        over: AbstractSet[str] = SILENCE
    elif isinstance(event, FromThePerson) or state.pending.key != before:
        state.deadlines |= talk.journey.silence.deadlines(talk.now)
        over = SILENCE - talk.journey.silence.deadlines(talk.now).keys()
    else:
        over = set()
    away = {"nudge", "park"} if state.parked or state.stopped else set()
    for name in over | away:
        state.deadlines.pop(name, None)
