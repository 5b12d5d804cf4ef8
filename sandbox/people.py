"""The people who hold the phones: who they are, which number they write to, and what time it is for them."""

from __future__ import annotations

import hashlib
import json
import random
import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.config import Number
from sandbox.storage import Storage

FIRST_NAMES = (
    "Aarav", "Aditi", "Ananya", "Arjun", "Bhavna", "Chitra", "Devika", "Farhan", "Gauri", "Harish", "Ishaan", "Jaya",
    "Kabir", "Kavya", "Leela", "Manav", "Meera", "Nikhil", "Nisha", "Omkar", "Pooja", "Rahul", "Ritu", "Rohan",
    "Sana", "Shreya", "Tanvi", "Tejas", "Uma", "Varun", "Vidya", "Yash", "Zoya",
)  # fmt: skip
LAST_NAMES = (
    "Bhat", "Bose", "Chauhan", "Das", "Desai", "Fernandes", "Gill", "Iyer", "Joshi", "Kapoor", "Khan", "Kulkarni",
    "Mehta", "Menon", "Mishra", "Naidu", "Nair", "Patel", "Pillai", "Rao", "Reddy", "Saxena", "Shah", "Sharma",
    "Singh", "Verma",
)  # fmt: skip


class PhoneTaken(Exception):
    """This phone number already chats with that business number: choose another one, or delete that user."""


@dataclass(slots=True)
class User:
    """One person on one business number.

    `ahead` is how many seconds their clock runs ahead of the machine's; `moves` lists when it was moved and how far.
    `limits` are the pair and throughput limits; `reads` sends a read receipt for each message at once; `marketing` is
    whether they want marketing messages.
    """

    id: str
    created: float
    number: str
    name: str
    phone: str
    bsuid: str
    bsuid_only: bool = False
    limits: bool = True
    reads: bool = False
    marketing: bool = True
    ahead: float = 0.0
    moves: list[dict[str, float]] = field(default_factory=list)
    last_inbound: float | None = None

    @property
    def wa_id(self) -> str:
        """The phone number as WhatsApp writes it: digits alone."""
        return self.phone.lstrip("+")

    @property
    def alias(self) -> str:
        """What the product knows this person by: the phone number, or the BSUID where the phone is hidden."""
        return self.bsuid if self.bsuid_only else self.phone

    @property
    def username(self) -> str:
        """The public name of somebody who hides their phone number."""
        return "".join(character for character in self.name.lower() if character.isalnum()) + self.bsuid[-3:]

    def contact(self, *, hidden: bool | None = None) -> dict[str, Any]:
        """This person as an item of a webhook's `contacts`; `hidden` is whether without the phone number."""
        profile = {"name": self.name}
        if self.bsuid_only if hidden is None else hidden:
            return {"profile": profile | {"username": self.username}, "user_id": self.bsuid}
        return {"profile": profile, "wa_id": self.wa_id, "user_id": self.bsuid}

    def to_json(self, now: float) -> dict[str, Any]:
        """This person as the control API shows them; `now` is the machine's time."""
        return {
            "id": self.id,
            "name": self.name,
            "phone": None if self.bsuid_only else self.phone,
            "bsuid": self.bsuid,
            "number": self.number,
            "bsuid_only": self.bsuid_only,
            "limits": self.limits,
            "reads": self.reads,
            "marketing": self.marketing,
            "created": self.created,
            "ahead": self.ahead,
            "now": now + self.ahead,
            "moves": self.moves,
            "last_inbound": self.last_inbound,
        }


COLUMNS = "id, created, number, name, phone, bsuid, bsuid_only, limits, reads, marketing, ahead, moves"


