"""The bots of menus in Chromium, as somebody would play them through who has never seen them."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.phone import Phone
from tests.browser.test_phone import assert_drawn
from tests.running.product import Product


async def test_the_order_desk_from_a_late_order_to_a_report_with_a_photo(phone: Phone, product: Product) -> None:
    """Lists, numbers, letters and labels; a photo that belongs to the report; help at the end."""
    await phone.begin(product.at.number_of("orders"), "Kiran")
    await phone.type("hi")
    await phone.reads("Welcome to our order desk")
    await phone.pick("Choose", "Check Order Status")
    await phone.reads("what would you like to see")
    await phone.pick("Choose", "Track an order")
    await phone.reads("Which order")
    await phone.type("ord 2")
    await expect(phone.answers.filter(has_text="Order ORD-002")).to_be_visible(timeout=30_000)
    assert_drawn(await phone.picture("orders-details"))
    await phone.type("menu")
    await phone.reads("What can we do for you")

    await phone.type("2")
    await phone.reads("what would you like to do")
    await phone.type("A")
    await phone.reads("describe the defect")
    await phone.type("ORD-002: two hinges are bent")
    await phone.reads("send one now")
    await phone.attach("Photo")
    await expect(phone.answers.filter(has_text="Its number is")).to_contain_text(
        "Your photo is with it", timeout=30_000
    )
    assert_drawn(await phone.picture("orders-reported"))

    await phone.type("menu")
    await phone.reads("What can we do for you")
    await phone.type("production schedule")
    await phone.reads("what would you like to see")
    await phone.type("1")
    await phone.reads("what would you like to see")
    await phone.type("menu")
    await phone.reads("What can we do for you")
    await phone.pick("Choose", "Help")
    await phone.reads("how can we help")
    assert_drawn(await phone.picture("orders-help"))


async def test_nexora_from_its_programs_to_a_lead_a_booking_and_a_brochure(phone: Phone, product: Product) -> None:
    """What a budget reaches, who calls back, when, and something to keep; the mail is there beside the phone."""
    await phone.begin(product.at.number_of("nexora"), "Leela")
    await phone.type("hi")
    await phone.reads("residency and citizenship by investment")
    await phone.pick("Menu", "Residency Programs")
    await phone.reads("Which programs")
    await phone.type("A")
    await expect(phone.answers.filter(has_text="$280,000")).to_be_visible(timeout=30_000)
    await phone.reads("next")
    assert_drawn(await phone.picture("nexora-programs"))
    await phone.tap("Check eligibility")
    await phone.reads("How much would you like to invest")
    await phone.type("$250k")
    await phone.reads("next")
    await phone.tap("Talk to a consultant")
    await phone.reads("full name")
    await phone.type("Leela Menon")
    await phone.reads("e-mail")
    await phone.type("leela @example.com")
    await phone.reads("e-mail")
    await phone.type("leela@example.com")
    await expect(phone.answers.filter(has_text="A consultant will contact you")).to_be_visible(timeout=30_000)
    await phone.reads("What else")

    await phone.pick("Menu", "Book Consultation")
    await phone.reads("On which day")
    await phone.type("2")
    await phone.reads("at what time")
    await phone.type("3")
    await phone.reads("Shall we book")
    await phone.tap("Yes, book it")
    await expect(phone.answers.filter(has_text="Your consultation is booked")).to_be_visible(timeout=30_000)
    assert_drawn(await phone.picture("nexora-booked"))
    await phone.reads("What else")
    await phone.type("6")
    await expect(phone.page.get_by_text("Nexora-Programs.pdf").first).to_be_visible(timeout=30_000)
    await phone.reads("What else")
    assert_drawn(await phone.picture("nexora-brochure"))
