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
