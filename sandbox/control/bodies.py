"""Bodies of the control API."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Base64Bytes, BaseModel, ConfigDict, Field, model_validator

from sandbox.auth.moods import Kind as AuthMood
from sandbox.decision.profiles import Outcome, State
from sandbox.faults.modes import Mode
from sandbox.graph.attachments import LONGEST_CAPTION
from sandbox.graph.messages import LONGEST_TEXT
from sandbox.graph.templates import TemplateStatus
from sandbox.jobs.moods import State as JobsState
from sandbox.mail.mailbox import State as MailState
from sandbox.speech.moods import State as SpeechState
from sandbox.treated import EVERYBODY

MIME_TYPE = r"^[a-z]+/[a-zA-Z0-9.+-]+(; ?[a-z]+=[a-zA-Z0-9.+-]+)*$"

MONTH = 31 * 24 * 3600.0


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


class ChangeUser(Body):
    """What changes about a person; what is left out stays as it is."""

    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    bsuid_only: bool | None = None
    limits: bool | None = None
    reads: bool | None = None


Wamid = Annotated[str, Field(min_length=1, max_length=256)]


class Deed(Body):
    """What all messages of a person may have.

    `id` is a wamid of one's own, `context` that of the message which is answered, `referral` the ad that led here.
    """

    id: Wamid | None = None
    context: Wamid | None = None
    referral: dict[str, Any] | None = None


class SendText(Deed):
    """A text that the person writes."""

    type: Literal["text"]
    body: str = Field(min_length=1, max_length=LONGEST_TEXT)


class SendTap(Deed):
    """A tap on an option: its wire id, or a template button's payload, and the message that offers it."""

    type: Literal["tap"]
    option: str
    message: str


class SendFile(Deed):
    """A file: uploaded before (`media`), or here and now (`content` in base64, and its `mime_type`)."""

    type: Literal["image", "document", "audio", "video", "sticker"]
    media: str | None = None
    content: Base64Bytes | None = None
    mime_type: str | None = Field(default=None, pattern=MIME_TYPE)
    filename: Annotated[str, Field(min_length=1, max_length=240)] | None = None
    caption: Annotated[str, Field(min_length=1, max_length=LONGEST_CAPTION)] | None = None
    voice: bool = True

    @model_validator(mode="after")
    def _one_source(self) -> SendFile:
        if (self.media is None) == (self.content is None):
            raise ValueError("give either media, an id of an upload, or content")
        if self.content is not None and self.mime_type is None:
            raise ValueError("content needs a mime_type")
        return self


class SendVoice(Deed):
    """A voice note in which this is said; in one without words, nothing."""

    type: Literal["voice"]
    words: str = Field(default="", max_length=LONGEST_TEXT)


class SendContact(Deed):
    """A contact card, the person's own unless others are named; `message` is the request that it answers."""

    type: Literal["contact"]
    phone: Phone | None = None
    name: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    message: Wamid | None = None


class SendLocation(Deed):
    """A place in degrees; `message` is the request that it answers."""

    type: Literal["location"]
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str | None = None
    address: str | None = None
    message: Wamid | None = None


class SendEdit(Deed):
    """New words for a text that the person sent."""

    type: Literal["edit"]
    message: Wamid
    body: str = Field(min_length=1, max_length=LONGEST_TEXT)


class SendRevoke(Deed):
    """A message of theirs is deleted for everyone."""

    type: Literal["revoke"]
    message: Wamid


class SendReaction(Deed):
    """An emoji under any message of the chat; an empty one takes it back."""

    type: Literal["reaction"]
    message: Wamid
    emoji: str = Field(default="", max_length=16)


class SendUnsupported(Deed):
    """Something that WhatsApp does not hand to businesses: error 131051."""

    type: Literal["unsupported"]
    kind: str = Field(default="poll", min_length=1, max_length=40)


class SendInteractiveWithoutReply(Deed):
    """An `interactive` message that names no option and has errors, as is seen in the wild."""

    type: Literal["interactive_without_reply"]
    message: Wamid | None = None


class SendRaw(Body):
    """Any other kind, in Meta's own fields; sender, id and time are added where they are missing."""

    type: Literal["raw"]
    message: dict[str, Any]


