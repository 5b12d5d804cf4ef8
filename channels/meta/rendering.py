"""A neutral message into what WhatsApp can show: buttons, a list, or numbered text. Nothing is dropped, nothing cut.

`fit` makes of one message as many as it needs; `render` turns each of those into exactly one Graph message.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from channels.meta.limits import (
    BUTTON_TITLE,
    BUTTONS_BODY,
    LIST_OPENER,
    MOST_BUTTONS,
    ROW_DESCRIPTION,
    ROW_TITLE,
    TEXT_BODY,
    is_blank,
    length,
    require_id,
    require_visible,
)
from channels.meta.outbound import Button, ButtonsMessage, GraphMessage, ListMessage, ListRow, TextMessage
from channels.meta.splitting import split, split_tail
from domain.messages import Choice, Message, Option, Text


class Shape(Enum):
    """What a choice is shown as; the first that its options fit."""

    BUTTONS = auto()
    """Up to three short labels, no descriptions."""
    LIST = auto()
    """Labels as rows' titles."""
    NUMBERED_LIST = auto()
    """Long labels, or twice the same: numbers as rows' titles, labels in their descriptions."""
    NUMBERED_TEXT = auto()
    """Nothing to tap: the options as numbered lines."""


def fit(message: Message) -> tuple[Message, ...]:
    """The message as those that each render into one Graph message. Raises Unsendable for what cannot be shown at all.

    A choice comes last, with a short end of its body; what goes before it is text.
    """
    if isinstance(message, Text):
        require_visible("body", message.body)
        return (message,) if length(message.body) <= TEXT_BODY else _texts(message.body)
    _check(message)
    if shape_of(message) is Shape.NUMBERED_TEXT:
        words = numbered(message)
        return (message,) if length(words) <= TEXT_BODY else _texts(words)
    # A list's body may be longer by Meta's own page, but not with every provider between.
    if length(message.body) <= BUTTONS_BODY:
        return (message,)
    before, last = split_tail(message.body, BUTTONS_BODY)
    return (*_texts(before), replace(message, body=last))


def render(message: Message) -> GraphMessage:
    """One message as Meta takes it. Raises Unsendable for one that did not go through `fit` and is too long."""
    if isinstance(message, Text):
        return TextMessage(message.body)
    match shape_of(message):
        case Shape.BUTTONS:
            return ButtonsMessage(
                message.body, tuple(Button(option.id, option.label.strip()) for option in message.options)
            )
        case Shape.LIST:
            rows = [ListRow(option.id, option.label.strip(), _description(option)) for option in message.options]
            return ListMessage(message.body, message.opener, tuple(rows))
        case Shape.NUMBERED_LIST:
            rows = [
                ListRow(option.id, str(number), _label_and_description(option))
                if option.numbered
                else ListRow(option.id, option.label.strip(), _description(option))
                for number, option in enumerate(message.options, message.first)
            ]
            return ListMessage(message.body, message.opener, tuple(rows))
        case Shape.NUMBERED_TEXT:
            return TextMessage(numbered(message))


def shape_of(choice: Choice) -> Shape:
    """How a choice is shown, by its options alone: a long body goes ahead as text."""
    options = choice.options
    labels = [option.label.strip() for option in options]
    different = len(set(labels)) == len(labels)
    plain = not any(_description(option) for option in options)
    if len(options) <= MOST_BUTTONS and plain and different and all(_fits(label, BUTTON_TITLE) for label in labels):
        return Shape.BUTTONS
    if is_blank(choice.opener) or not _fits(choice.opener, LIST_OPENER):
        return Shape.NUMBERED_TEXT
    descriptions_fit = all(_fits(_description(option), ROW_DESCRIPTION) for option in options)
    if different and descriptions_fit and all(_fits(label, ROW_TITLE) for label in labels):
        return Shape.LIST
    if all(_fits_numbered(option) for option in options):
        return Shape.NUMBERED_LIST
    return Shape.NUMBERED_TEXT


def numbered(choice: Choice) -> str:
    """A choice as text: its body, then a line per option, numbered from `first`; a description in a line below."""
    lines: list[str] = []
    for number, option in enumerate(choice.options, choice.first):
        lines.append(f"{number}. {option.label.strip()}" if option.numbered else option.label.strip())
        if description := _description(option):
            lines.append(f"    {description}")
    return "\n".join((choice.body.rstrip(), "", *lines))


def _check(choice: Choice) -> None:
    require_visible("body", choice.body)
    for option in choice.options:
        require_id("option.id", option.id)
        require_visible("option.label", option.label)


def _texts(words: str) -> tuple[Message, ...]:
    return tuple(Text(piece) for piece in split(words, TEXT_BODY))


def _fits(label: str, limit: int) -> bool:
    # Buttons and rows are one line: what has several would be shown cut.
    return length(label) <= limit and "\n" not in label


def _fits_numbered(option: Option) -> bool:
    if not option.numbered:
        return _fits(option.label.strip(), ROW_TITLE) and _fits(_description(option), ROW_DESCRIPTION)
    return _fits(_label_and_description(option), ROW_DESCRIPTION)


def _description(option: Option) -> str:
    return "" if is_blank(option.description) else option.description.strip()


def _label_and_description(option: Option) -> str:
    return " · ".join(part for part in (option.label.strip(), _description(option)) if part)
