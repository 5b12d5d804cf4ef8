"""Mail to the business, by SMTP: a lead as it is when the mail goes out.

The conversation only has it started; a workflow of its own sees it out (`workflows/mail.py`), so that a mail server
that is away keeps nobody waiting. Sent again after a lost answer, it has the same Message-ID: mailboxes show it once.
"""

from __future__ import annotations

import contextlib
import email.policy
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
import structlog
from temporalio import activity
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.effects import OutsideMisconfigured, OutsideUnavailable
from activities.investments import LEAD
from domain.conversation import CONVERSATIONS
from domain.investments import Lead, LeadNotice, Noticed
from domain.mail import MAIL, SEND_MAIL, MailOrder
from domain.references import reference
from store.leads import Leads
from store.sealing import Erased
from store.turns import NoConversation

log = structlog.get_logger()

PATIENCE = 20.0
"""seconds for one exchange with the mail server"""
INTERESTS = {
    "europe": "Europe Golden Visa",
    "caribbean": "Caribbean Citizenship",
    "usa": "USA EB-5",
    "uae": "UAE Residency",
}
REASONS = {
    "budget_500k": "a budget of $500,000 or more",
    "budget_250k": "a budget of $250,000 or more",
    "budget_100k": "a budget of $100,000 or more",
    "budget_given": "a budget was told",
    "budget_reaches_interest": "the budget is enough for what they looked at",
    "interest_known": "they looked at programs of a region",
    "country_known": "a country is known",
    "email_of_a_company": "an e-mail address of their own or their company’s",
    "phone_known": "their phone number is known",
}


@dataclass(frozen=True)
class MailServer:
    """A mail server: `smtp://` (with STARTTLS where it is offered) or `smtps://`, with user and password or without."""

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = None

    @classmethod
    def at(cls, url: str) -> MailServer:
        """The server of an address such as `smtps://user:password@mail.example.com:465`."""
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (465 if tls else 587),
            tls=tls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    async def send(self, message: EmailMessage) -> None:
        """Hand a message over. Raises OutsideUnavailable, and OutsideMisconfigured where it is refused for good."""
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                use_tls=self.tls,
                username=self.user,
                password=self.password,
                timeout=PATIENCE,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            # Its words hold the address; the codes are enough.
            raise _sorted(max((one.code for one in refused.recipients), default=500)) from None
        except aiosmtplib.SMTPResponseException as refused:
            raise _sorted(refused.code) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise OutsideUnavailable(f"mail server: {type(error).__name__}") from None


class Mails:
    """Tells the business of leads."""

    def __init__(self, client: Client, leads: Leads, server: MailServer | None, sender: str, recipient: str) -> None:
        self._client = client
        self._leads = leads
        self._server = server
        self._sender = sender
        self._recipient = recipient

    async def notify_admin(self, conversation: UUID, key: UUID, notice: LeadNotice) -> Noticed:
        """Have a mail about this lead seen out; twice is once. Without a mail server the lead is kept all the same."""
        if self._server is None or not self._recipient:
            log.info("a lead is kept, and nobody is told: no mail is set up", lead=notice.reference)
            return Noticed("off")
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await self._client.start_workflow(
                MAIL,
                MailOrder(str(conversation), str(key)),
                id=f"mail-{key}",
                task_queue=CONVERSATIONS,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            )
        return Noticed("mail")

    @property
    def activity(self) -> Callable[[MailOrder], Awaitable[None]]:
        """What the workflow of a mail calls."""

        @activity.defn(name=SEND_MAIL)
        async def send_mail(order: MailOrder) -> None:
            await self.send(order, activity.info().started_time)

        return send_mail

    async def send(self, order: MailOrder, at: datetime) -> None:
        """Send it. Raises OutsideUnavailable, OutsideMisconfigured. What was erased since is told to nobody."""
        if self._server is None:
            raise OutsideMisconfigured("mail server: SMTP_URL is not set any more, and a mail waits for it")
        try:
            lead = await self._leads.of(UUID(order.conversation))
        except (NoConversation, Erased):
            lead = None
        if lead is None:
            log.info("a mail is not sent: its lead was erased", mail=order.key)
            return
        await self._server.send(letter(lead, order.key, self._sender, self._recipient, at))
        log.info("a mail was sent", mail=order.key, lead=reference(LEAD, lead.id))


def letter(lead: Lead, key: str, sender: str, recipient: str, at: datetime) -> EmailMessage:
    """The mail about a lead. Personal data: its body, and where an answer to it goes."""
    message = EmailMessage(email.policy.SMTP)
    name = reference(LEAD, lead.id)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = f"Lead {name}, score {lead.score}"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if lead.email.isascii():
        message["Reply-To"] = lead.email
    message.set_content("\n".join(_lines(lead, name)) + "\n")
    return message


def _lines(lead: Lead, name: str) -> list[str]:
    told = [
        ("Reference", name),
        ("Name", lead.name),
        ("Phone", lead.phone or "hidden"),
        ("E-mail", lead.email),
        ("Interest", INTERESTS.get(lead.interest, lead.interest) or "not told"),
        ("Budget", f"${lead.budget:,.0f}" if lead.budget is not None else "not told"),
        ("Country", lead.country_of_interest or "not told"),
        *([("Notes", lead.notes)] if lead.notes else []),
    ]
    return [
        "Somebody on WhatsApp would like to talk to a consultant.",
        "",
        *(f"{what + ':':<11}{value}" for what, value in told),
        "",
        f"Score: {lead.score} of 100",
        *(f"  - {REASONS.get(reason, reason)}" for reason in lead.reasons),
    ]


def _sorted(code: int) -> OutsideUnavailable | OutsideMisconfigured:
    """A refusal by its code: those that begin with 4 pass (RFC 5321, 4.2.1)."""
    if 400 <= code < 500:
        return OutsideUnavailable(f"mail server: {code}")
    return OutsideMisconfigured(f"mail server: {code}: check SMTP_URL and ADMIN_EMAIL")
