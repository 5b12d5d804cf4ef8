"""Files given to Meta and fetched from it, against a transport that answers as Meta does."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator, Callable
from email.parser import BytesParser
from typing import Any

import httpx
import pytest

from channels import (
    ChannelError,
    ChannelStopped,
    Defer,
    Downloaded,
    LimitExceeded,
    MediaDamaged,
    MediaError,
    MediaGone,
    MediaNotAllowed,
    MediaTooLarge,
    Refused,
    RetryLater,
    Unsendable,
    WrongMediaType,
)
from channels.addresses import resolve
from channels.meta import GraphClient

NUMBER = "100000000000001"
OTHER = "100000000000002"
GRAPH = "https://graph.example.com"
LOOKASIDE = "https://lookaside.example.net/whatsapp/?mid=4001&hash=h"
CONTENT = b"%PDF-1.7 a statement of Asha's"
DIGEST = hashlib.sha256(CONTENT).digest()
PDF = frozenset({"application/pdf"})

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Meta:
    """The Graph API and the host of files: each answers what it was told, one answer after another."""

    def __init__(self, graph: list[Answer], files: list[Answer] | None = None) -> None:
        self.graph = graph
        self.files = files or []
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        of_graph = request.headers["Host"] == "graph.example.com" and "/v25.0/" in request.url.path
        answer = (self.graph if of_graph else self.files).pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def files_asked(self) -> list[httpx.Request]:
        """What the hosts of files were asked."""
        return [request for request in self.asked if "/v25.0/" not in request.url.path]


class Names:
    """A resolver that knows these names alone, and what it was asked."""

    def __init__(self, **addresses: list[str]) -> None:
        self.addresses = {name.replace("_", "."): found for name, found in addresses.items()}
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append((host, port))
        if host not in self.addresses:
            raise OSError("no such name")
        return self.addresses[host]


def public() -> Names:
    return Names(lookaside_example_net=["31.13.64.51"], elsewhere_example_org=["93.184.216.34"])


def client_of(meta: Meta, names: Names | None = None, tokens: dict[str, str] | None = None) -> GraphClient:
    http = httpx.AsyncClient(transport=httpx.MockTransport(meta))
    return GraphClient(http, GRAPH, "v25.0", "secret-token", tokens, names or public())


async def download(meta: Meta, names: Names | None = None, **wanted: Any) -> Downloaded:
    limits: dict[str, Any] = {"most_bytes": 1000, "mime_types": PDF} | wanted
    return await client_of(meta, names).download("4001", NUMBER, **limits)


def announcement(**fields: object) -> httpx.Response:
    told = {
        "messaging_product": "whatsapp",
        "url": LOOKASIDE,
        "mime_type": "application/pdf",
        "sha256": DIGEST.hex(),
        "file_size": len(CONTENT),
        "id": "4001",
    }
    return httpx.Response(200, json=told | fields)


def file(content: bytes = CONTENT, kind: str = "application/pdf") -> httpx.Response:
    return httpx.Response(200, content=content, headers={"Content-Type": kind})


def redirect(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"Location": to})


def refusal(code: int, status: int = 400, **more: object) -> httpx.Response:
    return httpx.Response(status, json={"error": {"message": "Asha", "code": code, **more}})


class TestUpload:
    async def test_a_file_is_given_to_meta_and_its_id_comes_back(self) -> None:
        """One request with the parts that Meta documents."""
        meta = Meta([httpx.Response(200, json={"id": "4001"})])
        assert await client_of(meta).upload(NUMBER, CONTENT, "application/pdf", "करार.pdf") == "4001"
        (request,) = meta.asked
        assert (request.method, str(request.url)) == ("POST", f"{GRAPH}/v25.0/{NUMBER}/media")
        assert request.headers["Authorization"] == "Bearer secret-token"
        parts = parts_of(request)
        assert parts["messaging_product"] == (b"whatsapp", "text/plain", None)
        assert parts["type"] == (b"application/pdf", "text/plain", None)
        content, kind, filename = parts["file"]
        assert (content, kind) == (CONTENT, "application/pdf")
        assert filename

    async def test_a_file_without_a_name_is_sent_as_a_file_all_the_same(self) -> None:
        """Without a filename the part would be a field, and Meta would miss the file."""
        meta = Meta([httpx.Response(200, json={"id": "4001"})])
        await client_of(meta).upload(NUMBER, CONTENT, "application/pdf", "")
        assert parts_of(meta.asked[0])["file"][2] == "file"

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (refusal(190, 401), ChannelStopped),
            (refusal(80007), Defer),
            (refusal(100), Refused),
            (refusal(131053, 500), RetryLater),
            (httpx.ReadTimeout("no"), RetryLater),
            (httpx.ConnectError("no"), RetryLater),
            (httpx.Response(504), RetryLater),
            (httpx.Response(200, json={}), RetryLater),
            (httpx.Response(200, json={"id": ""}), RetryLater),
        ],
    )
    async def test_an_error_is_raised_as_what_to_do(self, answer: Answer, kind: type[ChannelError]) -> None:
        """A lost answer is tried again: a file that Meta holds twice is nothing a person sees."""
        with pytest.raises(kind) as raised:
            await client_of(Meta([answer])).upload(NUMBER, CONTENT, "application/pdf", "a.pdf")
        assert type(raised.value) is kind
        assert "Asha" not in str(raised.value)

    async def test_a_type_that_meta_does_not_take_is_refused_before_it_is_sent(self) -> None:
        with pytest.raises(Unsendable, match=r"media\.type is application/zip"):
            await client_of(Meta([])).upload(NUMBER, CONTENT, "application/zip", "a.zip")

    async def test_a_file_over_its_types_limit_is_refused_before_it_is_sent(self) -> None:
        """An image's limit holds for a photo that goes as a document too: Meta looks at the type."""
        meta = Meta([httpx.Response(200, json={"id": "4001"})])
        assert await client_of(meta).upload(NUMBER, bytes(5 * 1024 * 1024), "image/png", "a.png") == "4001"
        with pytest.raises(LimitExceeded, match=r"media\.file") as exceeded:
            await client_of(Meta([])).upload(NUMBER, bytes(5 * 1024 * 1024 + 1), "image/png", "a.png")
        assert exceeded.value.limit == 5 * 1024 * 1024


