"""The webhook's door, tried with everything: no 5xx, and nothing is ever stored that is not rightly signed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from urllib.parse import quote_from_bytes
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.contract.line import chunked, request, say
from tests.running.product import SECRETS, Addresses
from tests.running.wire import envelope, signature, text

TOKEN = SECRETS["META_VERIFY_TOKEN"]
METHODS = [b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"HEAD", b"PROPFIND", b"FOO", b"post"]
SAME = [b"/webhook?", b"/webhook?hub.mode=subscribe&x=%ff", b"/%77ebhook", b"/api/whatsapp/webhook"]
FUZZ = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Door:
    """The webhook's address, and the inbox behind it."""

    def __init__(self, at: Addresses, database: psycopg.Connection[tuple[int]]) -> None:
        self.url = at.url
        self.number = at.number
        self._database = database

    def letter(self) -> tuple[bytes, str]:
        """A webhook that nobody has sent before, and the id of the message in it."""
        id = f"wamid.{uuid4().hex}"
        phone = f"+9195{uuid4().int % 10**8:08d}"
        return json.dumps(envelope(self.number, [text("hi", id=id, phone=phone)])).encode(), id

    def stored(self, id: str) -> int:
        """How many rows of the inbox have this id."""
        query = "select count(*) from inbox where provider_id = %s"
        [count] = self._database.execute(query, (id,)).fetchone() or (0,)
        return count


@pytest.fixture(scope="module")
def door(at: Addresses) -> Iterator[Door]:
    """The running product's."""
    with psycopg.connect(at.database_url, autocommit=True) as database:
        yield Door(at, database)


def head(body: bytes, *more: tuple[bytes, bytes], method: bytes = b"POST", target: bytes = b"/webhook") -> bytes:
    """The head of a request with this body, rightly signed but for what is said otherwise."""
    named = {name.lower() for name, _ in more}
    usual = [
        (b"X-Hub-Signature-256", signature(body).encode()),
        (b"Content-Type", b"application/json"),
        (b"Content-Length", b"%d" % len(body)),
    ]
    return request(method, target, [*(one for one in usual if one[0].lower() not in named), *more])


@st.composite
def forgeries(draw: st.DrawFn, right: bytes) -> bytes:
    """A signature that is not this one, though it may look much like it."""
    digits = right.removeprefix(b"sha256=")
    at = draw(st.integers(0, len(digits) - 1))
    forged: bytes = draw(
        st.sampled_from(
            [
                b"",
                b"sha256=",
                digits,
                b"sha1=" + digits,
                b"sha256:" + digits,
                b"SHA256=" + digits,
                b"sha256= " + digits,
                b"sha256=0x" + digits,
                b"sha256=" + digits[:at],
                right + digits[at:],
                right + b"\t;",
                right + b"," + right,
                b"sha256=" + digits[:at] + (b"0" if digits[at : at + 1] != b"0" else b"1") + digits[at + 1 :],
                b"sha256=" + digits[::-1],
                b"sha256=" + bytes.fromhex(digits.decode()),
                b"sha256=" + b"\xef\xbc\x90" * 64,
                b"sha256=" + b"f" * 100_000,
                b"sha256=" + b"\xff" * 64,
            ]
        )
        | st.binary(max_size=80)
        | st.binary(max_size=80).map(lambda noise: b"sha256=" + noise)
    )
    # With a line's end in it, it would not be one header any more.
    assume(not {b"\r", b"\n"} & {forged[i : i + 1] for i in range(len(forged))})
    assume(forged.strip(b" \t").lower() != right)
    return forged


@FUZZ
@given(data=st.data())
def test_nothing_is_stored_under_a_forged_signature(door: Door, data: st.DataObject) -> None:
    body, id = door.letter()
    forged = data.draw(forgeries(b"sha256=" + b"0123456789abcdef" * 4))
    # Drawn by a constant, so that the same is drawn again; then put to this body's.
    forged = forged.replace(b"0123456789abcdef" * 4, signature(body).removeprefix("sha256=").encode())
    assume(forged.strip(b" \t").lower() != signature(body).encode())
    status, answer = say(door.url, head(body, (b"X-Hub-Signature-256", forged)), body)
    assert status in (400, 401), answer[:200]
    assert door.stored(id) == 0


