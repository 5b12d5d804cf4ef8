"""What the tables begin with: data files in `seeds/`, put in as often as one likes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from psycopg_pool import AsyncConnectionPool
from pydantic import TypeAdapter

from domain.investments import Program
from store.programs import Programs

SEEDS = Path(__file__).parent / "seeds"

_PROGRAMS = TypeAdapter(tuple[Program, ...])


@cache
def seeded_programs() -> tuple[Program, ...]:
    """The programs of `seeds/programs.toml`. Raises pydantic.ValidationError for a file that is not right."""
    return _PROGRAMS.validate_python(tomllib.loads((SEEDS / "programs.toml").read_text(encoding="utf-8"))["program"])


async def seed_programs(pool: AsyncConnectionPool) -> None:
    """Have the programs that the file lists as it has them; those that it does not list stay."""
    await Programs(pool).put(seeded_programs())
