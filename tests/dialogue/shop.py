"""A small bot with everything in it: a part with tries, a menu of parts, refusals, changes, final work, waits."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from dialogue import Change, Chat, Journey, Refused
from tests.dialogue.journeys import CHECK, CITY, CODE, ITEMS, MORE, NAME, PAY, QUESTIONS, SEARCH, SEND, WHAT


class Shop(Journey):
    """A name, a code, and then a menu without an end."""

    questions = QUESTIONS

    async def run(self, chat: Chat) -> None:
        chat.say("welcome")
        name = await chat.ask(NAME)
        chat.say("otp", right=await chat.part("otp", otp(name), about=name))
        while True:
            with chat.round("menu"):
                match await chat.ask(WHAT):
                    case "look":
                        await look(chat, name)
                    case "cart":
                        items = await chat.part("cart", cart)
                        chat.say("cart", items=items)
                        await chat.ask(CITY, about=items)
                    case "pay":
                        await pay(chat)
                    case "wait":
                        await wait(chat)
                    case "otp":
                        chat.say("again", right=await chat.part("otp_again", otp(name), about=name))


def otp(name: str) -> Callable[[Chat], Awaitable[bool]]:
    """A code is sent; whether it came back within three tries."""

    async def run(chat: Chat) -> bool:
        await chat.do(SEND, name)
        while True:
            with chat.round("try") as failed:
                if await chat.do(CHECK, await chat.ask(CODE)):
                    return True
                if failed >= 2:
                    return False

    return run


async def look(chat: Chat, name: str) -> None:
    """Work that may be refused."""
    try:
        chat.say("found", what=await chat.do(SEARCH, name))
    except Refused as refused:
        chat.say("not_found", why=refused.reason)


async def cart(chat: Chat) -> int:
    """How many, until it is enough."""
    while True:
        with chat.round("item") as times:
            items = await chat.ask(ITEMS)
            match await chat.ask(MORE):
                case "mistake":
                    raise Change("items")
                case "enough":
                    return items
            if times >= 3:
                return items


async def pay(chat: Chat) -> None:
    """Final work in a part, and then a question more."""
    try:
        await chat.part("paying", paying)
        chat.say("paid")
    except Refused:
        chat.say("declined")
    await chat.ask(CITY)


async def paying(chat: Chat) -> object:
    """The point of no return."""
    items = await chat.ask(ITEMS)
    return await chat.do(PAY, items, about="order")


async def wait(chat: Chat) -> None:
    """An institution, by the id that its request returned."""
    items = await chat.ask(ITEMS)
    reference = await chat.do(SEND, items)
    chat.say("sent", reference=reference)
    chat.say("told", what=await chat.wait_for("kyc", ref=str(reference), until=timedelta(hours=30)))
