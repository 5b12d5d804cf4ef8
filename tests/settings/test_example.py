"""`.env.example` tells of every setting there is, of no other, and changes nothing when it is copied as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import AliasChoices

from settings import Settings
from stack.plan import make_plan, read_environment

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    """Every variable with its value and the comment lines above it."""
    comment: list[str] = []
    for line in EXAMPLE.read_text().splitlines():
        if line.startswith("#"):
            comment.append(line)
        elif line:
            name, _, value = line.partition("=")
            yield name, value, comment
            comment = []
        else:
            comment = []


def of_the_product() -> set[str]:
    """The names of all fields of the settings; of several, the newest."""
    return {_newest(name, field.validation_alias) for name, field in Settings.model_fields.items()}


def _newest(name: str, alias: Any) -> str:
    return str(alias.choices[0]) if isinstance(alias, AliasChoices) else name.upper()


def of_make_run() -> set[str]:
    """The names of all variables that decide what one machine starts."""
    asked: set[str] = set()

    class Asked(dict[str, str]):
        def get(self, name: str, default: Any = None) -> Any:
            asked.add(name)
            return default

    make_plan(Asked(), ROOT)
    return asked


def test_every_setting_is_there_once_and_no_other() -> None:
    names = [name for name, _, _ in blocks()]
    assert sorted(names) == sorted(of_the_product() | of_make_run())


def test_each_has_one_line_of_comment() -> None:
    for name, _, comment in blocks():
        assert len([line for line in comment if not line.startswith("##")]) == 1, name
        assert all(len(line) <= 120 for line in comment), name


def test_older_names_are_told_beside_the_newer() -> None:
    told = {name: comment for name, _, comment in blocks()}
    for name, field in Settings.model_fields.items():
        if isinstance(field.validation_alias, AliasChoices):
            for older in field.validation_alias.choices[1:]:
                assert f"older name: {older}" in " ".join(told[_newest(name, field.validation_alias)])


def test_defaults_are_told_as_they_are() -> None:
    told = {name: " ".join(comment) for name, _, comment in blocks()}
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int | str) and field.default and name != "public_url":
            assert str(field.default) in told[_newest(name, field.validation_alias)], name


def test_copied_as_it_is_it_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text())
    assert read_environment(tmp_path, {}) == {}
