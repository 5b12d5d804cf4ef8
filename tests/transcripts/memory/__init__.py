"""What stands in for the tables in the pure stage: one file a bot, on the seeds that the tables get too.

A file here has `performers(world)`: effect's name -> what performs it, with (conversation, key, argument).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from sandbox.jobs.moods import Moods
from tests.transcripts.memory.codes import CodeBook

Performers = Mapping[str, Callable[[UUID, UUID, Any], Awaitable[Any]]]


@dataclass(frozen=True)
class World:
    """What an effect may know of the story: who the person is, and what time it is."""

    phone: str
    now: Callable[[], float]
    moods: Moods
    """how the job search treats whoever looks for something"""
    codes: CodeBook
    """the one-time codes that were sent"""
    vault: Mapping[str, str] = field(default_factory=dict)
    """what was told as a secret, by its reference"""


def performers(bot: str, world: World) -> Performers:
    """Those of a bot; none for one whose effects need no tables."""
    if not (Path(__file__).parent / f"{bot}.py").exists():
        return {}
    found: Performers = import_module(f"{__name__}.{bot}").performers(world)
    return found