@pytest.mark.parametrize(
    "headers",
    [
        [b"forged", b"right"],
        [b"", b"right"],
    ],
)
def test_a_right_signature_behind_a_wrong_one_is_not_looked_for(door: Door, headers: list[bytes]) -> None:
    body, id = door.letter()
    told = [signature(body).encode() if one == b"right" else one for one in headers]
    status, _ = say(door.url, head(body, *((b"X-Hub-Signature-256", one) for one in told)), body)
    assert status == 401
    assert door.stored(id) == 0


def test_the_same_headers_with_the_right_one_alone_are_let_in(door: Door) -> None:
    """Else nothing here would prove anything. Hexadecimal digits may be capitals."""
    for right in (str, str.upper):
        body, id = door.letter()
        signed = b"sha256=" + right(signature(body).removeprefix("sha256=")).encode()
        status, answer = say(door.url, head(body, (b"X-Hub-Signature-256", signed)), body)
        assert status == 200, answer
        assert door.stored(id) == 1


@pytest.mark.parametrize(
    "method", [b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"TRACE", b"HEAD", b"PROPFIND", b"FOO", b"post"]
)
def test_no_other_method_takes_messages(door: Door, method: bytes) -> None:
    body, id = door.letter()
    status, answer = say(door.url, head(body, method=method), body)
    assert status in (400, 405), answer[:200]
    assert door.stored(id) == 0


@pytest.mark.parametrize(
    "target",
    [
        b"/webhook/",
        b"//webhook",
        b"/WEBHOOK",
        b"/webhook/x",
        b"/webhook;x=1",
        b"/webhook%00",
        b"/webhook%2f",
        b"/webhook%20",
        b"/webhook%ff%fe",
        b"/%2e%2e/webhook",
        b"/./webhook",
        b"/api/whatsapp/../../webhook",
        b"/api/whatsapp/webhook/",
        b"/" + b"x" * 60_000,
        b"*",
        b"webhook",
        b"\xff\xfe",
    ],
    ids=lambda target: target[:30].decode("latin-1"),
)
def test_no_other_path_takes_messages(door: Door, target: bytes) -> None:
    body, id = door.letter()
    status, answer = say(door.url, head(body, target=target), body)
    assert 300 <= status < 500, answer[:200]
    assert door.stored(id) == 0


@pytest.mark.parametrize(
    "target", [b"/webhook?", b"/webhook?hub.mode=subscribe&x=%ff", b"/%77ebhook", b"/api/whatsapp/webhook"]
)
def test_the_same_path_written_otherwise_is_the_same(door: Door, target: bytes) -> None:
    body, id = door.letter()
    status, answer = say(door.url, head(body, target=target), body)
    assert status == 200, answer
    assert door.stored(id) == 1


@pytest.mark.parametrize(
    "kind",
    [
        b"",
        b"text/plain",
        b"application/x-www-form-urlencoded",
        b"multipart/form-data",
        b"multipart/form-data; boundary=",
        b"application/json; charset=utf-16",
        b"application/json; charset=\xff",
        b"garbage",
        b"a/b; " + b"x" * 5_000,
    ],
    ids=lambda kind: kind[:30].decode("latin-1"),
)
def test_the_bytes_count_whatever_they_are_called(door: Door, kind: bytes) -> None:
    body, id = door.letter()
    status, answer = say(door.url, head(body, (b"Content-Type", kind)), body)
    assert status == 200, answer
    assert door.stored(id) == 1


def test_a_packed_body_is_no_webhook_whether_the_packed_or_the_unpacked_is_signed(door: Door) -> None:
    body, id = door.letter()
    packed = gzip.compress(body)
    coded = (b"Content-Encoding", b"gzip")
    assert say(door.url, head(packed, coded), packed)[0] == 400
    unpacked_signed = (b"X-Hub-Signature-256", signature(body).encode())
    assert say(door.url, head(packed, coded, unpacked_signed), packed)[0] == 401
    assert door.stored(id) == 0


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_a_body_in_chunks_is_taken_as_one(door: Door, size: int) -> None:
    body, id = door.letter()
    parted = request(headers=[(b"X-Hub-Signature-256", signature(body).encode()), (b"Transfer-Encoding", b"chunked")])
    status, answer = say(door.url, parted, chunked(body, size))
    assert status == 200, answer
    assert door.stored(id) == 1


