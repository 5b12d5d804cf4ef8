"""People who are not: their numbers and names are made up, and of the form that real ones have."""

from __future__ import annotations

from telemetry.verhoeff import is_checked


def aadhaar(eleven: str) -> str:
    """A number of the form of Aadhaar's that begins with these digits."""
    return next(eleven + str(digit) for digit in range(10) if is_checked(eleven + str(digit)))


AADHAAR = aadhaar("49182736450"[:11])
AADHAARS = {
    "in one": AADHAAR,
    "in blanks": f"{AADHAAR[:4]} {AADHAAR[4:8]} {AADHAAR[8:]}",
    "in dashes": f"{AADHAAR[:4]}-{AADHAAR[4:8]}-{AADHAAR[8:]}",
    "in no-break spaces": f"{AADHAAR[:4]}\u00a0{AADHAAR[4:8]}\u00a0{AADHAAR[8:]}",
}
MOBILES = {
    "bare": "9812345670",
    "with a plus": "+919812345670",
    "as WhatsApp has it": "919812345670",
    "with a plus and a blank": "+91 9812345670",
    "with a plus and dashes": "+91-98123-45670",
    "in fives": "98123 45670",
    "in fives with a dash": "98123-45670",
    "with a zero": "09812345670",
    "with a zero and a blank": "0 98123 45670",
    "in 3-3-4": "981-234-5670",
    "in 3.3.4": "981.234.5670",
    "in 4-3-3": "9812 345 670",
    "in brackets": "(+91) 98123 45670",
    "with a zero in brackets": "+91 (0) 98123 45670",
    "as dialled from abroad": "0091 98123 45670",
    "with long dashes": "98123–45670",
    "digit by digit": "9 8 1 2 3 4 5 6 7 0",
    "in Devanagari": "९८१२३४५६७०",
    "in an address": "%2B919812345670",
    "beginning with six": "6123456789",
}
OTHERS = {
    "American": "+1 415 555 0101",
    "American in brackets": "+1 (415) 555-0101",
    "British": "+442071838750",
    "the shortest": "+3541234567",
    "the longest": "+123456789012345",
}
PANS = {
    "in one": "ABCPE1234F",
    "small": "abcpe1234f",
    "in blanks": "ABCPE 1234 F",
    "in dashes": "ABCPE-1234-F",
}
MAILS = {
    "plain": "asha.rao@example.com",
    "with a tag": "asha+loans@mail.example.co.in",
    "in an address": "asha.rao%40example.com",
}
TOKENS = {
    "bearer": "Bearer 7f3c.kQ_x-29",
    "Meta's": "EAAGm0PX4ZCpsBAKZCabcdefghijk",
}
PERSONAL = {
    f"{kind} {form}": value
    for kind, forms in {
        "Aadhaar": AADHAARS,
        "mobile": MOBILES,
        "E.164": OTHERS,
        "PAN": PANS,
        "mail": MAILS,
        "token": TOKENS,
    }.items()
    for form, value in forms.items()
}
"""all of them, by what they are"""
