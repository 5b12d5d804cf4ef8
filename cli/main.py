"""`sutradhar …`: which commands there are, by subject. Exit codes: 0 done, 1 cannot be done, 2 wrong use or setting."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer
from rich.markup import escape

from cli import (
    broadcasts,
    database,
    doctor,
    figures,
    health,
    keys,
    letters,
    machine,
    maps,
    people,
    rehearsing,
    twilio,
    upkeep,
)
from cli.errors import CannotBeDone, WrongUse
from cli.showing import console
from settings import WrongSetting

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def sutradhar() -> None:
    """WhatsApp conversations that cannot get lost."""


# This machine.
app.command("dev")(machine.dev)
app.command("doctor")(doctor.doctor)
app.command("status")(health.status)

# The database.
app.command("migrate")(database.migrate_database)
app.command("init-db")(database.init_db)
app.command("reset-db")(database.reset_db)
app.command("seed-programs")(database.seed_programs)
app.command("seed-orders")(database.seed_orders)

# Figures.
app.command("stats")(figures.stats)
app.command("list-leads")(figures.list_leads)

# The bots.
app.command("map")(maps.draw_map)
app.command("rehearse")(rehearsing.rehearse_release)

# One person.
app.command("user-info")(people.user_info)
app.command("test-message")(people.send_test_message)
app.command("delete-user")(people.delete_user)

# Many people.
app.add_typer(broadcasts.app, name="broadcast")

# After a fix, and from time to time.
app.add_typer(letters.app, name="dead-letters")
app.command("retry")(upkeep.retry)
app.command("resume")(upkeep.resume)
app.command("cleanup-sessions")(upkeep.cleanup_sessions)

# The provider.
app.add_typer(twilio.app, name="twilio")

# Those who call the API.
app.add_typer(keys.app, name="api-keys")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    try:
        # Not through the app itself: that would show a traceback with its own hook, past the redaction of logs.
        typer.main.get_command(app)(args=None if arguments is None else list(arguments), prog_name="sutradhar")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except CannotBeDone as problem:
        return _told(str(problem), 1)
    except (WrongUse, WrongSetting) as problem:
        return _told(str(problem), 2)
    return 0


def run() -> None:
    """The whole process: `main`, and out, for the Temporal SDK's threads may abort an ordinary end."""
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _told(problem: str, code: int) -> int:
    console(to_stderr=True).print(escape(problem), soft_wrap=True)
    return code
