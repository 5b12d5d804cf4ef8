"""The dialogue alone as a stage: no Temporal, no database, no HTTP, and a clock of its own.

What it shares with the product are its pure parts: the webhook's reading, `decide`, texts, the channel's rendering.
What it plays itself, in the simplest way, are the others: an inbox, an outbox, work, a timer, the 24-hour window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid5

import httpx
from pydantic import TypeAdapter

import channels
from activities.consents import ConsentRegister
from activities.decisions import Decisions
from activities.effects import OutsideRefused, OutsideUnavailable
from activities.partners import Partner
from activities.speech import as_typed
from activities.turns import decide, event_of
from api.intake import arrival_of
from channels import meta, twilio
from dialogue import Event, Failed, Finished, Passed, Said, State, Wanted, WasRefused
from domain.inbound import Incoming
from domain.lending import FETCH_OFFERS, RECORD_CONSENT
from domain.messages import Message
from domain.said import REMINDER, WINDOW
from domain.speech import NOT_KEPT, NOTHING_HEARD, TRANSCRIBE, Heard, VoiceNote
from journeys.registry import journeys
from sandbox.decision import offers
from sandbox.decision.application import Application
from sandbox.decision.profiles import Profile
from sandbox.jobs.moods import Moods
from sandbox.speech.moods import SpeechMoods
from settings import Settings
from store.consents import Consent, Consents
from store.kinds import NOT_WRITTEN
from store.turns import InboxRow
from tests.running.bubble import Bubble, bubble
from tests.running.person import Deed, Raw, Tap, Text, Voice
from tests.running.product import SUPPORT, usual_provider
from tests.transcripts.memory import Performers, World, performers
from tests.transcripts.memory.codes import CodeBook
from tests.transcripts.script import Decides, Listens, Searches
from texts import Catalogue

MORNING = datetime.fromisoformat("2026-11-20T10:00:00+05:30").timestamp()
"""seconds since the epoch, when a story begins, unless it is told otherwise"""
TRIES_TAKE = 16.0
"""seconds that an outage takes until the last of the attempts has failed: the workflow's pauses between them"""
FITS: dict[str, Callable[[Message], tuple[Message, ...]]] = {"meta": meta.fit, "twilio": twilio.fit}
"""what makes a message fit, by provider; what it looks like then is the same, where Twilio's account has contents"""
PERSON = "+919800000000"
ANOTHER = "+919900000000"
CONVERSATION = UUID(int=1)


@dataclass(frozen=True)
class Unsent:
    """A message in the outbox, the question it puts, and what may go in its place when the window is closed."""

    message: Message
    question: str
    template: Message | None
    clears: bool = False


