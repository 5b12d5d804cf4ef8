"""The id that an option carries over the wire: `<ref of its question>.<id of the option>`."""

from __future__ import annotations


def wire_id(ref: str, option: str) -> str:
    """The id of an option as sent: a tap then says which question it answers, however late it comes.

    `ref` holds no full stop (it is a hex digest, `dialogue.data.reference`); `option` may hold anything.
    """
    return f"{ref}.{option}"


def tapped(wire_id: str) -> tuple[str, str]:
    """The question's ref and the option's id. An id that is none of ours belongs to no question: its ref is empty."""
    ref, dot, option = wire_id.partition(".")
    return (ref, option) if dot else ("", wire_id)