class TestDownload:
    async def test_a_file_is_fetched_with_the_token_from_the_address_looked_at(self) -> None:
        """The name is resolved once; what is connected to is an address, and the name is what it must prove to be."""
        meta, names = Meta([announcement()], [file()]), public()
        assert await download(meta, names) == Downloaded(CONTENT, "application/pdf", DIGEST)
        asked, fetched = meta.asked
        assert str(asked.url) == f"{GRAPH}/v25.0/4001?phone_number_id={NUMBER}"
        assert str(fetched.url) == "https://31.13.64.51/whatsapp/?mid=4001&hash=h"
        assert fetched.headers["Host"] == "lookaside.example.net"
        assert fetched.extensions["sni_hostname"] == "lookaside.example.net"
        assert asked.headers["Authorization"] == fetched.headers["Authorization"] == "Bearer secret-token"
        assert names.asked == [("lookaside.example.net", 443)]

    async def test_what_lies_at_the_graph_api_itself_is_asked_as_it_is(self) -> None:
        """The sandbox serves its files at its own address, on this machine."""
        meta, names = Meta([announcement(url=f"{GRAPH}/files/4001")], [file()]), Names()
        assert (await download(meta, names)).content == CONTENT
        assert str(meta.files_asked[0].url) == f"{GRAPH}/files/4001"
        assert names.asked == []

    @pytest.mark.parametrize(
        ("of_webhook", "of_graph"),
        [
            (base64.b64encode(DIGEST).decode(), DIGEST.hex()),
            (DIGEST.hex().upper(), base64.b64encode(DIGEST).decode()),
            ("", base64.b64encode(DIGEST).decode()),
            (DIGEST.hex(), ""),
            (DIGEST.hex(), "of a form we do not know"),
            ("", ""),
        ],
    )
    async def test_its_digest_is_the_one_announced_in_base64_or_hex(self, of_webhook: str, of_graph: str) -> None:
        assert (await download(Meta([announcement(sha256=of_graph)], [file()]), sha256=of_webhook)).sha256 == DIGEST

    @pytest.mark.parametrize(
        ("of_webhook", "of_graph"),
        [
            (hashlib.sha256(b"another").hexdigest(), DIGEST.hex()),
            (DIGEST.hex(), base64.b64encode(hashlib.sha256(b"another").digest()).decode()),
            ("unreadable", ""),
            ("", "q2hhbm5lbA=="),
            ("x" * 64, ""),
        ],
    )
    async def test_another_digest_or_none_that_can_be_read_is_damage(self, of_webhook: str, of_graph: str) -> None:
        with pytest.raises(MediaDamaged):
            await download(Meta([announcement(sha256=of_graph)], [file()]), sha256=of_webhook)

    @pytest.mark.parametrize("status", [404, 410])
    async def test_an_address_that_has_expired_is_asked_for_once_more(self, status: int) -> None:
        """It lives for five minutes, and a queue may be longer than that."""
        later = "https://lookaside.example.net/again"
        meta = Meta([announcement(), announcement(url=later)], [httpx.Response(status), file()])
        assert (await download(meta)).content == CONTENT
        assert [request.url.path for request in meta.files_asked] == ["/whatsapp/", "/again"]

    async def test_one_that_has_expired_twice_is_gone(self) -> None:
        meta = Meta([announcement(), announcement()], [httpx.Response(404), httpx.Response(404)])
        with pytest.raises(MediaGone):
            await download(meta)
        assert len(meta.asked) == 4

    @pytest.mark.parametrize("answer", [refusal(100, error_subcode=33), refusal(100), refusal(803, 404)])
    async def test_an_id_that_meta_does_not_know_any_more_is_gone(self, answer: httpx.Response) -> None:
        """For a send the same code would mean our own number."""
        with pytest.raises(MediaGone):
            await download(Meta([answer]))

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (refusal(190, 401), ChannelStopped),
            (refusal(4), Defer),
            (refusal(131052, 500), RetryLater),
            (httpx.Response(404, text="not found"), ChannelStopped),
            (httpx.Response(502), RetryLater),
            (httpx.ReadTimeout("no"), RetryLater),
            (announcement(url=None), RetryLater),
            (announcement(url=""), RetryLater),
            (announcement(url=17), RetryLater),
        ],
    )
    async def test_errors_of_the_graph_api_are_what_they_always_are(
        self, answer: Answer, kind: type[ChannelError]
    ) -> None:
        """And what is unknown elsewhere is tried again: nothing can be fetched twice to any harm."""
        with pytest.raises(kind) as raised:
            await download(Meta([answer]))
        assert type(raised.value) is kind

    @pytest.mark.parametrize(
        ("answer", "kind"),
        [
            (httpx.Response(401), ChannelStopped),
            (httpx.Response(429, headers={"Retry-After": "9"}), Defer),
            (httpx.Response(500), RetryLater),
            (httpx.Response(502), RetryLater),
            (refusal(190, 400), ChannelStopped),
            (httpx.ConnectError("no"), RetryLater),
            (httpx.ReadError("no"), RetryLater),
        ],
    )
    async def test_so_are_errors_of_the_files_host(self, answer: Answer, kind: type[ChannelError]) -> None:
        with pytest.raises(kind) as raised:
            await download(Meta([announcement()], [answer]))
        assert type(raised.value) is kind

    async def test_an_address_that_does_not_answer_leaves_the_next(self) -> None:
        """A name may have several, and one of them may be down."""
        names = Names(lookaside_example_net=["31.13.64.51", "2a03:2880:f12f:83:face:b00c:0:25de"])
        meta = Meta([announcement()], [httpx.ConnectError("no"), file()])
        assert (await download(meta, names)).content == CONTENT
        assert [request.url.host for request in meta.files_asked] == names.addresses["lookaside.example.net"]

    async def test_a_name_that_is_not_found_is_tried_again(self) -> None:
        with pytest.raises(RetryLater, match="not found"):
            await download(Meta([announcement()]), Names())

    async def test_numbers_have_their_own_tokens(self) -> None:
        """And the default is for those without one."""
        meta = Meta([announcement(), announcement()], [file(), file()])
        client = client_of(meta, tokens={OTHER: "their-token"})
        for number in (OTHER, NUMBER):
            await client.download("4001", number, most_bytes=1000, mime_types=PDF)
        assert [request.headers["Authorization"] for request in meta.asked] == [
            "Bearer their-token",
            "Bearer their-token",
            "Bearer secret-token",
            "Bearer secret-token",
        ]


