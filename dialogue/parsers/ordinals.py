"""How an option's number is said: in figures, as a word, as an ordinal."""

from __future__ import annotations

import re

from dialogue.parsers.digits import ascii_digits
from dialogue.parsers.number_words import sound, whole_number
from dialogue.parsers.text import fold, folded_set

_ORDINALS = """
    first 1st pehla pehli pehle pahla pahli pahle पहला पहली पहले
    second 2nd dusra dusri dusre doosra doosri doosre दूसरा दूसरी दूसरे
    third 3rd tisra tisri tisre teesra teesri teesre तीसरा तीसरी तीसरे
    fourth 4th chautha chauthi chauthe चौथा चौथी चौथे
    fifth 5th panchva panchvi panchwa पांचवां पांचवी पांचवा पाँचवाँ
    sixth 6th chhatha chhathi छठा छठी
    seventh 7th satva satvi सातवां सातवी सातवा
    eighth 8th athva athvi आठवां आठवी आठवा
    ninth 9th nauva nauvi नौवां नौवी नौवा
    tenth 10th dasva dasvi दसवां दसवी दसवा
"""
_BY_WORD = {
    sound(fold(word)): number
    for number, line in enumerate(_ORDINALS.strip().splitlines(), start=1)
    for word in line.split()
}
_AROUND_NUMBER = frozenset(
    map(
        sound,
        folded_set("""
            option options opt choice number numbers nambar num no nos nr item offer row the one and or please pls sir
            i want would like select choose wala wali vala vali ya aur ko ji chahiye
            विकल्प नंबर संख्या क्रमांक वाला वाली या और जी को चाहिए
        """),
    )
)
# "No one" is nobody, and "no two" an argument.
_AROUND_NUMBER_WORD = _AROUND_NUMBER - {"no", "nos"}
_AROUND_LETTER = frozenset(("option", "opt", "choice", "item", "विकल्प"))
_MOST_DIGITS = 4
_NO_ORDINARY_NUMBER = re.compile(r"\d[.:]\d|(?<!\w)[-+]\d|%")
_FIGURES = re.compile(r"(\d+)(?:st|nd|rd|th)?")


def numbers_in(text: str, said: tuple[str, ...]) -> list[int]:
    """The numbers of a message that says nothing else: `2`, `option 2`, `no. 2`, `2nd one`, `1 and 3`. Else none.

    `said` are the message's folded words. "no" alone is no number.
    """
    if _NO_ORDINARY_NUMBER.search(ascii_digits(text)):
        return []
    numbers = []
    for word in said:
        found = _FIGURES.fullmatch(word)
        if found and len(found[1]) <= _MOST_DIGITS:
            numbers.append(int(found[1]))
        elif sound(word) not in _AROUND_NUMBER:
            return []
    return numbers


def number_word_in(said: tuple[str, ...]) -> int | None:
    """The one number that a message says in words: `two`, `the second one`, `number do`, `दूसरा`. Else None."""
    meant = []
    for word in said:
        value = _BY_WORD.get(sound(word), whole_number(word))
        if value is not None:
            meant.append(value)
        elif sound(word) not in _AROUND_NUMBER_WORD:
            return None
    # In "the second one", one is the option and not its number.
    if len(meant) == 2 and said[-1] == "one":
        meant.pop()
    return meant[0] if len(meant) == 1 else None


def letter_in(said: tuple[str, ...]) -> int | None:
    """The number of the option whose letter a message is: 1 for `A`, `b)` is 2, `option c` is 3. Else None."""
    letters = [word for word in said if word not in _AROUND_LETTER]
    if len(letters) == 1 and len(letters[0]) == 1 and "a" <= letters[0] <= "z":
        return ord(letters[0]) - ord("a") + 1
    return None
