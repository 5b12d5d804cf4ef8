"""pywa sends and fetches files, asks for things, and sends templates, through the sandbox as through Meta."""

from __future__ import annotations

import base64
import hashlib

import httpx
import pytest
from pywa import errors
from pywa.types.callback import Button, ContactInfoRequestButton, URLButton
from pywa.types.templates import BodyText, QuickReplyButton, TemplateLanguage
from pywa.types.templates import URLButton as TemplateURLButton

from tests.contract.pywa_judge import Judge
from tests.contract.test_pywa_hears import heard
from tests.contract.test_same_on_the_wire import body_text, header_text
from tests.sandbox.conftest import Bench

PDF = b"%PDF-1.4 a statement" * 40
JPEG = b"\xff\xd8\xff\xe0 a picture" * 40
DIGEST = base64.b64encode(hashlib.sha256(JPEG).digest()).decode()
REMINDER = {
    "name": "reminder",
    "language": "en",
    "category": "UTILITY",
    "header": "For {{1}}",
    "body": "Dear {{1}}, your loan of {{2}} is waiting.",
    "footer": "Flowless",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "Go on"},
        {"type": "URL", "text": "See it", "url": "https://example.com/{{1}}"},
    ],
}
NAMED = {"name": "named", "language": "hi", "category": "MARKETING", "body": "नमस्ते {{first_name}}, कैसे हैं?"}


async def shown(bench: Bench, user: dict[str, object]) -> dict[str, object]:
    """The last message of the business on this phone."""
    return [message for message in await bench.chat(user) if message["direction"] == "out"][-1]


