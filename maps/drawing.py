"""A bot's map as Mermaid text, as GitHub renders it: stages as boxes; questions, work, waits, endings each in a shape.

Outages and silence are everywhere and lead back to where one was, or to the menu: they are not drawn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogue.talk import PAGE_ROW
from domain.messages import Choice, Text
from domain.said import Said
from maps.exploring import Exploration
from maps.places import (
    END,
    FILE,
    OPTION,
    OUTAGE,
    OUTCOME,
    QUESTION,
    REFUSAL,
    RESULT,
    SILENCE,
    START,
    TROUBLE,
    TYPED,
    WAIT,
    WORK,
    Node,
    Way,
)
from texts import Catalogue

LANGUAGE = "en"
"""that of maps"""
MOST_LABELS = 6
"""on one edge; of more, the first are named and the others counted: the page's table has them all"""
SHAPES: Mapping[str, tuple[str, str]] = {
    START: ("((", "))"),
    QUESTION: ("[", "]"),
    WORK: ("[[", "]]"),
    WAIT: ("{{", "}}"),
    END: ("([", "])"),
    TROUBLE: (">", "]"),
}
COLOURS: Mapping[str, str] = {
    START: "fill:#e7e5e4,stroke:#78716c,color:#1c1917",
    QUESTION: "fill:#dcfce7,stroke:#16a34a,color:#052e16",
    WORK: "fill:#dbeafe,stroke:#2563eb,color:#172554",
    WAIT: "fill:#fef3c7,stroke:#d97706,color:#451a03",
    END: "fill:#e7e5e4,stroke:#78716c,color:#1c1917",
    TROUBLE: "fill:#fee2e2,stroke:#dc2626,color:#450a0a",
}
"""on a light page and on a dark one"""


