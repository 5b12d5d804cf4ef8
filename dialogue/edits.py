"""Going back, changing an answer, starting over: dropping what is in the journal, never what final work rests on."""

from __future__ import annotations

from dialogue.chat import forget, is_result
from dialogue.silence import SILENCE
from dialogue.talk import Talk


def back(talk: Talk, question: str = "") -> None:
    """Undo the last answer of this walk and what was said after it; or the last answer to the question named.

    Results of work stay, for who comes back to them.
    """
    state, trail, held = talk.state, talk.chat.trail, talk.held()
    at = [step for step in talk.chat.answered() if not question or step.name == question]
    free = [step for step in at if step.key not in held]
    if state.ended or (held and not free):
        refuse(talk, "too_late")
        return
    if not free:
        refuse(talk, "nothing_to_go_back_to")
        return
    drop = free[-1]
    void(talk)
    state.journal.pop(drop.key)
    if not question:
        for step in trail[trail.index(drop) + 1 :]:
            if step.kind == "say":
                state.journal.pop(step.key, None)


def restart(talk: Talk) -> None:
    """Empty the journal, down to the last point of no return. Of what lies behind it, answers go and results stay."""
    void(talk)
    talk.out_of_trouble()
    if fences(talk) and (talk.state.resting or not talk.state.ended):
        talk.aside("kept_from_here")
        back_to_the_last_fence(talk)
    else:
        begin_anew(talk)


def expire(talk: Talk) -> None:
    """Forget the answers after a silence, down to the last point of no return. The next message begins anew.

    The stage stays what it was until then: it tells where they were lost.
    """
    talk.walk()
    state = talk.state
    if state.trouble or state.ended:
        return
    stage = state.stage
    void(talk)
    if fences(talk):
        back_to_the_last_fence(talk)
    else:
        begin_anew(talk)
    state.stage, state.opened, state.parked, state.expired, state.wrong = stage, False, False, True, 0
    for name in SILENCE:
        state.deadlines.pop(name, None)
    talk.out = []


def fences(talk: Talk) -> set[str]:
    """The keys of final work that has begun, and of what led to it."""
    return talk.held() | set(talk.state.final)


def back_to_the_last_fence(talk: Talk) -> None:
    """Forget the answers behind the last point of no return that the walk came past."""
    state, trail, held = talk.state, talk.chat.trail, fences(talk)
    # The walk may not have come to the fence (a release without it, or broken before it): it holds all the same.
    last = max((at for at, step in enumerate(trail) if step.key in held), default=-1)
    kept = held | {step.key for step in trail[: last + 1]}
    state.journal = {key: value for key, value in state.journal.items() if key in kept or is_result(key)}


def begin_anew(talk: Talk) -> None:
    """A new epoch: nothing of the last one is looked at again."""
    state = talk.state
    state.epoch += 1
    state.journal, state.rounds, state.outcomes, state.final = {}, {}, {}, {}
    state.ended, state.resting, state.stage, state.wrong = "", "", "", 0
    state.deadlines = {name: at for name, at in state.deadlines.items() if not name.startswith("wait:")}


def to_the_menu(talk: Talk) -> bool:
    """Go back to the journey's outermost menu; false if it has none."""
    if not talk.chat.menus:
        return False
    _begin_again(talk, *talk.chat.menus[0])
    return True


def menu_up(talk: Talk) -> None:
    """Begin the innermost menu again in which something was chosen."""
    chosen = [step.key for step in talk.chat.answered()]
    for path, place in reversed(talk.chat.menus):
        if any(key.startswith(path + "/") for key in chosen):
            _begin_again(talk, path, place)
            return
    refuse(talk, "nothing_to_go_back_to")


def back_to_the_menu(talk: Talk) -> bool:
    """After a silence the first menu is shown; false if it is the one that they left, whose answer is welcome still."""
    talk.walk()
    if talk.state.trouble or talk.state.pending is None or not talk.chat.menus:
        return False
    path, _ = talk.chat.menus[0]
    if not any(step.key.startswith(path + "/") for step in talk.chat.answered()):
        return False
    talk.aside("back_at_the_menu")
    return to_the_menu(talk)


def _begin_again(talk: Talk, path: str, place: str) -> None:
    """Forget this turn of a menu, unless final work is going on in it."""
    begun = [key for key in talk.state.final if key.startswith(path + "/")]
    if any(key not in talk.state.journal for key in begun):
        refuse(talk, "too_late")
        return
    void(talk)
    forget(talk.state, path, place)


def refuse(talk: Talk, why: str) -> None:
    """Say why not, and put the question again."""
    talk.aside(why)
    talk.put_again()


def void(talk: Talk) -> None:
    """The journal is about to be edited: what was asked and retried for it is void."""
    state = talk.state
    talk.out = [said for said in talk.out if not said.ref]
    state.pending, state.menu, state.tries = None, None, {}
    state.deadlines = {name: at for name, at in state.deadlines.items() if not name.startswith("retry:")}
