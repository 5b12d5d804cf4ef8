"""An onboarding is kept sealed, and read once with the token that its person was given."""

from __future__ import annotations

from typing import LiteralString
from uuid import uuid4

import pytest

from domain.onboarding import Onboarding
from store.onboardings import NoSuchToken, Onboardings, TokenGone
from store.sealing import Erased, KeyRing
from store.turns import NoConversation
from tests.store.conftest import Someone, someone

ASHA = Onboarding("Asha Patil", "textile", "560001", "Bengaluru Urban", "Karnataka", "+919845012345")
USER = "user-4711"


@pytest.fixture
def onboardings(asha: Someone, keys: KeyRing) -> Onboardings:
    """All onboardings."""
    return Onboardings(asha.pool, keys)


def a_token() -> str:
    """A token as the auth API gives them."""
    return uuid4().hex


async def changed(asha: Someone, query: LiteralString) -> None:
    """Change the tokens of somebody."""
    async with asha.pool.connection() as connection:
        await connection.execute(query, (asha.conversation,))


async def test_what_was_confirmed_is_read_with_the_token_of_the_auth_api(
    asha: Someone, onboardings: Onboardings
) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    assert await onboardings.token(asha.conversation, USER, given) == given
    session = await onboardings.redeem(given)
    assert session.step == "completed"
    assert session.data == {**vars(ASHA), "user_id": USER}
    assert session.made_at <= session.changed_at


async def test_a_token_is_good_once(asha: Someone, onboardings: Onboardings) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.token(asha.conversation, USER, given)
    await onboardings.redeem(given)
    with pytest.raises(TokenGone):
        await onboardings.redeem(given)


async def test_a_token_that_nobody_was_given_is_none(onboardings: Onboardings) -> None:
    with pytest.raises(NoSuchToken):
        await onboardings.redeem(a_token())


async def test_who_asks_again_before_it_was_used_gets_the_same(asha: Someone, onboardings: Onboardings) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    first = await onboardings.token(asha.conversation, USER, given)
    assert await onboardings.token(asha.conversation, USER, given) == first


async def test_who_asks_again_after_it_was_used_gets_another_one_and_then_that_again(
    asha: Someone, onboardings: Onboardings
) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.redeem(await onboardings.token(asha.conversation, USER, given))
    another = await onboardings.token(asha.conversation, USER, given)
    assert another != given
    assert len(another) == 43
    assert await onboardings.token(asha.conversation, USER, given) == another
    assert (await onboardings.redeem(another)).data["name"] == ASHA.name


async def test_a_token_is_too_old_after_a_day_and_another_one_is_given(asha: Someone, onboardings: Onboardings) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.token(asha.conversation, USER, given)
    day_later = "update login_tokens set expires_at = expires_at - interval '24 hours 1 second' where conversation = %s"
    await changed(asha, day_later)
    with pytest.raises(TokenGone):
        await onboardings.redeem(given)
    assert await onboardings.token(asha.conversation, USER, given) != given


async def test_a_token_that_has_less_than_an_hour_left_is_not_given_again(
    asha: Someone, onboardings: Onboardings
) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.token(asha.conversation, USER, given)
    later = "update login_tokens set expires_at = expires_at - interval '23 hours 1 minute' where conversation = %s"
    await changed(asha, later)
    assert await onboardings.token(asha.conversation, USER, given) != given
    assert (await onboardings.redeem(given)).step == "completed"


async def test_who_confirms_anew_is_known_by_what_they_say_now(asha: Someone, onboardings: Onboardings) -> None:
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.keep(asha.conversation, Onboarding("Asha P. Patil", "food", "999999", "", "", "+919845054321"))
    session = await onboardings.redeem(await onboardings.token(asha.conversation, USER, a_token()))
    assert (session.data["name"], session.data["district"]) == ("Asha P. Patil", "")


async def test_two_people_read_each_their_own(asha: Someone, onboardings: Onboardings, keys: KeyRing) -> None:
    ravi = await someone(asha.pool, keys)
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.keep(ravi.conversation, Onboarding("Ravi", "retail", "400001", "Mumbai", "Maharashtra", "+91"))
    hers = await onboardings.token(asha.conversation, USER, a_token())
    his = await onboardings.token(ravi.conversation, "user-2", a_token())
    assert (await onboardings.redeem(his)).data["name"] == "Ravi"
    assert (await onboardings.redeem(hers)).data["name"] == ASHA.name


async def test_nothing_that_was_told_nor_a_token_can_be_read_from_the_tables(
    asha: Someone, onboardings: Onboardings
) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.token(asha.conversation, USER, given)
    for table in ("onboardings", "login_tokens"):
        row = await asha.value(
            f"select row_to_json(t)::text from {table} t where conversation = %s",
            asha.conversation,
        )
        for told in ("Asha", "560001", "98450", USER, given):
            assert told not in row
            assert told.encode().hex() not in row


async def test_who_is_erased_keeps_nothing_any_more_and_their_token_opens_nothing(
    asha: Someone, onboardings: Onboardings
) -> None:
    given = a_token()
    await onboardings.keep(asha.conversation, ASHA)
    await onboardings.token(asha.conversation, USER, given)
    await changed(asha, "delete from keys where conversation = %s")
    with pytest.raises(TokenGone):
        await onboardings.redeem(given)
    with pytest.raises(Erased):
        await onboardings.keep(asha.conversation, ASHA)


async def test_a_conversation_that_is_gone_keeps_nothing(onboardings: Onboardings) -> None:
    with pytest.raises(NoConversation):
        await onboardings.keep(uuid4(), ASHA)
