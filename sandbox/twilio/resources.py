"""Messages, media and Content templates as Twilio's API shows them."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from sandbox.media import File
from sandbox.twilio.account import API_VERSION
from sandbox.twilio.content_types import rendered
from sandbox.twilio.contents import Approval, Content
from sandbox.twilio.errors import message_of
from sandbox.twilio.records import Record
from sandbox.twilio.sids import media_sid


def messages_uri(account: str) -> str:
    """The path of the list of messages, without its `.json`."""
    return f"/{API_VERSION}/Accounts/{account}/Messages"


def message_json(account: str, record: Record) -> dict[str, Any]:
    """A message resource."""
    uri = f"{messages_uri(account)}/{record.sid}"
    status = record.status
    return {
        "account_sid": account,
        "api_version": API_VERSION,
        "body": record.body,
        "date_created": _date(record.sent),
        "date_sent": None if status == "queued" else _date(record.sent),
        "date_updated": _date(record.updated),
        "direction": record.direction,
        "error_code": record.error,
        "error_message": None if record.error is None else message_of(record.error),
        "from": record.sender,
        "messaging_service_sid": record.service,
        "num_media": str(len(record.media)),
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": record.sid,
        "status": status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "tags": None,
        "to": record.recipient,
        "uri": f"{uri}.json",
    }


def media_json(account: str, record: Record, file: File) -> dict[str, Any]:
    """A media resource."""
    sid = media_sid(file.id)
    return {
        "account_sid": account,
        "content_type": file.mime_type,
        "date_created": _date(file.created),
        "date_updated": _date(file.created),
        "parent_sid": record.sid,
        "sid": sid,
        "uri": f"{messages_uri(account)}/{record.sid}/Media/{sid}.json",
    }


def content_json(account: str, content: Content, base: str) -> dict[str, Any]:
    """A Content resource; `base` is the URL that the Content API is under."""
    url = f"{base}/v1/Content/{content.sid}"
    return {
        "account_sid": account,
        "date_created": _iso(content.created),
        "date_updated": _iso(content.updated),
        "friendly_name": content.friendly_name or None,
        "language": content.language,
        "links": {
            "approval_create": f"{url}/ApprovalRequests/whatsapp",
            "approval_fetch": f"{url}/ApprovalRequests",
        },
        "sid": content.sid,
        "types": content.types,
        "url": url,
        "variables": content.variables,
    }


def approval_json(content: Content, approval: Approval) -> dict[str, Any]:
    """What WhatsApp decided of a Content."""
    return {
        "allow_category_change": True,
        "category": approval.category,
        "content_type": rendered(content.types)[0],
        "name": approval.name,
        "rejection_reason": approval.reason,
        "status": approval.status,
    }


def _date(at: float) -> str:
    """A time as the messages API writes it (RFC 2822)."""
    return format_datetime(datetime.fromtimestamp(int(at), UTC))


def _iso(at: float) -> str:
    return datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
