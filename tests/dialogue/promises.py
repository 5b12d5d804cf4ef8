"""What holds after every event of every dialogue, whatever happened (DESIGN §2 and §8)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dialogue import (
    Attached,
    Decision,
    Edited,
    Event,
    Finished,
    Journey,
    Passed,
    State,
    Tapped,
    Typed,
    WasRefused,
    advance,
)
from dialogue.data import plain, reference
from dialogue.voice import READ_BACK

MOST_BYTES = 64_000
"""of one state"""
NONE = object()
"""what no answer is"""


def kept(
    journeys: Mapping[str, Journey],
    raw: str,
    event: Event,
    decision: Decision,
    ended_keys: set[str],
    running: set[str],
    shown: str,
) -> None:
    """Look at all of them. `raw` was the state, `running` is work under way, `shown` the question seen last."""
    before, after = State.load(raw), State.load(decision.state)
    what_leaves_is_data(decision, after)
    no_secret_leaves_but_for_the_vault(raw, decision)
    one_question_at_most_and_it_is_last(decision)
    ended_work_never_starts_again(decision, ended_keys)
    only_what_was_shown_is_answered(before, after, event)
    somebody_waits(decision, after, running)
    who_writes_is_answered(before, after, event, decision)
    what_is_pending_was_shown(after, shown)
    who_opted_out_is_left_alone(before, decision)
    what_was_begun_for_good_stands(before, after, event)
    walking_again_changes_nothing(journeys, event, decision)


def what_leaves_is_data(decision: Decision, after: State) -> None:
    """All that leaves survives JSON as it is, and the state stays small."""
    for said in decision.say:
        assert plain(said.values) == said.values, f"{said.key} shows what is no data"
        assert all(plain(one.values) == one.values for one in said.alternatives), f"{said.key} offers what is no data"
    if decision.work is not None:
        assert plain(decision.work.argument) == decision.work.argument, "an argument is no data"
    assert after.dump() == decision.state, "the state is not what is written of it"
    assert len(decision.state.encode()) < MOST_BYTES, "the state grows"
    json.dumps([decision.wake_at, decision.wake_for, decision.waiting_for, decision.stage, decision.language])


def no_secret_leaves_but_for_the_vault(raw: str, decision: Decision) -> None:
    """Neither what the vault is to keep nor what was typed in its place is anywhere else in what leaves."""
    masked = [event.text for event in decision.masks if isinstance(event, Typed | Edited)]
    typed = [words for words in masked if len(words) > 3 and words not in raw]
    said = [[said.key, said.values, [vars(one) for one in said.alternatives]] for said in decision.say]
    work = decision.work and [decision.work.key, decision.work.argument]
    outside = json.dumps([said, work, decision.chosen, decision.trouble], ensure_ascii=False) + decision.state
    for words in (*typed, *(value for _, value in decision.secrets)):
        assert words not in outside, "a secret leaves"
    assert all(value not in ref for ref, value in decision.secrets), "a reference tells of what it stands for"


def one_question_at_most_and_it_is_last(decision: Decision) -> None:
    """Who reads from top to bottom finds the question where they are to answer it."""
    questions = [said.key for said in decision.say if said.ref]
    assert len(questions) <= 1, f"two questions at once: {questions}"
    assert not questions or decision.say[-1].ref, f"{questions} is not last: {[said.key for said in decision.say]}"


def ended_work_never_starts_again(decision: Decision, ended_keys: set[str]) -> None:
    """A key is an idempotency key: outside, the same one is the same work."""
    assert decision.work is None or decision.work.key not in ended_keys, f"ended, and wanted again: {decision.work}"


def only_what_was_shown_is_answered(before: State, after: State, event: Event) -> None:
    """One message answers one question at most, and only the one in sight of which it was written."""
    pending = before.pending
    # What is heard is read back on top of its question: who answers there answers that.
    read_back = before.menu is not None and before.menu.name == READ_BACK and before.menu.ref
    seen = isinstance(event, Typed | Tapped | Attached) and event.question
    in_sight = pending is not None and bool(seen) and seen in (pending.ref, read_back)
    answered = {
        key for key, value in after.journal.items() if "/ask:" in key and before.journal.get(key, NONE) != value
    }
    rewritten = {key for key in answered if isinstance(event, Edited) and event.question == reference(key)}
    in_order = {pending.key} if pending is not None and in_sight else rewritten
    assert answered <= in_order, f"answered unasked: {answered}"
    assert len(answered) <= 1


def somebody_waits(decision: Decision, after: State, running: set[str]) -> None:
    """Nothing ends by accident: there is always one thing that goes on, and it is named."""
    waits, work = decision.waiting_for, decision.work
    if after.trouble:
        assert waits == "operator"
    elif after.ended or after.stopped or not after.opened:
        assert (waits, work) == ("", None)
    elif waits.startswith("answer:"):
        assert after.pending is not None, "an answer is awaited, and no question is pending"
        assert after.pending.name == waits.removeprefix("answer:")
    elif waits.startswith("work:"):
        assert work is not None, "work is awaited, and nobody does it"
        assert work.effect.name == waits.removeprefix("work:")
    elif waits == "backend":
        assert work is not None or decision.wake_at is not None or running, "nobody tries again"
    else:
        assert waits, "nobody waits for anything"
    assert after.pending is None or after.stopped or waits.startswith("answer:"), "a question is pending for nothing"


def who_writes_is_answered(before: State, after: State, event: Event, decision: Decision) -> None:
    """By words or by work; but for one who opted out, and one who wrote too much that helps nobody: not that again."""
    if decision.throttled:
        lately = [at for at in before.unhelped if at > event.now - 600]
        assert before.quiet_until > event.now or len(lately) == 10, "left alone without need"
        told = [said.key for said in decision.say]
        assert told == ([] if before.quiet_until > event.now else ["throttled"])
        assert decision.work is None or decision.work.key not in before.journal
        for_this = {"deadlines", "unhelped", "quiet_until"}
        changed = {name for name, value in vars(after).items() if vars(before)[name] != value}
        assert changed <= for_this, "what was left alone changed something"
    elif isinstance(event, Typed | Tapped | Attached) and not after.stopped:
        assert decision.say or decision.work or after.ended != before.ended, "who writes is not answered"


def what_is_pending_was_shown(after: State, shown: str) -> None:
    """The person's next message answers what we think it answers."""
    standing = after.menu or after.pending
    if standing is not None and not after.parked and not after.stopped:
        # Nothing is shown once a reminder came: then the next message has it put again.
        assert shown in ("", standing.ref), f"{standing.name} is pending and was not the last one shown"


