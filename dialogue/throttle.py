"""Messages that help nobody, one after another: another machine, or someone at a loss. After some we are quiet a while.

Quiet ends when the time is over, or when something comes that helps: a right answer, a command, a choice.
"""

from __future__ import annotations

from dialogue.events import Event, FromThePerson
from dialogue.state import State
from dialogue.talk import Talk

PATIENCE = 10
"""messages that are answered by a kind word alone, within WITHIN"""
WITHIN = 600.0
"""seconds; and so long it is quiet then"""


def is_too_much(talk: Talk, event: Event) -> bool:
    """Whether this message gets no answer of its own. Counts it, or forgets the others when it helps."""
    state = talk.state
    if not isinstance(event, FromThePerson) or state.stopped:
        return False
    if talk.useful or (talk.news and not talk.woken):
        state.unhelped, state.quiet_until = [], 0.0
        return False
    if not (talk.out or talk.woken):
        return False
    lately = [at for at in state.unhelped if at > talk.now - WITHIN]
    if state.quiet_until > talk.now or len(lately) >= PATIENCE:
        return True
    state.unhelped, state.quiet_until = [*lately, talk.now], 0.0
    return False


def left_alone(talk: Talk, raw: str) -> Talk:
    """The dialogue as if this message had not come; once, that we are quiet now."""
    before = Talk(State.load(raw), talk.journey, talk.now)
    before.walk()
    before.out = []
    if before.state.quiet_until <= talk.now:
        before.state.unhelped, before.state.quiet_until = [], talk.now + WITHIN
        before.aside("throttled", minutes=int(WITHIN / 60))
    return before
