"""A bot that says back what it heard, and has a note made of it outside: whatever is lost or doubled shows."""

from __future__ import annotations

import shutil
from pathlib import Path

from dialogue import Chat, Journey, typed
from domain.effects import Effect
from texts import Catalogue
from texts.catalogue import FOLDER

WORDS = typed("words", str, str)
NOTE = Effect("note", str, str)

TEXTS = """
words = What shall we note?
heard = Noted: { $words }
"""


class Echo(Journey):
    """Ask, note, say back, without an end."""

    questions = (WORDS,)

    async def run(self, chat: Chat) -> None:
        while True:
            with chat.round("again"):
                words = await chat.ask(WORDS)
                chat.say("heard", words=await chat.do(NOTE, words))


def catalogue(folder: Path) -> Catalogue:
    """Its texts, in a folder of the test's own."""
    shutil.copytree(FOLDER / "shared", folder / "shared", dirs_exist_ok=True)
    (folder / "echo").mkdir(exist_ok=True)
    for language in ("en", "hi"):
        (folder / "echo" / f"{language}.ftl").write_text(TEXTS)
    return Catalogue("echo", folder)
