"""What a person's message does: an answer, a command, a choice of a menu, or a kind word back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from dialogue import edits, voice
from dialogue.commands import Command, command_in
from dialogue.data import reference
from dialogue.errors import JourneyError
from dialogue.events import Attached, Edited, Event, Tapped, Typed
from dialogue.obey import obey
from dialogue.parsers import Invalid, Label, fold, pick
from dialogue.questions import Reply
from dialogue.state import Prompt
from dialogue.talk import PAGE_ROW, Talk, pages, shown
from domain.files import SentFile

TRIES = 3
"""wrong answers in a row before help, a pause or a new start is offered"""
HINT_EVERY = 24 * 3600.0
"""seconds between two hints to one who opted out and still writes"""


def take(talk: Talk, event: Typed | Tapped | Attached) -> None:
    """The message's mark on the state. The first one only opens; so does one that comes after a pause."""
    state = talk.state
    meant = voice.meant(talk, event)
    if meant is None:
        return
    event = meant
    first, state.opened = not state.opened, True
    parked, state.parked = state.parked, False
    command = _command(talk, event)
    talk.useful = first or command is not None
    if state.stopped:
        state.parked = parked
        _while_stopped(talk, command)
    elif command is not None and command.name == "stop":
        state.parked = parked
        obey(talk, command)
    elif isinstance(event, Attached) and not _may_answer(talk, event):
        _attached(talk, event, first, parked)
    elif _menu_choice(talk, event):
        pass
    elif state.trouble and (command is None or command.name != "restart"):
        talk.aside("we_look_at_it")
    elif first:
        pass
    elif parked and talk.journey.menus and edits.back_to_the_menu(talk):
        state.wrong, talk.useful = 0, True
    elif (
        parked
        and not talk.journey.menus
        and state.pending is not None
        and (command is None or command.name == "greet")
        and isinstance(event, Typed)
    ):
        talk.useful = True
        talk.put_menu("welcome_back", "resume", "restart_yes")
    elif command is not None:
        state.wrong = 0
        obey(talk, command)
    elif state.ended:
        _after_the_end(talk)
    else:
        _answer(talk, event)
    if state.stopped and state.expired:
        state.opened = False  # who is left alone is told of it when they come back


def take_edit(talk: Talk, event: Edited) -> None:
    """A message was rewritten after it had been dealt with.

    If it was the last answer, or a wrong one to the question that still stands, the new words are taken for it. What
    lies further back stays, and the person is told how to change it.
    """
    state = talk.state
    if state.stopped or state.trouble or state.ended or not state.opened or not event.question:
        return
    if state.pending is None or state.pending.ref != event.question:
        talk.walk()
        last = talk.chat.answered()[-1:]
        if talk.state.trouble:
            return
        if not last or reference(last[0].key) != event.question or last[0].key in talk.held():
            talk.aside("edited_too_late")
            talk.put_again()
            return
        edits.back(talk)
        talk.walk()
    pending = state.pending
    if pending is None or pending.ref != event.question or pending.name not in talk.journey.by_name:
        talk.put_again()
        return
    talk.refresh(pending)
    talk.out = [said for said in talk.out if not said.ref]
    _parse(talk, Typed(event.now, event.text, event.question), pending)


def may_be_secret(talk: Talk, event: Event) -> bool:
    """Whether these are words that may hold a secret: written while one is asked for, or in sight of where one was.

    Asked before the event is taken. Whether it fits or not: a code with a typo is nearly the code. Commands are none.
    """
    if not isinstance(event, Typed | Edited | Attached):
        return False
    pending = talk.state.pending
    question = talk.journey.by_name.get(pending.name) if pending is not None else None
    if not (question is not None and question.secret) and event.question not in talk.state.in_secret:
        return False
    return isinstance(event, Edited) or _command(talk, event) is None


def _command(talk: Talk, event: Typed | Tapped | Attached) -> Command | None:
    """The command that was typed, unless it is also the label of an option just shown."""
    if not isinstance(event, Typed):
        return None
    command = command_in(event.text, talk.journey.languages, talk.journey.called)
    pending = talk.state.pending
    if command is not None and pending is not None and event.question == pending.ref:
        meant = fold(event.text)
        if any(meant == fold(name) for label in _labels(talk, pending) for name in label.names):
            return None
    return command


def _labels(talk: Talk, prompt: Prompt) -> list[Label]:
    words = talk.journey.words
    return [Label(one.id, words.labels(prompt.name, one)) for one in prompt.alternatives]


def _while_stopped(talk: Talk, command: Command | None) -> None:
    state = talk.state
    if command is not None and command.name == "start":
        state.stopped, state.hinted_at = False, 0.0
        talk.aside("started")
        talk.put_again()
    elif talk.now - state.hinted_at >= HINT_EVERY:
        state.hinted_at = talk.now
        talk.aside("how_to_start")


