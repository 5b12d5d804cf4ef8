"""Webhook bodies that begin as real ones and are then damaged, each with a good neighbour that must come through.

What is damaged is one item, change, contact or entry; what the neighbour needs (its own entry, change, list and number)
is left whole, for without it nobody could read anything.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st

NOON = "1795240800"


RECORDED = tuple(sorted((Path(__file__).parents[1] / "channels" / "fixtures").glob("*.json"))) + tuple(
    sorted((Path(__file__).parent / "fixtures").glob("*.json"))
)
CANARY = "canary"
"""is part of every text that damage puts in: no reason may repeat it"""

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Neighbour:
    """Somebody who writes a plain text in the same breath, to one of our numbers."""

    id: str
    phone: str
    number: str

    def to_json(self) -> dict[str, Any]:
        """Their message, as Meta writes it."""
        sender = self.phone.lstrip("+")
        return {"from": sender, "id": self.id, "timestamp": NOON, "type": "text", "text": {"body": "hello"}}


RAVI = Neighbour("wamid.neighbour", "+919711000001", "100000000000001")
"""the good neighbour of every body"""
ASHA = "919812345678"
"""who writes most of what is recorded"""


@dataclass(frozen=True)
class Body:
    """A webhook as it goes over the wire."""

    raw: bytes

    def anew(self, number: str) -> tuple[bytes, Neighbour, str]:
        """The same to this number, of people and with ids that nobody has seen; its neighbour; and Asha's phone."""
        unseen = uuid4()
        ravi = Neighbour(f"wamid.{unseen.hex}.neighbour", f"+9197{unseen.int % 10**8:08d}", number)
        asha = f"9198{unseen.int % 10**8:08d}"
        raw = self.raw
        for was, now in (
            ("wamid.", f"wamid.{unseen.hex}."),
            (RAVI.phone.lstrip("+"), ravi.phone.lstrip("+")),
            (ASHA, asha),
            ("IN.44", f"IN.{unseen.int % 10**8:08d}"),
            (RAVI.number, number),
        ):
            raw = raw.replace(was.encode(), now.encode())
        return raw, ravi, f"+{asha}"


def recorded_changes() -> list[dict[str, Any]]:
    """Every change of every recorded webhook."""
    bodies = [json.loads(file.read_text()) for file in RECORDED]
    return [change for body in bodies for entry in body["entry"] for change in entry["changes"]]


CHANGES = recorded_changes()


def recorded(name: str) -> list[Any]:
    """Every element of the lists of this name in all that is recorded."""
    return [item for change in CHANGES for item in change["value"].get(name, [])]


NUMBERS = st.sampled_from(
    [
        0,
        -1,
        1,
        2**31,
        2**63,
        2**64,
        -(2**63),
        10**30,
        10**400,
        0.1,
        -0.0,
        1e308,
        5e-324,
        90.0001,
        -181,
        1e12,
        99999999999,
    ]
)
ODD_TEXTS = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\x00" * 50,
        "\ud800",
        "\udfff\ud800",
        "\ud83d\ude00",
        "\u202e\u200b\ufeff\u2028",
        "\x1b[31m\x07\x7f",
        "0",
        "-1",
        "NaN",
        "Infinity",
        "1e999",
        "true",
        "null",
        "{}",
        "'; drop table inbox; --",
        "%s%n{0}",
        "../../etc/passwd",
        "ﷺ" * 500,
        "a\u0301" * 2000,
        "wamid." + "x" * 5000,
        "9" * 400,
        "+" + "9" * 15,
        "IN." + "9" * 128,
        "IN.ENT." + "9" * 129,
    ]
)
TEXTS = ODD_TEXTS | st.text(max_size=30) | ODD_TEXTS.map(lambda text: f"{CANARY}{text}")
TIMES = st.sampled_from(
    [
        "0",
        "-5",
        "1e11",
        "1795240800.5",
        "1795240800000",
        "17952408000000000000",
        "yesterday",
        "2026-11-21T12:00:00Z",
        " 1 ",
        "١٧٩",
    ]
) | st.integers(-(10**20), 10**20).map(str)
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS | TIMES | st.sampled_from(["@digits", "@exponent", "@minus"])
KEYS = st.sampled_from(["", "id", "type", "text", "body", "\x00", "\ud800", "__proto__", "x" * 3000]) | st.text(
    max_size=8
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=10
)


def nested(levels: int, leaf: Any = None) -> Any:
    """A list in a list in a list."""
    for level in range(levels):
        leaf = [leaf] if level % 2 else {"text": leaf}
    return leaf


