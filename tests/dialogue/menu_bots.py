"""A bot of menus in a world of its own: how far a conversation has come, and what was said in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dialogue import Journey, Silence
from tests.dialogue.world import Outside, World
from texts import Catalogue


def conversation(bot: type[Journey], words: Catalogue, outside: Outside, *lines: str, **results: Any) -> World:
    """A conversation that has come so far; `results` are what effects come to, in the place of what `outside` says."""
    silence = Silence(nudge_after=None, park_after=timedelta(minutes=30))
    answers = {name: (lambda _, result=result: result) for name, result in results.items()}
    world = World(bot(words, silence), {**outside, **answers})
    world.play(*lines)
    return world


def words_of(words: Catalogue, world: World, key: str) -> str:
    """The words that were said last under this key."""
    said = next(said for said in reversed(world.sent) if said.key == key)
    return words.render(said, "en", support="1800 000 000").body
