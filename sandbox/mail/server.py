"""The SMTP side: aiosmtpd on this process's event loop."""

from __future__ import annotations

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.mail.mailbox import Mailbox

LARGEST = 10 * 1024 * 1024


class MailServer:
    """Listens while the sandbox runs; on port 0 it does not."""

    def __init__(self, host: str, port: int, mailbox: Mailbox) -> None:
        self._host = host
        self._port = port
        self._mailbox = mailbox
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Raises OSError for a port that is taken."""
        if not self._port:
            return
        loop = asyncio.get_running_loop()

        def session() -> SMTP:
            return SMTP(
                _Handler(self._mailbox),
                hostname="sandbox",
                ident="sandbox",
                data_size_limit=LARGEST,
                enable_SMTPUTF8=True,
                loop=loop,
            )

        self._server = await loop.create_server(session, self._host, self._port)

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None


class _Handler:
    """What aiosmtpd calls, by the names it gives."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, whoever it is, unless all are refused or put off."""
        match self._mailbox.state:
            case "down":
                return "451 4.3.2 the sandbox was asked to take its mail server down"
            case "refuses":
                return "550 5.1.1 the sandbox was asked to refuse all recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail."""
        content = envelope.content
        self._mailbox.take(list(envelope.rcpt_tos), content if isinstance(content, bytes) else (content or "").encode())
        return "250 OK"
