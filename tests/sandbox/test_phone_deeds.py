"""The phone in a real browser: what a person can do to a message, with files, and about themselves."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.speech.notes import words_in
from tests.sandbox.browsing import MESSAGE, mine, opened, say
from tests.sandbox.conftest import LOAN, Bench


@pytest.fixture
async def user(phone: Page, bench: Bench) -> dict[str, Any]:
    """Somebody who has written, with their chat open."""
    user = await bench.greeted(name="Asha Rao")
    await phone.locator(".person").click()
    return user


def actions(phone: Page, words: str) -> Locator:
    """The button of what can be done with the message that has these words."""
    return phone.locator(".row", has_text=words).get_by_role("button", name="Message actions")


async def choose(phone: Page, words: str, item: str) -> None:
    """Do something with the message that has these words."""
    await phone.locator(".row", has_text=words).hover()
    await actions(phone, words).click()
    await phone.get_by_role("menu", name="Message actions").get_by_text(item, exact=True).click()


async def attach(phone: Page, item: str) -> None:
    """Choose something of the "+" menu."""
    await phone.get_by_role("button", name="Send something else").click()
    await phone.get_by_role("menuitem", name=item).click()


async def fetched(bench: Bench, kind: str) -> tuple[dict[str, Any], bytes]:
    """The file of the newest message as the product gets it: the message's part, and the bytes."""
    await bench.product.until(lambda: bench.product.messages[-1]["type"] == kind)
    part = bench.product.messages[-1][kind]
    url = (await bench.graph.object(part["id"])).json()["url"]
    return part, (await bench.graph.download(url)).content