def who_opted_out_is_left_alone(before: State, decision: Decision) -> None:
    """After stop, nothing but the hint how to come back."""
    if before.stopped and decision.stopped:
        assert {said.key for said in decision.say} <= {"how_to_start"}


def what_was_begun_for_good_stands(before: State, after: State, event: Event) -> None:
    """Final work under way is lifted by a refusal alone; while it stands, so do the answers that led to it."""
    if before.ended:
        return
    refused = event.key if isinstance(event, WasRefused) else ""
    finished = {*before.journal, event.key if isinstance(event, Finished) else ""}
    dropped = before.final.keys() - after.final.keys() - {refused}
    assert dropped <= finished, f"begun for good, and forgotten: {dropped - finished}"
    for key in before.final.keys() & after.final.keys():
        led_there = [one for one in before.final[key]["behind"] if one in before.journal]
        assert all(after.journal.get(one) == before.journal[one] for one in led_there), f"what led to {key} is gone"
    assert after.epoch == before.epoch or not before.final, "a new start, with something begun for good"


def walking_again_changes_nothing(journeys: Mapping[str, Journey], event: Event, decision: Decision) -> None:
    """A walk without news says nothing, wants nothing else and changes nothing."""
    if decision.wake_at is not None and decision.wake_at <= event.now:
        assert not isinstance(event, Passed), f"{decision.wake_for} passed and is still ahead"
        return
    again = advance(journeys, decision.state, Passed(event.now))
    assert again.say == (), f"said again without news: {[said.key for said in again.say]}"
    assert again.state == decision.state, "a walk without news changes the state"
    assert (again.work, again.wake_at) == (decision.work, decision.wake_at)
    assert again.waiting_for == decision.waiting_for