@dataclass(frozen=True)
class Counts:
    """How many conversations there are, to be put on the map."""

    came: Mapping[str, int] = field(default_factory=dict)
    """stage -> those that came into it"""
    waiting: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(stage, what is waited for: `answer:income`, `work:fetch_offers`, a wait's name) -> those that stand there now"""


def draw(explored: Exploration, texts: Catalogue, counts: Counts | None = None) -> str:
    """The map."""
    return "\n".join(_lines(explored, texts, counts or Counts())) + "\n"


def rendered(texts: Catalogue, said: Said) -> Text | Choice:
    """Something said, in the language of maps. The support contact is a setting, and none is known here."""
    return texts.render(said, LANGUAGE, support="")


def options_of(explored: Exploration, texts: Catalogue, question: str) -> dict[str, str]:
    """The labels of a question's own options, by id. Rows that turn a page, or are made of something, are none."""
    found: dict[str, str] = {}
    for said in explored.asked.get(question, ()):
        message = rendered(texts, said)
        if isinstance(message, Choice):
            for one, option in zip(said.alternatives, message.options, strict=True):
                if not (one.values or one.id.startswith(PAGE_ROW)):
                    found.setdefault(one.id, option.label)
    return found


def _lines(explored: Exploration, texts: Catalogue, counts: Counts) -> Iterator[str]:
    yield "flowchart TD"
    stages: dict[str, list[Node]] = defaultdict(list)
    for node in explored.nodes:
        stages[node.stage].append(node)
    for stage, nodes in stages.items():
        indent = "    " if not stage else "        "
        if stage:
            came = f" · {counts.came[stage]}" if stage in counts.came else ""
            yield f'    subgraph stage_{_identifier(stage)}["{_escaped(_spoken(stage) + came)}"]'
        for node in nodes:
            opens, closes = SHAPES[node.kind]
            yield f'{indent}{identifier(node)}{opens}"{_escaped(_title(node, counts))}"{closes}:::{node.kind}'
        if stage:
            yield "    end"
    targets: dict[Node, list[tuple[Node, list[Way]]]] = defaultdict(list)
    for (start, end), ways in explored.ways.items():
        drawn = [way for way in ways if _is_drawn(way)]
        if drawn:
            targets[start].append((end, drawn))
    for start, ends in targets.items():
        drawn_before: list[list[Way]] = []
        for end, ways in ends:
            # The same answers lead elsewhere when something else came before them: said once.
            again, labels = ways in drawn_before, []
            if not again:
                labels = _labels(explored, texts, start, ways, ends)
            drawn_before.append(ways)
            arrow = "-.->" if again else "-->"
            label = f'|"{"<br/>".join(map(_escaped, labels))}"|' if labels else ""
            yield f"    {identifier(start)} {arrow}{label} {identifier(end)}"
    for kind in dict.fromkeys(node.kind for node in explored.nodes):
        yield f"    classDef {kind} {COLOURS[kind]}"


def identifier(node: Node) -> str:
    """A node's name in the Mermaid text."""
    return _identifier("_".join(part for part in (node.kind, node.stage, node.name) if part))


def _identifier(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _is_drawn(way: Way) -> bool:
    return way.kind not in (SILENCE, OUTAGE) and not (way.kind == OPTION and way.name.startswith(PAGE_ROW))


def _title(node: Node, counts: Counts) -> str:
    name = "hi" if node.kind == START else _spoken(node.name)
    prefix = {QUESTION: "answer:", WORK: "work:"}.get(node.kind, "")
    waiting = counts.waiting.get((node.stage, prefix + node.name), 0) if node.kind in (QUESTION, WORK, WAIT) else 0
    return f"{name} · {waiting}" if waiting else name


def _labels(
    explored: Exploration,
    texts: Catalogue,
    start: Node,
    ways: Sequence[Way],
    ends: Sequence[tuple[Node, list[Way]]],
) -> list[str]:
    """What stands on an edge: the ways that lead there, as people see them."""
    if start.kind == WORK:
        return _ends_of_work(ways, [way for _, others in ends for way in others])
    if start.kind == QUESTION and all(other == ways for _, other in ends):
        if [way.kind for way in ways] == [TYPED]:
            return []
        if len(ways) > MOST_LABELS:
            return [f"any of {len(ways)}"]
    options = options_of(explored, texts, start.name) if start.kind == QUESTION else {}
    found: dict[str, None] = {}
    for way in ways:
        match way.kind:
            case kind if kind == OPTION:
                found["one of them" if way.offered else options.get(way.name, _spoken(way.name))] = None
            case kind if kind == TYPED:
                found[f"“{way.name}”" if start.kind == QUESTION else ""] = None
            case kind if kind == FILE:
                found[f"a file: {way.name}"] = None
            case kind if kind == OUTCOME:
                found[_spoken(way.name)] = None
    return _few([label for label in found if label])


def _ends_of_work(ways: Sequence[Way], others: Sequence[Way]) -> list[str]:
    """What the results that lead here have in common, and those that lead elsewhere have not."""
    here: dict[str, dict[str, None]] = defaultdict(dict)
    anywhere: dict[str, set[str]] = defaultdict(set)
    for way in ways:
        if way.kind == RESULT:
            for where, which in way.marks:
                here[where][which] = None
    for way in others:
        if way.kind == RESULT:
            for where, which in way.marks:
                anywhere[where].add(which)
    labels: list[str] = []
    for where, found in here.items():
        if found.keys() != anywhere[where]:
            labels += [f"{where}: {' or '.join(found)}"] if where else found
    refused = [f"refused: {_spoken(way.name)}" for way in ways if way.kind == REFUSAL]
    return _few([*labels, *refused])


def _few(labels: Sequence[str]) -> list[str]:
    if len(labels) <= MOST_LABELS:
        return list(labels)
    return [*labels[: MOST_LABELS - 1], f"and {len(labels) - MOST_LABELS + 1} more"]


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _escaped(text: str) -> str:
    """Text between quotation marks in Mermaid: entities by number or name, with `#` in place of `&`."""
    signs = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\n": " "}
    return "".join(signs.get(sign, sign) for sign in text)
