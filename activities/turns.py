"""The turn: one transaction that reads what happened, has it decided and writes all of it; then it sends."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from psycopg_pool import AsyncConnectionPool
from temporalio import activity

from activities.media import KEY as FILE
from activities.media import inbox_of
from activities.sending import AT_ONCE, Sending, Spot, moment, running_from
from channels import Channel, Channels
from dialogue import (
    Attached,
    Decision,
    Edited,
    Event,
    Failed,
    Finished,
    Journey,
    OptedIn,
    OptedOut,
    Passed,
    Retried,
    Said,
    State,
    Tapped,
    Told,
    Typed,
    WasRefused,
    advance,
)
from domain.conversation import EFFECTS, FETCH_MEDIA, TURN, Ended, Next, Turn, Work, conversation_of
from domain.messages import Message, Template, Text, message_from_json
from domain.said import ANSWER, REMINDER
from store import media, turns
from store.kinds import BUSINESS, EDIT, NOT_WRITTEN
from store.places import Place
from store.sealing import KeyRing
from telemetry import metrics, traces
from telemetry.labels import Went
from texts import Catalogue

log = structlog.get_logger()

SEEN = "seen"
"""in what a turn decided: the keys of the work whose end it has seen"""


@dataclass(frozen=True)
class Decided:
    """What a turn came to, and what is to be sent now."""

    next: Next
    place: Place
    last: Spot | None = None
    """the last message it put in the outbox; None where it is not known what is still unsent"""
    read: str = ""
    """the provider's id of the last message it took"""
    went: Went | None = None
    """bad: the conversation is in trouble; None where nothing was decided anew"""


