"""The state of a dialogue: all that is known between two events. To everybody else it is an opaque string."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dialogue.data import plain
from domain.said import Alternative

VERSION = 1
REMIND = "remind:"
"""begins the name of a standing reminder's deadline"""


def _known(kind: type[Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in kind.__dataclass_fields__ if name in fields}


@dataclass
class Prompt:
    """A question that was put: key and values, never rendered text."""

    ref: str
    """Its short public name."""
    key: str
    """The journal's key; of a platform's menu, nothing."""
    name: str
    """The question's name, and its text's."""
    values: dict[str, Any] = field(default_factory=dict)
    about: Any = None
    alternatives: list[Alternative] = field(default_factory=list)
    page: int = 0

    @classmethod
    def load(cls, fields: dict[str, Any]) -> Prompt:
        """The prompt that `dump` wrote, without what a later release may have added to it."""
        offered = [Alternative(**_known(Alternative, one)) for one in fields["alternatives"]]
        return cls(**{**_known(cls, fields), "alternatives": offered})


@dataclass
class Reminder:
    """Something to be said later: key and values, never rendered text."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    until: float | None = None
    at_its_hour: bool = False


@dataclass
class Listening:
    """A voice note that is listened to: its row of the inbox, the ref in whose sight it came, the language spoken."""

    file: int
    question: str
    language: str = ""


@dataclass
class State:
    """A conversation's journal and what goes with it."""

    bot: str
    salt: str
    """Secret of this conversation: keys are digests under it."""
    journal: dict[str, Any] = field(default_factory=dict)
    """key -> answer, result, or the mark of something said"""
    rounds: dict[str, int] = field(default_factory=dict)
    """place -> which turn of the loop it is"""
    outcomes: dict[str, str] = field(default_factory=dict)
    """wait -> what institutions told us; the first one holds"""
    deadlines: dict[str, float] = field(default_factory=dict)
    """name -> seconds since the epoch"""
    reminders: dict[str, Reminder] = field(default_factory=dict)
    """name -> what is to be said when its deadline comes"""
    tries: dict[str, int] = field(default_factory=dict)
    """key of work -> outages seen"""
    final: dict[str, dict[str, Any]] = field(default_factory=dict)
    """key of final work begun -> its argument, and the keys of what led to it"""
    pending: Prompt | None = None
    """the journey's question that waits for an answer"""
    menu: Prompt | None = None
    """the platform's own menu put on top of it (go on? start over?)"""
    listening: Listening | None = None
    """the voice note that is listened to just now"""
    epoch: int = 0
    """raised by restart"""
    language: str = "en"
    stage: str = ""
    opened: bool = False
    parked: bool = False
    stopped: bool = False
    """the person opted out"""
    hinted_at: float = 0.0
    """when one who opted out was last told how to come back"""
    ended: str = ""
    """how the journey ended, or nothing"""
    resting: str = ""
    """key of the rest that it ended in: the next message goes on behind it"""
    expired: bool = False
    """the answers were forgotten after a silence, and the person was not told yet"""
    unhelped: list[float] = field(default_factory=list)
    """when messages were answered by a kind word alone, lately; nothing useful came since"""
    quiet_until: float = 0.0
    """until when such messages are not answered any more"""
    wrong: int = 0
    """wrong answers in a row"""
    kept: int = 0
    """secrets that went into the vault so far: each has a reference of its own"""
    in_secret: list[str] = field(default_factory=list)
    """refs of the secret questions put last: what is written in sight of one is masked"""
    trouble: str = ""
    """an operator must look"""
    unknown: dict[str, Any] = field(default_factory=dict)
    """fields of a later release, kept for when it comes back"""

    @classmethod
    def new(cls, bot: str, salt: str, language: str = "en") -> State:
        """The state of a conversation in which nothing was said yet."""
        return cls(bot, salt, language=language)

    def dump(self) -> str:
        """The state as text."""
        fields = {name: getattr(self, name) for name in FIELDS}
        for name in ("pending", "menu"):
            prompt: Prompt | None = fields[name]
            fields[name] = prompt and {**vars(prompt), "alternatives": [vars(one) for one in prompt.alternatives]}
        fields["reminders"] = {name: vars(one) for name, one in self.reminders.items()}
        return json.dumps({"version": VERSION, **self.unknown, **plain(fields)}, ensure_ascii=False)

    @classmethod
    def load(cls, raw: str) -> State:
        """The state that `dump` wrote, by this release or an earlier one."""
        fields = json.loads(raw)
        version = fields.pop("version")
        for old in range(version, VERSION):
            fields = MIGRATIONS[old](fields)
        if version > VERSION:
            fields["version"] = version
        known = {name: fields.pop(name) for name in FIELDS if name in fields}
        for name in ("pending", "menu"):
            known[name] = Prompt.load(known[name]) if known.get(name) else None
        note = known.get("listening")
        known["listening"] = Listening(**_known(Listening, note)) if note else None
        reminders = known.get("reminders", {})
        known["reminders"] = {name: Reminder(**_known(Reminder, one)) for name, one in reminders.items()}
        return cls(**known, unknown=fields)


FIELDS = tuple(f.name for f in dataclasses.fields(State) if f.name != "unknown")

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""version -> what makes the next version's fields of it"""
