"""Twilio over HTTP. Nothing is logged here, and no error holds a word of what was sent.

Sources: Twilio, message resource, media subresource, Content API, API responses and paging.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import httpx

from channels import addresses
from channels.calling import Caller, object_of, repeatable, retry_after
from channels.downloads import Announced, Downloaded, Downloads, Wanted
from channels.errors import ChannelError, Unknown
from channels.media_errors import MediaGone, MediaNotAllowed
from channels.twilio.errors import API, classify
from channels.twilio.generic import Made
from channels.twilio.listing import Listed, MediaOf, listed
from channels.twilio.outbound import TwilioMessage
from channels.twilio.webhook import KEY

_VERSION = "2010-04-01"
_PAGE = 100
_MOST_PAGES = 500
_THEIR_HOST = ".twilio.com"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose messages these are: an account's sid, and the token that opens it and signs its webhooks."""

    sid: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        for value, name in ((self.sid, "TWILIO_ACCOUNT_SID"), (self.token, "TWILIO_AUTH_TOKEN")):
            if not value or not value.isascii() or not value.isprintable() or " " in value:
                raise ValueError(f"{name} is empty or holds characters no header can")


@dataclass(frozen=True, slots=True)
class Content:
    """A content that the account holds."""

    sid: str
    name: str
    types: Mapping[str, Any]


