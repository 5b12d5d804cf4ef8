"""The files that `docs/new-bot.md` has its reader write, and how they are put into a checkout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_STEP = re.compile(r"^## \d+\. [^\n]*: `(?P<file>[^`]+)`\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


class NoSuchLine(Exception):
    """The page puts a line beside one that is not in the file any more: bring its difference up to date."""


def files_of(page: Path) -> dict[str, tuple[str, str]]:
    """File -> kind and text of its block, in the page's order."""
    found = {}
    for step in _STEP.finditer(page.read_text(encoding="utf-8")):
        blocks = list(_BLOCK.finditer(step["text"]))
        assert len(blocks) == 1, f"{step['file']} has {len(blocks)} blocks: one is its file"
        found[step["file"]] = (blocks[0]["kind"], blocks[0]["code"])
    return found


def write(files: Mapping[str, tuple[str, str]], root: Path) -> None:
    """Do what the page says, in this checkout."""
    for name, (kind, code) in files.items():
        file = root / name
        if kind == "diff":
            file.write_text(patched(file.read_text(encoding="utf-8"), code), encoding="utf-8")
        else:
            assert not file.exists(), f"{name} is there already: it is no new file"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, encoding="utf-8")


def patched(text: str, difference: str) -> str:
    """The text with the difference's new lines in it, each after the known line above it, else before the one below.

    Raises NoSuchLine.
    """
    lines, steps = text.split("\n"), difference.splitlines()
    for place, step in enumerate(steps):
        if step.startswith("+"):
            above = steps[place - 1][1:] if place and steps[place - 1].startswith(" ") else None
            known = above if above in lines else steps[place + 1][1:]
            if known not in lines:
                raise NoSuchLine(f"{known!r} is not in the file that {step[1:]!r} is put into")
            lines.insert(lines.index(known) + (known == above), step[1:])
    return "\n".join(lines)
