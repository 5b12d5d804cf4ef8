"""Twilio's client against a transport that answers as Twilio does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx
import pytest

from channels.errors import ChannelError, ChannelStopped, NeedsTemplate, RetryLater, Unknown
from channels.media_errors import MediaError, MediaGone, MediaNotAllowed
from channels.twilio import Library, create_missing, incoming_of, status_of
from channels.twilio.generic import all_of_them
from channels.twilio.outbound import BodyMessage
from domain.inbound import Incoming, MediaContent, StatusUpdate, TextContent
from tests.channels.twilio.wire import ASHA, OURS, SID, URL, client_of, resource

WORDS = "नमस्ते Asha"
API = f"https://api.example.com/2010-04-01/Accounts/{SID}"


def always(answer: httpx.Response | Exception) -> Callable[[httpx.Request], httpx.Response]:
    def answered(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    return answered


async def test_a_message_is_a_form_with_our_key_in_the_callbacks_address() -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(201, json={"sid": "SM7", "status": "queued"})

    assert await client_of(answer).send(OURS, ASHA, BodyMessage(WORDS), "row-7") == "SM7"
    [request] = requests
    assert (request.method, str(request.url)) == ("POST", f"{API}/Messages.json")
    assert request.headers["Authorization"].startswith("Basic ")
    assert parse_qs(request.content.decode()) == {
        "From": [OURS],
        "To": [ASHA],
        "Body": [WORDS],
        "StatusCallback": [f"{URL}?key=row-7"],
    }


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(400, json={"code": 63016, "message": WORDS, "status": 400}), NeedsTemplate),
        (httpx.Response(401, json={"code": 20003, "message": "Authenticate", "status": 401}), ChannelStopped),
        (httpx.Response(503, text="away"), RetryLater),
        (httpx.Response(502, text="proxy"), Unknown),
        (httpx.Response(201, text="not JSON"), Unknown),
        (httpx.Response(201, json={"status": "queued"}), Unknown),
        (httpx.ConnectError("refused"), RetryLater),
        (httpx.ReadTimeout("late"), Unknown),
        (httpx.RemoteProtocolError("cut"), Unknown),
    ],
)
async def test_what_goes_wrong_is_sorted_and_holds_no_words(
    answer: httpx.Response | Exception, kind: type[ChannelError]
) -> None:
    with pytest.raises(ChannelError) as raised:
        await client_of(always(answer)).send(OURS, ASHA, BodyMessage(WORDS), "row-7")
    assert type(raised.value) is kind
    assert WORDS not in str(raised.value)
    assert "9198" not in str(raised.value)


async def test_a_list_is_read_page_by_page_and_our_credentials_go_nowhere_else() -> None:
    asked: list[httpx.URL] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        first = request.url.params.get("PageToken") is None
        following = "https://evil.example.com/take?Page=1&PageToken=PASM2" if first else None
        return httpx.Response(200, json={"messages": [resource(f"SM{len(asked)}")], "next_page_uri": following})

    since = datetime(2026, 11, 27, 8, tzinfo=UTC)
    found = [one.sid async for one in client_of(answer).messages(to=OURS, since=since)]
    assert found == ["SM1", "SM2"]
    assert {url.copy_with(query=None) for url in asked} == {httpx.URL(f"{API}/Messages.json")}
    assert asked[0].params["DateSent>"] == "2026-11-27T08:00:00Z"
    assert asked[0].params["To"] == OURS


async def test_a_listed_message_is_the_item_that_its_webhook_would_have_been() -> None:
    page = {"messages": [resource("SM1", body="Trade"), resource("SM2", num_media="1", body="")]}
    media = {"media_list": [{"sid": "ME5", "content_type": "image/png"}]}
    client = client_of(lambda asked: httpx.Response(200, json=media if "Media.json" in asked.url.path else page))
    text, picture = [one async for one in client.messages()]
    [item] = incoming_of(text)
    assert isinstance(item, Incoming)
    assert (item.provider_id, item.content, item.number) == ("SM1", TextContent("Trade"), OURS)
    assert item.at == datetime(2026, 11, 27, 8, 0, 1, tzinfo=UTC).timestamp()
    [item] = incoming_of(picture, await client.files("SM2"))
    assert isinstance(item, Incoming)
    assert item.content == MediaContent("image", f"{API}/Messages/SM2/Media/ME5", "image/png")


async def test_a_listed_message_of_ours_is_its_status() -> None:
    told = resource("SM3", direction="outbound-api", status="undelivered", error_code=63024)
    found = await client_of(always(httpx.Response(200, json={**told, "from": OURS, "to": ASHA}))).message("SM3")
    assert found is not None
    assert status_of(found) == StatusUpdate("SM3", OURS, "failed", found.made_at.timestamp() + 1, error_code=63024)


async def test_a_message_that_is_gone_is_none_and_an_outage_is_to_be_tried_again() -> None:
    gone = httpx.Response(404, json={"code": 20404, "status": 404})
    assert await client_of(always(gone)).message("SM3") is None
    with pytest.raises(RetryLater):
        await client_of(always(httpx.ReadTimeout("late"))).message("SM3")


async def test_a_file_is_fetched_with_our_credentials_and_its_redirect_without_them() -> None:
    seen: dict[str, str | None] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        seen[request.headers["Host"]] = request.headers.get("Authorization")
        if request.headers["Host"] == "api.example.com":
            return httpx.Response(307, headers={"Location": "https://files.example.net/x"})
        return httpx.Response(200, content=b"png", headers={"Content-Type": "image/png"})

    found = await client_of(answer).download(f"{API}/Messages/SM2/Media/ME5", most_bytes=10, mime_types=["image/png"])
    assert (found.content, found.mime_type) == (b"png", "image/png")
    assert seen["api.example.com"] is not None
    assert seen["files.example.net"] is None


@pytest.mark.parametrize(
    ("url", "answer", "kind"),
    [
        (f"{API}/Media/ME5", httpx.Response(404), MediaGone),
        ("http://files.example.net/x", httpx.Response(200), MediaNotAllowed),
        ("https://host:port/x", httpx.Response(200), MediaNotAllowed),
    ],
)
async def test_a_file_that_cannot_be_had(url: str, answer: httpx.Response, kind: type[MediaError]) -> None:
    with pytest.raises(kind):
        await client_of(always(answer)).download(url, most_bytes=10, mime_types=["image/png"])


async def test_another_hosts_file_never_sees_our_credentials() -> None:
    seen: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("Authorization"))
        return httpx.Response(200, content=b"png", headers={"Content-Type": "image/png"})

    await client_of(answer).download("https://files.example.net/x", most_bytes=10, mime_types=["image/png"])
    assert seen == [None]


class Contents:
    """An account's Content API, which remembers what was made."""

    def __init__(self, *held: dict[str, object]) -> None:
        self.held = list(held)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.held.append({**json.loads(request.content), "sid": f"HX{len(self.held):032x}"})
            return httpx.Response(201, json=self.held[-1])
        return httpx.Response(200, json={"contents": self.held, "meta": {"next_page_url": None}})


