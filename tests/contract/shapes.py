"""The recorded shapes of this folder: what each must read to, by us and by pywa. Sources: Meta, webhooks reference."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.inbound import (
    ContactContent,
    Content,
    EditContent,
    IdentityContent,
    LocationContent,
    MediaContent,
    OtherContent,
    PreferenceUpdate,
    ReactionContent,
    RevokeContent,
    Sender,
    TapContent,
    TemplateUpdate,
    TextContent,
)

FOLDER = Path(__file__).parent / "fixtures"
NUMBER = "100000000000001"
AT = 1795000000.0
ASHA = Sender("+919812345678", "IN.4400000000000000001", "IN.ENT.5500000000000000001", "Asha Rao")
ASHA_UNNAMED = Sender(ASHA.phone, ASHA.bsuid, ASHA.parent_bsuid)
MEDIUM = {"media_id": "3000000000000001", "sha256": "q2hhbm5lbA=="}


@dataclass(frozen=True)
class Shape:
    """What one must read to: for us its content, news, or the field of a notice; for pywa its class and some values."""

    ours: Content | PreferenceUpdate | TemplateUpdate | str
    pywa: str = ""
    """the class, "" for what pywa does not know"""
    values: dict[str, Any] = field(default_factory=dict)
    """by path, as pywa names them"""
    reply_to: str = ""
    sender: Sender = ASHA


def message(ours: Content, kind: str, /, reply_to: str = "", **values: Any) -> Shape:
    """What pywa calls a Message."""
    return Shape(ours, "Message", {"type": kind, **values}, reply_to)


def marketing(wanted: bool, value: str) -> Shape:
    """What somebody wants of marketing."""
    ours = PreferenceUpdate(NUMBER, ASHA, "marketing_messages", wanted, AT)
    return Shape(ours, "UserMarketingPreferences", {"value": value})


def template(ours: TemplateUpdate, status: str) -> Shape:
    """What became of a template."""
    return Shape(ours, "TemplateStatusUpdate", {"new_status": status, "template_name": ours.name})


SHAPES: dict[str, Shape] = {
    "image_with_url": message(
        MediaContent("image", **MEDIUM, mime_type="image/jpeg"), "image", image__id="3000000000000001"
    ),
    "voice_note": message(
        MediaContent("audio", **MEDIUM, mime_type="audio/ogg; codecs=opus"), "audio", audio__voice=True
    ),
    "audio_file": message(
        MediaContent("audio", **MEDIUM, mime_type="audio/mpeg"), "audio", audio__voice=False, forwarded=True
    ),
    "document_without_caption": message(
        MediaContent("document", **MEDIUM, mime_type="application/pdf", filename="PAN.pdf"),
        "document",
        document__filename="PAN.pdf",
    ),
    "video_forwarded": message(
        MediaContent("video", **MEDIUM, mime_type="video/mp4", caption="Our shop"), "video", caption="Our shop"
    ),
    "sticker_that_moves": message(
        MediaContent("sticker", **MEDIUM, mime_type="image/webp"), "sticker", sticker__animated=True
    ),
    "place_where_one_is": message(LocationContent(18.52043, 73.85674), "location", location__latitude=18.52043),
    "place_chosen": message(
        LocationContent(18.9712, 72.819, "Mumbai Central", "Mumbai 400008"),
        "location",
        location__name="Mumbai Central",
        location__longitude=72.819,
    ),
    "contacts_several": message(ContactContent(("+919876543210",), ("Ravi Iyer", "Shop")), "contacts"),
    "order_of_several": message(
        OtherContent(
            "order",
            {
                "catalog_id": "700",
                "text": "gift wrap",
                "product_items": [
                    {"product_retailer_id": "sku-1", "quantity": 3, "item_price": 30, "currency": "INR"},
                    {"product_retailer_id": "sku-2", "quantity": 1, "item_price": 99.5, "currency": "INR"},
                ],
            },
        ),
        "order",
        order__total_price=189.5,
    ),
    "reaction_of_several_signs": message(ReactionContent("wamid.question", "❤️‍🔥"), "reaction", reaction__emoji="❤️‍🔥"),
    "unsupported_unnamed": message(
        OtherContent(
            "unsupported",
            {
                "errors": [
                    {
                        "code": 131051,
                        "title": "Message type unknown",
                        "message": "Message type unknown",
                        "error_data": {"details": "Message type is currently not supported."},
                    }
                ]
            },
        ),
        "unsupported",
        error__code=131051,
    ),
    "text_that_quotes": message(
        TextContent("this one"), "text", "wamid.question", text="this one", reply_to_message__id="wamid.question"
    ),
    "text_forwarded": message(TextContent("look"), "text", text="look", forwarded=True),
    "text_forwarded_often": message(TextContent("send this to ten friends"), "text", forwarded_many_times=True),
    "text_about_a_product": message(
        TextContent("is it there in blue?"), "text", "wamid.question", text="is it there in blue?"
    ),
    "text_from_an_ad": message(TextContent("Tell me more"), "text", referral__ctwa_clid="clid-1"),
    "interactive_without_anything": message(
        OtherContent("interactive"), "interactive", "wamid.question", error__code=131000
    ),
    "list_reply_with_description": Shape(
        TapContent("salaried", "Salaried"),
        "CallbackSelection",
        {"data": "salaried", "title": "Salaried", "description": "A pay slip every month"},
        "wamid.question",
    ),
    "form_without_token": Shape(
        OtherContent(
            "nfm_reply",
            {
                "response_json": '{"rating":"4","city":"पुणे"}',
                "body": "Sent",
                "name": "flow",
                "response": {"rating": "4", "city": "पुणे"},
            },
        ),
        "FlowCompletion",
        {"response": {"rating": "4", "city": "पुणे"}},
        "wamid.question",
    ),
    "calls_allowed": Shape(
        OtherContent(
            "call_permission_reply",
            {"response": "accept", "expiration_timestamp": 1795600000, "response_source": "user_action"},
        ),
        "CallPermissionUpdate",
        {"response": "accept"},
        "wamid.question",
    ),
    "calls_refused": Shape(
        OtherContent("call_permission_reply", {"response": "reject", "response_source": "user_action"}),
        "CallPermissionUpdate",
        {"response": "reject"},
        "wamid.question",
    ),
    "template_button_with_both": Shape(
        TapContent("remind-later", "Remind me later"),
        "CallbackButton",
        {"data": "remind-later", "title": "Remind me later"},
    ),
    "edit_of_an_image": Shape(
        EditContent("wamid.image", "My new PAN card"),
        "EditedMessage",
        {"original_message_id": "wamid.image", "message__image__caption": "My new PAN card"},
    ),
    "edit_of_a_text": Shape(
        EditContent("wamid.text", "I meant 5 lakh"),
        "EditedMessage",
        {"original_message_id": "wamid.text", "message__text": "I meant 5 lakh"},
    ),
    "revoked": Shape(RevokeContent("wamid.text"), "DeletedMessage", {"original_message_id": "wamid.text"}),
    "number_changed": Shape(
        IdentityContent(new=Sender(phone="+919887654321"), previous=ASHA_UNNAMED),
        "PhoneNumberChange",
        {"new_wa_id": "919887654321", "old_wa_id": "919812345678"},
        sender=ASHA_UNNAMED,
    ),
    "identity_changed": Shape(
        IdentityContent(new=Sender(phone=ASHA.phone), previous=Sender(phone=ASHA.phone)),
        "IdentityChange",
        {"body": "Asha Rao's identity changed"},
        sender=Sender(phone=ASHA.phone),
    ),
    "staff_wrote": Shape("smb_message_echoes", "OutgoingMessage", {"text": "We called you"}),
    "staff_edited": Shape("smb_message_echoes", "OutgoingEditedMessage", {"original_message_id": "wamid.staff"}),
    "staff_deleted": Shape("smb_message_echoes", "OutgoingDeletedMessage", {"original_message_id": "wamid.staff"}),
    "marketing_resumed": Shape(
        PreferenceUpdate(NUMBER, ASHA, "marketing_messages", True, AT), "UserMarketingPreferences", {"value": "resume"}
    ),
    "marketing_stopped": Shape(
        PreferenceUpdate(NUMBER, ASHA, "marketing_messages", False, AT), "UserMarketingPreferences", {"value": "stop"}
    ),
    "marketing_signed_up": Shape(
        PreferenceUpdate(NUMBER, ASHA, "marketing_messages", True, AT), "UserMarketingPreferences", {"value": "signup"}
    ),
    "template_approved": Shape(
        TemplateUpdate("nudge", "hi", "approved"),
        "TemplateStatusUpdate",
        {"new_status": "APPROVED", "template_name": "nudge"},
    ),
    "template_rejected": Shape(
        TemplateUpdate("nudge", "hi", "rejected", "invalid_format"),
        "TemplateStatusUpdate",
        {"new_status": "REJECTED", "template_name": "nudge"},
    ),
    "template_moved": Shape("template_category_update", "TemplateCategoryUpdate", {"new_category": "MARKETING"}),
    "template_rewritten": Shape(
        "message_template_components_update", "TemplateComponentsUpdate", {"template_name": "nudge"}
    ),
    "template_disliked": Shape(
        "message_template_quality_update", "TemplateQualityUpdate", {"new_quality_score": "YELLOW"}
    ),
    "account_restricted": Shape("account_update", "AccountUpdate", {"event": "ACCOUNT_RESTRICTION"}),
    "account_gone": Shape("account_update", "AccountUpdate", {"event": "ACCOUNT_DELETED"}),
    "account_alerted": Shape("account_alerts"),
    "number_liked": Shape("phone_number_quality_update"),
    "capability_changed": Shape("business_capability_update"),
    "form_changed": Shape("flows"),
    "call_begins": Shape("calls", "CallConnect", {"direction": "USER_INITIATED"}),
    "call_ends": Shape("calls", "CallTerminate", {"duration": 120}),
    "call_rings": Shape("calls", "CallStatus", {"status": "RINGING"}),
}
"""messages and notices"""


@dataclass(frozen=True)
class Told:
    """What a status must read to."""

    status: str
    key: str = ""
    code: int = 0
    title: str = ""
    pywa: str = "MessageStatus"
    values: dict[str, Any] = field(default_factory=dict)


STATUSES: dict[str, Told] = {
    "sent_in_a_conversation": Told("sent", values={"conversation__id": "c0ffee", "pricing__model": "CBP"}),
    "delivered_of_2026": Told("delivered", "outbox-17", values={"tracker": "outbox-17", "pricing__model": "PMP"}),
    "read_of_2026": Told("read", values={"conversation__id": "c0ffee"}),
    "voice_played": Told("played"),
    "failed_in_an_experiment": Told(
        "failed", "outbox-17", 130472, "User's number is part of an experiment", values={"error__code": 130472}
    ),
    "read_in_a_group": Told("read", pywa="GroupMessageStatuses"),
}
