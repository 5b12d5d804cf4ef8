"""What the single modules of the house may import; packages are held to it by import-linter (pyproject.toml)."""

from __future__ import annotations

import ast

import pytest

from stack.process import ROOT

OURS = {path.stem for path in ROOT.glob("*.py")} | {path.parent.name for path in ROOT.glob("*/__init__.py")}
ALLOWED = {
    "settings": {"domain"},
    "worker": OURS - {"api", "cli", "maps", "rehearsal", "sandbox", "stack", "bench", "tests"},
}


@pytest.mark.parametrize("module", ALLOWED)
def test_a_module_imports_only_what_the_arrows_allow(module: str) -> None:
    tree = ast.parse((ROOT / f"{module}.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in imported} & OURS <= ALLOWED[module]


def test_every_single_module_has_its_arrows() -> None:
    assert {path.stem for path in ROOT.glob("*.py")} == set(ALLOWED)
