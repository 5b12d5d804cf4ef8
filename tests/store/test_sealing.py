"""Personal data at rest: what a key opens, what it does not, and what is said then."""

from __future__ import annotations

import base64
import json
from uuid import uuid4

import pytest

from store.sealing import Erased, KeyMissing, KeyRing

LOOKUP = base64.b64encode(b"l" * 32).decode()


def ring(*names: str, secret: str = "") -> KeyRing:
    """The keys of these names, newest first; the same name is the same key, unless another secret is given."""
    keys = [f"{name}:{base64.b64encode((secret or name).ljust(32).encode()).decode()}" for name in names]
    return KeyRing(",".join(keys), LOOKUP)


@pytest.mark.parametrize(
    "value", ["", "Asha Rao", "नमस्ते 🙏🏽 \u200f", {"a": [1, None, {"ü": 0.5}]}, [], None, 0, "4096 " * 4096]
)
def test_what_was_sealed_opens_again_as_it_was(value: object) -> None:
    conversation = uuid4()
    wrapped, seal = ring("a").new(conversation)
    again = ring("a").seal(conversation, wrapped)
    sealed = seal.seal("inbox.body", value)
    assert (
        again.open("inbox.body", sealed) if isinstance(value, str) else again.open_json("inbox.body", sealed)
    ) == value


def test_the_same_words_sealed_twice_look_different_and_nothing_of_them_shows() -> None:
    _, seal = ring("a").new(uuid4())
    first, second = seal.seal("inbox.body", "Asha Rao"), seal.seal("inbox.body", "Asha Rao")
    assert first != second
    assert b"Asha" not in first


def test_a_value_copied_from_another_conversation_does_not_open() -> None:
    keys = ring("a")
    (_, hers), (_, his) = keys.new(uuid4()), keys.new(uuid4())
    with pytest.raises(Erased):
        his.open("inbox.body", hers.seal("inbox.body", "Asha Rao"))


def test_a_value_copied_to_another_column_does_not_open() -> None:
    _, seal = ring("a").new(uuid4())
    with pytest.raises(Erased):
        seal.open("outbox.message", seal.seal("inbox.body", "Asha Rao"))


def test_a_key_copied_to_another_conversation_is_of_no_use() -> None:
    keys = ring("a")
    wrapped, _ = keys.new(uuid4())
    with pytest.raises(KeyMissing):
        keys.seal(uuid4(), wrapped)


@pytest.mark.parametrize("cut", [0, 1, 12, 13, 20, -1])
def test_a_value_that_was_cut_short_says_so_and_nothing_else(cut: int) -> None:
    _, seal = ring("a").new(uuid4())
    with pytest.raises(Erased, match=r"inbox\.body"):
        seal.open("inbox.body", seal.seal("inbox.body", "Asha Rao")[:cut])


def test_the_newest_key_wraps_and_an_old_one_still_opens() -> None:
    conversation = uuid4()
    wrapped, seal = ring("2025").new(conversation)
    sealed = seal.seal("inbox.body", "Asha Rao")
    rotated = ring("2026", "2025")
    assert rotated.seal(conversation, wrapped).open("inbox.body", sealed) == "Asha Rao"
    newer, _ = rotated.new(uuid4())
    assert newer.startswith(b"2026:")


def test_a_key_that_was_taken_away_is_named_in_the_error() -> None:
    conversation = uuid4()
    wrapped, _ = ring("2025").new(conversation)
    with pytest.raises(KeyMissing, match="'2025' is not among ENCRYPTION_KEYS"):
        ring("2026").seal(conversation, wrapped)


def test_another_key_under_the_same_name_is_told_apart_from_an_erased_one() -> None:
    conversation = uuid4()
    wrapped, _ = ring("a").new(conversation)
    with pytest.raises(KeyMissing, match="'a' in ENCRYPTION_KEYS is another key"):
        ring("a", secret="replaced by mistake").seal(conversation, wrapped)


def test_a_destroyed_key_is_an_erased_conversation_and_no_crash() -> None:
    with pytest.raises(Erased):
        ring("a").seal(uuid4(), None)


def test_an_alias_is_found_by_a_keyed_hash_whatever_the_encryption_keys_are() -> None:
    phone = "+919812345678"
    old, new = ring("2025").hash("phone", phone), ring("2026", "2025").hash("phone", phone)
    assert old == new
    assert old != KeyRing("a:" + LOOKUP, base64.b64encode(b"m" * 32).decode()).hash("phone", phone)
    assert old != ring("a").hash("bsuid", phone)
    assert phone.encode() not in old


def test_errors_hold_no_key_and_no_value() -> None:
    conversation = uuid4()
    wrapped, _ = ring("a").new(conversation)
    with pytest.raises(KeyMissing) as missing:
        ring("b").seal(conversation, wrapped)
    assert base64.b64encode("b".ljust(32).encode()).decode() not in json.dumps(str(missing.value))
