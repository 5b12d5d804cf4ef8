"""What a dialogue says, as messages; what options and questions are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.messages import Choice, Document, Message, Option, Template, Text
from domain.said import Alternative, Said
from texts.errors import MissingText, UnwritableValue
from texts.loading import speeches
from texts.speech import Speech
from texts.taps import wire_id
from texts.templates import registered
from texts.writing import Written, joined, writable

FOLDER = Path(__file__).parent
NOTHING = "none"
"""What a standing value that is empty, and a list without rows, are selected by."""

_OPENER = "opener"
_PAGE = "page_"
"""How the ids of rows that lead to other pages start: their labels are texts of their own."""
_BETWEEN_SYNONYMS = re.compile(r",\s+")
"""Not a comma alone: that groups the digits of an amount."""


class Catalogue:
    """The texts of one bot in all its languages. Files are read once a process; nothing here reads the clock.

    Raises BrokenCatalogue for a file that is not right.
    """

    def __init__(self, bot: str, folder: Path = FOLDER) -> None:
        self.bot = bot
        self._speeches = speeches(bot, folder)
        self._templates = {
            (key, one.language): one for one in registered(folder) if one.bot == bot for key in one.instead_of
        }
        self._labels: dict[tuple[str, str, bool], tuple[str, ...]] = {}
        self._names: dict[str, tuple[str, ...]] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages this bot speaks."""
        return tuple(self._speeches)

    def render(self, said: Said, language: str, /, **standing: str) -> Text | Choice:
        """What is said, in this language. Without alternatives it is a Text, with them a Choice.

        `standing` are values of ours that every text may show, such as the support contact; an empty one reads `none`,
        to be selected by. Raises MissingText (never another language instead), UnwritableValue.
        """
        speech = self._speeches.get(language)
        if speech is None:
            raise MissingText(self.bot, language, said.key, problem="this bot has no such language")
        always = {name: _given(speech, said.key, name, value) or NOTHING for name, value in standing.items()}
        body = speech.text(said.key, values=always | _written(speech, said.key, said.values))
        if not said.alternatives:
            return Text(body)
        paragraphs, options = [body], []
        for number, alternative in enumerate(said.alternatives, said.first):
            key, label = _place(said.key, alternative)
            values = always | _written(speech, key, alternative.values)
            name = speech.text(key, label, values)
            description = _if_any(speech, key, f"{label}_detail", values) if label else ""
            options.append(Option(wire_id(said.ref, alternative.id), name, description, numbered=bool(label)))
            if label and (line := _if_any(speech, key, f"{label}_line", values)):
                paragraphs.append(f"{number}. {line}")
        opener = _if_any(speech, said.key, _OPENER, always) or speech.text(_OPENER)
        return Choice("\n\n".join(paragraphs), tuple(options), opener, said.first)

    def message(self, said: Said, language: str, /, **standing: str) -> Message:
        """What is said as a message: with a file of ours, the words are its caption. Raises as `render` does."""
        rendered = self.render(said, language, **standing)
        return rendered if said.attachment is None else Document(said.attachment, rendered.body)

    def template(self, said: Said, language: str) -> Template | None:
        """What may be sent in the place of this when the window is closed; None for a text that has no template.

        Raises MissingText for a value that the template shows and this lacks, UnwritableValue.
        """
        known = self._templates.get((said.key, language))
        if known is None:
            return None
        speech = self._speeches[language]
        shown = {}
        for name in known.variables:
            value = writable(_given(speech, known.name, name, said.values.get(name)))
            shown[name] = value if isinstance(value, str) else str(value.format(speech.locale))
        return Template(known.name, language, shown or ())

    def labels(self, question: str, alternative: Alternative) -> tuple[str, ...]:
        """An option's labels and their synonyms, in all languages: what a person may type for it.

        None where a release no longer has the option. Raises MissingText for a value that a label shows.
        """
        key, label = _place(question, alternative)
        if alternative.values:
            return self._in_all_languages(key, label, alternative.values)
        known = (question, alternative.label, not label)
        if known not in self._labels:
            self._labels[known] = self._in_all_languages(key, label)
        return self._labels[known]

    def names(self, question: str) -> tuple[str, ...]:
        """What a question is called, in all languages, for "change income". None for one that has no name."""
        if question not in self._names:
            self._names[question] = self._in_all_languages(question, "name")
        return self._names[question]

    def _in_all_languages(self, key: str, attribute: str, values: Mapping[str, Any] | None = None) -> tuple[str, ...]:
        """A text and its synonyms, each once."""
        found: list[str] = []
        for speech in self._speeches.values():
            shown = _written(speech, key, values or {})
            found.append(_if_any(speech, key, attribute, shown))
            if attribute:
                found += _BETWEEN_SYNONYMS.split(_if_any(speech, key, f"{attribute}_also", shown))
        return tuple(dict.fromkeys(name for name in found if name))


def _place(question: str, alternative: Alternative) -> tuple[str, str]:
    """Where an alternative's label is: the message, and its attribute."""
    return (alternative.label, "") if alternative.id.startswith(_PAGE) else (question, alternative.label)


def _if_any(speech: Speech, key: str, attribute: str, values: Mapping[str, Written]) -> str:
    return speech.text(key, attribute, values) if speech.has(key, attribute) else ""


def _written(speech: Speech, key: str, values: Mapping[str, Any]) -> dict[str, Written]:
    try:
        return {name: _value(speech, key, _given(speech, key, name, value)) for name, value in values.items()}
    except UnwritableValue as error:
        raise UnwritableValue(f"{speech.bot}, {key}: {error.problem}") from None


def _value(speech: Speech, key: str, value: Any) -> Written:
    match value:
        case {"each": str() as line, "rows": list() as rows, "first": int() as first, **rest} if not rest:
            text, attribute = (key, line) if speech.has(key, line) else (line, "")
            lines = [
                speech.text(text, attribute, _written(speech, text, {"number": number, **row}))
                for number, row in enumerate(rows, first)
            ]
            # What takes several lines stands apart from its neighbours.
            return joined(lines, "\n\n" if any("\n" in one for one in lines) else "\n") or NOTHING
    return writable(value)


def _given(speech: Speech, key: str, name: str, value: Any) -> Any:
    if value is None:
        raise speech.missing(key, value=name)
    return value
