"""An item written again as Meta would send it, to be kept and read another time."""

from __future__ import annotations

from typing import Any

from domain.inbound import Incoming, Sender, Unreadable

_OBJECT = "whatsapp_business_account"


def written_again(item: Incoming | Unreadable) -> dict[str, Any]:
    """A webhook that holds this one item, and the names its sender goes by."""
    if isinstance(item, Incoming):
        return _webhook(item.number, {"messages": [item.raw], "contacts": _contacts(item.sender)})
    match item.reason.partition("[")[0]:
        case "messages" | "statuses" as name:
            return _webhook(item.number, {name: [item.raw]})
        case "user_preferences" as name:
            return _webhook(item.number, {name: [item.raw]}, field=name)
        case "entry" if "changes" in item.raw:
            return {"object": _OBJECT, "entry": [item.raw]}
    return {"object": _OBJECT, "entry": [{"changes": [item.raw]}]}


def _webhook(number: str, listed: dict[str, list[Any]], field: str = "messages") -> dict[str, Any]:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        **{name: found for name, found in listed.items() if found},
    }
    if number:
        value["metadata"] = {"phone_number_id": number}
    return {"object": _OBJECT, "entry": [{"changes": [{"field": field, "value": value}]}]}


def _contacts(sender: Sender) -> list[dict[str, Any]]:
    names = {"wa_id": sender.phone.lstrip("+"), "user_id": sender.bsuid, "parent_user_id": sender.parent_bsuid}
    known = {name: value for name, value in names.items() if value}
    return [{**known, "profile": {"name": sender.name}}] if known else []
