"""The phone in Chromium: a whole conversation, with what is behind it killed in the middle."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageStat
from playwright.async_api import expect

from tests.browser.phone import Phone
from tests.running.product import Product


async def test_from_hi_to_a_chosen_offer_in_hindi_while_worker_and_api_are_killed(
    phone: Phone, product: Product
) -> None:
    """Nothing that was said is lost, and nothing is asked again."""
    await phone.begin(product.at.number, "आशा")
    await phone.type("hi")
    await phone.reads("Namaste")
    await phone.tap("हिन्दी")
    await phone.reads("क्या कर सकते हैं")
    await phone.tap("लोन चाहिए")
    await phone.reads("पूरा नाम")
    await phone.type("आशा राव")
    await phone.reads("जन्म तिथि")

    product.worker.kill()
    await phone.type("५ नवंबर १९८७")
    product.worker.start()
    await phone.reads("क्या काम करते हैं")
    await phone.tap("नौकरी")
    await phone.reads("आमदनी")
    await phone.type("45 हज़ार")
    await phone.reads("किस काम के लिए")

    product.api.kill()
    await phone.type("शादी")
    product.api.start()
    await phone.reads("सहमत")
    await phone.tap("हाँ")
    await phone.reads("आशा राव")
    await phone.tap("सब सही है")
    await phone.reads("ऑफ़र आए हैं")
    await phone.pick("ऑफ़र", "EMI")
    await phone.reads("KYC")

    await phone.page.get_by_role("button", name="Behind the curtain").click()
    await expect(phone.page.get_by_text("kyc", exact=True)).to_be_visible()
    assert_drawn(await phone.picture("chosen"))


async def test_a_day_later_the_conversation_is_parked_and_taken_up_again(phone: Phone, product: Product) -> None:
    """+24 h: one nudge, then silence; on return one may go on."""
    await phone.begin(product.at.number, "Ravi")
    await phone.type("hi")
    await phone.reads("Namaste")
    await phone.tap("English")
    await phone.reads("What can we do")
    before = await phone.answers.count()
    await phone.page.get_by_role("button", name="+24 h").click()
    await expect(phone.page.locator("#toasts")).to_contain_text("later for Ravi", timeout=20_000)
    await expect(phone.answers).to_have_count(before + 2)
    await phone.type("I am back")
    await phone.reads("Welcome back")
    await phone.tap("Go on")
    await phone.reads("What can we do")


async def test_an_answer_that_got_lost_is_said_once_and_one_that_was_wrong_is_put_right(
    phone: Phone, product: Product
) -> None:
    """A switch of the panel loses Meta's answer; an edit on the phone changes what was understood."""
    await phone.begin(product.at.number, "Ravi")
    await phone.type("hi")
    await phone.reads("Namaste")
    await phone.turn_on("Answers", "Taken, answer lost")
    await phone.tap("English")
    await phone.reads("What can we do")
    await expect(phone.page.get_by_role("switch", name="Taken, answer lost", exact=True)).not_to_be_checked()
    await phone.tap("Get a loan")
    await phone.reads("full name")
    await expect(phone.answers.filter(has_text="What can we do")).to_have_count(1)
    await phone.type("Ravi Kumer")
    await phone.reads("date of birth")
    await phone.edit("Ravi Kumer", "Ravi Kumar")
    await expect(phone.page.locator(".row.mine .bubble.edited")).to_contain_text("Ravi Kumar")
    await phone.page.get_by_role("button", name="Behind the curtain").click()
    await phone.page.get_by_role("tab", name="Journal").click()
    await expect(phone.page.get_by_role("tabpanel")).to_contain_text("Ravi Kumar", timeout=30_000)


async def test_a_photo_is_fetched_and_the_drawer_says_so(phone: Phone, product: Product) -> None:
    """What the page made arrives at the product as a file."""
    await phone.begin(product.at.number, "Meera")
    await phone.type("hi")
    await phone.reads("Namaste")
    await phone.attach("Photo")
    await expect(phone.page.locator(".row.mine .photo img")).to_be_visible()
    await phone.page.get_by_role("button", name="Behind the curtain").click()
    await phone.page.get_by_role("tab", name="Messages").click()
    await expect(phone.page.locator(".file-state")).to_contain_text("fetched", timeout=30_000)
    await expect(phone.page.locator(".file-state")).to_contain_text("image/jpeg")


async def test_the_page_fits_a_small_phone_and_a_dark_room(phone: Phone, product: Product) -> None:
    """Nothing sticks out at 390 pixels; the dark theme is another picture."""
    await phone.begin(product.at.number, "Meera")
    await phone.type("hi")
    await phone.reads("Namaste")
    light = assert_drawn(await phone.picture("wide"))
    await phone.page.get_by_role("button", name="Switch to the dark theme").click()
    dark = assert_drawn(await phone.picture("dark"))
    assert brightness(dark) < brightness(light) / 2
    await phone.page.set_viewport_size({"width": 390, "height": 844})
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    await expect(phone.composer).to_be_in_viewport()
    assert_drawn(await phone.picture("small"))


def assert_drawn(picture: Path) -> Image.Image:
    """The picture shows something: many colours, and not one of them nearly everywhere."""
    image = Image.open(io.BytesIO(picture.read_bytes())).convert("RGB")
    colours = image.getcolors(maxcolors=1 << 24)
    assert colours is not None
    assert len(colours) > 100
    assert max(count for count, _ in colours) < image.width * image.height * 0.95
    return image


def brightness(image: Image.Image) -> float:
    """The mean of all its pixels, 0 to 255."""
    return ImageStat.Stat(image.convert("L")).mean[0]
