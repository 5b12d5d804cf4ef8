"""A bot's page: its map, its questions, its work, what it waits for. Made of the code at hand; a test keeps it so."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any, get_args

from dialogue import Journey, Question
from domain.effects import Effect
from domain.vault import Kept
from maps.drawing import Counts, draw, options_of, rendered
from maps.exploring import Exploration, explore
from maps.places import OUTCOME, WAIT, WORK, Node
from texts import Catalogue

MOST_OPTIONS = 12
"""in one cell of the table; of more, the others are counted"""
LEGEND = (
    "Rectangles are questions, double-edged boxes work done outside, hexagons waits, rounded boxes endings; a frame is "
    "a stage, as in the funnel. A dotted arrow is taken by the same answers, where something else came before."
)
OF_MENUS = (
    "At any moment *menu* leads to the first menu and *back* one menu up; the next message after a silence finds the "
    "first menu again."
)
OF_FORMS = (
    "At any moment *back* undoes the last answer, and *menu*, *help*, *restart* and *language* are understood; after a "
    "silence it goes on where it stopped."
)
OF_EXPIRING_FORMS = (
    "At any moment *back* undoes the last answer, and *menu*, *help*, *restart* and *language* are understood; after "
    "{hours:g} hours of silence the answers are forgotten, down to the last point of no return, and it begins anew."
)
NOT_DRAWN = "Work that meets an outage is tried again until it is done. None of that is drawn."
KINDS: Mapping[type[Any], str] = {
    str: "words",
    int: "a number",
    Decimal: "an amount",
    datetime: "a time",
    date: "a date",
    Kept: "a secret",
}


def page(bot: str, journey: Journey, texts: Catalogue) -> str:
    """The page of a bot as Markdown."""
    explored = explore(journey)
    return "\n".join(_page(bot, explored, texts))


def picture(journey: Journey, texts: Catalogue, counts: Counts) -> str:
    """The map alone, with counts on it."""
    return draw(explore(journey), texts, counts)


def _page(bot: str, explored: Exploration, texts: Catalogue) -> Iterator[str]:
    journey = explored.journey
    yield f"# {bot}"
    yield ""
    yield f"<!-- Written by `sutradhar map {bot}`: change the journey or its texts, then write it anew. -->"
    yield ""
    yield (inspect.getdoc(type(journey)) or "").split("\n\n")[0].replace("\n", " ")
    yield ""
    yield f"{LEGEND} {_moments(journey)} {NOT_DRAWN}"
    yield ""
    yield "```mermaid"
    yield draw(explored, texts).rstrip()
    yield "```"
    yield ""
    yield "## Questions"
    yield ""
    yield from _table(("name", "asks", "options", "accepts", "example"), _questions(explored, texts))
    work = _work(explored)
    if work:
        yield ""
        yield "## Work"
        yield ""
        yield from _table(("name", "of", "comes to", "refused with", "patience", "final"), map(_effect, work))
    waits = [node for node in explored.nodes if node.kind == WAIT]
    if waits:
        yield ""
        yield "## Waits"
        yield ""
        yield from _table(("name", "stage", "outcomes"), [_wait(explored, node) for node in waits])
    yield ""


def _moments(journey: Journey) -> str:
    """What holds at any moment."""
    if journey.menus:
        return OF_MENUS
    if journey.silence.expire_after is not None:
        return OF_EXPIRING_FORMS.format(hours=journey.silence.expire_after.total_seconds() / 3600)
    return OF_FORMS


def _questions(explored: Exploration, texts: Catalogue) -> Iterator[Sequence[str]]:
    for question in explored.journey.questions:
        yield (
            f"`{question.name}`",
            _words(explored, texts, question),
            _options(explored, texts, question),
            accepted(question),
            "<br>".join(f"“{words}”" for words in (question.example, *question.others) if words),
        )


def _words(explored: Exploration, texts: Catalogue, question: Question[Any]) -> str:
    """As it was put first, with the answers that came before it there."""
    said = explored.asked.get(question.name)
    return rendered(texts, said[0]).body if said else "(nobody is asked)"


def _options(explored: Exploration, texts: Catalogue, question: Question[Any]) -> str:
    labels = list(options_of(explored, texts, question.name).values())
    if callable(question.options):
        labels.insert(0, "*one for each there is*")
    more = [f"*and {len(labels) - MOST_OPTIONS} more*"] if len(labels) > MOST_OPTIONS else []
    return "<br>".join([*labels[:MOST_OPTIONS], *more])


def accepted(question: Question[Any]) -> str:
    """What is taken for an answer."""
    found = ["an option"] if question.options else []
    if question.example or not question.options:
        found.append(kind_of(question.type))
    return " or ".join(
        [*found, *(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in sorted(question.accepts))]
    )


def kind_of(kind: Any) -> str:
    """What a type is called by people."""
    several = [one for one in get_args(kind) if one is not NoneType]
    if several:
        return " or ".join(dict.fromkeys(map(kind_of, several)))
    for known, name in KINDS.items():
        if isinstance(kind, type) and issubclass(kind, known):
            return name
    return "words"


def _work(explored: Exploration) -> list[Effect[Any, Any]]:
    found: dict[str, Effect[Any, Any]] = {}
    for stand in explored.nodes.values():
        if stand.node.kind == WORK and stand.decision.work is not None:
            found.setdefault(stand.decision.work.effect.name, stand.decision.work.effect)
    return list(found.values())


def _effect(effect: Effect[Any, Any]) -> Sequence[str]:
    return (
        f"`{effect.name}`",
        _type(effect.argument),
        _type(effect.result),
        "<br>".join(f"`{code}`" for code in effect.refusals),
        f"{effect.attempts} × {_seconds(effect.attempt)}",
        "yes" if effect.final else "",
    )


def _wait(explored: Exploration, node: Node) -> Sequence[str]:
    outcomes = dict.fromkeys(
        f"`{way.name}`"
        for (start, _), ways in explored.ways.items()
        for way in ways
        if start == node and way.kind == OUTCOME
    )
    return f"`{node.name}`", node.stage.replace("_", " "), "<br>".join(outcomes) or "(none yet: it stays here)"


def _type(kind: Any) -> str:
    return f"`{kind.__name__ if isinstance(kind, type) and not get_args(kind) else kind}`"


def _seconds(time: timedelta) -> str:
    return f"{time.total_seconds():g} s"


def _table(
    heads: Sequence[str], rows: Iterator[Sequence[str]] | map[Sequence[str]] | list[Sequence[str]]
) -> Iterator[str]:
    """A table as GitHub has it; a column that is empty in every row is left out."""
    filled = list(rows)
    kept = [place for place in range(len(heads)) if any(row[place] for row in filled)]
    yield "| " + " | ".join(heads[place] for place in kept) + " |"
    yield "|" + " --- |" * len(kept)
    for row in filled:
        yield "| " + " | ".join(_cell(row[place]) for place in kept) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")
