"""How a choice is shown on WhatsApp, whoever the provider is: as buttons, as a list, or as numbered text.

Sources: Meta, interactive reply buttons and interactive lists; Twilio, twilio/quick-reply and twilio/list-picker.
"""

from __future__ import annotations

from enum import Enum, auto

from channels.limits import is_blank, length
from domain.messages import Choice, Option

MOST_BUTTONS = 3
BUTTON_TITLE = 20
LIST_OPENER = 20
ROW_TITLE = 24
ROW_DESCRIPTION = 72


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


def shape_of(choice: Choice) -> Shape:
    """How a choice is shown, by its options alone: a long body goes ahead as text."""
    options = choice.options
    labels = [option.label.strip() for option in options]
    different = len(set(labels)) == len(labels)
    plain = not any(description_of(option) for option in options)
    if len(options) <= MOST_BUTTONS and plain and different and all(fits(label, BUTTON_TITLE) for label in labels):
        return Shape.BUTTONS
    if is_blank(choice.opener) or not fits(choice.opener, LIST_OPENER):
        return Shape.NUMBERED_TEXT
    descriptions_fit = all(fits(description_of(option), ROW_DESCRIPTION) for option in options)
    if different and descriptions_fit and all(fits(label, ROW_TITLE) for label in labels):
        return Shape.LIST
    if all(_fits_numbered(option) for option in options):
        return Shape.NUMBERED_LIST
    return Shape.NUMBERED_TEXT


def numbered(choice: Choice) -> str:
    """A choice as text: its body, then a line per option, numbered from `first`; a description in a line below."""
    lines: list[str] = []
    for number, option in enumerate(choice.options, choice.first):
        lines.append(f"{number}. {option.label.strip()}" if option.numbered else option.label.strip())
        if description := description_of(option):
            lines.append(f"    {description}")
    return "\n".join((choice.body.rstrip(), "", *lines))


def fits(label: str, limit: int) -> bool:
    """Whether a label can stand on a button or in a row of so many characters: one line, else it is shown cut."""
    return length(label) <= limit and "\n" not in label


def _fits_numbered(option: Option) -> bool:
    if not option.numbered:
        return fits(option.label.strip(), ROW_TITLE) and fits(description_of(option), ROW_DESCRIPTION)
    return fits(label_and_description(option), ROW_DESCRIPTION)


def description_of(option: Option) -> str:
    """What stands below an option; nothing where none of it can be seen."""
    return "" if is_blank(option.description) else option.description.strip()


def label_and_description(option: Option) -> str:
    """Both on one line, for a row whose title is a number."""
    return " · ".join(part for part in (option.label.strip(), description_of(option)) if part)
