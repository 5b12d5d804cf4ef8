"""Every shape of Meta's webhooks that others have recorded, in our words: read alike by us and by pywa."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from channels.meta import read
from domain.inbound import Incoming, Notice, PreferenceUpdate, StatusUpdate, TemplateUpdate
from tests.contract.pywa_judge import Judge
from tests.contract.shapes import AT, FOLDER, NUMBER, SHAPES, STATUSES, Shape, Told


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    """pywa, which calls nobody here."""
    judge = Judge("http://127.0.0.1:1", NUMBER, "a-token", "a-secret")
    yield judge
    await judge.close()


def recorded(name: str) -> bytes:
    return (FOLDER / f"{name}.json").read_bytes()


def value_at(update: Any, path: str) -> Any:
    """The value of an update of pywa's; members of its enumerations by what they stand for on the wire."""
    for name in path.split("__"):
        update = getattr(update, name)
    return getattr(update, "value", update)


NOTICES = {name: shape for name, shape in SHAPES.items() if isinstance(shape.ours, str)}
NEWS = {name: shape for name, shape in SHAPES.items() if isinstance(shape.ours, PreferenceUpdate | TemplateUpdate)}
MESSAGES = {name: shape for name, shape in SHAPES.items() if name not in NOTICES and name not in NEWS}


@pytest.mark.parametrize(("name", "shape"), MESSAGES.items(), ids=MESSAGES)
def test_we_read_the_message(name: str, shape: Shape) -> None:
    [item] = [item for item in read(recorded(name)) if isinstance(item, Incoming)]
    assert (item.content, item.sender, item.reply_to) == (shape.ours, shape.sender, shape.reply_to)
    assert (item.provider_id, item.number, item.at) == (f"wamid.{name}", NUMBER, AT)


@pytest.mark.parametrize(("name", "shape"), NOTICES.items(), ids=NOTICES)
def test_we_keep_the_notice(name: str, shape: Shape) -> None:
    [item] = read(recorded(name))
    assert isinstance(item, Notice)
    assert item.field == shape.ours
    assert item.detail


@pytest.mark.parametrize(("name", "shape"), NEWS.items(), ids=NEWS)
def test_we_read_what_somebody_here_acts_on(name: str, shape: Shape) -> None:
    assert read(recorded(name)) == [shape.ours]


@pytest.mark.parametrize(("name", "told"), STATUSES.items(), ids=STATUSES)
def test_we_read_the_status(name: str, told: Told) -> None:
    assert read(recorded(name)) == [
        StatusUpdate("wamid.ours", NUMBER, told.status, AT, told.key, told.code, told.title)
    ]


@pytest.mark.parametrize(("name", "shape"), [*SHAPES.items(), *STATUSES.items()], ids=[*SHAPES, *STATUSES])
async def test_pywa_reads_the_same(judge: Judge, name: str, shape: Shape | Told) -> None:
    """So the recording is as the other side writes it, and not as we would have it."""
    if not shape.pywa:
        with pytest.raises(ValueError, match="not enough values"):
            await judge.read(recorded(name))
        return
    update = await judge.read(recorded(name))
    assert type(update).__name__ == shape.pywa
    assert {path: value_at(update, path) for path in shape.values} == shape.values


def test_every_recording_has_its_reading() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == {*SHAPES, *STATUSES}


RECORDED_BY_US = Path(__file__).parents[1] / "channels" / "fixtures"
PYWA_CANNOT = {
    "account_error": "it hears nothing but messages and statuses in `messages`",
    "edit_of_a_caption": "it wants the whole image again; the rewritten caption is all that matters to us",
    "interactive_without_reply": "it wants the reply that the type promises; we have seen none come",
    "status_failed": "it wants contacts, which Meta does not promise for a failure",
    "system_changed_user_id": "it wants `from`, which those without a number to show do not have",
    "system_unknown": "it wants contacts, which no system message has",
    "template_button_without_context": "it wants a payload, which a quick reply may have none of",
    "template_update": "it wants the time, which stands beside the changes",
    "text_of_2025": "it wants a user id, and there were none in 2025",
    "text_with_milliseconds": "it takes milliseconds for seconds, in the year 58851",
    "text_without_id": "it wants an id; without one we take the item's hash",
    "user_preferences": "it wants a user id, which 2025 had not",
}
"""where we are more lenient than it is, by what Meta's pages and providers in between allow"""
PYWA_READS = {
    "batch": "Message",
    "button_reply": "CallbackButton",
    "echo_of_staff": "OutgoingMessage",
    "edit": "EditedMessage",
    "list_reply": "CallbackSelection",
    "nfm_reply": "FlowCompletion",
    "revoke": "DeletedMessage",
    "status_delivered": "MessageStatus",
    "status_played": "MessageStatus",
    "status_read": "MessageStatus",
    "status_sent": "MessageStatus",
    "system_changed_number": "PhoneNumberChange",
    "system_changed_number_legacy": "PhoneNumberChange",
    "system_identity_changed": "IdentityChange",
    "template_button": "CallbackButton",
}
"""the others are a Message"""


@pytest.mark.filterwarnings("ignore:Unknown MessageType value. 'hologram':pywa.errors.PywaUnknownEnumMemberWarning")
@pytest.mark.parametrize("name", sorted(file.stem for file in RECORDED_BY_US.glob("*.json")))
async def test_pywa_reads_our_own_recordings_as_what_they_are(judge: Judge, name: str) -> None:
    raw = (RECORDED_BY_US / f"{name}.json").read_bytes()
    if name in PYWA_CANNOT:
        with pytest.raises(ValueError, match="not enough values"):
            await judge.read(raw)
    else:
        assert type(await judge.read(raw)).__name__ == PYWA_READS.get(name, "Message")
