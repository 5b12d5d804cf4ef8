"""Pincodes, mobile numbers and one-time codes, as people type them in India: digits of any script, grouped anyhow."""

from __future__ import annotations

import re

import phonenumbers

from dialogue.parsers.digits import ascii_digits
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import clean

PIN_DIGITS = 6
CODE_DIGITS = 6
MOBILE_DIGITS = 10
COUNTRY = "91"
_LONGEST = 120

_BETWEEN = r"[\s().\-\u2010-\u2013]"
_DIGITS_ALONE = re.compile(rf"(?:\d|{_BETWEEN})+")
_PIN = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_CODE = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}(?!\d)")
_RUN = re.compile(rf"\+?{_BETWEEN}{{0,2}}\d(?:{_BETWEEN}{{0,3}}\d)*")
_FIXED_LINE = phonenumbers.PhoneNumberType.FIXED_LINE
_NOT_A_DIGIT = re.compile(r"\D")
_OF_INDIA = re.compile(r"(?:00?)?(?:91)?0?(?P<number>\d{10})")
"""what stands before the ten digits, in the ways it is written: 0, 91, 0091, 091, +91 (0)"""


def pincode(text: str) -> str:
    """The six digits: `560001`, `560 001`, `५६०००१`, `PIN: 560-001`, `MG Road, Bengaluru 560001`.

    Raises Invalid: pincode_digits (count), pincode_several, pincode_zero.
    """
    found = _six_in(text, _PIN)
    if not found:
        raise Invalid("pincode_digits", count=PIN_DIGITS)
    if len(found) > 1:
        raise Invalid("pincode_several")
    [digits] = found
    if digits.startswith("0"):
        raise Invalid("pincode_zero")
    return digits


def one_time_code(text: str) -> str:
    """The six digits of a code: `123456`, `123 456`, `१२३४५६`, `OTP is 123456`.

    Raises Invalid: code_digits (count).
    """
    found = _six_in(text, _CODE)
    if len(found) != 1:
        raise Invalid("code_digits", count=CODE_DIGITS)
    return found.pop()


def indian_mobile(text: str) -> str:
    """The number in E.164: `98450 12345`, `098450-12345`, `+91 98450 12345`, `0091…`, `९८४५०१२३४५`, words around it.

    A mobile one: ten digits, the first of them 6 to 9. Raises Invalid: phone_digits (count), phone_not_mobile,
    phone_not_indian, phone_several.
    """
    shown = ascii_digits(clean(text))
    if len(shown) > _LONGEST:
        raise Invalid("phone_digits", count=MOBILE_DIGITS)
    runs = [run for run in _RUN.findall(shown) if len(_plain(run)) >= MOBILE_DIGITS - 3]
    if not runs:
        raise Invalid("phone_digits", count=MOBILE_DIGITS)
    numbers = {number for run in runs for number in _numbers_in(run)}
    if len(numbers) > 1:
        raise Invalid("phone_several")
    [number] = numbers
    written = f"+{COUNTRY}{number}"
    # 080 2222 3333 has the digits of a mobile number, and is a desk in Bengaluru.
    if number[0] not in "6789" or phonenumbers.number_type(phonenumbers.parse(written)) == _FIXED_LINE:
        raise Invalid("phone_not_mobile")
    return written


def _numbers_in(run: str) -> list[str]:
    """The ten digits of what is written as one number. Raises Invalid: phone_digits, phone_not_indian."""
    digits = _plain(run)
    if found := _OF_INDIA.fullmatch(digits):
        abroad = run.lstrip().startswith("+") and not digits.removeprefix("00").startswith((COUNTRY, "0"))
        if not (abroad or (digits.startswith("00") and not digits.startswith("00" + COUNTRY))):
            return [found["number"]]
        raise Invalid("phone_not_indian")
    if run.lstrip().startswith("+") or digits.startswith("00"):
        abroad = not digits.removeprefix("00").startswith(COUNTRY)
        raise Invalid("phone_not_indian") if abroad else Invalid("phone_digits", count=MOBILE_DIGITS)
    half = len(digits) // 2
    if len(digits) == 2 * MOBILE_DIGITS:
        return [digits[:half], digits[half:]]
    raise Invalid("phone_digits", count=MOBILE_DIGITS)


def _six_in(text: str, six: re.Pattern[str]) -> set[str]:
    shown = ascii_digits(clean(text))
    if len(shown) > _LONGEST:
        return set()
    if _DIGITS_ALONE.fullmatch(shown):
        digits = _plain(shown)
        return {digits} if len(digits) == PIN_DIGITS else set()
    return {_plain(found) for found in six.findall(shown)}


def _plain(text: str) -> str:
    return _NOT_A_DIGIT.sub("", text)
