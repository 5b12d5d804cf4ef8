"""What a release would do to one conversation by walking it: nothing, ask something else, want work, break. Pure.

Work that it would want is not begun, what it would say is not sent, what it would decide is not written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dialogue import Decision, Event, Journey, OptedIn, Passed, Retried, State, advance
from dialogue.talk import Talk, place_of, shown
from texts import Catalogue, TextError

UNCHANGED, MENDED, ASKED, WORKS, WAITS, ENDS, TROUBLE, UNKNOWN_BOT, ERASED = (
    "unchanged", "mended", "asked", "works", "waits", "ends", "trouble", "unknown bot", "erased",
)  # fmt: skip
"""kinds of verdicts, the harmless ones first"""
_BEFORE_IT = 1.0
"""seconds before the next deadline: a rehearsal asks what the release does, not what time does"""


@dataclass(frozen=True)
class Verdict:
    """What would become of a conversation."""

    kind: str
    before: str = ""
    """what is waited for now: `answer:income`, `work:fetch_offers`, a wait's name"""
    after: str = ""
    """what would be; in trouble, the error's class and place"""


def rehearsed(
    journeys: Mapping[str, Journey],
    raw: str,
    now: float,
    *,
    waiting_for: str = "",
    working: Collection[str] = (),
    texts: Mapping[str, Catalogue] | None = None,
) -> Verdict:
    """What these journeys would do to a conversation in this state, at the next thing that happens to it.

    `waiting_for` is what the release that wrote the state waited for, `working` are the keys of the work under way.
    With `texts`, what would be said is written out too: a text that this release lacks is trouble. One who is in
    trouble is walked as after an operator's retry, one who opted out as if they came back.
    """
    try:
        state = State.load(raw)
        if state.bot not in journeys:
            return Verdict(UNKNOWN_BOT, waiting_for, state.bot)
        before = waiting_for or (f"answer:{state.pending.name}" if state.pending else "")
        decision = advance(journeys, raw, _event(state, now))
        after = State.load(decision.state)
        if decision.trouble:
            return Verdict(TROUBLE, before, decision.trouble)
        if texts is not None and state.bot in texts:
            _write_out(texts[state.bot], journeys[state.bot], decision, after, now)
    except TextError as error:
        return Verdict(TROUBLE, before, f"{type(error).__name__}: {error}")
    except Exception as error:
        return Verdict(TROUBLE, waiting_for, place_of(error))
    return _compared(state, after, decision, before, working)


def _event(state: State, now: float) -> Event:
    """What makes it walk and changes nothing else."""
    if state.trouble:
        return Retried(now)
    if state.stopped:
        return OptedIn(now)
    return Passed(min([now, *(at - _BEFORE_IT for at in state.deadlines.values())]))


def _compared(state: State, after: State, decision: Decision, before: str, working: Collection[str]) -> Verdict:
    if state.trouble:
        return Verdict(MENDED, before, decision.waiting_for)
    if after.ended:
        return Verdict(UNCHANGED if state.ended else ENDS, before, after.ended)
    if after.pending is not None:
        same = state.pending is not None and state.pending.key == after.pending.key
        return Verdict(UNCHANGED if same else ASKED, before, decision.waiting_for)
    if decision.work is not None:
        known = decision.work.key in working
        return Verdict(UNCHANGED if known else WORKS, before, f"work:{decision.work.effect.name}")
    same = before in ("", decision.waiting_for)
    return Verdict(UNCHANGED if same else WAITS, before, decision.waiting_for)


def _write_out(catalogue: Catalogue, journey: Journey, decision: Decision, after: State, now: float) -> None:
    """Raises TextError for what this release has no words for, the question that stands included."""
    said = list(decision.say)
    standing = after.menu or after.pending
    if standing is not None:
        Talk(after, journey, now).refresh(standing)
        said.append(shown(standing))
    for one in said:
        catalogue.render(one, decision.language, support="")