class TestFilesOfOurs:
    async def test_a_document_is_uploaded_sent_and_shown(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted()
        sent = await judge.whatsapp.send_document(
            asha["phone"], PDF, filename="statement.pdf", caption="March", mime_type="application/pdf"
        )
        message = await shown(bench, asha)
        assert message["id"] == sent.id
        assert isinstance(message["media"], dict)
        assert (message["media"]["filename"], message["media"]["size"]) == ("statement.pdf", len(PDF))
        assert (await bench.control.get(message["media"]["url"])).content == PDF

    async def test_an_image_is_uploaded_once_and_sent_by_its_id(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted()
        media = await judge.whatsapp.upload_media(JPEG, mime_type="image/jpeg", filename="face.jpg")
        for caption in ("one", "two"):
            await judge.whatsapp.send_image(asha["phone"], media, caption=caption)
        pictures = [message for message in await bench.chat(asha) if message["type"] == "image"]
        assert [message["payload"]["image"]["caption"] for message in pictures] == ["one", "two"]
        assert {message["media"]["size"] for message in pictures} == {len(JPEG)}

    async def test_what_was_uploaded_can_be_looked_up_fetched_and_deleted(self, bench: Bench, judge: Judge) -> None:
        media = await judge.whatsapp.upload_media(JPEG, mime_type="image/jpeg", filename="face.jpg")
        found = await judge.whatsapp.get_media_url(media.id)
        assert (found.mime_type, found.file_size) == ("image/jpeg", len(JPEG))
        assert await judge.whatsapp.get_media_bytes(found.url) == JPEG
        assert await judge.whatsapp.delete_media(media.id)
        with pytest.raises(errors.WhatsAppError) as raised:
            await judge.whatsapp.get_media_url(media.id)
        assert (raised.value.code, raised.value.subcode) == (100, 33)

    async def test_a_file_of_no_known_kind_is_refused(self, bench: Bench, judge: Judge) -> None:
        with pytest.raises(errors.MediaUploadError):
            await judge.whatsapp.upload_media(b"MZ", mime_type="application/x-msdownload", filename="a.exe")

    async def test_an_address_is_over_after_five_minutes(self, bench: Bench, judge: Judge) -> None:
        media = await judge.whatsapp.upload_media(JPEG, mime_type="image/jpeg", filename="face.jpg")
        found = await judge.whatsapp.get_media_url(media.id)
        bench.clock.advance(301)
        with pytest.raises(httpx.HTTPStatusError, match="404"):
            await judge.whatsapp.get_media_bytes(found.url)
        again = await judge.whatsapp.get_media_url(media.id)
        assert await judge.whatsapp.get_media_bytes(again.url) == JPEG


class TestFilesOfTheirs:
    @pytest.mark.parametrize(
        ("kind", "mime_type"),
        [
            ("image", "image/jpeg"),
            ("document", "application/pdf"),
            ("audio", "audio/ogg"),
            ("video", "video/mp4"),
            ("sticker", "image/webp"),
        ],
    )
    async def test_a_file_is_heard_of_and_fetched(self, bench: Bench, judge: Judge, kind: str, mime_type: str) -> None:
        asha = await bench.user()
        deed = {"type": kind, "content": base64.b64encode(JPEG).decode(), "mime_type": mime_type}
        if kind == "document":
            deed |= {"filename": "PAN.pdf", "caption": "My PAN card"}
        await bench.send(asha, deed)
        [message] = await heard(bench, judge)
        assert message.type.value == kind
        assert (message.media.mime_type, message.media.sha256) == (mime_type, DIGEST)
        assert await judge.whatsapp.get_media_bytes(message.media.url) == JPEG
        assert await message.media.get_bytes() == JPEG
        if kind == "document":
            assert (message.document.filename, message.caption) == ("PAN.pdf", "My PAN card")
        if kind == "audio":
            assert message.audio.voice


class TestRequests:
    async def test_a_link_is_sent_and_shown(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted()
        button = URLButton(title="Verify", url="https://kyc.example.com/1")
        sent = await judge.whatsapp.send_message(asha["phone"], "Please verify", buttons=button)
        message = await shown(bench, asha)
        assert message["id"] == sent.id
        assert isinstance(message["payload"], dict)
        assert message["payload"]["interactive"]["action"]["parameters"]["url"] == "https://kyc.example.com/1"

    async def test_a_place_is_asked_for_and_told(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.greeted()
        sent = await judge.whatsapp.request_location(asha["phone"], "Where are you?")
        since = len(bench.product.received)
        await bench.send(asha, {"type": "location", "latitude": 18.5, "longitude": 73.8, "message": sent.id})
        [message] = [one for one in await heard(bench, judge, since) if hasattr(one, "location")]
        assert (message.location.latitude, message.location.longitude) == (18.5, 73.8)
        assert message.reply_to_message.id == sent.id

    async def test_a_phone_number_is_asked_for_and_told(self, bench: Bench, judge: Judge) -> None:
        ravi = await bench.greeted(bsuid_only=True)
        sent = await judge.whatsapp.send_message(
            ravi["bsuid"], "Your number, please", buttons=ContactInfoRequestButton()
        )
        since = len(bench.product.received)
        await bench.send(ravi, {"type": "contact", "message": sent.id})
        [message] = [one for one in await heard(bench, judge, since) if hasattr(one, "contacts")]
        [card] = message.contacts
        [phone] = card.phones
        assert phone.phone.startswith("+91")
        assert phone.wa_id == phone.phone.lstrip("+")

    async def test_a_reaction_is_given_and_taken_back(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.user()
        hi = await bench.send(asha, {"type": "text", "body": "hi"})
        await judge.whatsapp.send_reaction(asha["phone"], "👍🏽", hi["message_id"])
        await judge.whatsapp.remove_reaction(asha["phone"], hi["message_id"])
        reactions = [one["payload"]["reaction"] for one in await bench.chat(asha) if one["type"] == "reaction"]
        assert [(one["message_id"], one["emoji"]) for one in reactions] == [
            (hi["message_id"], "👍🏽"),
            (hi["message_id"], ""),
        ]


class TestTemplates:
    async def test_a_template_goes_out_past_the_window_and_its_tap_comes_back(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.user()
        await bench.control.post("/sandbox/templates", json=REMINDER)
        sent = await judge.whatsapp.send_template(
            asha["phone"],
            "reminder",
            TemplateLanguage.ENGLISH,
            [
                header_text("Asha"),
                body_text("Asha", "₹50,000"),
                QuickReplyButton.params(callback_data="go-on", index=0),
                TemplateURLButton.params(url_variable="loan-1", index=1),
            ],
        )
        message = await shown(bench, asha)
        assert message["id"] == sent.id
        assert isinstance(message["shown"], dict)
        assert message["shown"]["body"] == "Dear Asha, your loan of ₹50,000 is waiting."
        assert message["shown"]["buttons"][1]["url"] == "https://example.com/loan-1"
        since = len(bench.product.received)
        await bench.send(asha, {"type": "tap", "option": "go-on", "message": sent.id})
        [tap] = [one for one in await heard(bench, judge, since) if type(one).__name__ == "CallbackButton"]
        assert (tap.data, tap.title, tap.reply_to_message.id) == ("go-on", "Go on", sent.id)

    async def test_variables_may_have_names(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.user()
        await bench.control.post("/sandbox/templates", json=NAMED)
        params = [BodyText.params(first_name="आशा")]
        await judge.whatsapp.send_template(asha["phone"], "named", TemplateLanguage.HINDI, params)
        message = await shown(bench, asha)
        assert isinstance(message["shown"], dict)
        assert message["shown"]["body"] == "नमस्ते आशा, कैसे हैं?"

    async def test_what_is_wrong_with_a_template_is_an_exception_of_its_own(self, bench: Bench, judge: Judge) -> None:
        asha = await bench.user()
        await bench.control.post("/sandbox/templates", json=NAMED)

        async def send(language: TemplateLanguage = TemplateLanguage.HINDI, *, given: bool = True) -> None:
            params = [BodyText.params(first_name="आशा")] if given else []
            await judge.whatsapp.send_template(asha["phone"], "named", language, params)

        with pytest.raises(errors.TemplateNotExists):
            await send(TemplateLanguage.ENGLISH)
        with pytest.raises(errors.TemplateParamCountMismatch):
            await send(given=False)
        await bench.order(asha, "preferences", marketing="stop")
        for status, error in (("PAUSED", errors.TemplatePaused), ("DISABLED", errors.TemplateDisabled)):
            await bench.control.post("/sandbox/templates/named/status", json={"status": status})
            with pytest.raises(error):
                await send()

    async def test_a_template_that_is_paused_is_told(self, bench: Bench, judge: Judge) -> None:
        await bench.control.post("/sandbox/templates", json=NAMED)
        since = len(bench.product.received)
        await bench.control.post("/sandbox/templates/named/status", json={"status": "PAUSED"})
        await bench.product.until(lambda: len(bench.product.received) > since)
        update = await judge.read(bench.product.received[since].raw)
        assert type(update).__name__ == "TemplateStatusUpdate"
        assert (update.new_status.value, update.template_name, update.template_language.value) == (
            "PAUSED",
            "named",
            "hi",
        )


async def test_a_button_under_a_picture_is_sent_and_shown(bench: Bench, judge: Judge) -> None:
    asha = await bench.greeted()
    media = await judge.whatsapp.upload_media(JPEG, mime_type="image/jpeg", filename="shop.jpg")
    sent = await judge.whatsapp.send_image(asha["phone"], media, caption="Ours?", buttons=[Button("Yes", "yes")])
    message = await shown(bench, asha)
    assert message["id"] == sent.id
    assert isinstance(message["media"], dict)
    assert message["media"]["size"] == len(JPEG)
