"""Typst, held to what we ship: our templates, our fonts, and a document that is the same whenever it is made."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"


class CannotBeTypeset(Exception):
    """A template is wrong, or a font is missing: mend `documents/`. The message names neither data nor paths."""


def typeset(template: str, data: Any, on: date) -> bytes:
    """The PDF that a template makes of data (any JSON, read as `data` in it), dated so. The same input, the same bytes.

    Raises CannotBeTypeset, for a warning of the typesetter's too: a missing font is one.
    """
    compiler = typst.Compiler(str(TEMPLATES / template), root=str(TEMPLATES), font_paths=fonts())
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=datetime.combine(on, time(), UTC),
        )
    except typst.TypstError as error:
        raise CannotBeTypeset(f"{template}: {error.message}") from None
    if warnings:
        raise CannotBeTypeset(f"{template}: {'; '.join(warning.message for warning in warnings)}")
    if not isinstance(pdf, bytes):
        raise CannotBeTypeset(f"{template}: no document came of it")
    return pdf


@cache
def fonts() -> typst.Fonts:
    """Ours and those that typst has in it; none of the machine's, which another machine would not have."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