class Turns:
    """Takes turns for the conversations of all bots."""

    def __init__(
        self,
        pool: AsyncConnectionPool,
        keys: KeyRing,
        journeys: Mapping[str, Journey],
        catalogues: Mapping[str, Catalogue],
        by_number: Channels,
        sending: Sending,
        support: str,
        *,
        fold: bool = False,
    ) -> None:
        self._pool = pool
        self._keys = keys
        self._journeys = journeys
        self._catalogues = catalogues
        self._channels = by_number
        self._sending = sending
        self._support = support
        self._fold = fold

    @activity.defn(name=TURN)
    async def turn(self, turn: Turn) -> Next:
        """Decide what happened since the last turn, and send what is to be said. What was decided is not again."""
        with metrics.turn():
            return await self._turn(turn)

    async def _turn(self, turn: Turn) -> Next:
        info = activity.info()
        conversation = conversation_of(info.workflow_id or "")
        # The conversation's own clock: it was right when this was asked for, perhaps some tries ago.
        since = max(0.0, time.time() - info.scheduled_time.timestamp())
        clock = running_from(moment(turn.now) + timedelta(seconds=since))
        decided = await self._decide(conversation, turn)
        if decided.went is not None:
            metrics.happened(decided.next.bot, "turn", decided.went)
        # Even when nothing was said: a turn may have been cut off, or the window opened for what was parked.
        left = turn.sending or await self._sending.send(conversation, decided.place, AT_ONCE, clock, decided.last)
        if decided.read:
            self._sending.mark_read(decided.place, decided.read, typing=bool(decided.next.work))
        return replace(decided.next, unsent=bool(left))

    async def _decide(self, conversation: UUID, turn: Turn) -> Decided:
        async with self._pool.connection() as connection, connection.transaction():
            row = await turns.read(connection, self._keys, conversation)
            before = row.decided if row.turn_id == turn.id else None
            seen = before.get(SEEN, []) if before else []
            if turn.alarm:
                arrived = await turns.lying(connection, row, conversation)
            else:
                arrived = await turns.arrived(connection, row, turn.arrived)
            ended = [one for one in turn.ended if one.key not in seen]
            if before is not None and not arrived and not ended:
                return Decided(_next(before), row.place)
            # Asked for again when its worker was lost, a turn may hold more than when it was decided: that comes too.
            for one in ended:
                if is_file(one.key) and one.how == "failed":
                    await media.abandon(connection, inbox_of(one.key), "unavailable")
            results = await turns.results(connection, row, conversation, [one.key for one in ended])
            trace = next((one.trace for one in reversed(arrived) if one.trace), "")
            came = [
                (one, event) for one in folded(arrived, self._fold) if (event := event_of(one, turn.now)) is not None
            ]
            events = [
                *opting(row, turn.now),
                *(event for _, event in came),
                *(ended_event(one, results.get(one.key), turn.now) for one in ended if not is_file(one.key)),
                Passed(turn.now),
            ]
            state = row.state or State.new(row.bot, secrets.token_hex(16)).dump()
            decision, said = decide(self._journeys, state, events)
            channel = self._channels.of(row.place.number)
            say = [*announced(arrived, channel), *self._render(row.bot, said, decision.language, channel)]
            if decision.trouble:
                with traces.bound(trace):
                    log.error("a conversation is in trouble", conversation=str(conversation), trouble=decision.trouble)
            written = [one for one in arrived if one.kind not in NOT_WRITTEN]
            files = [one for one in written if "media_id" in one.body]
            for file in files:
                await media.want(connection, conversation, file.id, file.kind)
            after = next_of(row.bot, decision)
            after = replace(after, work=[*after.work, *(fetching(file.id) for file in files)])
            await turns.write(
                connection,
                row,
                conversation,
                turns.Written(
                    turn_id=turn.id,
                    state=decision.state,
                    decided={**asdict(after), SEEN: [*seen, *(one.key for one in ended)]},
                    stage=decision.stage,
                    language=decision.language,
                    waiting_for=decision.waiting_for,
                    wake_at=decision.wake_at,
                    trouble=decision.trouble,
                    stopped=decision.stopped,
                    taken=[one.id for one in arrived],
                    wrote_at=max((wrote_at(one, turn.now) for one in written), default=None),
                    asks="" if any(one.question == decision.asks for one in say) else decision.asks,
                    trace=trace,
                    say=say,
                    chosen=decision.chosen,
                    secrets=decision.secrets,
                    masked=[
                        id
                        for one, event in came
                        if any(event is masked for masked in decision.masks)
                        for id in (one.id, *one.folded)
                    ],
                    edits=[one.id for one in arrived if one.kind == EDIT],
                    work=[turns.ToDo(decision.work.key, decision.work.effect.name, decision.work.argument)]
                    if decision.work
                    else [],
                ),
            )
        metrics.throttled(decision.throttled)
        last = Spot(row.turn + 1, len(say) - 1) if say else None
        went: Went = "bad" if decision.trouble else "good"
        return Decided(after, row.place, last, written[-1].provider_id if written else "", went)

    def _render(self, bot: str, said: Sequence[Said], language: str, channel: Channel) -> list[turns.ToSay]:
        """Each thing said as the messages the channel can carry; a question belongs to the last of its messages."""
        rows = []
        for one in said:
            messages = channel.fit(self._catalogues[bot].message(one, language, support=self._support))
            # What comes out of the blue is no question: the next words are no answer to the last one.
            clears = one.purpose == REMINDER
            for message in messages[:-1]:
                rows.append(turns.ToSay(one.key, message, purpose=one.purpose, clears=clears))
            template = self._catalogues[bot].template(one, language)
            rows.append(turns.ToSay(one.key, messages[-1], one.ref, one.purpose, template, clears))
        return rows


def decide(journeys: Mapping[str, Journey], state: str, events: Sequence[Event]) -> tuple[Decision, list[Said]]:
    """One turn's decision over its events, in order, and all that is said in it."""
    said: list[Said] = []
    chosen: list[tuple[str, str]] = []
    secrets: list[tuple[str, str]] = []
    masks: list[Event] = []
    throttled = 0
    parked, work = False, None
    for event in events:
        decision = advance(journeys, state, event)
        state, parked, work = decision.state, parked or decision.parked, decision.work
        said += decision.say
        chosen += decision.chosen
        secrets += decision.secrets
        masks += decision.masks
        throttled += decision.throttled
    whole = {
        **vars(decision),
        "parked": parked,
        "work": work,
        "say": (),
        "chosen": tuple(chosen),
        "secrets": tuple(secrets),
        "masks": tuple(masks),
        "throttled": throttled,
    }
    return Decision(**whole), merged(said, decision.asks)


def merged(said: Sequence[Said], asks: str) -> list[Said]:
    """One question, last, and only if it still stands at the end of the turn; a kind word once."""
    kept: list[Said] = []
    words: set[str] = set()
    for one in said:
        if one.ref or (one.aside and one.key in words):
            continue
        kept.append(one)
        words.add(one.key)
    return kept + [one for one in said if one.ref and one.ref == asks][-1:]


