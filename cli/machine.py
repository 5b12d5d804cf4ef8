"""This machine: everything on it, started."""

from __future__ import annotations

import importlib.util

from cli.errors import CannotBeDone


def dev() -> None:
    """Start everything on this machine and show where it is; Ctrl-C stops it (the same as `make run`)."""
    if importlib.util.find_spec("stack") is None:
        raise CannotBeDone(
            "`dev` is for a checkout: there `make run` starts PostgreSQL, Temporal, the phone and the rest"
        )
    from stack.__main__ import main

    if code := main([]):
        raise SystemExit(code)