class TestSizesAndTypes:
    async def test_what_is_announced_as_too_large_is_not_fetched(self) -> None:
        for size in (1001, "1001"):
            meta = Meta([announcement(file_size=size)])
            with pytest.raises(MediaTooLarge):
                await download(meta)
            assert not meta.files_asked

    async def test_what_is_announced_as_of_another_type_is_not_fetched(self) -> None:
        meta = Meta([announcement(mime_type="application/x-msdownload")])
        with pytest.raises(WrongMediaType):
            await download(meta)
        assert not meta.files_asked

    async def test_the_limit_itself_is_fetched(self) -> None:
        assert (await download(Meta([announcement()], [file()]), most_bytes=len(CONTENT))).content == CONTENT

    async def test_a_length_over_the_limit_ends_it_before_the_body(self) -> None:
        """The Graph API may not know, or not tell the truth."""
        body = Pieces(10)
        answer = httpx.Response(200, stream=body, headers={"Content-Type": "application/pdf", "Content-Length": "1001"})
        with pytest.raises(MediaTooLarge):
            await download(Meta([announcement(file_size=5)], [answer]))
        assert body.given == 0

    async def test_a_body_over_the_limit_is_not_read_on(self) -> None:
        """However much would come: reading stops with the piece that is one too many."""
        body = Pieces(1_000_000)
        answer = httpx.Response(200, stream=body, headers={"Content-Type": "application/pdf"})
        with pytest.raises(MediaTooLarge) as raised:
            await download(Meta([announcement(file_size=5)], [answer]))
        assert raised.value.most_bytes == 1000
        assert body.given == 11

    async def test_what_is_packed_is_not_unpacked(self) -> None:
        """A few bytes could become all of memory: plain content is asked for, and nothing else is read."""
        body = Pieces(10)
        packed = {"Content-Type": "application/pdf", "Content-Encoding": "gzip"}
        meta = Meta([announcement()], [httpx.Response(200, stream=body, headers=packed)])
        with pytest.raises(MediaNotAllowed, match="packed"):
            await download(meta)
        assert body.given == 0
        assert meta.files_asked[0].headers["Accept-Encoding"] == "identity"

    async def test_a_body_that_breaks_off_is_tried_again(self) -> None:
        answer = httpx.Response(
            200, stream=Pieces(3, then=httpx.ReadError("no")), headers={"Content-Type": "application/pdf"}
        )
        with pytest.raises(RetryLater, match="in the middle"):
            await download(Meta([announcement()], [answer]))

    @pytest.mark.parametrize("kind", ["text/html", "application/x-msdownload"])
    async def test_what_comes_as_another_type_is_refused(self, kind: str) -> None:
        with pytest.raises(WrongMediaType):
            await download(Meta([announcement()], [file(kind=kind)]))

    @pytest.mark.parametrize(
        ("announced", "came", "is_then"),
        [
            ("audio/ogg; codecs=opus", "audio/ogg; codecs=opus", "audio/ogg"),
            ("audio/ogg", "Audio/OGG", "audio/ogg"),
            ("audio/ogg", "application/octet-stream", "audio/ogg"),
            ("audio/ogg", "", "audio/ogg"),
            (None, "audio/ogg", "audio/ogg"),
        ],
    )
    async def test_types_are_told_apart_without_their_parameters(
        self, announced: str | None, came: str, is_then: str
    ) -> None:
        meta = Meta([announcement(mime_type=announced)], [file(kind=came)])
        assert (await download(meta, mime_types=frozenset({"audio/ogg"}))).mime_type == is_then

    async def test_a_file_of_which_nobody_says_the_type_is_refused(self) -> None:
        with pytest.raises(WrongMediaType):
            await download(Meta([announcement(mime_type=None)], [file(kind="application/octet-stream")]))


