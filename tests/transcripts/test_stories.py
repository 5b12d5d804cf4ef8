"""Every transcript on every stage: the dialogue alone, and the real thing, straight and moved on all the time."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from temporalio.client import Client

from tests.running.everything import FORCED, STRAIGHT, Everything
from tests.running.person import PATIENCE, Person
from tests.transcripts.player import Stage, compare, play
from tests.transcripts.pure import Pure
from tests.transcripts.real import Real
from tests.transcripts.script import HERE, STORIES, read

PURE = "pure"


async def stage_called(name: str, story: Path, shared: Everything, http: httpx.AsyncClient) -> Stage:
    """The stage: `forced` is where the server suggests continue-as-new after every few events."""
    if name == PURE:
        return Pure(story.parent.name)
    return Real(await Person.appear(http, shared.straight if name == STRAIGHT else shared.forced, story.parent.name))


@pytest.mark.parametrize("stage", [PURE, STRAIGHT, FORCED])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.parent.name}-{story.stem}")
async def test_what_is_said_is_what_the_transcript_says(story: Path, stage: str, shared: Everything) -> None:
    """The whole outgoing list, turn by settled turn, equals the file."""
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        played = await play(read(story), await stage_called(stage, story, shared, http))
    compare(story.read_text(encoding="utf-8"), played, stage)


@pytest.mark.parametrize("name", ["happy_hindi", "change_answers", "wrong_codes", "resend_hindi", "expiry"])
async def test_the_same_journey_runs_on_another_provider(name: str, shared: Everything) -> None:
    """On a number at Meta the same is said, in as many messages as fit there."""
    story = read(HERE / "msme" / f"{name}.txt")
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        number = shared.straight.number_of("msme", "meta")
        person = await Person.appear(http, shared.straight, "msme", number=number)
        played = await play(story, Real(person))
    compare(await play(story, Pure("msme", provider="meta")), played, "at Meta")


@pytest.mark.parametrize(("stage", "moves"), [(STRAIGHT, False), (FORCED, True)])
async def test_only_forced_conversations_move_on(stage: str, moves: bool, shared: Everything) -> None:
    """Without this, a server that suggests nothing any more would leave both stages the same, and nobody would know."""
    at = shared.straight if stage == STRAIGHT else shared.forced
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        person = await Person.appear(http, at)
        await play(read(HERE / "loan" / "support.txt"), Real(person))
        workflow = (await person.inspect())["workflow_id"]
    client = await Client.connect(at.temporal, namespace=at.namespace)
    seen = (await client.get_workflow_handle(workflow).describe()).raw_description.workflow_execution_info
    assert (seen.execution.run_id != seen.first_run_id) is moves
