"""The worker: builds the clients, registers what there is, runs. Start it with `python -m worker`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import structlog
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.bookings import Bookings
from activities.broadcasts import Broadcasting
from activities.consents import ConsentRegister
from activities.decisions import Decisions
from activities.discretion import Discretion
from activities.effects import activity_of
from activities.investments import Brochures, Investments
from activities.jobs import CareerJet, JobSearch
from activities.mail import Mails, MailServer
from activities.media import Attachments, MediaFetching, clear_revoked
from activities.onboarding import Registrations
from activities.order_desk import OrderDesk, OwnOrders
from activities.order_system import OrderSystem
from activities.otp import OneTimeCodes
from activities.partners import Partner
from activities.sending import Sending
from activities.speech import Listening, Recogniser, SpeechApi
from activities.turns import Turns
from channels import Channel, ChannelError, Channels, meta, twilio
from dialogue import Journey
from domain import investments
from domain.bookings import BOOK_SLOT, CANCEL_BOOKING, FIND_BOOKING, FIND_SLOTS
from domain.conversation import CONVERSATIONS, EFFECTS, SENDING
from domain.defects import FIND_DEFECTS, READ_DEFECT, REPORT_DEFECT
from domain.enquiries import READ_FAQS, REPORT_ISSUE
from domain.jobs import SEARCH_JOBS
from domain.lending import FETCH_OFFERS, RECORD_CONSENT
from domain.numbers import Provider
from domain.onboarding import FIND_NUMBER, KEEP_ONBOARDING, MAKE_LOGIN_LINK
from domain.orders import FIND_ORDERS, READ_ORDER
from domain.otp import REQUEST_CODE, VERIFY_CODE
from domain.production import READ_LINES, READ_SCHEDULE
from domain.speech import TRANSCRIBE
from handing.conversations import HandOver
from journeys.registry import BOTS, journeys
from settings import Settings, WrongSetting, read_settings
from store.blobs import Blobs, BlobsMisconfigured, open_blobs
from store.bookings import Diary
from store.broadcast_pages import BroadcastPages
from store.consents import Consents
from store.database import migrate, open_pool
from store.heartbeats import Heartbeats
from store.leads import Leads
from store.links import Links
from store.media import Media
from store.numbers import Numbers, Templates
from store.onboardings import Onboardings
from store.outbox import Outbox
from store.pace import NumberPace
from store.places import Places
from store.programs import Programs
from store.sealing import KeyRing
from store.seeding import seed_order_desk, seed_programs
from store.vault import Vault
from store.work import WorkTable
from telemetry.logs import set_up_logs
from telemetry.serving import served
from telemetry.temporal import forward_core_logs
from texts import Catalogue
from workflows.broadcast import Broadcast
from workflows.conversation import Conversation
from workflows.mail import Mail
from workflows.temporal import connect, register_attributes

log = structlog.get_logger()

STICKY = timedelta(seconds=1)
"""how long a killed worker's conversations wait for it before another takes them (the default is ten seconds)"""
GRACE = timedelta(seconds=5)
STAND_IN_STARTS_WITHIN = 20
"""seconds"""


@dataclass(frozen=True)
class Release:
    """What a worker serves, by bot: the journeys, and the words they are told in."""

    journeys: Mapping[str, Journey]
    catalogues: Mapping[str, Catalogue]


def this_release(settings: Settings) -> Release:
    """The bots of this checkout. Raises WrongSetting for a number whose bot is none of them."""
    unknown = sorted({number.bot for number in settings.numbers} - set(BOTS))
    if unknown:
        raise WrongSetting(
            f"NUMBERS_FILE or DEFAULT_BOT: there is no bot {', '.join(unknown)}, only {', '.join(sorted(BOTS))}"
        )
    silence = timedelta(minutes=settings.inactivity_minutes)
    hears = settings.speech_api_url is not None
    return Release(journeys(silence, hears=hears), {bot: Catalogue(bot) for bot in BOTS})


def blobs_of(settings: Settings) -> Blobs:
    """Where files are kept. Raises WrongSetting for a place that cannot be used."""
    try:
        return open_blobs(settings.blob_store, settings.aws)
    except BlobsMisconfigured as wrong:
        raise WrongSetting(str(wrong)) from None


