"""How the decision backend treats an applicant: by full name, or `*` for everybody else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sandbox.storage import Storage
from sandbox.treated import Treated, folded

Outcome = Literal["offers", "declined", "referred"]
State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What applicants get: `offers` loan offers or a refusal, from a backend that is up, slow by `seconds`, or down."""

    offers: int = 3
    outcome: Outcome = "offers"
    state: State = "up"
    seconds: float = 8.0


class Profiles(Treated[Profile]):
    """The profiles that were set, by full names; unlike other treatments they outlive a restart."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(Profile())
        self._storage = storage
        self._set |= {
            applicant: Profile(**json.loads(profile))
            for applicant, profile in storage.rows("SELECT applicant, profile FROM profiles")
        }

    def change(self, applicant: str, changes: dict[str, Any]) -> Profile:
        """Change some of an applicant's profile, which begins as everybody's."""
        profile = super().change(applicant, changes)
        self._storage.write(
            "INSERT OR REPLACE INTO profiles (applicant, profile) VALUES (?, ?)",
            (folded(applicant), json.dumps(asdict(profile))),
        )
        return profile
