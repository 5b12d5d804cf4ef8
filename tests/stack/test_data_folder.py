"""The data folder: one user at a time, secrets of its own, logs that do not grow for ever."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from stack.data_folder import LOGS_KEPT, claimed, kept_secrets, rotate_logs
from stack.errors import FolderInUse


def test_a_second_start_in_the_same_folder_is_refused_by_name(tmp_path: Path) -> None:
    with claimed(tmp_path / "data"), pytest.raises(FolderInUse, match=r"process \d+.*DATA_DIR"):
        claimed(tmp_path / "data").__enter__()


def test_a_folder_can_be_used_again_once_it_is_let_go(tmp_path: Path) -> None:
    with claimed(tmp_path):
        pass
    with claimed(tmp_path):
        pass


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    first = kept_secrets(tmp_path)

    assert kept_secrets(tmp_path) == first
    assert len(set(first.values())) == len(first)


def test_secrets_are_for_the_owners_eyes_only(tmp_path: Path) -> None:
    kept_secrets(tmp_path)

    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_keys_have_the_form_that_the_product_reads(tmp_path: Path) -> None:
    made = kept_secrets(tmp_path)

    identity, _, key = made["ENCRYPTION_KEYS"].partition(":")
    assert identity
    assert len(base64.b64decode(key, validate=True)) == 32
    assert len(base64.b64decode(made["LOOKUP_KEY"], validate=True)) == 32


def test_a_secret_that_a_newer_version_needs_is_added_to_those_that_are_kept(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"LOOKUP_KEY": "kept"}')

    made = kept_secrets(tmp_path)

    assert made["LOOKUP_KEY"] == "kept"
    assert made["ADMIN_API_KEY"]


def test_each_start_begins_new_logs_and_keeps_the_last_few(tmp_path: Path) -> None:
    for start in range(LOGS_KEPT + 3):
        rotate_logs(tmp_path)
        (tmp_path / "api.log").write_text(f"start {start}")

    last = LOGS_KEPT + 2
    assert (tmp_path / "api.log").read_text() == f"start {last}"
    kept = {file.name: file.read_text() for file in tmp_path.glob("api.log.*")}
    assert kept == {f"api.log.{age}": f"start {last - age}" for age in range(1, LOGS_KEPT + 1)}