@contextlib.asynccontextmanager
async def workers(settings: Settings, client: Client, release: Release) -> AsyncIterator[list[Worker]]:
    """The workers of all task queues, built and not yet running."""
    pool = await open_pool(settings.database_url.get_secret_value(), settings.database_connections)
    keys = KeyRing(settings.encryption_keys.get_secret_value(), settings.lookup_key.get_secret_value())
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=50)
    async with httpx.AsyncClient(timeout=httpx.Timeout(5), limits=limits) as http:
        token = settings.meta_access_token
        graph = meta.GraphClient(
            http,
            settings.graph_api_url,
            settings.graph_api_version,
            token.get_secret_value() if token else "not-set",
            settings.tokens,
        )
        by_provider: dict[Provider, Channel] = {"meta": meta.MetaChannel(graph)}
        at_twilio = twilio.open_client(http, settings.twilio)
        if at_twilio is not None:
            by_provider["twilio"] = twilio.TwilioChannel(at_twilio, twilio.Library(at_twilio))
        channels = Channels(by_provider)
        blobs = blobs_of(settings)
        ours = {number.id: number for number in settings.numbers}
        sending = Sending(
            Outbox(pool),
            Places(pool, keys),
            NumberPace(pool),
            Numbers(pool),
            Templates(pool),
            channels,
            Attachments(pool, blobs, channels, Links(keys, settings.public_url)),
            ours,
        )
        fold = settings.fold_seconds > 0
        turns = Turns(pool, keys, release.journeys, release.catalogues, channels, sending, settings.support, fold=fold)
        work = WorkTable(pool, keys)
        discreet = [Discretion()]
        register = ConsentRegister(Consents(pool), release.catalogues["loan"], settings.support)
        decisions = Decisions(Partner("decision backend", http, *_decision_backend(settings)))
        codes = OneTimeCodes(Partner("auth API", http, *_auth_api(settings)), Vault(pool, keys))
        diary = Diary(pool, settings.booking_consultants)
        bookings = Bookings(diary, Places(pool, keys), settings.office_hours, settings.booking_url or "")
        demonstration = settings.mode == "dev"
        desk = OrderDesk(pool, keys, demonstration=demonstration)
        orders: OwnOrders | OrderSystem = OwnOrders(pool, keys, demonstration=demonstration)
        if settings.orders_api_url is not None:
            orders = OrderSystem(Partner("order system", http, *_order_system(settings)), Places(pool, keys))
        if demonstration:
            await seed_order_desk(pool)
            await seed_programs(pool)
            if at_twilio is not None and "twilio" in settings.stand_ins:
                await _make_contents(at_twilio)
        programs, leads = Programs(pool), Leads(pool, keys)
        nexora = Investments(programs, leads)
        mails = Mails(client, leads, *_mail(settings))
        handing = HandOver(pool, client, settings.fold_seconds)
        broadcasting = Broadcasting(BroadcastPages(pool, keys), partial(handing.hand_over, by="broadcast"))
        onboarding = Registrations(Onboardings(pool, keys), Places(pool, keys), settings.web_app_url or "")
        effects: list[Callable[..., Any]] = [
            activity_of(RECORD_CONSENT, work, register.record),
            activity_of(FETCH_OFFERS, work, decisions.fetch_offers),
            activity_of(REQUEST_CODE, work, codes.request),
            activity_of(VERIFY_CODE, work, codes.verify, codes.forget),
            activity_of(investments.LIST_PROGRAMS, work, nexora.list_programs),
            activity_of(investments.MATCH_PROGRAMS, work, nexora.match_programs),
            activity_of(investments.CREATE_LEAD, work, nexora.create_lead),
            activity_of(investments.NOTIFY_ADMIN, work, mails.notify_admin),
            activity_of(investments.MAKE_BROCHURE, work, Brochures(programs, Places(pool, keys), blobs).make),
            activity_of(SEARCH_JOBS, work, JobSearch(_careerjet(settings, http), leads).search),
            mails.activity,
            broadcasting.page,
            activity_of(FIND_SLOTS, work, bookings.find_slots),
            activity_of(FIND_BOOKING, work, bookings.find_booking),
            activity_of(BOOK_SLOT, work, bookings.book),
            activity_of(CANCEL_BOOKING, work, bookings.cancel),
            activity_of(FIND_ORDERS, work, orders.find_orders),
            activity_of(READ_ORDER, work, orders.read_order),
            activity_of(REPORT_DEFECT, work, desk.report_defect),
            activity_of(FIND_DEFECTS, work, desk.find_defects),
            activity_of(READ_DEFECT, work, desk.read_defect),
            activity_of(READ_SCHEDULE, work, desk.read_schedule),
            activity_of(READ_LINES, work, desk.read_lines),
            activity_of(READ_FAQS, work, desk.read_faqs),
            activity_of(REPORT_ISSUE, work, desk.report_issue),
            activity_of(FIND_NUMBER, work, onboarding.find_number),
            activity_of(KEEP_ONBOARDING, work, onboarding.keep),
            activity_of(MAKE_LOGIN_LINK, work, onboarding.make_link),
            MediaFetching(pool, keys, blobs, channels).fetch_media,
            activity_of(TRANSCRIBE, work, Listening(_recogniser(settings, http), Media(pool, keys), blobs).transcribe),
        ]
        beat = asyncio.create_task(Heartbeats(pool).beat("worker"))
        clearing = asyncio.create_task(clear_revoked(pool, keys, blobs))
        try:
            yield [
                Worker(
                    client,
                    task_queue=CONVERSATIONS,
                    workflows=[Conversation, Mail, Broadcast],
                    activities=[turns.turn],
                    workflow_runner=SandboxedWorkflowRunner(
                        restrictions=SandboxRestrictions.default.with_passthrough_modules("domain")
                    ),
                    # What is begun is to be finished in time: not more turns at once than connections can serve.
                    max_concurrent_workflow_tasks=4 * settings.database_connections,
                    max_concurrent_local_activities=2 * settings.database_connections,
                    max_cached_workflows=1000,
                    sticky_queue_schedule_to_start_timeout=STICKY,
                    interceptors=discreet,
                    graceful_shutdown_timeout=GRACE,
                ),
                Worker(
                    client,
                    task_queue=SENDING,
                    activities=[sending.deliver],
                    interceptors=discreet,
                    graceful_shutdown_timeout=GRACE,
                ),
                Worker(
                    client,
                    task_queue=EFFECTS,
                    activities=effects,
                    interceptors=discreet,
                    graceful_shutdown_timeout=GRACE,
                ),
            ]
        finally:
            beat.cancel()
            clearing.cancel()
            await pool.close()