def test_a_body_of_which_the_end_is_missing_is_not_taken(door: Door) -> None:
    body, id = door.letter()
    signed = (b"X-Hub-Signature-256", signature(body).encode())
    longer = head(body, (b"Content-Length", b"%d" % (len(body) + 1)))
    assert say(door.url, longer, body, hang_up=True)[0] in (0, 400)
    parted = request(headers=[signed, (b"Transfer-Encoding", b"chunked")])
    assert say(door.url, parted, chunked(body, 100).removesuffix(b"0\r\n\r\n"), hang_up=True)[0] in (0, 400)
    shorter = head(body, (b"Content-Length", b"%d" % (len(body) - 1)))
    assert say(door.url, shorter, body)[0] == 401
    assert door.stored(id) == 0


@pytest.mark.parametrize("length", [b"-1", b"+5", b"1e3", b"0x10", b"\xb2", b"9" * 30, b"1, 2", b""])
def test_a_length_that_is_none_is_refused(door: Door, length: bytes) -> None:
    body, id = door.letter()
    status, answer = say(door.url, head(body, (b"Content-Length", length)), body, hang_up=True)
    assert status in (0, 400, 401, 413), answer[:200]
    assert door.stored(id) == 0


def test_a_body_with_two_ideas_of_its_end_is_taken_once_or_not_at_all(door: Door) -> None:
    """What one server takes for the end of a request, and the next for its middle, is how requests are smuggled."""
    body, id = door.letter()
    both = request(
        headers=[
            (b"X-Hub-Signature-256", signature(body).encode()),
            (b"Content-Length", b"%d" % len(body)),
            (b"Transfer-Encoding", b"chunked"),
        ]
    )
    status, answer = say(door.url, both, chunked(body, 100), hang_up=True)
    assert status in (0, 200, 400), answer[:200]
    assert answer.count(b"HTTP/1.1") <= 1
    assert door.stored(id) == (1 if status == 200 else 0)


@FUZZ
@given(noise=st.binary(max_size=300))
def test_noise_is_answered_or_hung_up_on(door: Door, noise: bytes) -> None:
    status, answer = say(door.url, noise, hang_up=True)
    assert status < 500, answer[:200]


@FUZZ
@given(
    headers=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    b"X-Forwarded-For",
                    b"Cookie",
                    b"Accept",
                    b"Expect",
                    b"Range",
                    b"traceparent",
                    b"X-Trace-Id",
                    b"Upgrade",
                ]
            )
            | st.from_regex(rb"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True),
            st.binary(max_size=200) | st.just(b"x" * 2_000),
        ),
        max_size=6,
    )
)
def test_no_other_header_breaks_anything(door: Door, headers: list[tuple[bytes, bytes]]) -> None:
    assume(not any({b"\r", b"\n"} & {value[i : i + 1] for i in range(len(value))} for _, value in headers))
    ours = {b"host", b"connection", b"content-length", b"transfer-encoding", b"x-hub-signature-256", b"upgrade"}
    assume(not any(name.lower() in ours for name, _ in headers))
    body, id = door.letter()
    status, answer = say(door.url, head(body, *headers), body)
    assert status in (200, 400, 417), answer[:200]
    assert door.stored(id) == (1 if status == 200 else 0)


@FUZZ
@given(
    query=st.dictionaries(
        st.sampled_from(["hub.mode", "hub.challenge", "hub.verify_token", "hub[mode]"]),
        st.binary(max_size=60) | st.sampled_from([b"subscribe", TOKEN.encode(), TOKEN.encode() + b"\0", b"1" * 201]),
        max_size=4,
    )
)
def test_the_challenge_is_given_to_none_but_who_knows_the_token(door: Door, query: dict[str, bytes]) -> None:
    target = "/webhook?" + "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query.items())
    status, answer = say(door.url, request(b"GET", target.encode()))
    knows = query.get("hub.mode") == b"subscribe" and query.get("hub.verify_token") == TOKEN.encode()
    assert status in ((200, 422) if knows else (403, 422)), answer[:300]
    if not knows:
        assert b"text/plain" not in answer
