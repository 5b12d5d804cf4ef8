"""Who is let in: keys, what they are for, and that nothing of them is kept that would open a door."""

from __future__ import annotations

import pytest

from store.api_keys import SCOPES, ApiKeys, NoSuchScope
from tests.rest.conftest import Api, problem
from tests.running.tables import Tables

NOBODY = "+919899999999"
DOORS = {
    "send": ("POST", "/api/whatsapp/send"),
    "read": ("GET", f"/api/whatsapp/messages?phone_number=%2B{NOBODY[1:]}"),
    "stats": ("GET", f"/webhook/stats/{NOBODY}"),
}
TOLD = {"send": (409, "never_wrote"), "read": (200, ""), "stats": (404, "never_wrote")}
"""how somebody is answered who was let in"""


async def knock(api: Api, scope: str) -> tuple[int, str]:
    """How somebody is answered at the door that this scope opens."""
    method, path = DOORS[scope]
    body = {"phone_number": NOBODY, "message": "Namaste"} if method == "POST" else None
    answer = await api.http.request(method, api.at.url + path, json=body, headers=api.headers())
    return (200, "") if answer.status_code == 200 else problem(answer)


@pytest.mark.parametrize("scope", DOORS)
async def test_a_key_opens_what_it_is_for(api: Api, keys: ApiKeys, scope: str) -> None:
    made = await keys.create("the order desk", [scope])
    assert await knock(api.with_key(made.secret), scope) == TOLD[scope]


@pytest.mark.parametrize("scope", DOORS)
async def test_a_key_for_everything_else_does_not_open_it(api: Api, keys: ApiKeys, scope: str) -> None:
    made = await keys.create("somebody else", [one for one in SCOPES if one not in (scope, "admin")])
    assert await knock(api.with_key(made.secret), scope) == (403, "wrong_scope")


@pytest.mark.parametrize("scope", DOORS)
async def test_the_admin_key_and_a_key_for_admin_open_everything(api: Api, keys: ApiKeys, scope: str) -> None:
    made = await keys.create("an admin", ["admin"])
    assert await knock(api, scope) == await knock(api.with_key(made.secret), scope) == TOLD[scope]


@pytest.mark.parametrize("scope", DOORS)
async def test_without_a_key_nobody_is_let_in(api: Api, scope: str) -> None:
    assert await knock(api.with_key(""), scope) == (401, "no_key")


async def test_a_key_that_is_not_one_opens_nothing(api: Api, keys: ApiKeys) -> None:
    made = await keys.create("the order desk", SCOPES)
    other = await keys.create("another", SCOPES)
    flipped = made.secret[:-2] + ("A" if made.secret[-2] != "A" else "B") + made.secret[-1]
    swapped = other.secret.replace(other.id, made.id)
    for wrong in (
        flipped,
        swapped,
        made.secret[:-1],
        made.secret + "x",
        made.id,
        f"sk_{made.id}_",
        "sk_",
        "x",
        "é" * 9,
    ):
        answer = await api.http.get(
            f"{api.at.url}/webhook/stats/{NOBODY}", headers={b"Authorization": b"Bearer " + wrong.encode()}
        )
        assert problem(answer) == (401, "wrong_key"), len(wrong)
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_revoked_key_opens_nothing_from_then_on(api: Api, keys: ApiKeys) -> None:
    made = await keys.create("the order desk", ["stats"])
    caller = api.with_key(made.secret)
    assert await knock(caller, "stats") == TOLD["stats"]
    assert await keys.revoke(made.id)
    assert await knock(caller, "stats") == (401, "wrong_key")
    assert not await keys.revoke(made.id), "it was revoked before"
    assert not await keys.revoke("ffffffffffff")


async def test_a_key_is_not_kept_but_all_else_that_is_to_be_known_of_it(keys: ApiKeys, tables: Tables) -> None:
    made = await keys.create(" the order desk ", ["send", "read", "send"])
    [listed] = [one for one in await keys.list() if one.id == made.id]
    assert (listed.name, listed.scopes) == ("the order desk", ("send", "read"))
    assert (listed.last_used_at, listed.revoked_at) == (None, None)
    written = await tables.value("select k::text from api_keys k where id = %s", made.id)
    secret = made.secret.rpartition(f"{made.id}_")[2]
    assert secret not in written
    assert secret.encode().hex() not in written
    assert made.secret not in repr(made)


async def test_the_last_use_is_known_to_the_minute(api: Api, keys: ApiKeys, tables: Tables) -> None:
    made = await keys.create("the order desk", ["stats"])
    used = "select last_used_at from api_keys where id = %s"
    await knock(api.with_key(made.secret), "stats")
    first = await tables.value(used, made.id)
    assert first is not None
    await knock(api.with_key(made.secret), "stats")
    assert await tables.value(used, made.id) == first, "not written down at every call"
    older = (
        "update api_keys set last_used_at = last_used_at - interval '2 minutes' where id = %s returning last_used_at"
    )
    assert await tables.value(older, made.id) < first
    await knock(api.with_key(made.secret), "stats")
    assert await tables.value(used, made.id) > first


async def test_a_key_for_nothing_or_for_something_unheard_of_is_not_made(keys: ApiKeys) -> None:
    with pytest.raises(NoSuchScope, match="send, read, stats, broadcast, admin"):
        await keys.create("the order desk", ["send", "everything"])
    with pytest.raises(ValueError, match="name one or more"):
        await keys.create("the order desk", [])
    with pytest.raises(ValueError, match="has a name"):
        await keys.create("  ", ["send"])


@pytest.mark.parametrize("path", ["/health", "/webhook/health", "/api/whatsapp/health"])
async def test_whether_somebody_is_there_is_told_to_everybody(api: Api, path: str) -> None:
    answer = await api.with_key("").get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "service": "whatsapp"})


async def test_who_answers_here_is_told_to_everybody(api: Api) -> None:
    told = (await api.with_key("").get("/")).json()
    assert (told["service"], set(told)) == ("sutradhar", {"service", "version", "bots"})
    assert "loan" in told["bots"]