async def _make_contents(client: twilio.TwilioClient) -> None:
    """Have the stand-in hold what buttons and lists are sent as; one that is only starting is waited for."""
    for _ in range(STAND_IN_STARTS_WITHIN):
        try:
            await twilio.create_missing(client)
        except ChannelError as error:
            log.info("the stand-in for Twilio is not ready", error=str(error))
            await asyncio.sleep(1)
        else:
            return
    log.warning("the stand-in for Twilio does not answer: choices go as numbered text")


def _decision_backend(settings: Settings) -> tuple[str, str]:
    key = settings.backend_decision_api_key
    return settings.backend_decision_url or "", key.get_secret_value() if key else ""


def _recogniser(settings: Settings, http: httpx.AsyncClient) -> Recogniser | None:
    if settings.speech_api_url is None:
        return None
    key = settings.speech_api_key
    return SpeechApi(http, settings.speech_api_url, key.get_secret_value() if key else "", settings.speech_model)


def _careerjet(settings: Settings, http: httpx.AsyncClient) -> CareerJet:
    affiliate = settings.careerjet_affiliate_id
    return CareerJet(
        http,
        settings.careerjet_api_url or "",
        affiliate.get_secret_value() if affiliate else "",
        settings.public_url,
        settings.careerjet_user_ip,
    )


def _mail(settings: Settings) -> tuple[MailServer | None, str, str]:
    """The mail server, who writes, and who is written to."""
    url = settings.smtp_url
    server = MailServer.at(url.get_secret_value()) if url else None
    return server, settings.support_email or settings.admin_email, settings.admin_email


def _auth_api(settings: Settings) -> tuple[str, str]:
    key = settings.auth_api_key
    return settings.auth_api_url or "", key.get_secret_value() if key else ""


def _order_system(settings: Settings) -> tuple[str, str]:
    key = settings.orders_api_key
    return settings.orders_api_url or "", key.get_secret_value() if key else ""


async def run(settings: Settings, release: Release) -> None:
    """Work until a signal says stop."""
    await migrate(settings.database_url.get_secret_value())
    client = await connect(settings.temporal_address, settings.temporal_namespace)
    await register_attributes(client)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    host = "127.0.0.1" if settings.mode == "dev" else "0.0.0.0"
    async with workers(settings, client, release) as built, contextlib.AsyncExitStack() as running:
        running.enter_context(served(host, settings.metrics_port))
        for worker in built:
            await running.enter_async_context(worker)
        log.info("worker is up", namespace=settings.temporal_namespace)
        await stop.wait()


def main(release_of: Callable[[Settings], Release] = this_release) -> int:
    """Run the worker; 2 when a setting is wrong."""
    try:
        settings = read_settings()
        release = release_of(settings)
        _ = settings.tokens, blobs_of(settings)
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    set_up_logs(settings.log_level, settings.mode, settings.lookup_key.get_secret_value())
    forward_core_logs()
    asyncio.run(run(settings, release))
    return 0


if __name__ == "__main__":
    sys.exit(main())