def _attached(talk: Talk, event: Attached, first: bool, parked: bool) -> None:
    if talk.state.trouble:
        talk.aside("we_look_at_it")
        return
    heard = voice.is_heard(talk, event)
    if heard and not (first or parked) and voice.listen(talk, event):
        return
    if not heard:
        talk.aside("cannot_use", kind=event.kind)
    if parked and talk.journey.menus:
        if not edits.back_to_the_menu(talk):
            talk.put_again()
    elif parked and talk.state.pending is not None:
        talk.put_menu("welcome_back", "resume", "restart_yes")
    elif talk.state.ended:
        _after_the_end(talk)
    elif not first:
        if heard and talk.state.pending is not None and (event.question or talk.begun()):
            talk.aside("one_at_a_time")
        talk.put_again()


def _after_the_end(talk: Talk) -> None:
    """It is over: say so, or go on behind a rest."""
    if talk.state.resting:
        talk.wake()
        talk.woken = True
    else:
        talk.aside("ended", how=talk.state.ended)


def _may_answer(talk: Talk, event: Attached) -> bool:
    """Whether the question that waits takes such a thing for an answer."""
    pending = talk.state.pending
    question = talk.journey.by_name.get(pending.name) if pending is not None else None
    return question is not None and event.kind in question.accepts


def _menu_choice(talk: Talk, event: Typed | Tapped | Attached) -> bool:
    """Whether the message chose from the platform's menu, and if so, do it."""
    menu = talk.state.menu
    if menu is None or event.question != menu.ref or isinstance(event, Attached):
        return False
    try:
        option = event.option if isinstance(event, Tapped) else pick(event.text, _labels(talk, menu))
    except Invalid:
        return False
    if option not in {one.id for one in menu.alternatives}:
        return False
    talk.state.menu, talk.state.wrong, talk.useful = None, 0, True
    talk.chosen = ((menu.name, option),)
    name, _, argument = option.partition("_")
    obey(talk, Command("language", argument) if name == "language" else Command(option))
    return True


def _answer(talk: Talk, event: Typed | Tapped | Attached) -> None:
    state, pending = talk.state, talk.state.pending
    if pending is None:
        talk.put_again()
        return
    talk.refresh(pending)
    if event.question != pending.ref:
        if event.question or talk.begun():
            talk.aside("one_at_a_time")
        talk.put(pending)
    elif pending.name not in talk.journey.by_name:
        state.pending = None  # no release knows it any more: the walk puts another
    elif not isinstance(event, Attached) and (page := _page_wanted(talk, event, pending)) is not None:
        pending.page, talk.useful = page, True
        talk.put(pending)
    else:
        _parse(talk, event, pending)


def _page_wanted(talk: Talk, event: Typed | Tapped, pending: Prompt) -> int | None:
    """The page of a long list that is asked for: tapped, on whichever page, or typed as the last row is called."""
    if isinstance(event, Tapped):
        page = event.option.removeprefix(PAGE_ROW)
        there = event.option.startswith(PAGE_ROW) and page.isdecimal() and int(page) in pages(pending)
        return int(page) if there else None
    last = shown(pending).alternatives[-1:]
    labels = [label for row in last if row.id.startswith(PAGE_ROW) for label in talk.journey.words.labels("", row)]
    return int(last[0].id.removeprefix(PAGE_ROW)) if fold(event.text) in map(fold, labels) else None


def _parse(talk: Talk, event: Typed | Tapped | Attached, pending: Prompt) -> None:
    # By name, before any walk: so an answer to a question of the last release is still taken.
    question = talk.journey.by_name[pending.name]
    today = datetime.fromtimestamp(talk.now, talk.journey.silence.zone).date()
    text, option, file = "", "", None
    match event:
        case Typed():
            text = event.text
        case Tapped():
            option = event.option
        case Attached():
            text, file = event.caption, SentFile(event.file, event.kind, event.caption)
    if option and option not in {one.id for one in pending.alternatives}:
        _wrong(talk, pending, Invalid("pick_one", count=len(pending.alternatives)))
        return
    labels = [] if option else _labels(talk, pending)
    reply = Reply(text, option, pending.about, pending.values, talk.state.language, talk.now, today, labels, file)
    if question.secret:
        reply = replace(reply, keep=partial(talk.keep, question.name))
    try:
        value = question.freeze(question.parse(reply))
    except Invalid as invalid:
        if question.secret and any(isinstance(shown, str) for shown in invalid.values.values()):
            raise JourneyError(f"{question.name} is secret: {invalid.reason} must not show words") from None
        _wrong(talk, pending, invalid)
        return
    talk.state.journal[pending.key] = value
    talk.state.pending, talk.state.menu, talk.state.wrong = None, None, 0
    talk.fresh, talk.useful = pending.key, True
    # Options made of what a question is about, an order or an offer, may tell of the person.
    if not callable(question.options) and (option or value) in question.options:
        talk.chosen = ((pending.name, option or value),)


def _wrong(talk: Talk, pending: Prompt, invalid: Invalid) -> None:
    """Say what is expected and keep the place; the third time in a row, offer a way out."""
    talk.state.wrong += 1
    talk.aside(invalid.reason, **invalid.values)
    if talk.state.wrong >= TRIES:
        talk.state.wrong = 0
        talk.put_menu("three_wrong", "resume", "help", "pause", "restart_yes")
    else:
        talk.put(pending)
