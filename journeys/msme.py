"""The msme bot: MSMEBazaar onboarding over WhatsApp, in English and Hindi."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from dialogue import Alternative, Change, Chat, Journey, Question, Refused, Reply, choice, typed
from dialogue.parsers import Invalid, full_name, indian_mobile, one_time_code, pincode, sector
from domain.onboarding import (
    FIND_NUMBER,
    KEEP_ONBOARDING,
    MAKE_LOGIN_LINK,
    SECTORS,
    LinkWanted,
    NumberFound,
    NumberWanted,
    Onboarding,
)
from domain.otp import REQUEST_CODE, VERIFY_CODE, CodeCheck, CodeRequested, CodeWanted, Verified
from domain.phones import spaced
from domain.pincodes import area_of
from domain.vault import Kept

MOST_CODES = 25
"""codes typed and sent for one number until it is asked for again: more help nobody"""
CHANGE_NUMBER = "change_number"


class Msme(Journey):
    """MSMEBazaar onboarding: name, sector, pincode, phone; a one-time code; a link into the web app."""

    restart_asks = False
    expires_after: ClassVar = timedelta(hours=24)

    async def run(self, chat: Chat) -> str | None:
        chat.stage("language")
        await chat.choose_language(LANGUAGE)
        told = await self.answers(chat)
        chat.stage("confirmation")
        await self.check(chat, told)
        await chat.do(KEEP_ONBOARDING, told)
        chat.stage("code")
        verified = await chat.part("code", lambda chat: self.code(chat, told), about=told, kind=Verified | str)
        if not isinstance(verified, Verified):
            raise Change("phone")
        return await self.login(chat, verified)

    async def answers(self, chat: Chat) -> Onboarding:
        """Who it is, what they do, where, and by which phone."""
        chat.stage("name")
        name = await chat.ask(FULL_NAME)
        chat.stage("sector")
        does = await chat.ask(SECTOR, name=name)
        chat.stage("pincode")
        pin = await chat.ask(PINCODE)
        area = area_of(pin)
        if area is not None:
            chat.say("place_is", about=pin, pincode=pin, district=area.district, state=area.state)
        elif await chat.ask(PINCODE_SURE, about=pin, pincode=pin) == "no":
            raise Change("pincode")
        chat.stage("phone")
        own = await chat.do(FIND_NUMBER, NumberWanted())
        phone = await chat.ask(PHONE, about=own, own=spaced(own.phone) if own.phone else "none")
        district, state = (area.district, area.state) if area is not None else ("", "")
        return Onboarding(name, does, pin, district, state, phone)

    async def check(self, chat: Chat, told: Onboarding) -> None:
        """All answers at a glance; any one can be changed."""
        await chat.confirm(
            SUMMARY,
            CHANGE_WHICH,
            about=told,
            name=told.name,
            sector=told.sector,
            pincode=told.pincode,
            district=told.district or "none",
            state=told.state or "none",
            phone=spaced(told.phone_number),
        )

    async def code(self, chat: Chat, told: Onboarding) -> Verified | str:
        """A code is sent and typed, until it is right: then the phone is theirs. Or CHANGE_NUMBER."""
        wanted = CodeWanted(told.phone_number, told.name, told.sector, told.pincode)
        current = await chat.part(
            "first", lambda chat: self.first_code(chat, wanted), kind=CodeRequested | str, undone=False
        )
        for turn in range(MOST_CODES):
            if isinstance(current, str):
                return current
            answer = await chat.part(
                "typed",
                lambda chat: self.typed_code(chat, wanted),
                about=turn,
                kind=Kept | CodeRequested | str,
                undone=False,
            )
            if isinstance(answer, Kept):
                check = CodeCheck(current.request_id, wanted.phone_number, answer)
                try:
                    return await chat.do(VERIFY_CODE, check, about=answer)
                except Refused as refused:
                    chat.say("code_refused", about=turn, reason=refused.reason)
            else:
                current = answer
        chat.say("many_codes")
        return CHANGE_NUMBER

    async def first_code(self, chat: Chat, wanted: CodeWanted) -> CodeRequested | str:
        """The first code for this number. While none can be sent, it is for the person to say when to try again."""
        while True:
            with chat.round("request"):
                try:
                    return await chat.do(REQUEST_CODE, wanted)
                except Refused as refused:
                    reason = refused.reason
                if reason == "bad_number":
                    chat.say("number_refused", phone=spaced(wanted.phone_number))
                    return CHANGE_NUMBER
                if await chat.ask(NO_CODE, reason=reason, phone=spaced(wanted.phone_number)) == CHANGE_NUMBER:
                    return CHANGE_NUMBER

    async def typed_code(self, chat: Chat, wanted: CodeWanted) -> Kept | CodeRequested | str:
        """What is typed for the code that was sent last; a new code; or CHANGE_NUMBER."""
        while True:
            with chat.round("typing"):
                answer = await chat.ask(CODE, phone=spaced(wanted.phone_number))
                if answer != "resend":
                    return answer
                try:
                    new = await chat.do(REQUEST_CODE, wanted)
                except Refused as refused:
                    chat.say("no_new_code", reason=refused.reason)
                else:
                    chat.say("new_code")
                    return new

    async def login(self, chat: Chat, verified: Verified) -> str | None:
        """The link into the web app; and again for whoever writes later."""
        chat.stage("completed")
        while True:
            with chat.round("login") as before:
                link = await chat.do(MAKE_LOGIN_LINK, LinkWanted(verified.user_id, verified.login_token))
                chat.say("login_again" if before else "completed", url=link.url or "none")
                await chat.rest("completed")


def own_number(found: NumberFound) -> Sequence[Alternative]:
    """The number the person writes from, to be chosen by one tap, where it is one that will do."""
    return [Alternative("same")] if found.phone else []


def _phone(reply: Reply) -> str:
    own: str = reply.about["phone"]
    try:
        return own if reply.option else indian_mobile(reply.text)
    except Invalid as invalid:
        try:
            reply.picked()
        except Invalid:
            raise invalid from None
        return own


def _code(reply: Reply) -> Kept | str:
    try:
        return reply.option or reply.keep(one_time_code(reply.text))
    except Invalid as invalid:
        try:
            return reply.picked()
        except Invalid:
            raise invalid from None


LANGUAGE = choice("language", "en", "hi")
FULL_NAME = typed("full_name", str, full_name, example="Asha Patil")
SECTOR = Question("sector", str, lambda reply: reply.option or sector(reply.text, reply.labels), SECTORS)
PINCODE = typed("pincode", str, pincode, example="560001", others=("999999",))
PINCODE_SURE = choice("pincode_sure", "yes", "no")
PHONE = Question("phone", str, _phone, own_number, example="98450 12345")
SUMMARY = choice("summary", "right", "change")
CHANGE_WHICH = choice("change_which", "full_name", "sector", "pincode", "phone")
NO_CODE = choice("no_code", "again", CHANGE_NUMBER)
CODE: Question[Kept | str] = Question(
    "code", Kept | str, _code, ("resend", CHANGE_NUMBER), example="123456", secret=True
)

Msme.questions = (
    LANGUAGE,
    FULL_NAME,
    SECTOR,
    PINCODE,
    PINCODE_SURE,
    PHONE,
    SUMMARY,
    CHANGE_WHICH,
    NO_CODE,
    CODE,
)