class Pure:
    """One conversation of one bot."""

    def __init__(self, bot: str, begins: float = MORNING, provider: str = "") -> None:
        self._bot = bot
        self._fit = FITS[provider or usual_provider(bot)]
        self._journeys = journeys(timedelta(minutes=30), hears=True)
        self._catalogue = Catalogue(bot)
        phone, email, hours = (SUPPORT[f"SUPPORT_{name}"] for name in ("PHONE", "EMAIL", "HOURS"))
        self._support = Settings.model_construct(support_phone=phone, support_email=email, support_hours=hours).support
        self._state = State.new(bot, "the salt of a story").dump()
        self._now = self._phone = begins
        self._wake_at: float | None = None
        self._shown = ""
        self._last_in = 0.0
        self._inbox: dict[str, InboxRow] = {}
        self._webhook = b""
        self._ids = count(1)
        self._waiting: list[Unsent] = []
        self._chat: list[Bubble] = []
        self._in_hand: dict[str, Wanted] = {}
        self._profiles: dict[str, Profile] = {}
        self._slow = False
        self._moods = Moods()
        self._codes = CodeBook(lambda: self._now)
        self._vault: dict[str, str] = {}
        self._speech_moods = SpeechMoods()
        self._spoken: dict[str, str] = {}
        self._perform = self._performers()
        self.heard: list[tuple[str, Said]] = []
        """all that was said, with its language"""

    @property
    def now(self) -> float:
        """What time it is in the story."""
        return self._now

    @property
    def own(self) -> str:
        """The number that the person writes from."""
        return PERSON

    @property
    def another(self) -> str:
        """Another one."""
        return ANOTHER

    async def code(self, phone: str) -> str:
        """The newest code that was sent to this number."""
        return self._codes.newest(phone)

    async def treats_codes(self, phone: str, mood: str) -> None:
        """How the auth API treats this number from now on."""
        self._codes.moods[phone] = mood

    async def does(self, deeds: Sequence[Deed]) -> None:
        """The person does this."""
        self._now, self._phone = self._now + 1, self._phone + 1
        self._webhook = self._webhook_of([self._fields(deed) for deed in deeds])
        await self._receive(self._webhook)

    async def waits(self, seconds: float) -> None:
        """Time passes, from deadline to deadline. The phone's clock follows at the end, as it does in the sandbox."""
        until = self._now + seconds + 1
        while self._wake_at is not None and self._wake_at <= until:
            self._now = max(self._now, self._wake_at)
            await self._take_turn()
        self._now, self._phone = max(self._now, until), self._phone + seconds + 1

    async def decides(self, decides: Decides) -> None:
        """How the decision backend treats an applicant from now on."""
        profile = self._profiles.get(decides.applicant, Profile())
        changed = self._profiles[decides.applicant] = replace(profile, **dict(decides.profile))
        self._slow = changed.state == "slow"

    async def searches(self, searches: Searches) -> None:
        """How the job search treats those who look for this from now on."""
        self._moods.change(searches.keywords, searches.treatment)

    async def listens(self, listens: Listens) -> None:
        """How the recogniser treats those who say this from now on."""
        self._speech_moods.change(listens.words, {"state": listens.mood})

    async def answers(self) -> None:
        """The lenders answer."""
        self._slow = False
        await self._work()

    async def again(self) -> None:
        """The last webhook comes a second time."""
        await self._receive(self._webhook)

    async def retries(self) -> None:
        """An operator has it tried again."""
        row = InboxRow(next(self._ids), "retry", {}, "", "")
        await self._take_turn([row])

    async def chat(self) -> list[Bubble]:
        """All that came from the business."""
        return self._chat

    async def ends(self) -> None:
        """Nothing else is to be looked at: trouble is raised when it happens."""

    # -- what comes in ------------------------------------------------------------------------------------

    def _fields(self, deed: Deed) -> dict[str, Any]:
        match deed:
            case Text(body):
                fields: dict[str, Any] = {"type": "text", "text": {"body": body}}
            case Tap(_, option, label):
                reply = {"id": option, "title": label}
                fields = {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}
            case Voice(words):
                medium = f"a-voice-note-{next(self._ids)}"
                self._spoken[medium] = words
                audio = {"id": medium, "mime_type": "audio/ogg; codecs=opus", "sha256": "bm90IHJlYWw=", "voice": True}
                fields = {"type": "audio", "audio": audio}
            case Raw(fields):
                pass
        known = {"from": PERSON.lstrip("+"), "id": f"wamid.{next(self._ids)}", "timestamp": str(int(self._phone))}
        return known | fields

    def _webhook_of(self, messages: list[dict[str, Any]]) -> bytes:
        value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "1"}, "messages": messages}
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()

    async def _receive(self, webhook: bytes) -> None:
        new = []
        for item in meta.read(webhook):
            if not isinstance(item, Incoming):
                raise AssertionError(f"a {type(item).__name__} came in: a story's message is not as Meta documents it")
            if item.provider_id in self._inbox:
                continue
            arrival = arrival_of(item)
            stamped = arrival.kind == "text" or "media_id" in arrival.body
            question = self._shown if stamped else arrival.question
            row = InboxRow(next(self._ids), arrival.kind, arrival.body, question, arrival.provider_id)
            self._inbox[item.provider_id] = row
            new.append(row)
        if new:
            await self._take_turn(new)

    # -- a turn -------------------------------------------------------------------------------------------

    async def _take_turn(self, rows: Sequence[InboxRow] = ()) -> None:
        self._decide([event for row in rows if (event := event_of(row, self._now)) is not None], rows)
        await self._work()

    def _decide(self, events: Sequence[Event], rows: Sequence[InboxRow] = ()) -> None:
        decision, said = decide(self._journeys, self._state, [*events, Passed(self._now)])
        if decision.trouble:
            raise AssertionError(f"trouble: {decision.trouble}")
        self._state, self._wake_at = decision.state, decision.wake_at
        self._vault |= dict(decision.secrets)
        if decision.work is not None:
            self._in_hand.setdefault(decision.work.key, decision.work)
        if any(row.kind not in NOT_WRITTEN for row in rows):
            self._last_in = self._now
            stands = "" if any(one.ref == decision.asks for one in said) else decision.asks
            self._waiting = [unsent for unsent in self._waiting if unsent.question in ("", stands)]
        for one in said:
            self.heard.append((decision.language, one))
            template = self._catalogue.template(one, decision.language)
            messages = self._fit(self._catalogue.message(one, decision.language, support=self._support))
            for message in messages:
                last = message is messages[-1]
                clears = one.purpose == REMINDER
                self._waiting.append(Unsent(message, one.ref if last else "", template if last else None, clears))
        self._send()

    def _send(self) -> None:
        """Send what waits. With the window closed its template goes, and what is no question waits for the person."""
        closed, waiting = self._now - self._last_in >= WINDOW.total_seconds(), self._waiting
        self._waiting = []
        for unsent in waiting:
            if not closed:
                self._show(unsent.message)
                self._shown = unsent.question or ("" if unsent.clears else self._shown)
                continue
            if unsent.template is not None:
                self._show(unsent.template)
                self._shown = ""
            if unsent.template is None or not (unsent.question or unsent.clears):
                self._waiting.append(replace(unsent, template=None))

    def _show(self, message: Message) -> None:
        payload = meta.render(message, "the id of a file").to_json(channels.Recipient(phone=PERSON), "")
        self._chat.append(bubble(f"wamid.{next(self._ids)}", payload))

    # -- work ---------------------------------------------------------------------------------------------

    async def _work(self) -> None:
        while due := [wanted for wanted in self._in_hand.values() if not (self._slow and self._is_slow(wanted))]:
            wanted = self._in_hand.pop(due[0].key)
            self._decide([await self._ended(wanted)])

    def _is_slow(self, wanted: Wanted) -> bool:
        return wanted.effect.name == FETCH_OFFERS.name

    async def _ended(self, wanted: Wanted) -> Event:
        argument = TypeAdapter(wanted.effect.argument).validate_python(wanted.argument)
        try:
            result = await self._perform[wanted.effect.name](CONVERSATION, uuid5(CONVERSATION, wanted.key), argument)
        except OutsideRefused as refused:
            return WasRefused(self._now, wanted.key, refused.reason)
        except OutsideUnavailable:
            self._now += TRIES_TAKE
            return Failed(self._now, wanted.key)
        return Finished(self._now, wanted.key, TypeAdapter(wanted.effect.result).dump_python(result, mode="json"))

    def _performers(self) -> Performers:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._backend))
        decisions = Decisions(Partner("decision backend", http, "http://lenders", ""))
        register = ConsentRegister(Register(), self._catalogue, self._support)
        ours: Performers = {
            RECORD_CONSENT.name: register.record,
            FETCH_OFFERS.name: decisions.fetch_offers,
            TRANSCRIBE.name: self._listen,
        }
        world = World(PERSON, lambda: self._now, self._moods, self._codes, self._vault)
        return {**ours, **performers(self._bot, world)}

    async def _listen(self, conversation: UUID, key: UUID, note: VoiceNote) -> Heard:
        body = next(row.body for row in self._inbox.values() if row.id == note.file)
        if body["media_id"] not in self._spoken:
            raise OutsideRefused(NOT_KEPT)
        words = self._spoken[body["media_id"]]
        mood = self._speech_moods.of(words).state
        if mood == "down":
            raise OutsideUnavailable
        if mood == "deaf" or not words:
            raise OutsideRefused(NOTHING_HEARD)
        return Heard(as_typed(words))

    def _backend(self, request: httpx.Request) -> httpx.Response:
        application = Application.model_validate_json(request.content)
        profile = self._profiles.get(application.applicant.full_name, Profile())
        if profile.state == "down":
            return httpx.Response(503)
        return httpx.Response(200, json=offers.decide(application, profile, self._now))


class Register(Consents):
    """A register of consents that forgets."""

    def __init__(self) -> None:
        pass

    async def append(self, consent: Consent) -> None:
        """Forget it."""
