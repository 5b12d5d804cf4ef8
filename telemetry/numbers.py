"""Phone and Aadhaar numbers in a text, in every form they are usually written in; no other number.

    mobile   ten digits, the first 6–9; before them nothing, 0, 91, 91 0, 0 91, 00 91
    E.164    10–15 digits after a plus
    Aadhaar  twelve digits, the first 2–9, the last Verhoeff's

A number ends where its digits do. So one of 15 digits without a plus (Meta's ids) holds none; nor does a time in
seconds or milliseconds, which begins with 1. Digits may be of any script.
"""

from __future__ import annotations

import re
import unicodedata

from telemetry.verhoeff import is_checked

BETWEEN = "[ \\t\u00a0\u2007\u202f.()\u2010-\u2015-]{0,3}"
"""what may stand between two digits of one number: spaces, dashes, brackets, dots"""
RUN = re.compile(rf"(?P<plus>(?:\+|%2[Bb])[ (]{{0,2}})?(?P<digits>\d(?:{BETWEEN}\d){{9,}})")
GROUP = re.compile(r"\d+")
ESCAPE = re.compile(r"(?:\\U(?P<eight>[0-9a-fA-F]{0,7})|\\u(?P<four>[0-9a-fA-F]{0,3})|(?:\\x|%)(?P<two>[0-9a-fA-F]?))$")
"""the beginning of a sign written as its code (u0905 or xa0 after a backslash, %20): its rest looks like digits"""
WRITTEN = {"eight": 8, "four": 4, "two": 2}
MOBILE = re.compile(r"(?:0?0?91)?0?[6-9]\d{9}")
AADHAAR_GROUPS = {(12,), (4, 4, 4), (4, 8), (8, 4), (6, 6), (3, 3, 3, 3), (1,) * 12}
LONGEST = 15
"""digits of E.164; no other form has more"""
PHONE, AADHAAR = "[phone]", "[aadhaar]"


def without_numbers(text: str) -> str:
    """The text with a mark in place of each number."""
    return RUN.sub(_run, text)


def _run(found: re.Match[str]) -> str:
    """Digits that hang together, with each number in them replaced: they may be more than one number, or none."""
    run, plus = found["digits"], found["plus"] or ""
    groups = [group.span() for group in GROUP.finditer(run)]
    written: list[str] = [plus]
    done, at = 0, 0
    while at < len(groups):
        start = groups[at][0]
        number = _number_at(run, groups, at, plus=bool(plus) and at == 0)
        if number is None and at == 0 and (start := _inside_escape(found.string, found.start("digits"))):
            number = _number_at(run, [(start, groups[0][1]), *groups[1:]], 0, plus=False)
        if number is None:
            at += 1
            continue
        mark, length = number
        if start == 0:
            written.clear()
        written += [run[done:start], mark]
        done = groups[at + length - 1][1]
        at += length
    return "".join(written) + run[done:]


def _number_at(run: str, groups: list[tuple[int, int]], at: int, *, plus: bool) -> tuple[str, int] | None:
    """The longest number that begins with this group of digits: its mark, and of how many groups it is."""
    longest = None
    sizes: list[int] = []
    digits, dotted = "", False
    for length, (start, end) in enumerate(groups[at : at + LONGEST], 1):
        if not plus and length > 1 and not _go_on(digits, sizes, end - start, run[start:end]):
            break
        dotted = dotted or (length > 1 and "." in run[groups[at + length - 2][1] : start])
        digits += _ascii(run[start:end])
        sizes.append(end - start)
        if len(digits) > LONGEST:
            break
        if len(digits) >= 10 and (mark := _mark(digits, tuple(sizes), dotted=dotted, plus=plus)):
            longest = (mark, length)
    return longest


def _go_on(digits: str, sizes: list[int], size: int, group: str) -> bool:
    """Whether a group may go on with a number: several small numbers are none.

    All groups are of one digit, or each of two at least; but a 0 that is dialled before a number may stand alone.
    """
    if digits == "0" or group == "0":
        return True
    return (size == 1) == (sizes[-1] == 1 and len(digits) == len(sizes))


def _mark(digits: str, sizes: tuple[int, ...], *, dotted: bool, plus: bool) -> str:
    if plus:
        return PHONE
    # 98765.43210 is rather a measure, and 98.76.54.3210 an address of a machine.
    if dotted and sizes[-3:] != (3, 3, 4):
        return ""
    if MOBILE.fullmatch(digits):
        return PHONE
    if len(digits) == 12 and digits[0] in "23456789" and sizes in AADHAAR_GROUPS and is_checked(digits):
        return AADHAAR
    return ""


def _inside_escape(text: str, start: int) -> int:
    """How many of the digits that begin here belong to a sign written as its code."""
    found = ESCAPE.search(text, max(0, start - 9), start)
    return WRITTEN[found.lastgroup] - len(found[found.lastgroup]) if found and found.lastgroup else 0


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in digits)
