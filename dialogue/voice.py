"""Voice notes as answers: one is listened to, what was understood is read back, and only a yes makes it the answer.

While a note is listened to it stands in `State.listening`. What was heard stands in the read-back itself, a menu on top
of the question: it goes with it, whatever else comes. Confirmed, the words are taken as if they had been typed when the
note came, so whatever may be typed may be said: an answer, a command, a choice of a menu.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from dialogue.events import Attached, Failed, Finished, Tapped, Typed, Wanted, WasRefused
from dialogue.parsers import fold
from dialogue.parsers.yes_no import meaning
from dialogue.state import Listening, Prompt
from dialogue.talk import Talk
from domain.said import Alternative
from domain.speech import NOTHING_HEARD, TRANSCRIBE

AUDIO = "audio"
READ_BACK = "voice_heard"
"""the menu that reads back what was understood"""
YES, NO = "yes", "no"
DOWN, SECRET = "down", "secret"
"""further reasons why no words are taken, beside the refusals of TRANSCRIBE"""
_KEY = "voice:"
"""begins the key of such work; the inbox row's id follows"""


def is_heard(talk: Talk, event: Attached) -> bool:
    """Whether somebody could listen to this."""
    return talk.journey.hears and event.kind == AUDIO and event.file > 0


def listen(talk: Talk, event: Attached) -> bool:
    """Have a voice note listened to; false if it came in sight of no question that stands.

    A newer one takes the place of an older one. Where a secret is asked for nothing is listened to.
    """
    pending = talk.state.pending
    if pending is None or event.question not in _standing(talk):
        return False
    question = talk.journey.by_name.get(pending.name)
    if question is not None and question.secret:
        _not_heard(talk, SECRET)
        return True
    # Who has answered nothing yet was asked for no language yet either: let the recogniser find out.
    known = talk.begun() or len(talk.journey.languages) == 1
    talk.state.listening = Listening(event.file, event.question, talk.state.language if known else "")
    return True


def work(talk: Talk) -> Wanted | None:
    """The listening that is wanted."""
    note = talk.state.listening
    return None if note is None else Wanted(_key(note), TRANSCRIBE, {"file": note.file, "language": note.language})


def is_of(key: str) -> bool:
    """Whether this is the key of listening to something."""
    return key.startswith(_KEY)


def ended(talk: Talk, event: Finished | WasRefused | Failed) -> None:
    """The listening ended: read back what was heard, or ask kindly to type. Of a superseded note nothing is taken."""
    note = talk.state.listening
    if note is None or event.key != _key(note):
        return
    talk.state.listening = None
    match event:
        case Finished():
            words = TRANSCRIBE.read(event.result).words
            if words:
                _read_back(talk, note, words)
            else:
                _not_heard(talk, NOTHING_HEARD)
        case WasRefused():
            _not_heard(talk, event.reason)
        case Failed():
            _not_heard(talk, DOWN)


def meant(talk: Talk, event: Typed | Tapped | Attached) -> Typed | Tapped | Attached | None:
    """What a message is when it comes in sight of a read-back; any other message as it is.

    A yes is the words that were heard. A no puts the question again: then nothing is left to be done. All else that is
    no voice note was meant for the question itself: who is misunderstood types it at once.
    """
    menu = talk.state.menu
    if menu is None or menu.name != READ_BACK or event.question != menu.ref or talk.state.stopped:
        return event
    if isinstance(event, Attached) and is_heard(talk, event):
        return event
    said = event.option if isinstance(event, Tapped) else _said(talk, event.text) if isinstance(event, Typed) else ""
    under = _under(menu)
    talk.state.menu = under
    standing = under or talk.state.pending
    question = standing.ref if standing is not None else ""
    if said == YES:
        return Typed(event.now, menu.values["words"], question)
    if said == NO and standing is not None:
        talk.state.wrong = 0
        talk.chosen = ((READ_BACK, NO),)
        talk.aside("voice_again")
        talk.put(standing)
        return None
    return replace(event, question=question)


def tidy(talk: Talk) -> None:
    """Nobody listens any more to what was said to a question that is gone."""
    state = talk.state
    note = state.listening
    if note is not None and (
        state.pending is None or state.stopped or state.parked or note.question not in _standing(talk)
    ):
        state.listening = None


def _key(note: Listening) -> str:
    return f"{_KEY}{note.file}"


def _standing(talk: Talk) -> set[str]:
    """The ref of the question, or menu, that waits for an answer; of a read-back, that of what is under it too."""
    menu, pending = talk.state.menu, talk.state.pending
    seen = [menu or pending]
    if menu is not None and menu.name == READ_BACK:
        seen.append(_under(menu) or pending)
    return {prompt.ref for prompt in seen if prompt is not None}


def _read_back(talk: Talk, note: Listening, words: str) -> None:
    menu = talk.state.menu
    under = None if menu is None else menu.about["under"] if menu.name == READ_BACK else asdict(menu)
    # About the note, so that a tap on an older read-back is not taken for one on this.
    talk.put_menu("voice_heard", "yes", "no", about={"file": note.file, "under": under}, words=words)


def _not_heard(talk: Talk, why: str) -> None:
    talk.aside("voice_not_heard", why=why)
    standing = talk.state.menu or talk.state.pending
    if standing is not None:
        talk.put(standing)


def _under(read_back: Prompt) -> Prompt | None:
    """The menu that the words were said to, where they were said to one."""
    under = read_back.about["under"]
    return None if under is None else Prompt.load(under)


def _said(talk: Talk, text: str) -> str:
    """YES or NO, where that is all that was typed."""
    for number, option in enumerate((Alternative(YES), Alternative(NO)), 1):
        names = talk.journey.words.labels(READ_BACK, option)
        if fold(text) in {fold(name) for name in (*names, str(number))}:
            return option.id
    agreed = meaning(text)
    return "" if agreed is None else YES if agreed else NO
