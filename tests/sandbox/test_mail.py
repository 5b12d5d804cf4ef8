"""The mail server's stand-in and our way of mailing, at the two ends of real SMTP."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import pytest

from activities.effects import OutsideMisconfigured, OutsideUnavailable
from activities.mail import REASONS, MailServer, letter
from domain.investments import Lead
from domain.references import reference
from domain.scores import Known, score
from stack import free_ports
from tests.sandbox.conftest import Bench, Starting

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LEAD = Lead(
    id=UUID(int=7),
    name="Asha Pâtil",
    email="asha@patil.example",
    phone="+919700000001",
    interest="usa",
    budget=Decimal(850_000),
    country_of_interest="United States",
    notes="",
    score=100,
    reasons=score(Known("a@b.example", "+91", "usa", "US", Decimal(850_000), Decimal(800_000))).reasons,
)


@dataclass
class Post:
    """A sandbox with a mail server, and our client to it."""

    bench: Bench
    server: MailServer

    async def mails(self) -> list[dict[str, Any]]:
        """What arrived, the newest first."""
        found: list[dict[str, Any]] = (await self.bench.control.get("/sandbox/mails")).json()
        return found

    async def is_now(self, state: str) -> None:
        """Pull the mail server's lever."""
        assert (await self.bench.control.put("/sandbox/mail", json={"state": state})).status_code == 200


@pytest.fixture
async def post(starting: Starting) -> AsyncIterator[Post]:
    """A mail server that is up."""
    [port] = free_ports(1)
    async with starting.sandbox(sandbox_smtp_port=port) as bench:
        yield Post(bench, MailServer.at(f"smtp://127.0.0.1:{port}"))


def about(lead: Lead = LEAD, key: str = "") -> EmailMessage:
    """The mail about a lead."""
    return letter(lead, key or str(uuid4()), "care@nexora.example", "consultants@nexora.example", NOON)


async def test_a_mail_arrives_with_all_that_is_known_of_the_lead(post: Post) -> None:
    await post.server.send(about(key="a-key"))
    [mail] = await post.mails()
    assert (mail["from"], mail["to"]) == ("care@nexora.example", ["consultants@nexora.example"])
    assert mail["subject"] == f"Lead {reference('LEAD', LEAD.id)}, score 100"
    assert (mail["message_id"], mail["reply_to"]) == ("<a-key@nexora.example>", "asha@patil.example")
    for what in ("Asha Pâtil", "asha@patil.example", "+919700000001", "USA EB-5", "$850,000", "United States"):
        assert what in mail["body"]
    for reason in LEAD.reasons:
        assert REASONS[reason] in mail["body"]


async def test_what_is_not_known_is_said_to_be_unknown(post: Post) -> None:
    nobody = Lead(UUID(int=8), "Ravi", "ravi@उदाहरण.भारत", "", "", None, "", "", 0, ())
    await post.server.send(about(nobody))
    [mail] = await post.mails()
    assert mail["body"].count("not told") == 3
    assert "hidden" in mail["body"]
    assert mail["reply_to"] == ""


async def test_the_subject_and_the_headers_name_nobody(post: Post) -> None:
    """They are what mail servers write into their logs."""
    message = about()
    shown = f"{message['Subject']} {message['From']} {message['To']} {message['Message-ID']}"
    assert not any(secret in shown for secret in ("Asha", "patil", "9700000001"))


async def test_a_mail_that_is_sent_again_is_the_same_mail(post: Post) -> None:
    for _ in range(2):
        await post.server.send(about(key="once"))
    await post.server.send(about(key="another"))
    assert [(mail["message_id"], mail["times"]) for mail in await post.mails()] == [
        ("<another@nexora.example>", 1),
        ("<once@nexora.example>", 2),
    ]


async def test_a_server_that_is_down_is_tried_again_and_one_that_refuses_is_for_somebody_to_look_at(post: Post) -> None:
    for state, error in (("down", OutsideUnavailable), ("refuses", OutsideMisconfigured)):
        await post.is_now(state)
        with pytest.raises(error) as raised:
            await post.server.send(about())
        assert not any(secret in str(raised.value) for secret in ("nexora.example", "Asha", "patil"))
    await post.is_now("up")
    await post.server.send(about())
    assert len(await post.mails()) == 1


async def test_where_nobody_listens_it_is_tried_again() -> None:
    [port] = free_ports(1)
    with pytest.raises(OutsideUnavailable):
        await MailServer.at(f"smtp://127.0.0.1:{port}").send(about())


async def test_mails_outlive_the_sandbox_and_can_be_thrown_away(starting: Starting) -> None:
    [port] = free_ports(1)
    async with starting.sandbox(sandbox_smtp_port=port) as bench:
        await MailServer.at(f"smtp://127.0.0.1:{port}").send(about())
    async with starting.sandbox(sandbox_smtp_port=port) as bench:
        assert len((await bench.control.get("/sandbox/mails")).json()) == 1
        assert (await bench.control.delete("/sandbox/mails")).status_code == 204
        assert (await bench.control.get("/sandbox/mails")).json() == []


async def test_without_a_port_there_is_no_mail_server(bench: Bench) -> None:
    assert (await bench.control.get("/sandbox/mail")).json() == {"state": "up", "port": 0}


async def test_anybody_who_speaks_smtp_is_understood(post: Post) -> None:
    """The standard library's client, as a judge from outside."""

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", post.server.port, timeout=10) as client:
            client.sendmail("a@b.example", ["c@d.example", "e@f.example"], "Subject: Hello\r\n\r\nA line.\r\n")

    await asyncio.to_thread(send)
    [mail] = await post.mails()
    assert (mail["subject"], mail["to"], mail["body"].strip()) == ("Hello", ["c@d.example", "e@f.example"], "A line.")


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 587, tls=False)),
        ("smtps://mail.example", MailServer("mail.example", 465, tls=True)),
        ("smtp://127.0.0.1:8025", MailServer("127.0.0.1", 8025, tls=False)),
        ("smtps://u%40x:p%3Aw@mail.example:2465", MailServer("mail.example", 2465, True, "u@x", "p:w")),
    ],
)
def test_where_the_mail_server_is_and_who_we_are_there_is_one_address(url: str, server: MailServer) -> None:
    assert MailServer.at(url) == server
