"""Logs: JSON in production, lines for people in dev. No message text, no number, no name is ever given to them.

`telemetry/redaction.py` is the net below that rule.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import Processor

from telemetry.redaction import redact
from telemetry.traces import add_trace

log = structlog.get_logger()

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    add_trace,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
QUIET = ("httpx", "httpcore", "uvicorn.access")
"""they log addresses with every call, and a number may be part of one"""
HASHED = 6
"""hex digits of a number's hash: enough to tell it from others in a log; the key keeps it from being found by trying"""

_hint_key = b""


def set_up_logs(level: str, mode: str, lookup_key: str = "") -> None:
    """Every log of this process, the libraries' too, to standard error in one form.

    `lookup_key` is LOOKUP_KEY: a key derived from it goes into number_hint. Without one a hint has the digits only.
    """
    global _hint_key
    _hint_key = hmac.digest(lookup_key.encode(), b"numbers in logs", "sha256") if lookup_key else b""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [handler(sys.stderr, mode)]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _ended
    threading.excepthook = _thread_ended


def handler(stream: TextIO, mode: str) -> logging.Handler:
    """What writes log lines to a stream, in the form of a mode: all that is written has passed the redaction."""
    last: Processor = (
        # The default shows the values of local variables, and those are what people wrote.
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        if mode == "dev"
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    written = Handler(stream)
    written.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.StackInfoRenderer(),
                structlog.processors.format_exc_info,
                redact,
                last,
            ],
        )
    )
    return written


class Handler(logging.StreamHandler[TextIO]):
    """Writes lines; of one that cannot be written it tells where it came from, where the default prints all of it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say which line is missing: a message that does not fit its arguments, an object that cannot be shown."""
        kind = sys.exc_info()[0]
        place = f"{record.module}:{record.lineno}"
        self.stream.write(
            f'{{"event": "a log line could not be written", "level": "error", "logger": "{record.name}",'
            f' "place": "{place}", "error": "{kind.__name__ if kind else ""}"}}{self.terminator}'
        )


def number_hint(phone: str) -> str:
    """The only form in which a phone number may be logged: its last two digits and a short keyed hash, `…42#a1b2c3`.

    The same number, with or without plus and spaces, has the same hint wherever LOOKUP_KEY is the same.
    """
    digits = "".join(sign for sign in phone if sign.isdecimal())
    shown = f"…{digits[-2:]}"
    if not _hint_key:
        return shown
    return f"{shown}#{hmac.new(_hint_key, digits.encode(), hashlib.sha256).hexdigest()[:HASHED]}"


def _ended(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("the process ends by an error", exc_info=(kind, error, where))


def _thread_ended(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        where = (arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
        log.critical("a thread ends by an error", exc_info=where)
