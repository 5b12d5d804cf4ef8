"""Bodies of the control API."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sandbox.decision.profiles import EVERYBODY, Outcome, State
from sandbox.faults import Mode
from sandbox.graph.messages import LONGEST_TEXT


def _e164(phone: str) -> str:
    bare = re.sub(r"[ ()\-.]", "", phone)
    if not re.fullmatch(r"\+[1-9]\d{5,14}", bare):
        raise ValueError("a phone number in E.164 form is needed: + and 6 to 15 digits")
    return bare


Phone = Annotated[str, AfterValidator(_e164)]


class Body(BaseModel):
    """A body of the control API: a field that does not exist is an error, for it is a typing error."""

    model_config = ConfigDict(extra="forbid")


class NewUser(Body):
    """Who to make up; everything that is left out is chosen."""

    number: str | None = None
    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    phone: Phone | None = None
    bsuid_only: bool = False
    limits: bool = True
    reads: bool = False


class SendText(Body):
    """A text that the person writes."""

    type: Literal["text"]
    body: str = Field(min_length=1, max_length=LONGEST_TEXT)


class SendTap(Body):
    """A tap on an option: its wire id, and the message that offers it."""

    type: Literal["tap"]
    option: str
    message: str


class SendRaw(Body):
    """Any other kind, in Meta's own fields; sender, id and time are added where they are missing."""

    type: Literal["raw"]
    message: dict[str, Any]


One = Annotated[SendText | SendTap | SendRaw, Field(discriminator="type")]


class SendSeveral(Body):
    """Several messages that come in one webhook, as quick ones do."""

    type: Literal["several"]
    messages: list[One] = Field(min_length=1, max_length=100)


Send = Annotated[SendText | SendTap | SendRaw | SendSeveral, Field(discriminator="type")]


class MoveClock(Body):
    """How many hours to move a person's clock ahead."""

    hours: float = Field(gt=0, le=24 * 365)


class OrderFault(Body):
    """What should go wrong with the next sends to a person."""

    fail_next_sends: int = Field(default=1, ge=0, le=1000)
    code: int = 131000
    mode: Mode = Mode.ERROR


class ChangeDecision(Body):
    """How the decision backend treats an applicant; what is left out stays as it is."""

    applicant: str = Field(default=EVERYBODY, min_length=1)
    offers: int | None = Field(default=None, ge=0, le=24)
    outcome: Outcome | None = None
    state: State | None = None
    seconds: float | None = Field(default=None, ge=0, le=600)


class VerifyWebhook(Body):
    """Which number's webhook address to verify."""

    number: str | None = None
