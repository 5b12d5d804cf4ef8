"""Yes and no, in the words of two languages and in emoji."""

from __future__ import annotations

import re

from dialogue.parsers.invalid import Invalid
from dialogue.parsers.number_words import sound
from dialogue.parsers.text import clean, words

_LONGEST = 60

_YES = """
    yes y yeah yea yep yup ya yah yass ye haan han ha haa hanji haanji hn avashya zaroor jarur
    हाँ हां हा हांजी हाँजी ज़रूर अवश्य
"""
_AGREED = """
    ok okay oke okey k kk sure right correct agree agreed accept accepted confirm confirmed fine done good great perfect
    absolutely definitely exactly true proceed alright allright
    ji theek thik tik sahi bilkul accha acha achha manzoor manjur sahmat kabool karo kardo chalega
    जी ठीक सही बिल्कुल बिलकुल अच्छा मंज़ूर मंजूर सहमत कबूल स्वीकार करो चलेगा ओके यस
"""
_NO = """
    no n nope nah na naa nahi nahin nahee nai nay not dont didnt never mat disagree decline declined reject wrong
    incorrect     नहीं नही नहि ना न मत गलत ग़लत असहमत नो
"""
_POLITE = """
    please pls plz thanks thank thankyou you sir madam mam i do it is its all that thats the to am we am with this go
    ahead of course hai hain h hu hun hoon main mai mein karein karen kare kijiye karna chahiye chahta chahti bhai
    ab abhi     है हैं हूँ हूं मैं करें करे कीजिए करना चाहिए धन्यवाद शुक्रिया कृपया सर अभी इसे यह से
"""

# WhatsApp sends skin tones and variation selectors as characters of their own.
_EMOJI_DRESS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f]")
_YES_EMOJI = frozenset("👍👌✅✔☑🆗💯🤝")
_NO_EMOJI = frozenset("👎❌✖❎🚫🙅")
_STRETCHED = re.compile(r"([a-z])\1+")


def _heard(word: str) -> str:
    return sound(_STRETCHED.sub(r"\1", word))


def _table(text: str) -> frozenset[str]:
    return frozenset(_heard("".join(words(word))) for word in text.split())


_YES_WORDS, _AGREED_WORDS, _NO_WORDS, _POLITE_WORDS = map(_table, (_YES, _AGREED, _NO, _POLITE))
_KNOWN = _YES_WORDS | _AGREED_WORDS | _NO_WORDS | _POLITE_WORDS


def yes_or_no(text: str) -> bool:
    """Whether the whole message says yes, or no: `haan ji`, `जी नहीं`, `ok`, `I do not agree`, `👍`.

    Every word must be known here, so `no. 1` and `yes but later` are neither; nor is what says both (`yes no`). Words
    of agreement give way to a no: `sahi nahi`, `not ok`. Raises Invalid: yes_or_no.
    """
    answer = meaning(text)
    if answer is None:
        raise Invalid("yes_or_no")
    return answer


def meaning(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    shown = _EMOJI_DRESS.sub("", clean(text))
    if len(shown) > _LONGEST:
        return None
    said = words(shown)
    heard = {_heard(word) for word in said}
    if not heard <= _KNOWN:
        return None
    yes = bool(heard & _YES_WORDS) or not _YES_EMOJI.isdisjoint(shown)
    no = bool(heard & _NO_WORDS) or not _NO_EMOJI.isdisjoint(shown)
    if no:
        return None if yes else False
    return True if yes or heard & _AGREED_WORDS else None
