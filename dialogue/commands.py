"""The words that every bot understands at any moment, in English and Hindi. A command is a whole message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogue.parsers import fold

WORDS: dict[str, tuple[str, ...]] = {
    "greet": ("hi", "hello", "hey", "hii", "helo", "good morning", "good evening", "good afternoon",
              "namaste", "namaskar", "नमस्ते", "नमस्कार", "हाय", "हेलो", "हैलो", "राम राम"),
    "start": ("start", "शुरू", "शुरू करें", "shuru", "shuru karen", "unstop", "subscribe"),
    "stop": ("stop", "unsubscribe", "opt out", "stop all", "रोकें", "बंद", "बंद करें", "बंद करो", "band karo", "roko"),
    "menu": ("menu", "main menu", "मेनू", "मेन्यू", "मुख्य मेनू"),
    "help": ("help", "?", "मदद", "सहायता", "madad", "sahayata"),
    "back": ("back", "go back", "undo", "वापस", "पीछे", "wapas", "vapas", "peeche"),
    "restart": ("restart", "start over", "start again", "reset", "फिर से शुरू", "फिर से शुरू करें", "नए सिरे से",
                "phir se shuru", "dobara shuru"),
    "agent": ("agent", "human", "person", "talk to a person", "talk to agent", "customer care", "एजेंट", "इंसान",
              "किसी से बात", "किसी से बात करें", "agent se baat"),
    "language": ("language", "change language", "भाषा", "भाषा बदलें", "bhasha", "bhasha badlo"),
    "resume": ("resume", "continue", "go on", "जारी रखें", "आगे बढ़ें", "aage badho"),
}  # fmt: skip
"""command -> what people type for it"""

LANGUAGES: dict[str, tuple[str, ...]] = {
    "en": ("en", "english", "eng", "अंग्रेज़ी", "अंग्रेजी", "इंग्लिश", "angrezi"),
    "hi": ("hi", "hindi", "हिन्दी", "हिंदी"),
}
"""language -> what people call it"""

CHANGE = ("change", "edit", "correct", "बदलें", "बदलो", "badlo")
"""the first word of "change income"; in Hindi it may be the last"""

# A word of signs alone ("?") folds to nothing, and is compared as it is.
_BY_WORD = {fold(word) or word: command for command, words in WORDS.items() for word in words}
_BY_LANGUAGE = {fold(word): language for language, words in LANGUAGES.items() for word in words}
_LANGUAGE = frozenset(fold(word) for word in WORDS["language"])
_CHANGE = frozenset(fold(word) for word in CHANGE)


@dataclass(frozen=True)
class Command:
    """A command and what it is about: a language, a question's name, or nothing."""

    name: str
    argument: str = ""


def command_in(text: str, languages: tuple[str, ...], questions: Mapping[str, str]) -> Command | None:
    """The command that a whole message is, if it is one.

    `questions` maps what questions are called (folded) to their names: only those can be changed by name.
    """
    words = fold(text) or text.strip()
    if words in _BY_WORD:
        return Command(_BY_WORD[words])
    language = _BY_LANGUAGE.get(words)
    if language in languages and words not in languages:
        return Command("language", language)
    first, _, rest = words.partition(" ")
    start, _, last = words.rpartition(" ")
    if first in _LANGUAGE and _BY_LANGUAGE.get(rest) in languages:
        return Command("language", _BY_LANGUAGE[rest])
    for verb, what in ((first, rest), (last, start)):
        if verb in _CHANGE and what in questions:
            return Command("change", questions[what])
    return None
