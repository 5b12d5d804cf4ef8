"""How things go wrong, and at which point of a message's way each of them strikes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """Where a fault strikes.

    token: every call to the provider's API. send: the business's POST of a message. statuses: what is told of a send
    that was accepted. message: what a person sends. webhook: the posting of it. upload, lookup, download: the three
    calls about media.
    """

    TOKEN = "token"
    SEND = "send"
    STATUSES = "statuses"
    MESSAGE = "message"
    WEBHOOK = "webhook"
    UPLOAD = "upload"
    LOOKUP = "lookup"
    DOWNLOAD = "download"


class Mode(StrEnum):
    """How something goes wrong; docs/sandbox.md has a line for each."""

    EXPIRED_TOKEN = "expired_token"
    OUTAGE = "outage"

    ERROR = "error"
    HTTP = "http"
    DROP = "drop"
    HANG = "hang"
    SLOW = "slow"
    ACCEPT_THEN_DROP = "accept_then_drop"
    ACCEPT_THEN_HANG = "accept_then_hang"
    ACCEPT_THEN_FAIL = "accept_then_fail"
    STATUS_FIRST = "status_first"
    LATE_WINDOW = "late_window"

    STATUSES_REVERSED = "statuses_reversed"
    STATUSES_SHUFFLED = "statuses_shuffled"
    STATUSES_APART = "statuses_apart"
    DROP_DELIVERED = "drop_delivered"
    DROP_STATUSES = "drop_statuses"
    DELAY_STATUSES = "delay_statuses"
    DUPLICATE_STATUSES = "duplicate_statuses"

    MILLISECOND_TIMESTAMPS = "millisecond_timestamps"
    HIDE_PHONE = "hide_phone"
    EDIT_BEFORE_TARGET = "edit_before_target"
    UNSUPPORTED = "unsupported"
    INTERACTIVE_WITHOUT_REPLY = "interactive_without_reply"
    CHANGE_NUMBER = "change_number"
    WRONG_SHA256 = "wrong_sha256"

    DUPLICATE_WEBHOOK = "duplicate_webhook"
    DUPLICATE_WEBHOOK_AT_ONCE = "duplicate_webhook_at_once"
    HOLD_WEBHOOK = "hold_webhook"
    REORDER_WEBHOOKS = "reorder_webhooks"
    BATCH_WEBHOOKS = "batch_webhooks"
    WRONG_SIGNATURE = "wrong_signature"

    UPLOAD_ERROR = "upload_error"
    UPLOAD_HTTP = "upload_http"
    UPLOAD_DROP = "upload_drop"
    UPLOAD_SLOW = "upload_slow"

    LOOKUP_ERROR = "lookup_error"
    LOOKUP_HTTP = "lookup_http"
    LOOKUP_SLOW = "lookup_slow"
    URL_EXPIRED = "url_expired"
    LOOKUP_WRONG_SHA256 = "lookup_wrong_sha256"
    OVERSIZE_MEDIA = "oversize_media"

    DOWNLOAD_HTTP = "download_http"
    DOWNLOAD_DROP = "download_drop"
    DOWNLOAD_SLOW = "download_slow"
    DOWNLOAD_TRUNCATED = "download_truncated"

    @property
    def point(self) -> Point:
        """Where this mode strikes."""
        return _POINTS[self]

    @property
    def default_code(self) -> int | None:
        """The error code or HTTP status of a mode that has one, where none is given."""
        return _CODES.get(self)

    @property
    def default_seconds(self) -> float:
        """How long a mode that takes time takes, where nothing is given."""
        return _SECONDS.get(self, 0.0)


def _of(point: Point, first: Mode, last: Mode) -> dict[Mode, Point]:
    listed = list(Mode)
    return dict.fromkeys(listed[listed.index(first) : listed.index(last) + 1], point)


_POINTS: dict[Mode, Point] = {
    **_of(Point.TOKEN, Mode.EXPIRED_TOKEN, Mode.OUTAGE),
    **_of(Point.SEND, Mode.ERROR, Mode.LATE_WINDOW),
    **_of(Point.STATUSES, Mode.STATUSES_REVERSED, Mode.DUPLICATE_STATUSES),
    **_of(Point.MESSAGE, Mode.MILLISECOND_TIMESTAMPS, Mode.WRONG_SHA256),
    **_of(Point.WEBHOOK, Mode.DUPLICATE_WEBHOOK, Mode.WRONG_SIGNATURE),
    **_of(Point.UPLOAD, Mode.UPLOAD_ERROR, Mode.UPLOAD_SLOW),
    **_of(Point.LOOKUP, Mode.LOOKUP_ERROR, Mode.OVERSIZE_MEDIA),
    **_of(Point.DOWNLOAD, Mode.DOWNLOAD_HTTP, Mode.DOWNLOAD_TRUNCATED),
}

_CODES: dict[Mode, int] = {
    Mode.OUTAGE: 503,
    Mode.ERROR: 131000,
    Mode.HTTP: 503,
    Mode.ACCEPT_THEN_FAIL: 131000,
    Mode.UPLOAD_ERROR: 131053,
    Mode.UPLOAD_HTTP: 503,
    Mode.LOOKUP_ERROR: 131052,
    Mode.LOOKUP_HTTP: 503,
    Mode.DOWNLOAD_HTTP: 503,
}

_SECONDS: dict[Mode, float] = {
    Mode.OUTAGE: 1.0,
    Mode.HTTP: 1.0,
    Mode.HANG: 30.0,
    Mode.SLOW: 3.0,
    Mode.ACCEPT_THEN_HANG: 30.0,
    Mode.DELAY_STATUSES: 5.0,
    Mode.HOLD_WEBHOOK: 5.0,
    Mode.REORDER_WEBHOOKS: 2.0,
    Mode.BATCH_WEBHOOKS: 0.2,
    Mode.UPLOAD_HTTP: 1.0,
    Mode.UPLOAD_SLOW: 5.0,
    Mode.LOOKUP_HTTP: 1.0,
    Mode.LOOKUP_SLOW: 5.0,
    Mode.DOWNLOAD_HTTP: 1.0,
    Mode.DOWNLOAD_SLOW: 5.0,
}


@dataclass(frozen=True, slots=True)
class Strike:
    """One fault that strikes now: `code` an error code or HTTP status where the mode has one, `seconds` of its own."""

    mode: Mode
    code: int
    seconds: float
