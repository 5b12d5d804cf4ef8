"""What the sources say: every text key that dialogue and journeys name, with the values they pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = (*sorted((ROOT / "dialogue").rglob("*.py")), ROOT / "journeys" / "loan.py")

KEY_AT = {"say": 0, "aside": 0, "put_menu": 0, "refuse": 1, "Invalid": 0}
"""call -> which argument is the text key"""
DYNAMIC = {"key", "why", "invalid.reason"}
"""Parameters that hand on a key which another call names."""


@dataclass(frozen=True)
class Mention:
    """A call that names a text. `pattern` is the key, or has a `*` where the key is put together."""

    call: str
    pattern: str
    values: frozenset[str]
    """names of the values passed; of `**figures(…)` the call's name with two stars"""
    options: frozenset[str]
    """of a menu: patterns of its options"""

    def names(self, key: str) -> bool:
        return fnmatchcase(key, self.pattern)


@cache
def mentions() -> tuple[Mention, ...]:
    """Every call of `say`, `aside`, `put_menu`, `refuse` and `Invalid` in the sources."""
    return tuple(found for file in SOURCES for found in _mentions_in(file))


@cache
def alternatives_named() -> frozenset[tuple[str, str]]:
    """(id, label) patterns of every `Alternative(…)` that names its label."""
    found = set()
    for file in SOURCES:
        for scope, call in _calls(file):
            if _name_of(call) == "Alternative" and len(call.args) > 1:
                ids = _strings(call.args[0], scope) or {"*"}
                found |= {(one, label) for one in ids for label in _strings(call.args[1], scope)}
    return frozenset(found)


@cache
def asked_with() -> dict[str, frozenset[str]]:
    """Constant of a journey's question -> names of the values it is asked with."""
    asked: dict[str, frozenset[str]] = {}
    for file in SOURCES:
        for _, call in _calls(file):
            if _name_of(call) in ("ask", "confirm", "choose_language") and call.args:
                values = _passed(call)
                for question in call.args if _name_of(call) == "confirm" else call.args[:1]:
                    if isinstance(question, ast.Name) and question.id.isupper():
                        asked[question.id] = values
                        values = frozenset()  # what confirm passes is the summary's
    return asked


def _mentions_in(file: Path) -> Iterator[Mention]:
    for scope, call in _calls(file):
        name = _name_of(call)
        if name not in KEY_AT or len(call.args) <= KEY_AT[name]:
            continue
        key, *rest = call.args[KEY_AT[name] :]
        patterns = _strings(key, scope)
        if not patterns and ast.unparse(key) not in DYNAMIC:
            raise AssertionError(
                f"{file.name}:{call.lineno}: the key {ast.unparse(key)} is not to be read off the source"
            )
        options = {option for one in rest for option in _strings(one, scope)} if name == "put_menu" else set()
        for pattern in patterns:
            yield Mention(name, pattern, _passed(call), frozenset(options))


def _calls(file: Path) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Every call with the innermost function it is in."""

    def below(node: ast.AST, scope: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
        if isinstance(node, ast.Call):
            yield scope, node
        inner = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else scope
        for child in ast.iter_child_nodes(node):
            yield from below(child, inner)

    tree = ast.parse(file.read_text(encoding="utf-8"))
    return below(tree, tree)


def _name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _passed(call: ast.Call) -> frozenset[str]:
    """The names of the values a text gets; what a thing is about is no value."""
    return frozenset(
        keyword.arg or (f"**{_name_of(keyword.value)}" if isinstance(keyword.value, ast.Call) else "**")
        for keyword in call.keywords
        if keyword.arg != "about"
    )


def _strings(expression: ast.expr, scope: ast.AST) -> set[str]:
    """The strings an expression may be, as far as the function around it tells; `*` for a part that is put in."""
    match expression:
        case ast.Constant(str() as text):
            return {text}
        case ast.IfExp():
            return _strings(expression.body, scope) | _strings(expression.orelse, scope)
        case ast.Tuple(elements) | ast.List(elements):
            return {text for element in elements for text in _strings(element, scope)}
        case ast.Starred(inner) | ast.GeneratorExp(inner):
            return _strings(inner, scope)
        case ast.JoinedStr(parts):
            return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)}
        case ast.Name(name):
            return {text for bound in _bound_to(name, scope) for text in _strings(bound, scope)}
    return set()


def _bound_to(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """What a local name is assigned, or takes on in a loop over a literal."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign([ast.Name(target)], value) if target == name:
                yield value
            case ast.For(ast.Tuple(targets), ast.Tuple(rows)):
                for at, one in enumerate(targets):
                    if isinstance(one, ast.Name) and one.id == name:
                        yield from (row.elts[at] for row in rows if isinstance(row, ast.Tuple))
