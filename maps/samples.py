"""What work may come to, sampled from the type of its result: every Literal, lists of none, one and two, some and none.

All are plain data, the same on every run. Where a type says too little, the effect says more (`Effect.samples`).
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from itertools import product
from math import prod
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel

from dialogue.data import adapter, plain
from domain.effects import Effect

TOGETHER = 12
"""samples of one type at most, if everything is combined with everything; else one thing at a time is varied"""

Marks = tuple[tuple[str, str], ...]
"""where there is a choice, and which it is: `(("decision", "declined"), ("offers", "none"))`"""


class NoSample(TypeError):
    """Of this type nothing can be made up: give the effect `samples`."""


@dataclass(frozen=True)
class Sample:
    """One thing that work may come to, as plain data."""

    value: Any
    marks: Marks = ()

    @property
    def words(self) -> str:
        """What sets it apart: `decision: declined, offers: none`."""
        return ", ".join(f"{where}: {which}" if where else which for where, which in self.marks)


def results(effect: Effect[Any, Any]) -> tuple[Sample, ...]:
    """What this work may come to. Raises NoSample."""
    if effect.samples:
        kind: Any = effect.result
        write = adapter(kind).dump_python
        return tuple(Sample(plain(write(value, mode="json")), (("", word),)) for word, value in effect.samples)
    try:
        return tuple(samples(effect.result))
    except NoSample as error:
        raise NoSample(f"{effect.name}: {error}") from None


def samples(kind: Any, name: str = "", serial: int = 1, combined: bool = True) -> list[Sample]:
    """Values of a type, the most ordinary one first. `serial` sets the elements of a list apart. Raises NoSample."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return samples(arguments[0], name, serial, combined)
    if isinstance(kind, NewType):
        return samples(kind.__supertype__, name, serial, combined)
    if origin is Literal:
        return [Sample(value, _mark(name, str(value))) for value in arguments]
    if origin in (Union, types.UnionType):
        return _of_several(arguments, name, serial, combined)
    if origin in (list, tuple, set, frozenset, Sequence, Collection, AbstractSet):
        if origin is tuple and arguments[-1] is not Ellipsis:
            parts = {str(place): one for place, one in enumerate(arguments, 1)}
            return [Sample(list(one.value.values()), one.marks) for one in _of_fields(parts, name, serial, combined)]
        return _of_list(arguments[0], name, serial)
    if origin in (dict, Mapping):
        filled = samples(arguments[1], name, serial, combined=False)
        key = samples(arguments[0], name, serial)[0].value
        return [*(Sample({key: one.value}, (*_mark(name, "one"), *one.marks)) for one in filled), _none({}, name)]
    return _of_class(kind, name, serial, combined)


def _of_class(kind: Any, name: str, serial: int, combined: bool) -> list[Sample]:
    if kind is None or kind is types.NoneType:
        return [Sample(None)]
    if kind in (Any, object):
        return [Sample(f"{name or 'something'}-{serial}")]
    if not isinstance(kind, type):
        raise NoSample(f"of {kind} nothing can be made up: give the effect samples")
    if kind is bool:
        return [Sample(True, _mark(name, "yes")), Sample(False, _mark(name, "no"))]
    if issubclass(kind, Enum):
        return [Sample(plain(one.value), _mark(name, str(one.value))) for one in kind]
    if is_dataclass(kind) or issubclass(kind, BaseModel) or hasattr(kind, "__total__"):
        return _of_fields(_fields(kind), name, serial, combined, _that_may_be_empty(kind))
    for plainer, made in _MADE.items():
        if issubclass(kind, plainer):
            return [Sample(made(name or kind.__name__, serial))]
    raise NoSample(f"of {kind.__name__} nothing can be made up: give the effect samples")


_MADE: Mapping[type[Any], Callable[[str, int], Any]] = {
    str: lambda name, serial: _text(name, serial),
    int: lambda name, serial: serial,
    float: lambda name, serial: float(serial),
    Decimal: lambda name, serial: str(Decimal(100 * serial)),
    datetime: lambda name, serial: f"2026-12-{serial:02}T10:00:00+05:30",
    date: lambda name, serial: f"2026-12-{serial:02}",
    time: lambda name, serial: f"{9 + serial:02}:00:00",
    timedelta: lambda name, serial: f"PT{serial}H",
    UUID: lambda name, serial: str(UUID(int=serial)),
}


NAMED: Mapping[str, str] = {
    "mime_type": "application/pdf",
    "zone": "Asia/Kolkata",
    "email": "asha@example.com",
    "phone": "+919800000000",
    "country": "IN",
    "currency": "INR",
    "language": "en",
}
"""what a text of this name has to be, wherever it is read"""
LINKS = frozenset({"link", "url"})
"""names of addresses"""


def _text(name: str, serial: int) -> str:
    if name in LINKS or name.endswith("_url"):
        return f"https://example.com/{serial}"
    return NAMED.get(name) or f"{name}-{serial}"


def _of_several(kinds: Sequence[Any], name: str, serial: int, combined: bool) -> list[Sample]:
    found = []
    for kind in kinds:
        if kind is not types.NoneType:
            some = _mark(name, "some") if types.NoneType in kinds else ()
            found += [Sample(one.value, (*some, *one.marks)) for one in samples(kind, name, serial, combined)]
    return [*found, *([_none(None, name)] if types.NoneType in kinds else [])]


def _of_list(kind: Any, name: str, serial: int) -> list[Sample]:
    ones = samples(kind, name, serial, combined=False)
    two = [ones[0].value, samples(kind, name, serial + 1, combined=False)[0].value]
    filled = [Sample([one.value], (*_mark(name, "one"), *one.marks)) for one in ones]
    return [*filled, Sample(two, _mark(name, "two")), _none([], name)]


def _of_fields(
    kinds: Mapping[str, Any], name: str, serial: int, combined: bool, empty: Collection[str] = ()
) -> list[Sample]:
    each = {field: samples(kind, field, serial, combined) for field, kind in kinds.items()}
    for field in empty:
        each[field] = [Sample(each[field][0].value, _mark(field, "some")), _none("", field)]
    together = combined and prod(len(found) for found in each.values()) <= TOGETHER
    chosen = product(*each.values()) if together else _one_at_a_time(list(each.values()))
    made = []
    for one in chosen:
        value = {field: sample.value for field, sample in zip(each, one, strict=True)}
        made.append(Sample(value, tuple(mark for sample in one for mark in sample.marks)))
    return made


def _one_at_a_time(each: Sequence[Sequence[Sample]]) -> Iterator[tuple[Sample, ...]]:
    ordinary = tuple(found[0] for found in each)
    yield ordinary
    for place, found in enumerate(each):
        for other in found[1:]:
            yield (*ordinary[:place], other, *ordinary[place + 1 :])


def _fields(kind: Any) -> dict[str, Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {name: field.annotation for name, field in kind.model_fields.items()}
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in fields(kind)} if is_dataclass(kind) else hints


def _that_may_be_empty(kind: Any) -> list[str]:
    """The texts that are empty unless something is said: nothing is one of the things they may come to."""
    if not is_dataclass(kind):
        return []
    return [field.name for field in fields(kind) if field.default == "" and field.type in (str, "str")]


def _mark(name: str, which: str) -> Marks:
    return ((name.replace("_", " "), which),)


def _none(value: Any, name: str) -> Sample:
    return Sample(value, _mark(name, "none"))
