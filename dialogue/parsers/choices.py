"""One of several options, by number, letter or label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogue.parsers.digits import ascii_digits, join_comma_groups
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.ordinals import letter_in, number_word_in, numbers_in
from dialogue.parsers.spelling import forgivably_near
from dialogue.parsers.text import clean, folded_set, words
from dialogue.parsers.yes_no import meaning

_LONGEST = 200
_MOST_WORDS = 8
_WORD_START = 3
"""Letters from which on the start of a word inside a label means it."""

_EMPTY_WORDS = folded_set(
    "a an and at by for from in is it my of on or the to with या और का की के को में से है ya aur ka ki ke ko me se hai"
)
_DENIALS = folded_set("not no dont never neither nor except without nahi nahin mat bina नहीं नही मत न ना बिना")

_FIRST_CLAUSE = re.compile(r"[,;:.()\u2013\u2014-]")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """An option, and all it is called: its labels and their synonyms in every language."""

    id: str
    names: Sequence[str]


def pick(text: str, options: Sequence[Label]) -> str:
    """The id of the option that is meant.

    The options are all there are, over all pages: they are numbered from 1 to the last. Taken are, in this order:
    1. a whole label;
    2. a number or a letter: `2`, `2.`, `२`, `option 2`, `no. 2`, `2nd`, `A`, `b)`, `option c`. "no" is never "no. 1";
    3. the start of a label, or words of it;
    4. a number in words: `two`, `number do`, `दूसरा`;
    5. a label inside a short sentence that denies nothing: `I am salaried`;
    6. a yes or a no, where one option says it;
    7. a label or words of it with one mistake in each word of five letters or more.

    Raises Invalid: pick_one (count) where nothing fits, pick_several (matches, count) where more than one does.
    """
    shown = clean(text)
    if not shown or len(shown) > _LONGEST:
        raise Invalid("pick_one", count=len(options))
    typed = _Typed(shown, words(_plain_digits(shown)))
    for matching in _IN_WORDS if typed.said else _IN_EMOJI:
        if found := list(dict.fromkeys(matching(typed, options))):
            if len(found) > 1:
                raise Invalid("pick_several", matches=len(found), count=len(options))
            return found[0]
    raise Invalid("pick_one", count=len(options))


@dataclass(frozen=True)
class _Typed:
    shown: str
    said: Words

    @property
    def joined(self) -> str:
        return "".join(self.said)


def _where(options: Sequence[Label], fits: Callable[[Words], bool]) -> list[str]:
    return [option.id for option in options if any(fits(name) for name in map(_words, option.names) if name)]


def _by_emoji(typed: _Typed, options: Sequence[Label]) -> list[str]:
    return [option.id for option in options if typed.shown in map(clean, option.names)]


def _by_whole_label(typed: _Typed, options: Sequence[Label]) -> list[str]:
    return _where(options, lambda name: "".join(name) == typed.joined)


def _by_telling_words(typed: _Typed, options: Sequence[Label]) -> list[str]:
    """The whole label but for words like "and": `food and beverage` is `Food & Beverage`."""
    telling = [word for word in typed.said if word not in _EMPTY_WORDS]
    if not telling:
        return []
    return _where(options, lambda name: telling == [word for word in name if word not in _EMPTY_WORDS])


def _by_number(typed: _Typed, options: Sequence[Label]) -> list[str]:
    numbers = numbers_in(typed.shown, typed.said)
    if not numbers and (letter := letter_in(typed.said)) is not None:
        numbers = [letter]
    if not all(1 <= number <= len(options) for number in numbers):
        return []
    return [options[number - 1].id for number in numbers]


def _by_start_or_word(typed: _Typed, options: Sequence[Label]) -> list[str]:
    if _EMPTY_WORDS.issuperset(typed.said):
        return []
    whole_only = typed.joined.isdigit() or meaning(typed.shown) is not None
    start = typed.said[0] if len(typed.said) == 1 and len(typed.said[0]) >= _WORD_START else ""

    def fits(name: Words) -> bool:
        if _inside(typed.said, name):
            return True
        if whole_only:
            return False
        return "".join(name).startswith(typed.joined) or bool(start and any(word.startswith(start) for word in name))

    found = _where(options, fits)
    if len(found) > 1 and _DENIALS.isdisjoint(typed.said):
        # "agree" is not "I do not agree".
        return _where(options, lambda name: fits(name) and _DENIALS.isdisjoint(name)) or found
    return found


def _by_number_word(typed: _Typed, options: Sequence[Label]) -> list[str]:
    number = number_word_in(typed.said)
    return [options[number - 1].id] if number and number <= len(options) else []


def _by_mention(typed: _Typed, options: Sequence[Label]) -> list[str]:
    """Labels inside what was said, the longest where one label is a part of another."""
    if len(typed.said) > _MOST_WORDS or not _DENIALS.isdisjoint(typed.said):
        return []
    mentioned = [
        (option.id, name)
        for option in options
        for name in map(_words, option.names)
        if name and not _EMPTY_WORDS.issuperset(name) and len("".join(name)) > 1 and _inside(name, typed.said)
    ]
    return [
        option
        for option, name in mentioned
        if not any(len(longer) > len(name) and _inside(name, longer) for _, longer in mentioned)
    ]


def _by_yes_or_no(typed: _Typed, options: Sequence[Label]) -> list[str]:
    answer = meaning(typed.shown)
    if answer is None:
        return []
    return [
        option.id for option in options if any(meaning(_FIRST_CLAUSE.split(name)[0]) is answer for name in option.names)
    ]


def _by_near(typed: _Typed, options: Sequence[Label]) -> list[str]:
    if len(typed.said) > _MOST_WORDS:
        return []

    def fits(name: Words) -> bool:
        if forgivably_near(typed.joined, "".join(name)):
            return True
        length = len(typed.said)
        return any(
            all(map(forgivably_near, typed.said, name[start : start + length]))
            for start in range(len(name) - length + 1)
        )

    return _where(options, fits)


_IN_WORDS = (
    _by_whole_label,
    _by_number,
    _by_telling_words,
    _by_start_or_word,
    _by_number_word,
    _by_mention,
    _by_yes_or_no,
    _by_near,
)
_IN_EMOJI = (_by_emoji, _by_yes_or_no)


def _inside(part: Words, whole: Words) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


@lru_cache(maxsize=4096)
def _words(name: str) -> Words:
    return words(_plain_digits(name))


def _plain_digits(text: str) -> str:
    return join_comma_groups(ascii_digits(text))
