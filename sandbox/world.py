"""All that the sandbox holds, built once for a process."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from fastapi import Request

from sandbox.auth.answers import AuthAnswers
from sandbox.auth.codes import Codes
from sandbox.auth.moods import AuthMoods
from sandbox.chats import Chats
from sandbox.clock import Clock
from sandbox.config import Number, Settings, access_token, read_numbers
from sandbox.decision.answers import Answers
from sandbox.decision.profiles import Profiles
from sandbox.events import EventBus
from sandbox.faults.ordered import Faults
from sandbox.graph.limits import Limits
from sandbox.graph.templates import Templates, read_templates
from sandbox.jobs.moods import Moods
from sandbox.later import Later
from sandbox.mail.mailbox import Mailbox
from sandbox.mail.server import MailServer
from sandbox.media import Media
from sandbox.orders.profiles import OrderProfiles
from sandbox.people import People
from sandbox.product import Product
from sandbox.speech.moods import SpeechMoods
from sandbox.storage import Storage
from sandbox.twilio.account import Account
from sandbox.twilio.contents import Contents
from sandbox.twilio.posting import Posts
from sandbox.twilio.records import Records
from sandbox.twilio.statuses import Statuses as TwilioStatuses
from sandbox.webhooks.batches import Batches
from sandbox.webhooks.delivery import Deliveries, Webhook
from sandbox.webhooks.statuses import Statuses

CONNECTIONS = 64
"""Connections to the product that are kept open."""


@dataclass(frozen=True)
class World:
    """The parts, wired together; `tokens` is the bearer token of each number."""

    settings: Settings
    clock: Clock
    numbers: dict[str, Number]
    tokens: dict[str, str]
    storage: Storage
    http: httpx.AsyncClient
    events: EventBus
    people: People
    chats: Chats
    deliveries: Deliveries
    statuses: Statuses
    limits: Limits
    faults: Faults
    product: Product
    media: Media
    templates: Templates
    batches: Batches
    later: Later
    profiles: Profiles
    answers: Answers
    moods: Moods
    speech_moods: SpeechMoods
    mailbox: Mailbox
    mail_server: MailServer
    orders: OrderProfiles
    codes: Codes
    auth_moods: AuthMoods
    auth_answers: AuthAnswers
    twilio: Account

    async def start(self) -> None:
        """Take up what an earlier process left undone, and take mail. Raises OSError where its port is taken."""
        await self.mail_server.start()
        self.deliveries.resume()
        self.statuses.resume()
        self.twilio.resume()

    async def stop(self) -> None:
        """Stop posting and write everything down."""
        self.events.close()
        await self.mail_server.stop()
        self.batches.close()
        await self.later.close()
        await self.deliveries.close()
        await self.twilio.close()
        await self.http.aclose()
        self.storage.close()


def build_world(settings: Settings, clock: Clock, environment: Mapping[str, str] = os.environ) -> World:
    """Open the data folder and wire everything. Raises SettingsError or OSError where that cannot be done."""
    numbers = {number.id: number for number in read_numbers(settings.numbers_file)}
    from_file = read_templates(settings.sandbox_templates)
    settings.sandbox_data.mkdir(parents=True, exist_ok=True)
    storage = Storage(settings.sandbox_data / "sandbox.sqlite3")
    events = EventBus()
    people = People(storage, clock)
    chats = Chats(storage, people, events)

    def settled(webhook: Webhook, taken: bool) -> None:
        for message_id in (webhook.message or "").split():
            writer = chats.writer_of(message_id) or webhook.lane if webhook.lane.startswith("alone-") else webhook.lane
            chats.set_status(message_id, writer, "delivered" if taken else "failed")

    http = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS), trust_env=False
    )
    later = Later(clock)
    deliveries = Deliveries(settings, clock, storage, http, later, settled)
    token = settings.twilio_auth_token.get_secret_value()
    records, posts = Records(storage), Posts(token, clock, storage, http, later)
    account = settings.twilio_account_sid
    mailbox = Mailbox(storage, clock, events)
    statuses = Statuses(numbers, people, chats, deliveries, later)
    return World(
        settings=settings,
        clock=clock,
        numbers=numbers,
        tokens={number.id: access_token(number, settings, environment) for number in numbers.values()},
        storage=storage,
        http=http,
        events=events,
        people=people,
        chats=chats,
        deliveries=deliveries,
        statuses=statuses,
        limits=Limits(),
        faults=Faults(lambda: events.publish("faults")),
        product=Product(settings, http),
        media=Media(storage, settings.sandbox_data / "media", settings.meta_app_secret.get_secret_value().encode()),
        templates=Templates(storage, from_file),
        batches=Batches(deliveries, statuses, later),
        later=later,
        profiles=Profiles(storage),
        answers=Answers(storage),
        moods=Moods(),
        speech_moods=SpeechMoods(),
        mailbox=mailbox,
        mail_server=MailServer(settings.sandbox_host, settings.sandbox_smtp_port, mailbox),
        orders=OrderProfiles(),
        codes=Codes(storage, people, chats, clock, events),
        auth_moods=AuthMoods(),
        auth_answers=AuthAnswers(storage),
        twilio=Account(
            sid=account,
            token=token,
            records=records,
            contents=Contents(storage, clock),
            posts=posts,
            statuses=TwilioStatuses(account, numbers, clock, people, chats, records, posts),
        ),
    )


async def world_of(request: Request) -> World:
    """The world of the application that serves this request."""
    world: World = request.app.state.world
    return world
