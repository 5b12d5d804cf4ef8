"""An e-mail address as people type it."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import clean

MOST_CHARACTERS = 254
"""of an address (RFC 3696, erratum 1690)"""
_LONGEST = 400
_LEAD_IN = re.compile(
    r"(?:mailto:|(?:my |the )?(?:e-?mail|mail)(?: id| address)?(?:\s+is\b\s*[:=-]?|\s*[:=]|\s+-|\s)"
    r"|it is\s|it's\s|this is\s)\s*",
    re.IGNORECASE,
)
_EDGES = " <>()[]\"'“”‘’,;:."
_FULLWIDTH_AT = str.maketrans({"＠": "@", "﹫": "@"})


def email_address(text: str) -> str:
    """The address, its domain in small letters. Whether mail reaches it is not tried.

    Words and signs around it are left out: `my email is asha@example.com`, `<asha@example.com>`, `mailto:…`.

    Raises Invalid: email_has_space, email_without_at, email_several, email_domain (nothing behind the @, or no
    `.com`), email_too_long (most), email_unreadable.
    """
    typed = clean(text).translate(_FULLWIDTH_AT)
    if len(typed) > _LONGEST:
        raise Invalid("email_too_long", most=MOST_CHARACTERS)
    typed = typed.strip(_EDGES)
    if said := _LEAD_IN.match(typed):
        typed = typed[said.end() :].strip(_EDGES)
    if typed.count("@") > 1:
        raise Invalid("email_several" if " " in typed or "," in typed or ";" in typed else "email_unreadable")
    if "@" not in typed:
        raise Invalid("email_without_at")
    if " " in typed:
        raise Invalid("email_has_space")
    if len(typed) > MOST_CHARACTERS:
        raise Invalid("email_too_long", most=MOST_CHARACTERS)
    name, _, domain = typed.partition("@")
    last = domain.rpartition(".")[2]
    if name and ("." not in domain or len(last) < 2 or not domain[0].isalnum() or "," in domain):
        raise Invalid("email_domain")
    try:
        return str(validate_email(typed, check_deliverability=False).normalized)
    except EmailNotValidError:
        # Its words quote what was typed.
        raise Invalid("email_unreadable") from None
