"""The Graph API's client against a transport that answers as Meta does."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from channels import (
    Accepted,
    ChannelError,
    ChannelStopped,
    Defer,
    NeedsTemplate,
    Recipient,
    Refused,
    RetryLater,
    Unknown,
)
from channels.meta import GraphClient, TextMessage

NUMBER = "100000000000001"
ASHA = Recipient(phone="+919812345678")
WORDS = "नमस्ते Asha"
ACCEPTED = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "+919812345678", "wa_id": "919812345678"}],
    "messages": [{"id": "wamid.accepted"}],
}


class Graph:
    """A Graph API that answers one thing and remembers what it was asked."""

    def __init__(self, answer: httpx.Response | Exception) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def client_of(graph: Callable[[httpx.Request], httpx.Response]) -> GraphClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(graph))
    return GraphClient(http, "https://graph.example.com/", "v25.0", "secret-token")


async def send(graph: Callable[[httpx.Request], httpx.Response]) -> Accepted:
    return await client_of(graph).send(NUMBER, TextMessage(WORDS), ASHA, "outbox-17")


def refusal(code: int, status: int = 400, **more: object) -> httpx.Response:
    details = {"messaging_product": "whatsapp", "details": f"{WORDS} to +919812345678"}
    error = {"message": f"(#{code}) {WORDS}", "type": "OAuthException", "code": code, "error_data": details, **more}
    return httpx.Response(status, json={"error": {**error, "fbtrace_id": "trace-1"}})


async def test_a_message_is_sent_and_its_id_comes_back() -> None:
    """Address, token and body as Meta documents them."""
    graph = Graph(httpx.Response(200, json=ACCEPTED))
    assert await send(graph) == Accepted("wamid.accepted")
    (request,) = graph.requests
    assert (request.method, str(request.url)) == ("POST", f"https://graph.example.com/v25.0/{NUMBER}/messages")
    assert request.headers["Authorization"] == "Bearer secret-token"
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.content) == TextMessage(WORDS).to_json(ASHA, "outbox-17")


async def test_a_message_is_marked_as_read_with_typing() -> None:
    """Both in one request."""
    graph = Graph(httpx.Response(200, json={"success": True}))
    await client_of(graph).mark_read(NUMBER, "wamid.theirs", typing=True)
    assert json.loads(graph.requests[0].content) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.theirs",
        "typing_indicator": {"type": "text"},
    }


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (refusal(131047), NeedsTemplate, 131047),
        (refusal(131026), Refused, 131026),
        (refusal(190, 401), ChannelStopped, 190),
        (refusal(131056), Defer, 131056),
        (refusal(131000, 500), RetryLater, 131000),
        (refusal(424242, 400, is_transient=True), RetryLater, 424242),
        (refusal(100, 400, error_subcode=33), ChannelStopped, 100),
        (refusal(131047, 200), NeedsTemplate, 131047),
        (httpx.Response(503, text="<html>busy</html>"), RetryLater, 0),
        (httpx.Response(502, text="<html>bad gateway</html>"), Unknown, 0),
        (httpx.Response(504), Unknown, 0),
        (httpx.Response(404, json={"error": "not found"}), ChannelStopped, 0),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example.com"}), ChannelStopped, 0),
        (httpx.Response(400, json={"error": {"code": "100"}}), Refused, 0),
    ],
)
async def test_an_error_is_raised_as_what_to_do(answer: httpx.Response, kind: type[ChannelError], code: int) -> None:
    """Translated once, here; redirects are not followed, since they would carry the token away."""
    graph = Graph(answer)
    with pytest.raises(kind) as raised:
        await send(graph)
    assert type(raised.value) is kind
    assert (raised.value.code, raised.value.status) == (code, answer.status_code)
    assert len(graph.requests) == 1


async def test_an_error_keeps_metas_trace_and_none_of_its_words() -> None:
    """Details of Meta's may quote what was sent, and errors are logged."""
    with pytest.raises(Refused) as raised:
        await send(Graph(refusal(131009)))
    assert raised.value.trace == "trace-1"
    assert not any(word in str(raised.value) for word in ("Asha", "नमस्ते", "98123", "secret-token"))


