"""Words in and around an amount of rupees, in English, Hindi and Hinglish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from dialogue.parsers.number_words import ENGLISH, FRACTIONS, HINDI, LEADING, sound
from dialogue.parsers.spelling import FORGIVING_FROM, within_one_edit
from dialogue.parsers.text import fold


class Kind(Enum):
    """What a word or sign does in an amount."""

    FIGURES = "a number in digits"
    NUMBER = "a number in a word"
    TENS = "an English number that may be followed by ones: forty"
    LEADING = "adds to the number behind it: sadhe"
    HUNDRED = "multiplies by a hundred"
    UNIT = "multiplies by a thousand or more"
    LETTER_UNIT = "a unit too short to stand without its number: k"
    RANGE = "between two amounts it makes a range: to"
    OPEN = "more or less than the amount: above"
    PERIOD = "not by the month: per year"
    OR = "between two amounts that exclude each other"
    MINUS = "negative"
    STRANGE = "no part of an amount: percent"
    AROUND = "says nothing about the amount: rupees per month"


@dataclass(frozen=True)
class Word:
    """A word or number of an amount, with its value where it has one."""

    kind: Kind
    value: Decimal = Decimal(0)


_UNITS = """
    thousand thousands thou hazar hazaar hajar हजार hazzar hzr 1000
    lakh lakhs lac lacs laks laakh lkh lk लाख 100000
    crore crores karod karor caror crs करोड़ 10000000
    arab अरब billion 1000000000
    million millions mn 1000000
"""
_LETTER_UNITS = """
    k 1000
    l 100000
    cr क॰ करो॰ 10000000
"""
_HUNDRED = "hundred hundreds sau सौ"
_RANGE = "to se से"
_OPEN = """
    above over more than below under less upto least most minimum maximum min max atleast atmost plus
    between till tak beech तक बीच zyada jyada kam upar neeche niche ज्यादा अधिक कम ऊपर नीचे
"""
_PERIOD = """
    lpa pa annum annual annually yearly year years salana saalana sal saal varsh ctc
    day daily week weekly hour hourly din roz hafta quarterly
    सालाना साल वर्ष वार्षिक दिन रोज रोज़ाना हफ्ता हफ्ते
"""
_OR = "or ya या"
_MINUS = "minus negative"
_AROUND = """
    rs re inr rupee rupees rupes rupaye rupay rupaya rupaiya rupiya rupe rupya रुपये रुपए रुपया रुपयों रू रु
    भारतीय indian only matra मात्र
    per pm p month months monthly mo mth mahina mahine maheena maheene masik har prati
    महीना महीने माह मासिक प्रति हर प्रतिमाह
    around about approx approximate approximately approximatly nearly almost roughly circa some
    lagbhag karib kareeb takriban andazan लगभग करीब क़रीब तकरीबन अंदाजन
    i im earn get make am my is it its was of a an the in and aur और on hand inhand net gross take home salary income
    pay wage earnings amount loan need want please pls sir ji
    me mein main mai mera meri mere mujhe hai hain hu hun hoon ho ka ki ke ko kamata kamati kamai kamaata
    tankhwah tankha vetan aay aamdani
    में मैं मेरा मेरी मेरे मुझे है हैं हूं हो का की के को कमाता कमाती कमाई आय आमदनी वेतन तनख्वाह सैलरी इनकम जी
    चाहिए chahiye
"""


def _valued(lines: str, kind: Kind) -> dict[str, Word]:
    table: dict[str, Word] = {}
    for line in lines.strip().splitlines():
        *spellings, value = line.split()
        table |= {sound(fold(spelling)): Word(kind, Decimal(value)) for spelling in spellings}
    return table


def _plain(words: str, kind: Kind) -> dict[str, Word]:
    return {sound(fold(word)): Word(kind) for word in words.split()}


_ENGLISH = {
    word: Word(Kind.TENS if 20 <= value <= 90 else Kind.NUMBER, Decimal(value)) for word, value in ENGLISH.items()
} | {"nil": Word(Kind.NUMBER)}

# English numbers are looked up first, as they are written: "ten" is not the teen (3) of Hinglish.
_BY_SOUND: Mapping[str, Word] = (
    _plain(_AROUND, Kind.AROUND)
    | {word: Word(Kind.NUMBER, Decimal(value)) for word, value in HINDI.items()}
    | {word: Word(Kind.NUMBER, value) for word, value in FRACTIONS.items()}
    | {word: Word(Kind.LEADING, value) for word, value in LEADING.items()}
    | _plain(_HUNDRED, Kind.HUNDRED)
    | _plain(_RANGE, Kind.RANGE)
    | _plain(_OPEN, Kind.OPEN)
    | _plain(_PERIOD, Kind.PERIOD)
    | _plain(_OR, Kind.OR)
    | _plain(_MINUS, Kind.MINUS)
    | _valued(_LETTER_UNITS, Kind.LETTER_UNIT)
    | _valued(_UNITS, Kind.UNIT)
)

# Where a mistake is forgiven. Not in Hindi numbers: one letter off, they are too often another number.
_FORGIVING = _ENGLISH | {
    word: meant
    for word, meant in _BY_SOUND.items()
    if meant.kind in (Kind.UNIT, Kind.HUNDRED, Kind.AROUND, Kind.PERIOD, Kind.OPEN)
}


def word_in_amount(folded: str) -> Word:
    """What a folded word does in an amount, with one mistake forgiven in long words; strange if it is not known."""
    if not folded:
        return Word(Kind.AROUND)
    if folded in _ENGLISH:
        return _ENGLISH[folded]
    heard = sound(folded)
    if heard in _BY_SOUND:
        return _BY_SOUND[heard]
    meant = {
        meant
        for word, meant in _FORGIVING.items()
        if len(word) >= FORGIVING_FROM and (within_one_edit(heard, word) or within_one_edit(folded, word))
    }
    return meant.pop() if len(meant) == 1 else Word(Kind.STRANGE)
