"""How the decision backend treats an applicant: by full name, or `*` for everybody else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from sandbox.storage import Storage

EVERYBODY = "*"

Outcome = Literal["offers", "declined", "referred"]
State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What applicants get: `offers` loan offers or a refusal, from a backend that is up, slow by `seconds`, or down."""

    offers: int = 3
    outcome: Outcome = "offers"
    state: State = "up"
    seconds: float = 8.0


class Profiles:
    """The profiles that were set; a name's own wins over that of everybody."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._set = {
            applicant: Profile(**json.loads(profile))
            for applicant, profile in storage.rows("SELECT applicant, profile FROM profiles")
        }

    def of(self, full_name: str) -> Profile:
        """How this applicant is treated."""
        return self._set.get(_folded(full_name)) or self._set.get(EVERYBODY) or Profile()

    def all(self) -> dict[str, Profile]:
        """Every profile by the applicant it was set for, everybody's included."""
        return {EVERYBODY: Profile()} | self._set

    def change(self, applicant: str, changes: dict[str, Any]) -> Profile:
        """Change some of an applicant's profile, which begins as everybody's."""
        profile = replace(self.of(applicant), **changes)
        self._set[_folded(applicant)] = profile
        self._storage.write(
            "INSERT OR REPLACE INTO profiles (applicant, profile) VALUES (?, ?)",
            (_folded(applicant), json.dumps(asdict(profile))),
        )
        return profile


def _folded(full_name: str) -> str:
    return " ".join(full_name.casefold().split())
