"""Phone numbers as people and programs write them, made into E.164: the one form that everything else speaks."""

from __future__ import annotations

import re

import phonenumbers

SIGNS = re.compile(r"[\d\s().+/\u2010-\u2013-]{5,40}")
"""what a number is written with; letters would be read as keys of a telephone"""
CHANNEL = "whatsapp:"
"""what Twilio puts before a number"""


class NotAPhone(ValueError):
    """This is no phone number that could exist: have it written again, with its country code. It is not quoted."""


def e164(written: str) -> str:
    """The number with its plus sign and nothing but digits after it.

    It is an international one: with a plus sign or 00 before its country code, or bare as WhatsApp writes it. A number
    without its country code is not guessed at: ten Indian digits may be somebody's number in Iran. Raises NotAPhone.
    """
    text = written.strip().removeprefix(CHANNEL).strip()
    bare = text.removeprefix("00") if text.startswith("00") else text.lstrip("(").removeprefix("+")
    if not SIGNS.fullmatch(text):
        raise NotAPhone("not a phone number: it is written with digits, spaces, dashes and brackets alone")
    try:
        number = phonenumbers.parse(f"+{bare}", None)
    except phonenumbers.NumberParseException:
        raise NotAPhone("not a phone number: it begins with a country code, as +91 does") from None
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone("not a phone number: it has too few or too many digits for its country code")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spaced(phone: str) -> str:
    """A number in E.164 as people read it: `+91 98450 12345`."""
    return phonenumbers.format_number(phonenumbers.parse(phone, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