class People:
    """All users, in memory, with their rows beneath."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._users: dict[str, User] = {}
        self._aliases: dict[tuple[str, str], User] = {}
        seen = dict(
            storage.rows("SELECT user, max(at) FROM messages WHERE direction = 'in' AND type <> 'system' GROUP BY user")
        )
        for row in storage.rows(f"SELECT {COLUMNS} FROM users ORDER BY created"):
            self._remember(_user(row, seen.get(row[0])))

    def create(
        self, number: Number, name: str | None, phone: str | None, *, bsuid_only: bool, limits: bool, reads: bool
    ) -> User:
        """A fresh, unique person. Raises PhoneTaken where that phone already chats with this number."""
        phone = phone or self._unused_phone(number)
        if (number.id, phone.lstrip("+")) in self._aliases:
            raise PhoneTaken("this phone number already has a chat with that business number: choose another one")
        user = User(
            id="u" + secrets.token_hex(5),
            created=self._clock.now(),
            number=number.id,
            name=name or f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}",
            phone=phone,
            bsuid=_bsuid(number.business, phone),
            bsuid_only=bsuid_only,
            limits=limits,
            reads=reads,
        )
        self._storage.write(
            "INSERT INTO users (id, created, number, name, phone, bsuid, bsuid_only, limits, reads)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (user.id, user.created, user.number, user.name, phone, user.bsuid, bsuid_only, limits, reads),
        )
        self._remember(user)
        return user

    def all(self) -> list[User]:
        """Everybody, oldest first."""
        return list(self._users.values())

    def get(self, user_id: str) -> User | None:
        """The user with this id of ours."""
        return self._users.get(user_id)

    def by_phone(self, number_id: str, wa_id: str) -> User | None:
        """Who has this phone number (digits alone) and chats with that business number."""
        return self._aliases.get((number_id, wa_id))

    def by_bsuid(self, number_id: str, bsuid: str) -> User | None:
        """Who has this business-scoped id and chats with that business number."""
        return self._aliases.get((number_id, bsuid))

    def now(self, user: User) -> float:
        """What time it is for this person, in seconds since the epoch."""
        return self._clock.now() + user.ahead

    def move_clock(self, user: User, seconds: float, at: float) -> None:
        """Set this person's clock that much further ahead; `at` is what time it was for them when that was asked."""
        user.moves = [*user.moves, {"at": at, "seconds": seconds}]
        user.ahead += seconds
        self._storage.write(
            "UPDATE users SET ahead = ?, moves = ? WHERE id = ?", (user.ahead, json.dumps(user.moves), user.id)
        )

    def change(
        self,
        user: User,
        *,
        name: str | None = None,
        bsuid_only: bool | None = None,
        limits: bool | None = None,
        reads: bool | None = None,
        marketing: bool | None = None,
    ) -> None:
        """Change what is given about this person."""
        user.name = user.name if name is None else name
        user.bsuid_only = user.bsuid_only if bsuid_only is None else bsuid_only
        user.limits = user.limits if limits is None else limits
        user.reads = user.reads if reads is None else reads
        user.marketing = user.marketing if marketing is None else marketing
        self._storage.write(
            "UPDATE users SET name = ?, bsuid_only = ?, limits = ?, reads = ?, marketing = ? WHERE id = ?",
            (user.name, user.bsuid_only, user.limits, user.reads, user.marketing, user.id),
        )

    def change_number(self, user: User, business: str, phone: str | None = None) -> None:
        """Give this person another phone number, and with it another BSUID; one is made up where none is given.

        What is made up follows from the old number, so that a run can be repeated. Raises PhoneTaken.
        """
        if phone is None:
            phone = self._next_phone(user)
        elif (user.number, phone.lstrip("+")) in self._aliases:
            raise PhoneTaken("this phone number already has a chat with that business number: choose another one")
        self._rename(user, phone, _bsuid(business, phone))

    def change_bsuid(self, user: User, business: str) -> None:
        """Give this person another BSUID; the phone number stays."""
        self._rename(user, user.phone, _bsuid(business, f"{user.phone}|{user.bsuid}"))

    def _rename(self, user: User, phone: str, bsuid: str) -> None:
        self._aliases.pop((user.number, user.wa_id), None)
        self._aliases.pop((user.number, user.bsuid), None)
        user.phone, user.bsuid = phone, bsuid
        self._storage.write("UPDATE users SET phone = ?, bsuid = ? WHERE id = ?", (phone, bsuid, user.id))
        self._remember(user)

    def remove(self, user: User) -> None:
        """Forget this person and their chat."""
        del self._users[user.id]
        self._aliases.pop((user.number, user.wa_id), None)
        self._aliases.pop((user.number, user.bsuid), None)
        self._storage.write("DELETE FROM users WHERE id = ?", (user.id,))
        for table in ("messages", "graph_requests", "webhook_users", "twilio_messages"):
            self._storage.write(f"DELETE FROM {table} WHERE user = ?", (user.id,))

    def _remember(self, user: User) -> None:
        self._users[user.id] = user
        self._aliases[user.number, user.wa_id] = user
        self._aliases[user.number, user.bsuid] = user

    def _next_phone(self, user: User) -> str:
        phone = user.phone
        while (user.number, phone.lstrip("+")) in self._aliases:
            phone = f"+9197{int.from_bytes(hashlib.sha256(phone.encode()).digest()[:8]) % 10**8:08d}"
        return phone

    def _unused_phone(self, number: Number) -> str:
        while True:
            phone = f"+9198{secrets.randbelow(10**8):08d}"
            if (number.id, phone.lstrip("+")) not in self._aliases:
                return phone


def _user(row: tuple[Any, ...], last_inbound: float | None) -> User:
    user_id, created, number, name, phone, bsuid, bsuid_only, limits, reads, marketing, ahead, moves = row
    return User(
        id=user_id,
        created=created,
        number=number,
        name=name,
        phone=phone,
        bsuid=bsuid,
        bsuid_only=bool(bsuid_only),
        limits=bool(limits),
        reads=bool(reads),
        marketing=bool(marketing),
        ahead=ahead,
        moves=json.loads(moves),
        last_inbound=last_inbound,
    )


def _bsuid(business: str, phone: str) -> str:
    """One person has one BSUID in each business (Meta, business-scoped user ids), on all of its numbers."""
    return f"IN.{int.from_bytes(hashlib.sha256(f'{business}|{phone}'.encode()).digest()[:8]):020d}"
