"""Writes transcripts anew from the dialogue: `python -m tests.transcripts.write [files]`, all without any.

What is done stays as it is; what the bot says is replaced. Read the difference before you keep it: it is the test.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.transcripts.player import CannotBeTapped, play
from tests.transcripts.pure import Pure
from tests.transcripts.script import STORIES, Follows, Unreadable, read


def leaders_first(stories: Sequence[Path]) -> list[Path]:
    """The stories, those first that others may follow."""
    return sorted(stories, key=lambda story: any(isinstance(step.act, Follows) for step in read(story).steps))


async def rewrite(story: Path) -> bool:
    """Write one transcript anew; whether it changed. Raises Unreadable, CannotBeTapped."""
    before = story.read_text(encoding="utf-8")
    after = await play(read(story), Pure(story.parent.name))
    story.write_text(after, encoding="utf-8")
    return after != before


def main(arguments: list[str]) -> int:
    """Rewrite the transcripts named; 1 if one of them cannot be played."""
    wrong = 0
    for story in leaders_first([Path(argument) for argument in arguments] or STORIES):
        try:
            print(f"{story.stem}: {'written anew' if asyncio.run(rewrite(story)) else 'as it was'}")
        except (Unreadable, CannotBeTapped, LookupError, AssertionError) as problem:
            print(f"{story.stem}: {problem}", file=sys.stderr)
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
