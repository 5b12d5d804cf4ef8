"""The names under which something personal or secret stands: as keys of data, and written in a text.

A text can hold data too: an exception that quotes JSON, the repr of an object, the query of an address.
"""

from __future__ import annotations

import re
from functools import lru_cache

REDACTED = "[redacted]"
SECRETS = """
token accesstoken refreshtoken verifytoken sessiontoken logintoken bearer authorization proxyauthorization cookie
setcookie otp password passwd passphrase secret appsecret clientsecret apikey xapikey adminapikey privatekey signature
xhubsignature256 xsignature encryptionkeys lookupkey databaseurl
"""
PERSONAL = """
phone phonenumber mobile mobilenumber msisdn displayphonenumber waid recipient recipientid sender from to bsuid
parentbsuid userid fromuserid recipientuserid useridentifier email emailaddress mail address name fullname firstname
lastname middlename profilename displayname formattedname nameatbank applicant dateofbirth dob birthday pan pannumber
aadhaar aadhaarnumber aadhar accountnumber accountreference ifsc vpa upi pincode income monthlyincome latitude longitude
body text caption title content filename answer answers words said raw payload input inputvalue
"""
ARE_SECRETS = frozenset(SECRETS.split())
DENIED = ARE_SECRETS | frozenset(PERSONAL.split())
"""as `squashed` has them"""

QUOTED = re.compile(r"""(?P<quote>\\*["'])(?P<name>[A-Za-z][\w.-]{0,60})(?P=quote)\s*:\s*""")
"""`"name": …`, `'name': …`, and the same inside another string"""
PAIR = re.compile(r"""\(\s*b?(?P<quote>\\*["'])(?P<name>[A-Za-z][\w.-]{0,60})(?P=quote),\s*""")
"""`('name', …)`, as lists of headers have it"""
SET = re.compile(r"(?<![\w.-])(?P<name>[A-Za-z][\w.-]{0,60})=(?!=)")
"""`name=…`: objects, queries of addresses, forms"""
HEADER = re.compile(r"(?<![\w-])(?P<name>[A-Za-z][\w-]{0,60}):[ \t]*[^\s/].*")
"""`Name: …` to the end of its line; of secrets only, for a sentence may have a colon too"""
OPENING = re.compile(r"""[brufBRUF]?(\\*)(["'])""")
BARE = re.compile(r"""[^\s,;&"'()\[\]{}\\]+""")
NEXT = re.compile(r"""[()\[\]{}"']""")


@lru_cache(maxsize=4096)
def squashed(name: str) -> str:
    """A name without case, dashes, underscores and what it is a part of: `hub.verify_token` is verifytoken."""
    return name.rpartition(".")[2].replace("_", "").replace("-", "").lower()


def is_denied(name: str) -> bool:
    """Whether what stands under this name is nobody's business."""
    return squashed(name) in DENIED


def without_named(text: str) -> str:
    """The text without the values that stand under a denied name in it."""
    if ":" in text:
        text = HEADER.sub(_header, _without(QUOTED, text))
    if "=" in text:
        text = _without(SET, text)
    return _without(PAIR, text) if "(" in text else text


def _without(pattern: re.Pattern[str], text: str) -> str:
    written, done = [], 0
    for found in pattern.finditer(text):
        if found.start() < done or not is_denied(found["name"]):
            continue
        end = _end(text, found.end())
        if end > found.end():
            written += [text[done : found.end()], REDACTED]
            done = end
    return "".join(written) + text[done:] if written else text


def _header(found: re.Match[str]) -> str:
    return f"{found['name']}: {REDACTED}" if squashed(found["name"]) in ARE_SECRETS else found[0]


def _end(text: str, start: int) -> int:
    """Where the value that begins here ends: a string, something in brackets, or what has neither blank nor comma."""
    at = start
    while at < len(text):
        if opening := OPENING.match(text, at):
            return _end_of_string(text, opening.end(), len(opening[1]), opening[2])
        if text[at] in "([{":
            at = _end_of_brackets(text, at)
            continue
        bare = BARE.match(text, at)
        if bare is None:
            break
        at = bare.end()
    return at


def _end_of_string(text: str, start: int, backslashes: int, quote: str) -> int:
    at = start
    while (at := text.find(quote, at)) >= 0:
        first = at
        while first > start and text[first - 1] == "\\":
            first -= 1
        # One level down quotes are escaped once more than the string's own.
        if at - first == backslashes if backslashes else (at - first) % 2 == 0:
            return at + 1
        at += 1
    return len(text)


def _end_of_brackets(text: str, start: int) -> int:
    depth, at = 0, start
    while found := NEXT.search(text, at):
        at = found.end()
        if found[0] in "([{":
            depth += 1
        elif found[0] in ")]}":
            depth -= 1
            if depth == 0:
                return at
        else:
            at = _end_of_string(text, at, 0, found[0])
    return len(text)