def announced(rows: Sequence[turns.InboxRow], channel: Channel) -> list[turns.ToSay]:
    """What the business says on its own (the API's `send`, a broadcast): as it is, and no question stands after it."""
    return [
        turns.ToSay(
            BUSINESS,
            message,
            purpose=row.body.get("purpose", ANSWER),
            # Approved for the closed window: it goes in its own place.
            template=message if isinstance(message, Template) else None,
            clears=True,
            asked_by=row.id,
        )
        for row in rows
        if row.kind == BUSINESS
        for message in channel.fit(_ours(row.body))
    ]


def _ours(body: Mapping[str, Any]) -> Message:
    return message_from_json(body["message"]) if "message" in body else Text(body["text"])


def opting(row: turns.Row, now: float) -> list[Event]:
    """What a conversation has not heard yet of the person's opting out or in, elsewhere in the business."""
    if row.stopped == row.person_stopped:
        return []
    return [OptedOut(now) if row.person_stopped else OptedIn(now)]


def folded(rows: Sequence[turns.InboxRow], fold: bool) -> list[turns.InboxRow]:
    """A burst of texts in sight of the same question as one, where that is wanted; everything else as it is."""
    if not fold:
        return list(rows)
    whole: list[turns.InboxRow] = []
    for (kind, _), burst in itertools.groupby(rows, key=lambda row: (row.kind, row.question)):
        texts = list(burst)
        if kind == "text" and len(texts) > 1:
            words = "\n".join(one.body["text"] for one in texts)
            before = tuple(one.id for one in texts[:-1])
            whole.append(replace(texts[-1], body={**texts[-1].body, "text": words}, folded=before))
        else:
            whole += texts
    return whole


def wrote_at(row: turns.InboxRow, now: float) -> float:
    """When the person wrote this: by the provider's clock, which may not run ahead of the conversation's."""
    return now if row.said_at is None else min(now, row.said_at.timestamp())


def event_of(row: turns.InboxRow, now: float) -> Event | None:
    """The event that an inbox row is; None for what is kept and answers nothing."""
    match row.kind:
        case "text":
            return Typed(now, row.body["text"], row.question)
        case "tap":
            return Tapped(now, row.body["option"], row.question)
        case "outcome":
            return Told(now, row.body["wait"], row.body["outcome"])
        case "retry":
            return Retried(now)
        case "request_welcome":
            # The chat was opened and nothing written: a greeting, in the one word that every dialogue takes for one.
            return Typed(now, "hi")
        case "edit" if row.body.get("late"):
            return Edited(now, row.body.get("body", ""), row.question)
        case "reaction" | "edit" | "revoke" | "revoked" | "system" | "business":
            return None
        case _ if "media_id" in row.body:
            return Attached(now, row.kind, row.question, row.id, row.body.get("caption", ""))
        case _:
            return Attached(now, row.kind, row.question)


def ended_event(ended: Ended, result: turns.Result | None, now: float) -> Event:
    """The event that an end of work is: its result is in the database."""
    if ended.how == "failed" or result is None:
        return Failed(now, ended.key)
    if result.refused is not None:
        return WasRefused(now, ended.key, result.refused)
    return Finished(now, ended.key, result.result)


def is_file(key: str) -> bool:
    """Whether this is the fetching of a file, which no dialogue asked for."""
    return key.startswith(FILE)


def fetching(inbox: int) -> Work:
    """The work of fetching what this row of the inbox attached: at once, and a few times more."""
    return Work(f"{FILE}{inbox}", FETCH_MEDIA, EFFECTS, attempt=90, attempts=8)


def next_of(bot: str, decision: Decision) -> Next:
    """What the workflow learns of a decision: names, keys and times."""
    work = []
    if decision.work is not None:
        effect = decision.work.effect
        work = [Work(decision.work.key, effect.name, effect.queue, effect.attempt.total_seconds(), effect.attempts)]
    return Next(
        work=work,
        wake_at=decision.wake_at,
        wake_for=decision.wake_for,
        bot=bot,
        stage=decision.stage,
        language=decision.language,
        waiting_for=decision.waiting_for,
        owner="bot",
        parked=decision.parked,
    )


def _next(fields: dict[str, object]) -> Next:
    known = {name: value for name, value in fields.items() if name in Next.__dataclass_fields__}
    work = [Work(**one) for one in known.pop("work", [])]  # type: ignore[attr-defined]
    return Next(work=work, **known)  # type: ignore[arg-type]