class TwilioClient:
    """Sends from our senders, lists an account's messages and contents, and fetches what people attached.

    `http` is the caller's, with its timeouts and pool; it is not closed here. `api_url` and `content_url` are Twilio's
    or the sandbox's. `callback_url` is where statuses are told, our key in its query. `resolve` tells the addresses of
    a name. Raises ValueError for addresses that no request can go to.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        account: Account,
        api_url: str,
        content_url: str,
        callback_url: str,
        resolve: addresses.Resolve = addresses.resolve,
    ) -> None:
        for url, name in ((api_url, "TWILIO_API_URL"), (content_url, "TWILIO_CONTENT_URL")):
            if httpx.URL(url).scheme not in ("http", "https"):
                raise ValueError(f"Twilio's address does not begin with http:// or https://: check {name}")
        self._caller = Caller(http, API, _refusal)
        self._root = f"{api_url.rstrip('/')}/{_VERSION}/Accounts/{quote(account.sid, safe='')}"
        self._contents = f"{content_url.rstrip('/')}/v1/Content"
        self._callback_url = callback_url
        self._own = httpx.URL(api_url)
        basic = base64.b64encode(f"{account.sid}:{account.token}".encode()).decode()
        self._authorization = {"Authorization": f"Basic {basic}"}
        self._downloads = Downloads(http, self._own, resolve, _refusal_of_file)

    async def send(self, sender: str, to: str, message: TwilioMessage, key: str) -> str:
        """Send one message to an address on WhatsApp; its sid. `key` comes back with its statuses.

        Raises ChannelError's subclasses. Twilio knows no idempotency key: a second try may be a second message. A
        caller that cancels this call knows as little as after Unknown.
        """
        callback = f"{self._callback_url}?{urlencode({KEY: key})}"
        form = {"From": sender, "To": to, "StatusCallback": callback, **message.to_form()}
        status, answer = await self._call("POST", f"{self._root}/Messages.json", data=form)
        match answer:
            case {"sid": str(sid)} if sid:
                return sid
        raise Unknown("it took the message and named no sid", api=API, status=status)

    async def messages(
        self,
        *,
        to: str = "",
        sender: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
        most: int = _PAGE * _MOST_PAGES,
    ) -> AsyncIterator[Listed]:
        """The account's messages to and from these addresses, sent within this time, the newest first.

        Raises ChannelError's subclasses, of which Unknown is none here.
        """
        asked = {"To": to, "From": sender, "DateSent>": _written(since), "DateSent<": _written(until)}
        count = 0
        async for page in self._pages(f"{self._root}/Messages.json", asked, min(most, _PAGE)):
            for told in _objects(page, "messages"):
                if (message := listed(told)) is not None:
                    yield message
                count += 1
                if count >= most:
                    return

    async def message(self, sid: str) -> Listed | None:
        """A message by its sid; None where the account has it no more. Raises as `messages` does."""
        try:
            _, answer = await self._repeatable("GET", f"{self._root}/Messages/{quote(sid, safe='')}.json")
        except ChannelError as error:
            if error.status == 404:
                return None
            raise
        return listed(answer)

    async def files(self, sid: str) -> list[MediaOf]:
        """The files of a message, in their order. Raises as `messages` does."""
        found: list[MediaOf] = []
        root = f"{self._root}/Messages/{quote(sid, safe='')}/Media"
        async for page in self._pages(f"{root}.json", {}, _PAGE):
            for told in _objects(page, "media_list"):
                content_type, name = told.get("content_type"), told.get("sid")
                if isinstance(name, str) and name:
                    kind = content_type if isinstance(content_type, str) else ""
                    found.append(MediaOf(f"{root}/{quote(name, safe='')}", kind))
        return found

    async def download(self, url: str, *, most_bytes: int, mime_types: Collection[str]) -> Downloaded:
        """Fetch a file that a webhook pointed to. No more than `most_bytes` are read, and nothing of another type.

        Our credentials go to Twilio alone, and not on to where that redirects. Raises MediaError's and ChannelError's
        subclasses, of which Unknown is none here.
        """
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            raise MediaNotAllowed("is none") from None
        wanted = Wanted(most_bytes, mime_types)
        theirs = addresses.same_origin(address, self._own) or (
            address.scheme == "https" and address.host.endswith(_THEIR_HOST)
        )
        credentials = self._authorization if theirs else {}
        found = await self._downloads.fetch(Announced(address, "", "", 0), credentials, wanted)
        if found is None:
            raise MediaGone
        content, mime_type = found
        return Downloaded(content, mime_type, hashlib.sha256(content).digest())

    async def contents(self) -> list[Content]:
        """What the account holds to be sent by its sid. Raises as `messages` does."""
        found: list[Content] = []
        async for page in self._pages(self._contents, {}, _PAGE):
            for told in _objects(page, "contents"):
                match told:
                    case {"sid": str(sid), "friendly_name": str(name)}:
                        types = told.get("types")
                        found.append(Content(sid, name, types if isinstance(types, Mapping) else {}))
        return found

    async def create(self, made: Made) -> str:
        """Make a content; its sid. Raises ChannelError's subclasses: after Unknown it may be there."""
        status, answer = await self._call("POST", self._contents, json=made.to_json())
        match answer:
            case {"sid": str(sid)} if sid:
                return sid
        raise Unknown("it took the content and named no sid", api=API, status=status)

    async def _pages(self, url: str, asked: Mapping[str, str], size: int) -> AsyncIterator[dict[str, Any]]:
        """The pages of a list. Where the next one is, Twilio says in an address: of that only the query is used, so
        that our credentials go where they always go."""
        query = {name: value for name, value in asked.items() if value} | {"PageSize": str(size)}
        for _ in range(_MOST_PAGES):
            _, page = await self._repeatable("GET", url, params=query)
            yield page
            meta = page.get("meta")
            following = page.get("next_page_uri") or (meta.get("next_page_url") if isinstance(meta, dict) else None)
            if not isinstance(following, str) or not following:
                return
            query = dict(parse_qsl(urlsplit(following).query))

    async def _repeatable(self, method: str, url: str, **request: Any) -> tuple[int, dict[str, Any]]:
        return await self._caller.repeatable(method, url, headers=self._authorization, **request)

    async def _call(self, method: str, url: str, **request: Any) -> tuple[int, dict[str, Any]]:
        return await self._caller.call(method, url, headers=self._authorization, **request)


def open_client(http: httpx.AsyncClient, told: Mapping[str, str]) -> TwilioClient | None:
    """The client for an account (`sid`, `token`, `api_url`, `content_url`, `callback_url`); None where nothing is told.

    Raises ValueError for addresses and credentials that no request can carry.
    """
    if not told:
        return None
    account = Account(told["sid"], told["token"])
    return TwilioClient(http, account, told["api_url"], told["content_url"], told["callback_url"])


def _refusal(response: httpx.Response, answer: Mapping[str, Any]) -> ChannelError | None:
    """What an answer says to do; None for a success, which is never empty."""
    return None if response.is_success and answer else _error_of(response, answer)


def _refusal_of_file(response: httpx.Response, content: bytes) -> ChannelError:
    return repeatable(_error_of(response, object_of(content)))


def _error_of(response: httpx.Response, answer: Mapping[str, Any]) -> ChannelError:
    code = answer.get("code")
    return classify(
        code if isinstance(code, int) else None,
        status=response.status_code,
        retry_after=retry_after(response),
        trace=response.headers.get("Twilio-Request-Id", ""),
    )


def _objects(page: Mapping[str, Any], name: str) -> Sequence[dict[str, Any]]:
    told = page.get(name)
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _written(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else ""