INSIDES = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "no address",
]


class TestAddresses:
    @pytest.mark.parametrize("address", INSIDES)
    async def test_a_name_that_leads_inside_is_not_asked(self, address: str) -> None:
        """Of a name's addresses, one such is enough: the next lookup could give that one alone."""
        for addresses in ([address], ["31.13.64.51", address]):
            meta = Meta([announcement()])
            with pytest.raises(MediaNotAllowed):
                await download(meta, Names(lookaside_example_net=addresses))
            assert not meta.files_asked

    @pytest.mark.parametrize("address", ["31.13.64.51", "2a03:2880:f12f:83:face:b00c:0:25de", "::ffff:31.13.64.51"])
    async def test_a_name_that_leads_outside_is(self, address: str) -> None:
        meta = Meta([announcement()], [file()])
        assert (await download(meta, Names(lookaside_example_net=[address]))).content == CONTENT

    @pytest.mark.parametrize(
        "url",
        [
            "http://lookaside.example.net/4001",
            "ftp://lookaside.example.net/4001",
            "https://asha@lookaside.example.net/4001",
            "http://graph.example.com/files/4001",
        ],
    )
    async def test_an_address_that_is_not_plain_https_is_not_asked(self, url: str) -> None:
        """Plain http is for the Graph API's own origin, where that is the sandbox."""
        meta = Meta([announcement(url=url)])
        with pytest.raises(MediaNotAllowed) as raised:
            await download(meta)
        assert not meta.files_asked
        assert url not in str(raised.value)

    async def test_addresses_written_out_are_looked_at_too(self) -> None:
        """By this machine's own resolver, which takes an address for itself."""
        for host in ("127.0.0.1", "[::1]"):
            meta = Meta([announcement(url=f"https://{host}:8443/4001")])
            client = GraphClient(httpx.AsyncClient(transport=httpx.MockTransport(meta)), GRAPH, "v25.0", "t")
            with pytest.raises(MediaNotAllowed):
                await client.download("4001", NUMBER, most_bytes=1000, mime_types=PDF)
        assert await resolve("127.0.0.1", 443) == ["127.0.0.1"]

    async def test_a_redirect_is_followed_without_the_token(self) -> None:
        """To another host; the file is the same, as its digest says."""
        meta = Meta([announcement()], [redirect("https://elsewhere.example.org/f"), file()])
        assert (await download(meta)).content == CONTENT
        first, second = meta.files_asked
        assert "Authorization" in first.headers
        assert "Authorization" not in second.headers
        assert (second.url.host, second.headers["Host"]) == ("93.184.216.34", "elsewhere.example.org")

    async def test_a_redirect_at_the_same_host_keeps_the_token(self) -> None:
        meta = Meta([announcement()], [redirect("/f"), file()])
        assert (await download(meta)).content == CONTENT
        assert meta.files_asked[1].headers["Authorization"] == "Bearer secret-token"

    @pytest.mark.parametrize("to", ["https://inside.example.net/f", "http://elsewhere.example.org/f", ""])
    async def test_a_redirect_to_where_we_do_not_ask_is_not_followed(self, to: str) -> None:
        names = public()
        names.addresses["inside.example.net"] = ["10.0.0.1"]
        meta = Meta([announcement()], [redirect(to)] * 4)
        with pytest.raises(MediaNotAllowed):
            await download(meta, names)
        assert all(request.headers["Host"] == "lookaside.example.net" for request in meta.files_asked)

    async def test_redirects_end_somewhere(self) -> None:
        meta = Meta([announcement()], [redirect("/f")] * 10)
        with pytest.raises(MediaNotAllowed, match="too often"):
            await download(meta)
        assert len(meta.files_asked) == 4


def test_every_error_of_a_file_has_a_word_of_its_own() -> None:
    """The word is what stands in the database."""
    words = {kind.reason for kind in MediaError.__subclasses__()}
    assert words == {"gone", "too_large", "wrong_type", "damaged", "not_allowed"}


class Pieces(httpx.AsyncByteStream):
    """A body of so many pieces of 100 bytes, that knows how many were taken."""

    def __init__(self, pieces: int, then: Exception | None = None) -> None:
        self.pieces = pieces
        self.then = then
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.pieces):
            self.given += 1
            yield b"x" * 100
        if self.then is not None:
            raise self.then


def parts_of(request: httpx.Request) -> dict[str, tuple[bytes, str, str | None]]:
    """The parts of a form: content, type and filename of each."""
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    whole = BytesParser().parsebytes(head + request.content)
    parts: dict[str, tuple[bytes, str, str | None]] = {}
    for part in whole.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            name = part.get_param("name", header="Content-Disposition")
            parts[str(name)] = (content, part.get_content_type(), part.get_filename())
    return parts