async def test_the_pause_in_the_answer_is_heard() -> None:
    """Retry-After in seconds; in any other form it says nothing."""
    for header, seconds in (("30", 30), ("Wed, 21 Oct 2026 07:28:00 GMT", 1), ("", 1)):
        with pytest.raises(Defer) as raised:
            await send(Graph(httpx.Response(429, headers={"Retry-After": header})))
        assert raised.value.seconds == seconds


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b"{}", b'{"messages":[]}', b'{"messages":[{"id":""}]}', b'{"messages":[{"id":5}]}'],
)
async def test_accepted_without_an_id_is_unknown(body: bytes) -> None:
    """Something was taken; sending it again could be a second message."""
    with pytest.raises(Unknown):
        await send(Graph(httpx.Response(200, content=body)))


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
async def test_a_connection_that_never_stood_is_tried_again(error: type[httpx.TransportError]) -> None:
    """Nothing went out, so nothing can arrive twice."""
    with pytest.raises(RetryLater, match=error.__name__):
        await send(Graph(error("no")))


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError],
)
async def test_a_connection_lost_after_that_leaves_the_outcome_unknown(error: type[httpx.TransportError]) -> None:
    """The request may have arrived whole, and Meta knows no idempotency key."""
    with pytest.raises(Unknown, match=error.__name__):
        await send(Graph(error("no")))


@pytest.mark.parametrize(
    "answer", [httpx.ConnectError("no"), httpx.ReadTimeout("late"), httpx.Response(200, json={}), refusal(131009)]
)
async def test_every_error_says_whose_it_is(answer: httpx.Response | Exception) -> None:
    """Two providers may be away; whoever reads the log must know which."""
    with pytest.raises(ChannelError, match=r"^Graph API: "):
        await send(Graph(answer))


@pytest.mark.parametrize("address", ["", "graph.example.com", "ftp://graph.example.com"])
def test_an_address_that_is_none_stops_the_start(address: str) -> None:
    """And not the first message, hours later."""
    with pytest.raises(ValueError, match="GRAPH_API_URL"):
        GraphClient(httpx.AsyncClient(), address, "v25.0", "token")


@pytest.mark.parametrize("token", ["", "two words", "नमस्ते", "line\n"])
def test_a_token_that_is_none_stops_the_start(token: str) -> None:
    """The error does not repeat it."""
    with pytest.raises(ValueError, match="META_ACCESS_TOKEN") as raised:
        GraphClient(httpx.AsyncClient(), "https://graph.example.com", "v25.0", token)
    assert not token or token not in str(raised.value)


async def test_each_number_sends_with_its_own_token() -> None:
    """Several accounts are possible; a number without one of its own uses the default."""
    graph = Graph(httpx.Response(200, json=ACCEPTED))
    http = httpx.AsyncClient(transport=httpx.MockTransport(graph))
    client = GraphClient(http, "https://graph.example.com", "v25.0", "secret-token", {"200000000000002": "their-token"})
    await client.send(NUMBER, TextMessage(WORDS), ASHA, "outbox-17")
    await client.send("200000000000002", TextMessage(WORDS), ASHA, "outbox-18")
    await client.mark_read("200000000000002", "wamid.theirs")
    assert [request.headers["Authorization"] for request in graph.requests] == [
        "Bearer secret-token",
        "Bearer their-token",
        "Bearer their-token",
    ]


def test_a_numbers_token_that_is_none_stops_the_start() -> None:
    """The error names the number, and not the token."""
    with pytest.raises(ValueError, match="token_env names for number 200000000000002") as raised:
        GraphClient(httpx.AsyncClient(), "https://g.example", "v25.0", "token", {"200000000000002": "two words"})
    assert "two words" not in str(raised.value)
