"""Figures: what goes to and fro, what is chosen, how fast answers are, where people stop; and the leads."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Annotated

import typer
from rich.console import RenderableType

from cli.asked import Bot
from cli.errors import WrongUse
from cli.here import opened
from cli.showing import AsJson, bar, show, table
from store.lead_list import LeadList, ListedLead
from store.statistics import Report, Statistics

Days = Annotated[int, typer.Option("--days", min=1, max=3660, help="Of the last days, today among them.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="So many at most, the newest first.")]
Reveal = Annotated[
    bool, typer.Option("--reveal", help="Show names, phone numbers, e-mail addresses and budgets in full.")
]


def stats(days: Days = 7, bot: Bot = "", as_json: AsJson = False) -> None:
    """Messages, menus, response times, errors, webhooks, funnel, drop-off, leads. Nobody is named in it."""
    report = asyncio.run(_report(days, bot))
    document = {
        **dataclasses.asdict(report),
        "errors": [{**dataclasses.asdict(one), "rate": one.rate} for one in report.errors],
    }
    show(document, as_json, lambda: charts(report))


def list_leads(most: Most = 50, reveal: Reveal = False, as_json: AsJson = False) -> None:
    """Who wants to be called back, the newest first."""
    found = asyncio.run(_leads(most))
    shown = [one if reveal else _masked(one) for one in found]
    columns = ("changed", "name", "phone", "email", "budget", "interest", "country", "score")
    rows = [
        (
            one.updated_at,
            one.name,
            one.phone or None,
            one.email,
            one.budget or None,
            one.interest or None,
            one.country_of_interest or None,
            one.score,
        )
        for one in shown
    ]
    show({"leads": shown}, as_json, lambda: [table(columns, rows) if rows else "There are no leads yet."])


def charts(report: Report) -> list[RenderableType]:
    """The report for people: a table each, with bars where lengths tell more than numbers."""
    busiest = max((day.received + day.sent for day in report.by_day), default=0)
    reached = {bot: max(one.conversations for one in report.funnel if one.bot == bot) for bot in _bots(report)}
    tables = [
        table(
            ("day", "received", "sent", ""),
            [(one.day, one.received, one.sent, bar(one.received + one.sent, busiest)) for one in report.by_day],
            "Messages",
        ),
        table(
            ("bot", "", "kind or purpose", "number"),
            [(one.bot, one.direction, one.what, one.number) for one in report.by_direction],
            "By direction",
        ),
        table(
            ("bot", "", "status", "number"),
            [(one.bot, one.direction, one.what, one.number) for one in report.by_status],
            "By status",
        ),
        table(
            ("conversation", "bot", "received", "sent", "last"),
            [(one.conversation, one.bot, one.received, one.sent, one.last_at) for one in report.by_contact],
            "Busiest conversations",
        ),
        table(
            ("bot", "question", "option", "times", ""),
            [
                (one.bot, one.question, one.option, one.times, bar(one.times, _most(report, one.bot, one.question)))
                for one in report.menus
            ],
            "Chosen in menus",
        ),
        table(
            ("bot", "answered", "p50, s", "p95, s"),
            [(one.bot, one.answered, one.p50, one.p95) for one in report.answering],
            "Time to the first answer",
        ),
        table(
            ("bot", "to be sent", "failed", "rate", "in trouble now"),
            [(one.bot, one.wanted, one.failed, f"{one.rate:.1%}", one.in_trouble) for one in report.errors],
            "Errors",
        ),
        table(
            ("bot", "reason", "provider's code", "number"),
            [(one.bot, one.reason or None, one.error_code or None, one.number) for one in report.failures],
            "Why messages failed",
        ),
        table(
            ("kind", "result", "number"),
            [(one.kind or None, one.result, one.number) for one in report.webhook_events],
            "What webhooks brought",
        ),
        table(
            ("bot", "stage", "ever reached", ""),
            [
                (one.bot, one.stage, one.conversations, bar(one.conversations, reached[one.bot]))
                for one in report.funnel
            ],
            "Funnel, of all time",
        ),
        table(
            ("bot", "stage", "waiting for", "silent for a day"),
            [(one.bot, one.stage, one.waiting_for, one.conversations) for one in report.drop_off],
            "Where they stopped",
        ),
        table(
            ("day", "new conversations", "leads", "part"),
            [
                (
                    one.day,
                    one.conversations,
                    one.leads,
                    f"{one.leads / one.conversations:.0%}" if one.conversations else None,
                )
                for one in report.leads
            ],
            "Leads of nexora",
        ),
    ]
    return [one for one in tables if one.row_count] or ["Nothing was said in these days."]


async def _report(days: int, bot: str) -> Report:
    async with opened() as here:
        bots = {number.bot for number in here.settings.numbers}
        if bot and bot not in bots:
            raise WrongUse(f"--bot: no number of ours has a bot of this name; there are {', '.join(sorted(bots))}")
        return await Statistics(here.pool).read(days, bot)


async def _leads(most: int) -> list[ListedLead]:
    async with opened() as here:
        return await LeadList(here.pool, here.keys).newest(most)


def _bots(report: Report) -> set[str]:
    return {one.bot for one in report.funnel}


def _most(report: Report, bot: str, question: str) -> int:
    return max(one.times for one in report.menus if (one.bot, one.question) == (bot, question))


def _masked(lead: ListedLead) -> ListedLead:
    address, at, host = lead.email.partition("@")
    return dataclasses.replace(
        lead,
        name=_first(lead.name),
        phone=f"…{lead.phone[-2:]}" if lead.phone else "",
        email=f"{_first(address)}{at}{host}",
        budget="",
        notes="",
    )


def _first(word: str) -> str:
    return f"{word[:1]}…" if word else ""
