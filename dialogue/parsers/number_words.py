"""Whole numbers from 0 to 99 and the fractions people say, in English, Hindi and Hinglish."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogue.parsers.text import fold

_ENGLISH_SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

ENGLISH = {word: value for value, word in enumerate(_ENGLISH_SMALL.split())} | {
    word: value * 10 for value, word in enumerate(_ENGLISH_TENS.split(), start=2)
}
"""English words of one number; the tens may be followed by one of 1 to 9."""

# Hindi numbers below a hundred follow no rule: each is a word of its own, spelled in several ways. One line is one
# number, from 0 to 99: Devanagari first, then how it is typed on a Latin keyboard (long vowels and doubled letters,
# z for j, w for v and a last h need no spelling of their own, see `_sound`).
_HINDI = """
    शून्य सिफर shunya sifar
    एक ek
    दो do
    तीन teen
    चार char
    पांच panch
    छह छः छै छे छ chhah chhe chhai chh
    सात saat
    आठ aath
    नौ nau
    दस das dus
    ग्यारह gyarah
    बारह barah
    तेरह terah
    चौदह chaudah
    पंद्रह pandrah
    सोलह solah
    सत्रह satrah
    अठारह अट्ठारह atharah
    उन्नीस unnis
    बीस bees
    इक्कीस ikkis
    बाईस बाइस bais
    तेईस तेइस teis
    चौबीस chaubis
    पच्चीस pachis
    छब्बीस chhabbis
    सत्ताईस सत्ताइस sattais
    अट्ठाईस अठ्ठाईस अठाईस अट्ठाइस athais
    उनतीस उन्तीस untis unatis
    तीस tees
    इकतीस इकत्तीस iktis ikatis
    बत्तीस battis
    तैंतीस तेतीस taintis tentis tetis
    चौंतीस चौतीस chauntis chautis
    पैंतीस paintis pentis
    छत्तीस chhattis
    सैंतीस saintis sentis
    अड़तीस adtis artis adatis
    उनतालीस उन्तालीस untalis unchalis
    चालीस chalis
    इकतालीस iktalis ikatalis
    बयालीस ब्यालीस bayalis byalis
    तैंतालीस तेतालीस taintalis tentalis tetalis
    चौवालीस चवालीस चौंतालीस chauvalis chavalis chauntalis
    पैंतालीस paintalis pentalis
    छियालीस chhiyalis chhialis
    सैंतालीस saintalis sentalis
    अड़तालीस adtalis artalis adatalis
    उनचास उन्चास unchas unanchas
    पचास pachas
    इक्यावन ikyavan
    बावन bavan
    तिरपन तिरेपन tirpan tirepan
    चौवन चव्वन chauvan chavvan
    पचपन pachpan
    छप्पन chhappan
    सत्तावन sattavan
    अट्ठावन अठावन athavan
    उनसठ unsath
    साठ saath
    इकसठ iksath
    बासठ basath
    तिरसठ तिरेसठ tirsath tiresath
    चौंसठ चौसठ chaunsath chausath
    पैंसठ painsath pensath
    छियासठ chhiyasath chhiasath
    सड़सठ सरसठ sadsath sarsath
    अड़सठ adsath arsath
    उनहत्तर unhattar unahattar
    सत्तर sattar
    इकहत्तर ikhattar ikahattar
    बहत्तर bahattar
    तिहत्तर tihattar
    चौहत्तर chauhattar
    पचहत्तर पिचहत्तर pachhattar pachahattar pichattar
    छिहत्तर chhihattar chhiyattar
    सतहत्तर sathattar satahattar
    अठहत्तर athattar athahattar
    उनासी उन्यासी unasi unyasi
    अस्सी assi
    इक्यासी ikyasi
    बयासी bayasi
    तिरासी tirasi
    चौरासी chaurasi
    पचासी pachasi
    छियासी chhiyasi chhiasi
    सत्तासी सतासी sattasi
    अट्ठासी अठासी athasi
    नवासी navasi
    नब्बे nabbe navve
    इक्यानवे इक्यानबे ikyanave ikyanve ikyanbe
    बानवे बानबे banave banve banbe
    तिरानवे तिरानबे tiranave tiranve tiranbe
    चौरानवे चौरानबे chauranave chauranve chauranbe
    पचानवे पंचानवे पचानबे pachanave pachanve panchanve
    छियानवे छियानबे chhiyanave chhiyanve chhianve
    सत्तानवे सत्तानबे sattanave sattanve sattanbe
    अट्ठानवे अठानवे अट्ठानबे athanave athanve athanbe
    निन्यानवे निन्यानबे ninyanave ninyanve ninyanbe
"""

_FRACTIONS = """
    dedh डेढ़ 1.5
    dhai adhai ढाई अढ़ाई 2.5
    half aadha aadhe adhi आधा आधे आधी 0.5
    quarter paav पाव 0.25
"""
_LEADING = """
    sava सवा 0.25
    sadhe saadhe sarhe साढ़े 0.5
    paune pauna paun पौने पौन पौना -0.25
"""

_SOUNDS = (
    ("chh", "ch"),
    ("ee", "i"),
    ("oo", "u"),
    ("z", "j"),
    ("w", "v"),
)
_DOUBLED = re.compile(r"([a-z])\1+")
_LAST_H = re.compile(r"(?<=[aeiou])h$")


def sound(word: str) -> str:
    """A Latin word without what is spelled differently by everybody: `hazaar`, `hajar` and `hazzar` are one word."""
    if not word.isascii():
        return word
    for spelled, heard in _SOUNDS:
        word = word.replace(spelled, heard)
    return _LAST_H.sub("", _DOUBLED.sub(r"\1", word))


def _by_sound(lines: str) -> dict[str, Decimal]:
    table: dict[str, Decimal] = {}
    for line in lines.strip().splitlines():
        *spellings, value = line.split()
        table |= {sound(fold(spelling)): Decimal(value) for spelling in spellings}
    return table


HINDI = {
    sound(fold(spelling)): value for value, line in enumerate(_HINDI.strip().splitlines()) for spelling in line.split()
}
"""Hindi words of 0 to 99 by their `sound`."""

FRACTIONS = _by_sound(_FRACTIONS)
"""Words that are a number by themselves: `डेढ़ लाख` is one and a half lakh."""

LEADING = _by_sound(_LEADING)
"""Words that add to the number behind them: `साढ़े तीन` is 3.5, `पौने दो` 1.75, `सवा लाख` one and a quarter lakh."""


def whole_number(word: str) -> int | None:
    """The number from 0 to 99 that one folded word means, in English before Hindi, or None."""
    return ENGLISH[word] if word in ENGLISH else HINDI.get(sound(word))
