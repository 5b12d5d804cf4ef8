"""A neutral message into what Twilio can send. Nothing is dropped, nothing cut.

Whether a choice can be tapped is the account's affair, which may change between decision and send. So `fit` makes each
part short enough for both, buttons or a list and numbered text; `render` takes what the account holds at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from channels.choices import Shape, description_of, label_and_description, numbered, shape_of
from channels.limits import Unsendable, is_blank, length, require_id, require_visible
from channels.splitting import split, split_tail
from channels.templates import on_one_line, one_line
from channels.twilio.generic import Row, name_of, values_of
from channels.twilio.limits import BODY, CAPTION, CONTENT_BODY, SENT
from channels.twilio.outbound import BodyMessage, ContentMessage, MediaMessage, TwilioMessage
from domain.messages import (
    Attachment,
    Choice,
    ContactRequest,
    Document,
    HeaderText,
    Image,
    Link,
    LocationRequest,
    Message,
    Option,
    Template,
    Text,
)


class Contents(Protocol):
    """What an account holds to be sent by its sid."""

    def sid(self, name: str) -> str:
        """The sid of the content of this friendly name; nothing where there is none."""


class NoTemplate(Unsendable):
    """The account holds no content of that name: make it, and have it approved."""

    def __init__(self, name: str) -> None:
        super().__init__("template.name", f"is {name}, which the account's contents do not have")


def fit(message: Message) -> tuple[Message, ...]:
    """The message as those that each render into one of Twilio's. Raises Unsendable for what cannot be shown at all."""
    match message:
        case Text(body):
            require_visible("body", body)
            return (message,) if length(body) <= BODY else _texts(body)
        case Choice():
            return _fit_choice(message)
        case Document():
            _require_type("document", message.attachment)
            # A document's words would not be shown with it.
            before = () if is_blank(message.caption) else fit(Text(message.caption))
            return (*before, replace(message, caption=""))
        case Image(attachment, caption):
            _require_type("image", attachment)
            if is_blank(caption):
                return (replace(message, caption=""),)
            require_visible("caption", caption)
            return (message,) if length(caption) <= CAPTION else (*_texts(caption), replace(message, caption=""))
        case Link() | LocationRequest() | ContactRequest():
            return fit(Text(words_of(message)))
        case Template():
            flat = on_one_line(message)
            for value in template_values(flat, "checked when sent").values():
                require_visible("template.value", value)
            return (flat,)


def render(message: Message, contents: Contents, media_url: str = "") -> TwilioMessage:
    """One message as Twilio takes it; `media_url` is where its attachment can be fetched, where it has one.

    Raises Unsendable for one that did not go through `fit` and is too long, NoTemplate for a template that the account
    does not hold.
    """
    match message:
        case Choice():
            return _choice(message, contents)
        case Document():
            return MediaMessage(media_url)
        case Image(_, caption):
            return MediaMessage(media_url, caption)
        case Template(name, language):
            sid = contents.sid(f"{name}_{language}")
            if not sid:
                raise NoTemplate(f"{name}_{language}")
            return ContentMessage(sid, template_values(message, media_url))
        case _:
            return BodyMessage(words_of(message))


def words_of(message: Message) -> str:
    """A message as words alone; nothing where it has none, or where only the account knows them, as of a template."""
    match message:
        case Text(body) | LocationRequest(body) | ContactRequest(body):
            return body
        case Choice():
            return numbered(message)
        case Link(body, label, url):
            return f"{body.rstrip()}\n\n{url if is_blank(label) else f'{label.strip()}: {url}'}"
        case Document(_, caption) | Image(_, caption):
            return caption
        case Template():
            return ""


def template_values(template: Template, media_url: str) -> dict[str, str]:
    """The values of a template's variables, which at Twilio have one numbering for all its parts.

    By number: the body's from 1, then the header's, then the buttons' in their order. By name: the body's and the
    header's by theirs (`header` where it has none), a button's as `button_0` by its index.
    """
    suffixes = {**template.url_suffixes, **template.payloads}
    header = {"": ""}
    match template.header:
        case HeaderText(text, name):
            header = {name: text}
        case Attachment():
            header = {"": media_url}
    [(header_name, header_value)] = header.items()
    buttons = sorted(suffixes.items())
    if isinstance(template.values, Mapping):
        named = dict(template.values) | ({header_name or "header": header_value} if header_value else {})
        return named | {f"button_{index}": value for index, value in buttons}
    told = [*template.values, *([header_value] if header_value else []), *(value for _, value in buttons)]
    return {str(number): value for number, value in enumerate(told, 1)}


def _choice(choice: Choice, contents: Contents) -> TwilioMessage:
    shape = shape_of(choice)
    if shape is not Shape.NUMBERED_TEXT:
        listed = shape is not Shape.BUTTONS
        numbers = enumerate(choice.options, choice.first)
        rows = [_row(option, number if shape is Shape.NUMBERED_LIST else 0) for number, option in numbers]
        if sid := contents.sid(name_of(rows, listed=listed)):
            return ContentMessage(sid, values_of(choice.body, choice.opener, rows, listed=listed))
    return BodyMessage(numbered(choice))


def _row(option: Option, number: int) -> Row:
    if number and option.numbered:
        return Row(option.id, str(number), label_and_description(option))
    return Row(option.id, option.label.strip(), description_of(option))


def _fit_choice(choice: Choice) -> tuple[Message, ...]:
    require_visible("body", choice.body)
    for option in choice.options:
        require_id("option.id", option.id)
        require_visible("option.label", option.label)
    if shape_of(choice) is Shape.NUMBERED_TEXT:
        words = numbered(choice)
        return (choice,) if length(words) <= BODY else _texts(words)
    room = min(CONTENT_BODY, BODY - (length(numbered(choice)) - length(choice.body.rstrip())))
    if room < LEAST_OF_A_BODY:
        return _texts(numbered(choice))
    # The value of a variable is one line: what stands before the last one goes ahead (Twilio, error 21656).
    before, _, last = choice.body.rstrip().rpartition("\n")
    if is_blank(last):
        before, last = "", choice.body
    last = one_line(last)
    if length(last) > room:
        rest, last = split_tail(last, room)
        before = f"{before.rstrip()}\n{rest}" if not is_blank(before) else rest
    ahead = () if is_blank(before) else _texts(before.strip())
    return (*ahead, replace(choice, body=last))


LEAST_OF_A_BODY = 60
"""characters of a question that should stand above its options; where there is no room for them, all is text"""


def _require_type(kind: str, attachment: Attachment) -> None:
    if attachment.mime_type not in SENT[kind]:
        raise Unsendable(
            f"{kind}.mime_type", f"is {attachment.mime_type}, which WhatsApp shows as no {kind}: convert the file"
        )


def _texts(words: str) -> tuple[Message, ...]:
    return tuple(Text(piece) for piece in split(words, BODY))
