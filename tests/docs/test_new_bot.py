"""What `docs/new-bot.md` has its reader write works as it stands: it is done in a copy, and tried there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import settings
from sandbox import config
from tests.docs.page import NoSuchLine, files_of, patched, write

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "new-bot.md"
BOT = "appointments"
FOUR_PLACES = {
    f"journeys/{BOT}.py",
    f"texts/{BOT}/en.ftl",
    "journeys/registry.py",
    f"tests/transcripts/{BOT}/reminder.txt",
}
LEFT_BEHIND = (".*", "__pycache__", "node_modules", "build", "*.egg-info")
"""what is no part of a checkout"""

Copy = Callable[[], Path]


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Makes copies in which the page was followed."""

    def made() -> Path:
        root = tmp_path_factory.mktemp("house") / "sutradhar"
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        write(files_of(PAGE), root)
        return root

    return made


@pytest.fixture(scope="module")
def followed(copy_of_the_house: Copy) -> Path:
    """A copy in which the page was followed."""
    return copy_of_the_house()


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A Python module run in that copy."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def found(followed: Path) -> dict[str, Any]:
    """What trying the bot found."""
    ended = run(followed, "tests.docs.try_bot", BOT)
    assert ended.returncode == 0, ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


def test_a_new_bot_touches_four_places() -> None:
    assert set(files_of(PAGE)) == FOUR_PLACES


def test_its_journey_is_about_60_lines() -> None:
    _, code = files_of(PAGE)[f"journeys/{BOT}.py"]
    assert len(code.splitlines()) <= 70


def test_its_stories_go_as_they_are_written_and_nothing_in_it_is_broken(found: dict[str, Any]) -> None:
    assert found["stories"] == 1
    assert found["never said"] == []
    assert found["checks"] > 8
    assert set(found["places"]) == {"start", "question main", "question name", "question day", "question hour"}


def test_its_number_is_one_for_the_product_and_for_the_phone(tmp_path: Path) -> None:
    file = tmp_path / "numbers.toml"
    block = re.search(r"^ *```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    file.write_text(textwrap.dedent(block[1]), encoding="utf-8")
    assert [number.bot for number in settings.read_numbers(file)] == [BOT]
    assert [number.bot for number in config.read_numbers(file)] == [BOT]


def test_its_map_can_be_drawn(found: dict[str, Any]) -> None:
    assert "```mermaid\nflowchart TD\n" in found["page"]
    assert "|“Asha Patil”|" not in found["page"]
    assert "| `day` | Which day suits you? | *one for each there is* | an option |" in found["page"]


def test_its_types_and_its_style_are_held_to_the_same_rules(followed: Path) -> None:
    journey = f"journeys/{BOT}.py"
    for command in (("mypy", journey), ("ruff", "check", "journeys"), ("ruff", "format", "--check", "journeys")):
        ended = run(followed, *command)
        assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"


def test_a_journey_that_forgets_something_is_found_out(copy_of_the_house: Copy) -> None:
    """Without its line for cancelling, the reminder comes all the same, and the story says so."""
    root = copy_of_the_house()
    journey = root / "journeys" / f"{BOT}.py"
    journey.write_text(journey.read_text(encoding="utf-8").replace('chat.cancel("appointment")', "pass"))
    ended = run(root, "tests.docs.try_bot", BOT)
    assert ended.returncode != 0
    assert "+< Ravi Patil is expected" in ended.stderr


class TestDifferences:
    def test_put_a_line_where_they_say(self) -> None:
        assert patched("a\nb\nc", "+new\n b\n…\n c\n+last\n") == "a\nnew\nb\nc\nlast"

    def test_that_are_behind_the_file_are_named(self) -> None:
        with pytest.raises(NoSuchLine, match="'gone' is not in the file that 'new' is put into"):
            patched("a", " gone\n+new\n other\n".replace("other", "gone"))
