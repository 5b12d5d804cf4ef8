"""An amount of rupees as people type it."""

from __future__ import annotations

from decimal import Decimal

from dialogue.parsers.amount_tokens import tokens_of
from dialogue.parsers.amount_words import Kind, Word
from dialogue.parsers.invalid import Invalid
from domain import values
from domain.money import to_paisa

LONGEST = 120
"""characters in which an amount is looked for"""
_NUMBERS = (Kind.FIGURES, Kind.NUMBER)
_UNITS = (Kind.UNIT, Kind.LETTER_UNIT)
_BETWEEN = (Kind.RANGE, Kind.OR)
_THOUSAND = 1000
_NOTHING = Word(Kind.AROUND)


def rupees(text: str, least: Decimal, most: Decimal) -> Decimal:
    """The one amount that the text names, in rupees with two decimals, from `least` to `most`.

    Read are
    - figures with Western, Indian or no groups: `45000`, `45,000`, `1,20,000`, `45 000`, `45000.50`, `४५,०००`;
    - rupees said in any way, in front or behind: `₹45,000`, `Rs. 45000/-`, `45000 रुपये`, `INR 45000 only`;
    - units: `45k`, `45 K`, `45 hazaar`, `1.2 lakh`, `1.2L`, `2 crore`, `0.5 cr`, `5 hundred`, `1 million`, `2 करोड़`;
      `lakh` and `hazar` alone are one of them; one mistake in a long word is forgiven (`thousend`);
    - sums of falling units: `1 lakh 20 thousand`, `1 lakh 20,000`, `2 hazar 5 sau`;
    - numbers below a hundred in words: `forty five thousand`, `pachas hazar`, `पैंतालीस हज़ार`; fractions: `½ lakh`,
      `half a lakh`, `डेढ़ लाख`, `dhai lakh`, `sava do lakh`, `साढ़े तीन लाख`, `paune do lakh`, `two and a half lakh`;
    - words around it: `around 45000`, `approx ₹45k pm`, `45000 per month`, `meri salary 45 hazar hai`;
    - the same amount twice: `45,000 (forty five thousand)`.

    Raises Invalid: amount_unreadable, amount_negative, amount_other_period (per year, per day), amount_is_range
    (`40-50k`, `above 45000`), amount_several (`45000 or 50000`), amount_too_small (least), amount_too_large (most).
    What could mean two things is unreadable: `1 lakh 20` (1,20,000 or 1,00,020), `45.000`, `1,2000`.
    """
    amount = amount_in(text)
    if amount < least:
        raise Invalid("amount_too_small", least=values.rupees(least))
    if amount > most:
        raise Invalid("amount_too_large", most=values.rupees(most))
    return amount


def amount_in(text: str) -> Decimal:
    """The one amount that the text names, with two decimals, whatever its size. Raises Invalid, as `rupees` does."""
    if len(text) > LONGEST:
        raise Invalid("amount_unreadable")
    tokens = tokens_of(text)
    kinds = {token.kind for token in tokens}
    if kinds.isdisjoint({*_NUMBERS, *_UNITS, Kind.TENS, Kind.HUNDRED}):
        raise Invalid("amount_unreadable")
    for kind, reason in (
        (Kind.MINUS, "amount_negative"),
        (Kind.PERIOD, "amount_other_period"),
        (Kind.OPEN, "amount_is_range"),
    ):
        if kind in kinds:
            raise Invalid(reason)
    amount = _the_one(_Reader(_numbers_composed(tokens)))
    if to_paisa(amount) != amount:
        raise Invalid("amount_unreadable")
    return to_paisa(amount)


def _numbers_composed(tokens: list[Word]) -> list[Word]:
    """The tokens with `forty five`, `sadhe teen` and `two half` as one number each."""
    composed: list[Word] = []
    rest = list(reversed(tokens))
    while rest:
        word = rest.pop()
        behind = rest[-1] if rest else _NOTHING
        if word.kind is Kind.LEADING:
            word = Word(Kind.NUMBER, word.value + _led(behind))
            if behind.kind in _NUMBERS:
                rest.pop()
        elif word.kind is Kind.TENS:
            ones = behind.kind is Kind.NUMBER and 1 <= behind.value <= 9
            word = Word(Kind.NUMBER, word.value + (rest.pop().value if ones else 0))
        behind = rest[-1] if rest else _NOTHING
        if word.kind in _NUMBERS and behind == Word(Kind.NUMBER, Decimal("0.5")):
            word = Word(word.kind, word.value + rest.pop().value)
        composed.append(word)
    return composed


def _led(behind: Word) -> Decimal:
    """The number that a leading fraction adds to: the next, or the one of a unit that stands alone (`sava lakh`)."""
    if behind.kind in _NUMBERS:
        return behind.value
    if behind.kind in (Kind.UNIT, Kind.HUNDRED):
        return Decimal(1)
    raise Invalid("amount_unreadable")


class _Reader:
    """Amounts and what stands between them, from left to right."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.at = 0

    def next_is(self, *kinds: Kind) -> bool:
        return self.at < len(self.words) and self.words[self.at].kind in kinds

    def take(self) -> Word:
        self.at += 1
        return self.words[self.at - 1]

    def amount(self) -> tuple[Decimal, bool]:
        """The next amount, and whether it is a bare number: terms with falling units, the last perhaps without one."""
        total, limit = Decimal(0), Decimal(0)
        while self.next_is(*_NUMBERS) or (not limit and self.next_is(Kind.HUNDRED, Kind.UNIT)):
            start = self.at
            count, bare = self.count()
            unit = self.take().value if self.next_is(*_UNITS) else Decimal(1)
            if not limit and unit == 1:
                return count, bare
            if limit and (unit >= limit or count >= limit):
                self.at = start
                break
            if limit and (count * unit >= limit or (unit == 1 and count < 100 and limit > _THOUSAND)):
                raise Invalid("amount_unreadable")
            total, limit = total + count * unit, unit
            if unit == 1 or count % 1:
                break
        if not limit:
            raise Invalid("amount_unreadable")
        return total, False

    def count(self) -> tuple[Decimal, bool]:
        """How many of a unit, and whether that is a bare number: `45`, `one hundred twenty`; nothing stands for one."""
        count = self.take().value if self.next_is(*_NUMBERS) else Decimal(1)
        if not self.next_is(Kind.HUNDRED):
            return count, True
        self.take()
        count *= 100
        if self.next_is(*_NUMBERS) and self.words[self.at].value < 100:
            count += self.take().value
        return count, False


def _the_one(reader: _Reader) -> Decimal:
    """The amount, if there is one or the same one twice."""
    amounts: list[tuple[Decimal, bool]] = []
    is_range = False
    while reader.at < len(reader.words):
        if reader.next_is(*_BETWEEN):
            is_range |= reader.take().kind is Kind.RANGE and bool(amounts) and reader.at < len(reader.words)
            continue
        amounts.append(reader.amount())
        # "40 50k", "do teen lakh": two numbers that share a unit are a range, said in Hindi as in English.
        is_range |= len(amounts) == 2 and amounts[0][1] and not amounts[1][1] and amounts[0][0] < 100
    if len({amount for amount, _ in amounts}) > 1:
        raise Invalid("amount_is_range" if is_range else "amount_several")
    amount, bare = amounts[0]
    # 45.000 may be forty-five, or forty-five thousand as the continent writes it.
    if bare and len(str(amount).partition(".")[2]) > 2:
        raise Invalid("amount_unreadable")
    return amount