NESTS = st.sampled_from([2, 20, 60, 120, 300]).map(nested)
ON_THE_WIRE = {
    "@digits": "9" * 5_000,
    "@exponent": "1e999",
    "@minus": "-1e999",
    "@deep": "[" * 600 + "]" * 600,
    "@deeper": '{"text":' * 600 + "0" + "}" * 600,
}
"""what JSON can say and Python's writer of it cannot: put in by its mark"""
AGAIN = "@again"
"""at the end of a name: the name stands there twice"""
LARGE = st.sampled_from(['"' + "ज" * 20_000 + '"', '"' + "x" * 70_000 + '"', "[" + "0," * 3_000 + "0]"]).map(json.loads)


def places(tree: Any, path: Path_ = ()) -> list[Path_]:
    """The path of every value in a tree but the tree itself; of what is very deep or long, its beginning."""
    found: list[Path_] = []
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, value in itertools.islice(inner, 20 if len(path) < 10 else 0):
        found += [(*path, name), *places(value, (*path, name))]
    return found


def copied(tree: Any) -> Any:
    """The same tree once more, however deep it is."""
    return json.loads(json.dumps(tree))


def _drop(holder: Any, name: Any, draw: Any) -> None:
    del holder[name]


def _retype(holder: Any, name: Any, draw: Any) -> None:
    holder[name] = draw(ANYTHING)


def _double(holder: Any, name: Any, draw: Any) -> None:
    value = copied(holder[name])
    if isinstance(holder, list):
        holder.insert(name, value)
    else:
        holder[name] = [value, value]


def _nest(holder: Any, name: Any, draw: Any) -> None:
    holder[name] = draw(NESTS | st.sampled_from(["@deep", "@deeper"]))


def _name_twice(holder: Any, name: Any, draw: Any) -> None:
    if isinstance(holder, dict):
        holder[f"{name}{AGAIN}"] = draw(SCALARS)


def _enlarge(holder: Any, name: Any, draw: Any) -> None:
    holder[name] = draw(LARGE)


def _scramble(holder: Any, name: Any, draw: Any) -> None:
    holder[name] = f"{holder[name]}{draw(TEXTS)}" if isinstance(holder[name], str) else draw(TEXTS)


def _misplace(holder: Any, name: Any, draw: Any) -> None:
    """Under another name, as where a provider renames a field."""
    value = holder[name]
    if isinstance(holder, dict):
        holder[draw(KEYS)] = value
        holder.pop(name, None)
    else:
        holder.append(value)


def _mistime(holder: Any, name: Any, draw: Any) -> None:
    holder[name] = draw(TIMES | NUMBERS)


WAYS: tuple[Callable[[Any, Any, Any], None], ...] = (
    _drop, _retype, _double, _name_twice, _nest, _enlarge, _scramble, _misplace, _mistime,
)  # fmt: skip


def written(body: Any) -> bytes:
    """As it goes over the wire, with what only the wire can hold."""
    text = json.dumps(body).replace(f'{AGAIN}"', '"')
    for mark, held in ON_THE_WIRE.items():
        text = text.replace(f'"{mark}"', held)
    return text.encode()


@st.composite
def damaged(draw: st.DrawFn, wholes: st.SearchStrategy[Any]) -> Any:
    """One of these, with up to four things in it damaged."""
    tree = copied(draw(wholes))
    for _ in range(draw(st.integers(1, 4))):
        paths = places(tree)
        if not paths:
            break
        *way, name = draw(st.sampled_from(paths))
        holder = tree
        for step in way:
            holder = holder[step]
        draw(st.sampled_from(WAYS))(holder, name, draw)
    return tree


MESSAGE = damaged(st.sampled_from(recorded("messages"))) | st.sampled_from(recorded("messages")) | ANYTHING
STATUS = damaged(st.sampled_from(recorded("statuses"))) | ANYTHING
CONTACT = damaged(st.sampled_from(recorded("contacts"))) | ANYTHING
CHANGE = damaged(st.sampled_from(CHANGES)) | ANYTHING


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """A webhook in which the neighbour's message stands among whatever else."""
    messages = draw(st.lists(MESSAGE, min_size=1, max_size=4))
    messages.insert(draw(st.integers(0, len(messages))), RAVI.to_json())
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "919800000000", "phone_number_id": RAVI.number},
        "messages": messages,
    }
    for name, kind in (("contacts", CONTACT), ("statuses", STATUS), ("errors", ANYTHING)):
        if draw(st.booleans()):
            value[name] = draw(st.lists(kind, max_size=3) | ANYTHING)
    changes = draw(st.lists(CHANGE, max_size=2))
    changes.insert(draw(st.integers(0, len(changes))), {"field": "messages", "value": value})
    entries = draw(st.lists(ANYTHING, max_size=2))
    entries.insert(draw(st.integers(0, len(entries))), {"id": "200000000000001", "changes": changes})
    return Body(written({"object": "whatsapp_business_account", "entry": entries}))
