"""Contents of our own making, whose every text is a variable: buttons and lists for whatever a bot asks.

Twilio shows what can be tapped only from a content that its account holds. These are made once an account, by
`sutradhar twilio contents --create`, and found by their friendly names: `sutradhar_buttons_1` to `_3`,
`sutradhar_list_1` to `_10`, `sutradhar_described_1` to `_10` for lists whose rows have a line below. A content that
has such a name and another form than ours is none of them.

Sources: Twilio, twilio/quick-reply, twilio/list-picker, error 21656: the value of a variable is never empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from channels.choices import MOST_BUTTONS
from channels.twilio.limits import MOST_ITEMS

BUTTONS = "sutradhar_buttons_"
LIST = "sutradhar_list_"
DESCRIBED = "sutradhar_described_"
NOTHING = "…"
"""what stands below a row that has no description, where others have one"""
_QUICK_REPLY = "twilio/quick-reply"
_LIST_PICKER = "twilio/list-picker"


@dataclass(frozen=True, slots=True)
class Row:
    """Something to tap: the id that comes back, and what is read."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A content as it is made, and what it is known by."""

    name: str
    types: dict[str, Any]
    samples: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """The body of the request that makes it."""
        return {"friendly_name": self.name, "language": "en", "variables": self.samples, "types": self.types}


def name_of(rows: Sequence[Row], *, listed: bool) -> str:
    """The friendly name of the content that shows so many rows."""
    kind = BUTTONS if not listed else DESCRIBED if any(row.description for row in rows) else LIST
    return f"{kind}{len(rows)}"


def values_of(body: str, opener: str, rows: Sequence[Row], *, listed: bool) -> dict[str, str]:
    """The values of that content's variables: the body, a list's opener, then what each row has, in order."""
    told = [body, *([opener] if listed else [])]
    described = any(row.description for row in rows)
    for row in rows:
        told += [row.title, row.id, *([row.description or NOTHING] if described and listed else [])]
    return _numbered(told)


def all_of_them() -> Iterator[Made]:
    """Every content that an account should hold."""
    for many in range(1, MOST_BUTTONS + 1):
        yield _made(f"{BUTTONS}{many}", many, listed=False, described=False)
    for many in range(1, MOST_ITEMS + 1):
        yield _made(f"{LIST}{many}", many, listed=True, described=False)
        yield _made(f"{DESCRIBED}{many}", many, listed=True, described=True)


def is_as_made(made: Made, types: object) -> bool:
    """Whether a content has the form in which it was made; what an account adds to it changes nothing."""
    return _holds(types, made.types)


def _made(name: str, many: int, *, listed: bool, described: bool) -> Made:
    count = iter(range(1, 100))

    def variable() -> str:
        return f"{{{{{next(count)}}}}}"

    body = variable()
    if not listed:
        actions = [{"type": "QUICK_REPLY", "title": variable(), "id": variable()} for _ in range(many)]
        types: dict[str, Any] = {_QUICK_REPLY: {"body": body, "actions": actions}}
    else:
        opener = variable()
        items = [
            {"item": variable(), "id": variable(), **({"description": variable()} if described else {})}
            for _ in range(many)
        ]
        types = {_LIST_PICKER: {"body": body, "button": opener, "items": items}}
    return Made(name, types, _numbered(["sample"] * (next(count) - 1)))


def _numbered(values: Sequence[str]) -> dict[str, str]:
    return {str(number): value for number, value in enumerate(values, 1)}


def _holds(found: object, wanted: object) -> bool:
    match wanted:
        case dict():
            return isinstance(found, dict) and all(_holds(found.get(name), one) for name, one in wanted.items())
        case list():
            return (
                isinstance(found, list)
                and len(found) == len(wanted)
                and all(_holds(one, other) for one, other in zip(found, wanted, strict=True))
            )
    return found == wanted
