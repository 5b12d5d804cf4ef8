"""Keys of the API by command."""

from __future__ import annotations

from tests.cli.conftest import CommandLine


async def test_a_key_is_made_shown_once_listed_and_revoked(apart: CommandLine) -> None:
    made = await apart("api-keys", "create", "the shop", "--scope", "send", "--scope", "read", "--json")
    assert made.code == 0, made.err
    key = made.json()
    listed = await apart("api-keys", "list", "--json")
    [one] = listed.json()["api_keys"]
    assert (one["id"], one["name"], one["scopes"], one["revoked_at"]) == (key["id"], "the shop", ["send", "read"], None)
    assert key["key"] not in listed.out + (await apart("api-keys", "list")).out
    assert (await apart("api-keys", "revoke", key["id"], "--json")).json() == {"revoked": key["id"]}
    assert (await apart("api-keys", "list", "--json")).json()["api_keys"][0]["revoked_at"]
    again = await apart("api-keys", "revoke", key["id"])
    assert (again.code, "api-keys list" in again.err) == (1, True)


async def test_only_the_key_itself_is_on_standard_output(apart: CommandLine) -> None:
    made = await apart("api-keys", "create", "the shop", "--scope", "stats")
    assert made.code == 0
    assert len(made.out.split()) == 1
    assert "not to be seen again" in made.err


async def test_a_scope_that_is_none_brings_those_that_are(apart: CommandLine) -> None:
    ended = await apart("api-keys", "create", "the shop", "--scope", "everything")
    assert ended.code == 2
    assert "send, read, stats" in ended.err
    assert (await apart("api-keys", "create", "the shop")).code == 2
