"""Months, weekdays and the small words around a date, in English, Hindi and Hinglish. All keys are folded."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue.parsers.spelling import forgivably_near
from dialogue.parsers.text import fold, folded_set

# The abbreviations with their sign (नव॰) are CLDR's; folding takes the sign off.
_MONTHS = """
    january jan janvari janvary januari जनवरी जन॰
    february feb febr farvari farvary februari फ़रवरी फेब्रुवरी फ़र॰
    march mar maarch मार्च
    april apr aprail अप्रैल अप्रेल
    may mai मई
    june jun joon जून
    july jul julai julay जुलाई जुल॰
    august aug agast अगस्त अग॰
    september sep sept sitambar sitamber सितंबर सितम्बर सित॰
    october oct aktubar aktoobar october अक्टूबर अक्तूबर अक्टू॰
    november nov navambar navamber नवंबर नवम्बर नव॰
    december dec disambar disamber दिसंबर दिसम्बर दिस॰
"""

MONTHS = {
    fold(word): month for month, line in enumerate(_MONTHS.strip().splitlines(), start=1) for word in line.split()
}
"""month names and their abbreviations -> 1 to 12"""


AROUND = folded_set("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    सोमवार मंगलवार बुधवार गुरुवार बृहस्पतिवार शुक्रवार शनिवार रविवार सोम मंगल बुध गुरु शुक्र शनि रवि
    somvar mangalvar budhvar guruvar shukravar shanivar ravivar
    dob d o b date of birth birthday birthdate born on in i was am my is its it the st nd rd th day month year
    meri mera janm tithi tarikh tareekh din ko hai hua hui tha thi sal
    जन्म तिथि तारीख दिन जन्मतिथि जन्मदिन मेरी मेरा की का को है हुआ हुई था थी सन सन् साल
""")
"""words that say nothing about which day it is"""

RELATIVE = folded_set("""
    today tomorrow yesterday now ago next last this days weeks week months years since before after
    aaj aj kal parso parson abhi pichle agle आज कल परसों अभी पिछले अगले पहले बाद
""")
"""words that count from today: no date of birth"""


def month_called(word: str) -> int | None:
    """The month that a folded word names, with one mistake forgiven in five letters or more; None for anything else."""
    if word in MONTHS:
        return MONTHS[word]
    return _the_only(month for name, month in MONTHS.items() if forgivably_near(word, name))


def _the_only(months: Iterable[int]) -> int | None:
    found = set(months)
    return found.pop() if len(found) == 1 else None
