"""A webhook's body as Twilio writes it: parameters of a form, or the same as a JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

Form = list[tuple[str, str]]
"""names and values in the order in which they came"""

FORM = "application/x-www-form-urlencoded"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MOST_PARAMETERS = 1000


class NotAWebhook(Exception):
    """The body as a whole is none of Twilio's: answer 400. Its text holds no value of the body."""


def is_form(content_type: str) -> bool:
    """Whether a body of this type holds parameters of a form."""
    return content_type.partition(";")[0].strip().lower() == FORM


def parameters(body: bytes) -> Form:
    """The parameters of a form, empty ones too. Raises NotAWebhook for more than a thousand."""
    try:
        return parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=_MOST_PARAMETERS
        )
    except ValueError:
        raise NotAWebhook("the form has too many parameters") from None


def fields_of(body: bytes, content_type: str) -> dict[str, str]:
    """What a webhook tells, by name; of a name that comes twice the first. Raises NotAWebhook.

    NUL characters and halves of surrogate pairs, which PostgreSQL cannot keep, become U+FFFD.
    """
    return storable(parameters(body) if is_form(content_type) else _of_json(body))


def storable(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """These by name, as a database can keep them."""
    found: dict[str, str] = {}
    for name, value in told:
        found.setdefault(_UNSTORABLE.sub("\ufffd", name), _UNSTORABLE.sub("\ufffd", value))
    return found


def _of_json(body: bytes) -> Form:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAWebhook("the body is neither a form nor JSON") from None
    if not isinstance(told, Mapping):
        raise NotAWebhook("the body is no JSON object")
    return [(name, _written(value)) for name, value in told.items() if value is not None]


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