AnyOne = (
    SendText
    | SendTap
    | SendFile
    | SendVoice
    | SendContact
    | SendLocation
    | SendEdit
    | SendRevoke
    | SendReaction
    | SendUnsupported
    | SendInteractiveWithoutReply
    | SendRaw
)
One = Annotated[AnyOne, Field(discriminator="type")]


class SendSeveral(Body):
    """Several messages, as quick ones do: in one webhook, or in one each, in order or the last one first."""

    type: Literal["several"]
    messages: list[One] = Field(min_length=1, max_length=100)
    webhooks: Literal["one", "each", "reversed"] = "one"


Send = Annotated[AnyOne | SendSeveral, Field(discriminator="type")]


class Upload(Body):
    """A file of a person, in base64."""

    content: Base64Bytes
    mime_type: str = Field(pattern=MIME_TYPE)
    filename: Annotated[str, Field(min_length=1, max_length=240)] | None = None


class ChangeNumber(Body):
    """The new phone number; one is made up where it is left out."""

    phone: Phone | None = None


class ChangePreferences(Body):
    """Whether the person still wants marketing messages."""

    marketing: Literal["stop", "resume"]


class BatchedDeed(Body):
    """What somebody sends, as a part of a batch."""

    user: str
    send: One


class Batch(Body):
    """Messages of several people of one number in one webhook; with `statuses`, those that are due come with them."""

    deeds: list[BatchedDeed] = Field(min_length=1, max_length=100)
    statuses: bool = False


class MoveClock(Body):
    """How many hours to move a person's clock ahead."""

    hours: float = Field(gt=0, le=24 * 365)


class OrderFault(Body):
    """What should go wrong with a person's next sends, or the like, as the mode has it; 0 cancels all of theirs."""

    fail_next_sends: int = Field(default=1, ge=0, le=100_000)
    code: int | None = None
    mode: Mode = Mode.ERROR
    seconds: float | None = Field(default=None, ge=0, le=MONTH)


class OrderFaultForAll(Body):
    """What should go wrong for everybody, or with one number: so many times, or until it is mended (null)."""

    mode: Mode
    code: int | None = None
    seconds: float | None = Field(default=None, ge=0, le=MONTH)
    times: int | None = Field(default=None, ge=1)
    number: str | None = None


class NewTemplate(Body):
    """A template that the sandbox should know; Template says what its parts are."""

    name: str
    language: str
    category: str
    body: str
    header: str | dict[str, Any] | None = None
    footer: str | None = None
    buttons: list[dict[str, Any]] = []
    status: TemplateStatus = TemplateStatus.APPROVED


class ChangeTemplate(Body):
    """What becomes of a template, in one language or all; with `after_sends`, once that many more were accepted."""

    status: TemplateStatus
    language: str | None = None
    reason: str = "NONE"
    after_sends: int = Field(default=0, ge=0)


class ChangeContent(Body):
    """What becomes of a Content template that was submitted to WhatsApp."""

    status: Literal["approved", "pending", "rejected", "paused", "disabled"]
    reason: str = ""


class ChangeDecision(Body):
    """How the decision backend treats an applicant; what is left out stays as it is."""

    applicant: str = Field(default=EVERYBODY, min_length=1)
    offers: int | None = Field(default=None, ge=0, le=24)
    outcome: Outcome | None = None
    state: State | None = None
    seconds: float | None = Field(default=None, ge=0, le=600)


class ChangeJobs(Body):
    """How the job search treats those who look for these words; what is left out stays as it is."""

    keywords: str = Field(default=EVERYBODY, min_length=1)
    state: JobsState | None = None
    seconds: float | None = Field(default=None, ge=0, le=600)
    found: int | None = Field(default=None, ge=0, le=10_000)
    """jobs there are; null: as many as there happen to be"""


class ChangeAuth(Body):
    """How the auth API treats this phone, or everybody's where none is named."""

    phone: Phone | None = None
    mood: AuthMood


class ChangeSpeech(Body):
    """How the recogniser treats those who say these words; what is left out stays as it is."""

    words: str = Field(default=EVERYBODY, min_length=1)
    state: SpeechState | None = None
    seconds: float | None = Field(default=None, ge=0, le=600)


class ChangeMail(Body):
    """How the mail server treats the next mails."""

    state: MailState


class VerifyWebhook(Body):
    """Which number's webhook address to verify."""

    number: str | None = None
