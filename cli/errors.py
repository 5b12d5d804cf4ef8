"""Why a command ends without having done it, named by what to do about it. Messages hold no number and no name."""

from __future__ import annotations


class CannotBeDone(Exception):
    """It was asked for rightly and cannot be done now: the message says why, and the way out. Exit code 1."""


class WrongUse(Exception):
    """It was asked for wrongly: the message says what to type instead. Exit code 2."""
