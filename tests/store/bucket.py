"""A bucket of a service that speaks as much S3 as we need, over real HTTP; it can be told to fail."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

KEY_ID, SECRET, REGION, BUCKET = "an-id", "a-secret-of-this-test", "ap-south-1", "sutradhar"


class Bucket:
    """One bucket. `failing` is the status and the S3 code it answers everything with, when it is set."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.failing: tuple[int, str] | None = None
        self.cut_off = False
        """answers are broken off in the middle"""
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def aws(self) -> dict[str, str]:
        """What leads here, as the settings give it."""
        return {
            "endpoint_url": f"http://127.0.0.1:{self._server.server_port}",
            "region": REGION,
            "access_key_id": KEY_ID,
            "secret_access_key": SECRET,
        }

    def __enter__(self) -> Bucket:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bucket = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

            def do_PUT(self) -> None:
                bucket.answer(self)

            do_GET = do_DELETE = do_POST = do_PUT

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer one request as S3 does."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        parts = urlsplit(request.path)
        method, key = request.command, unquote(parts.path).removeprefix(f"/{BUCKET}").lstrip("/")
        self.asked.append(f"{method} {key}")
        if self.failing is not None:
            _error(request, *self.failing)
        elif not unquote(parts.path).startswith(f"/{BUCKET}"):
            _error(request, 404, "NoSuchBucket")
        elif not _signed(request, body):
            _error(request, 403, "SignatureDoesNotMatch")
        elif method == "PUT":
            self.files[key] = body
            _ok(request, b"", cut_off=False)
        elif method == "POST" and parts.query == "delete":
            gone = re.findall(r"<Key>(.*?)</Key>", body.decode())
            for name in gone:
                self.files.pop(name, None)
            deleted = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in gone)
            _ok(request, f"<DeleteResult>{deleted}</DeleteResult>".encode(), cut_off=False)
        elif method == "DELETE":
            self.files.pop(key, None)
            _ok(request, b"", cut_off=False)
        elif key in self.files:
            _ok(request, self.files[key], cut_off=self.cut_off)
        else:
            _error(request, 404, "NoSuchKey")


def _ok(request: BaseHTTPRequestHandler, body: bytes, *, cut_off: bool) -> None:
    _answer(request, 200, body, {"ETag": '"an-etag"', "Last-Modified": "Fri, 27 Nov 2026 00:00:00 GMT"}, cut_off)


def _error(request: BaseHTTPRequestHandler, status: int, code: str) -> None:
    _answer(request, status, f"<Error><Code>{code}</Code></Error>".encode(), {}, cut_off=False)


def _answer(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str], cut_off: bool) -> None:
    request.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body[: len(body) // 2] if cut_off else body)


def _signed(request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """Whether the request is signed with our secret (AWS Signature Version 4)."""
    told: Any = request.headers.get("Authorization", "")
    found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})", told)
    if found is None or found[1].split("/")[0] != KEY_ID:
        return False
    names = found[2].split(";")
    path, _, query = request.path.partition("?")
    digest = request.headers["x-amz-content-sha256"]
    canonical = "\n".join(
        [
            request.command,
            quote(unquote(path), safe="/-_.~"),
            f"{query}=" if query and "=" not in query else query,
            *(f"{name}:{request.headers[name].strip()}" for name in names),
            "",
            found[2],
            digest,
        ]
    )
    _, day, region, service, end = found[1].split("/")
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, service, end):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    words = "\n".join(["AWS4-HMAC-SHA256", request.headers["x-amz-date"], f"{day}/{region}/{service}/{end}", hashed])
    right = hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
    return right == found[3] and region == REGION and digest == hashlib.sha256(body).hexdigest()
