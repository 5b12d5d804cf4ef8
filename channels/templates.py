"""What templates have alike with every provider: a value is one line, else WhatsApp refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from domain.messages import HeaderText, Template


def on_one_line(template: Template) -> Template:
    """The template with each run of white space in a value as one space."""
    values, header = template.values, template.header
    return replace(
        template,
        values={name: one_line(text) for name, text in values.items()}
        if isinstance(values, Mapping)
        else tuple(one_line(text) for text in values),
        header=replace(header, text=one_line(header.text)) if isinstance(header, HeaderText) else header,
    )


def one_line(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())