async def test_generic_contents_are_made_once_and_then_used() -> None:
    account = Contents()
    client = client_of(account)
    assert sorted(await create_missing(client)) == sorted(made.name for made in all_of_them())
    assert await create_missing(client) == []
    library = Library(client)
    assert library.sid("sutradhar_list_10") == ""
    await library.refresh()
    assert library.sid("sutradhar_list_10").startswith("HX")


async def test_a_content_of_our_name_and_another_form_is_not_used() -> None:
    other = {"body": "{{1}}", "actions": [{"type": "QUICK_REPLY", "title": "Fixed", "id": "fixed"}]}
    account = Contents(
        {"sid": f"HX{0:032x}", "friendly_name": "sutradhar_buttons_1", "types": {"twilio/quick-reply": other}},
        {"sid": f"HX{1:032x}", "friendly_name": "nudge_en", "types": {}},
    )
    library = Library(client_of(account))
    await library.refresh()
    assert (library.sid("sutradhar_buttons_1"), library.sid("nudge_en")) == ("", f"HX{1:032x}")


async def test_while_contents_cannot_be_asked_for_what_is_known_is_used() -> None:
    account, up = Contents(), True
    client = client_of(lambda asked: account(asked) if up else httpx.Response(503))
    await create_missing(client)
    library = Library(client)
    await library.refresh()
    up = False
    library.forget()
    await library.refresh()
    assert library.sid("sutradhar_buttons_3")