async def test_a_text_is_edited_where_it_stands(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await say(phone, "I earn 4500")
    await expect(mine(phone, "I earn 4500")).to_be_visible()
    first = bench.product.messages[-1]["id"]
    await phone.fill(MESSAGE, "half a thought")
    await choose(phone, "I earn 4500", "Edit")
    await expect(phone.locator(MESSAGE)).to_have_value("I earn 4500")
    await say(phone, "I earn 45000")
    await expect(mine(phone, "I earn 45000")).to_contain_text("edited")
    await expect(phone.locator(".row.mine")).to_have_count(2)
    await expect(phone.locator(MESSAGE)).to_have_value("half a thought")
    edit = bench.product.messages[-1]["edit"]
    assert (edit["original_message_id"], edit["message"]["text"]["body"]) == (first, "I earn 45000")


async def test_an_edit_is_called_off_with_escape(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await choose(phone, "hi", "Edit")
    await expect(phone.locator("#editing")).to_be_visible()
    await phone.press(MESSAGE, "Escape")
    await expect(phone.locator("#editing")).to_be_hidden()
    await expect(phone.locator(MESSAGE)).to_have_value("")
    assert bench.product.texts == ["hi"]


async def test_a_message_is_deleted_for_everyone(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await say(phone, "my password is 123")
    await expect(mine(phone, "my password is 123")).to_be_visible()
    gone = bench.product.messages[-1]["id"]
    await choose(phone, "my password is 123", "Delete for everyone")
    await expect(mine(phone, "This message was deleted")).to_be_visible()
    await expect(phone.locator(".log")).not_to_contain_text("my password")
    assert bench.product.messages[-1]["revoke"]["original_message_id"] == gone
    await actions(phone, "This message was deleted").click()
    menu = phone.get_by_role("menu", name="Message actions")
    await expect(menu.get_by_role("menuitem")).to_have_text(["Copy as JSON"])


async def test_a_person_reacts_with_the_keyboard_and_takes_it_back(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    about = (await bench.graph.text(LOAN, user["phone"], "Welcome!")).json()["messages"][0]["id"]
    opener = actions(phone, "Welcome!")
    await opener.press("Enter")
    await expect(phone.get_by_role("menuitemcheckbox", name="React with 👍")).to_be_focused()
    await phone.keyboard.press("ArrowRight")
    await phone.keyboard.press("Enter")
    bubble = phone.locator(".bubble", has_text="Welcome!")
    await expect(bubble.locator(".reactions")).to_have_text("You reacted with ❤️")
    await expect(opener).to_be_focused()
    assert bench.product.messages[-1]["reaction"] == {"message_id": about, "emoji": "❤️"}
    await opener.press("Enter")
    await phone.get_by_role("menuitemcheckbox", name="Take back ❤️").click()
    await expect(phone.locator(".reactions")).to_have_count(0)
    assert bench.product.messages[-1]["reaction"] == {"message_id": about}


async def test_the_menu_is_left_with_escape_and_the_focus_goes_back(phone: Page, user: dict[str, Any]) -> None:
    opener = actions(phone, "hi")
    await opener.press("Enter")
    await expect(opener).to_have_attribute("aria-expanded", "true")
    await phone.keyboard.press("End")
    await expect(phone.get_by_role("menuitem", name="Copy as JSON")).to_be_focused()
    await phone.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await expect(phone.get_by_role("menu", name="Message actions")).to_be_hidden()


async def test_an_edit_that_the_product_does_not_take_is_noted_at_its_message(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    bench.product.refusals.append(500)
    await choose(phone, "hi", "Edit")
    await say(phone, "hello")
    note = phone.locator(".row", has_text="hello").locator(".note")
    await expect(note).to_have_text("Your edit is not delivered yet. The sandbox keeps trying.")
    bench.clock.advance(0.5)
    await expect(note).to_have_count(0)
    assert bench.product.messages[-1]["type"] == "edit"


async def test_one_tap_sends_a_photo_that_is_one(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await attach(phone, "Photo")
    await expect(phone.locator(".row.mine .photo img")).to_have_js_property("naturalWidth", 960)
    part, content = await fetched(bench, "image")
    assert part["mime_type"] == "image/jpeg"
    assert Image.open(io.BytesIO(content)).size == (960, 640)


async def test_the_other_samples_are_files_of_their_kind(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await attach(phone, "Document")
    part, content = await fetched(bench, "document")
    assert (part["filename"], part["mime_type"]) == ("salary-slip.pdf", "application/pdf")
    assert content.startswith(b"%PDF-1.4")
    table = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content[table:].startswith(b"xref\n")
    await attach(phone, "Sticker")
    _, content = await fetched(bench, "sticker")
    assert Image.open(io.BytesIO(content)).format == "WEBP"
    await attach(phone, "Voice note")
    part, content = await fetched(bench, "audio")
    assert part["voice"] is True
    assert (content[:4], content[28:36]) == (b"OggS", b"OpusHead")


async def test_a_voice_note_can_be_listened_to(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await attach(phone, "Voice note")
    play = phone.get_by_role("button", name="Play: Voice message")
    await play.click()
    await expect(play).to_have_attribute("aria-pressed", "true")
    await play.click()
    await expect(play).to_have_attribute("aria-pressed", "false")


async def test_what_is_said_into_the_phone_is_a_voice_note(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    """It is read under the note, can be played, and is not typed."""
    await phone.get_by_role("button", name="Speak", exact=True).click()
    await expect(phone.get_by_label("What is said")).to_be_focused()
    await phone.get_by_label("What is said").fill("Asha Patil")
    await phone.get_by_label("What is said").press("Enter")
    await expect(mine(phone, "Asha Patil")).to_be_visible()
    await expect(phone.get_by_label("What is said")).to_have_value("")
    part, content = await fetched(bench, "audio")
    assert (part["voice"], words_in(content)) == (True, "Asha Patil")
    play = mine(phone, "Asha Patil").get_by_role("button", name="Play: Voice message")
    await play.click()
    await expect(play).to_have_attribute("aria-pressed", "true")
    await expect(play).to_have_attribute("aria-pressed", "false")  # it plays to its end
    await expect(phone.locator(".voice.broken")).to_have_count(0)


async def test_a_microphone_that_was_opened_can_be_closed(phone: Page, user: dict[str, Any]) -> None:
    await phone.get_by_role("button", name="Speak", exact=True).click()
    await phone.get_by_label("What is said").press("Escape")
    await expect(phone.locator("#speaking")).to_be_hidden()
    await expect(phone.locator(MESSAGE)).to_be_focused()


@pytest.mark.parametrize(
    ("name", "mime_type", "as_document", "kind"),
    [
        ("pan.png", "image/png", False, "image"),
        ("pan.png", "image/png", True, "document"),
        ("slip.pdf", "application/pdf", None, "document"),
        ("note.mp3", "audio/mpeg", False, "audio"),
    ],
)
async def test_a_file_of_this_device_is_looked_at_and_sent(
    phone: Page, bench: Bench, user: dict[str, Any], name: str, mime_type: str, as_document: bool | None, kind: str
) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(64)
    async with phone.expect_file_chooser() as choosing:
        await attach(phone, "From this device")
    await (await choosing.value).set_files({"name": name, "mimeType": mime_type, "buffer": content})
    dialog = phone.get_by_role("dialog")
    await expect(dialog).to_contain_text(name)
    if as_document:
        await dialog.get_by_label("As a document").check()
    if as_document is None:
        await expect(dialog.get_by_label("As a document")).to_be_hidden()
    captioned = kind != "audio"
    if captioned:
        await dialog.get_by_label("Caption").fill("Both sides")
    else:
        await expect(dialog.get_by_label("Caption")).to_be_hidden()
    await dialog.get_by_role("button", name="Send").click()
    part, taken = await fetched(bench, kind)
    assert taken == content
    assert part.get("caption") == ("Both sides" if captioned else None)
    assert part.get("filename") == (name if kind == "document" else None)


async def test_a_picture_is_pasted(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await phone.locator(MESSAGE).evaluate(
        """(field, content) => {
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        base64.b64encode(b"\x89PNG").decode(),
    )
    await phone.get_by_role("dialog", name="Send a photo").get_by_role("button", name="Cancel").click()
    await expect(phone.get_by_role("dialog")).to_be_hidden()
    assert [message["type"] for message in bench.product.messages] == ["text"]


async def test_the_id_of_a_file_is_let_expire(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await attach(phone, "Photo")
    part, _ = await fetched(bench, "image")
    row = phone.locator(".row.mine").last
    await row.get_by_role("button", name="Message actions").click()
    await phone.get_by_role("menuitem", name="Let its media id expire").click()
    await expect(phone.locator(".toast").last).to_contain_text("the bot cannot fetch the file")
    assert (await bench.graph.object(part["id"])).status_code == 400


async def test_a_person_changes_their_number(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Change the phone number").click()
    dialog = phone.get_by_role("dialog", name="Change the phone number")
    await expect(dialog).to_contain_text(user["phone"])
    await dialog.get_by_label("New number").fill("+91 99999 00001")
    await dialog.get_by_role("button", name="Change").click()
    await expect(phone.locator(".toast").last).to_contain_text("+919999900001")
    await expect(phone.locator(".row.happened")).to_contain_text("919999900001")
    assert bench.product.messages[-1]["system"]["wa_id"] == "919999900001"


async def test_a_number_that_is_none_is_refused_in_the_servers_words(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Change the phone number").click()
    await phone.get_by_label("New number").fill("12")
    await phone.get_by_role("button", name="Change", exact=True).click()
    await expect(phone.locator(".toast.bad")).to_be_visible()
    assert len(bench.product.messages) == 1


async def test_a_person_hides_their_number_and_shows_it_again(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Hide the phone number").click()
    await expect(phone.locator("#chat-sub")).to_contain_text("number hidden")
    await say(phone, "who am I?")
    await expect(mine(phone, "who am I?")).to_be_visible()
    assert "from" not in bench.product.messages[-1]
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Show the phone number again").click()
    await expect(phone.locator("#chat-sub")).not_to_contain_text("number hidden")
    await say(phone, "it is me")
    await expect(mine(phone, "it is me")).to_be_visible()
    assert bench.product.messages[-1]["from"] == user["phone"].lstrip("+")


async def test_a_person_opts_out_of_marketing_and_in_again(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Stop marketing messages").click()
    await expect(phone.locator("#chat-sub")).to_contain_text("no marketing")
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Want marketing again").click()
    await expect(phone.locator("#chat-sub")).not_to_contain_text("no marketing")
    told = [received.value["user_preferences"][0]["value"] for received in bench.product.received[1:]]
    assert told == ["stop", "resume"]


async def test_all_of_it_fits_a_small_phone(bench: Bench, browser: Browser) -> None:
    user = await bench.greeted(name="Asha Rao", bsuid_only=True)
    await bench.order(user, "preferences", marketing="stop")
    await bench.order(user, "number")
    await bench.send(user, {"type": "unsupported", "kind": "poll"})
    page, complaints = await opened(browser, bench.url, viewport={"width": 390, "height": 844})
    await page.locator(".person").click()
    for name, words in (("Message actions", "Copy as JSON"), ("Send something else", "My contact"), ("More", "Forget")):
        await page.get_by_role("button", name=name).last.click()
        menu = page.get_by_role("menu", name=name)
        await expect(menu.get_by_role("menuitem", name=words)).to_be_in_viewport(ratio=1)
        await page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
    screen = await page.locator("#screen").bounding_box()
    assert screen is not None
    assert (screen["x"], screen["width"]) == (0, 390)
    assert complaints == []
    await page.close()
