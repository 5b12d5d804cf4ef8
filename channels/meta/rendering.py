"""A neutral message into what WhatsApp can show. Nothing is dropped, nothing cut.

A choice becomes buttons, a list, or numbered text; words too long for where they belong go ahead as text; a link that
cannot be a button is text with the address in it.

`fit` makes of one message as many as it needs; `render` turns each of those into exactly one Graph message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from channels.choices import Shape, description_of, fits, label_and_description, numbered, shape_of
from channels.limits import Unsendable, is_blank, length, require, require_id, require_visible
from channels.media_types import MEDIA
from channels.meta.asking import ContactRequestMessage, LinkMessage, LocationRequestMessage, is_web_address
from channels.meta.attachments import DocumentMessage, ImageMessage
from channels.meta.limits import (
    BUTTONS_BODY,
    CAPTION,
    FILENAME,
    LINK_LABEL,
    LINK_URL,
    TEXT_BODY,
)
from channels.meta.outbound import Button, ButtonsMessage, GraphMessage, ListMessage, ListRow, TextMessage
from channels.meta.templates import TemplateButton, TemplateMedia, TemplateMessage, TemplateText
from channels.splitting import split, split_tail
from channels.templates import on_one_line
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
    Template,
    Text,
)


def fit(message: Message) -> tuple[Message, ...]:
    """The message as those that each render into one Graph message. Raises Unsendable for what cannot be shown at all.

    What can be tapped or opened comes last, with a short end of its body; what goes before it is text.
    """
    match message:
        case Text(body):
            require_visible("body", body)
            return (message,) if length(body) <= TEXT_BODY else _texts(body)
        case Choice():
            return _fit_choice(message)
        case Document() | Image():
            return _fit_file(message)
        case Link():
            return _fit_link(message)
        case LocationRequest() | ContactRequest():
            return _with_a_short_body(message)
        case Template():
            flat = on_one_line(message)
            _template(flat, media_id="checked when sent")
            return (flat,)


def render(message: Message, media_id: str = "") -> GraphMessage:
    """One message as Meta takes it; `media_id` is its attachment's, where it has one (`domain.messages.attachment_of`).

    Raises Unsendable for one that did not go through `fit` and is too long, and for an attachment without a media id.
    """
    match message:
        case Text(body):
            return TextMessage(body)
        case Choice():
            return _choice(message)
        case Document(attachment, caption):
            return DocumentMessage(media_id, attachment.filename, caption)
        case Image(_, caption):
            return ImageMessage(media_id, caption)
        case Link(body, label, url):
            return LinkMessage(body, label.strip(), url)
        case LocationRequest(body):
            return LocationRequestMessage(body)
        case ContactRequest(body):
            return ContactRequestMessage(body)
        case Template():
            return _template(message, media_id)


def _choice(choice: Choice) -> GraphMessage:
    match shape_of(choice):
        case Shape.BUTTONS:
            return ButtonsMessage(
                choice.body, tuple(Button(option.id, option.label.strip()) for option in choice.options)
            )
        case Shape.LIST:
            rows = [ListRow(option.id, option.label.strip(), description_of(option)) for option in choice.options]
            return ListMessage(choice.body, choice.opener, tuple(rows))
        case Shape.NUMBERED_LIST:
            rows = [
                ListRow(option.id, str(number), label_and_description(option))
                if option.numbered
                else ListRow(option.id, option.label.strip(), description_of(option))
                for number, option in enumerate(choice.options, choice.first)
            ]
            return ListMessage(choice.body, choice.opener, tuple(rows))
        case Shape.NUMBERED_TEXT:
            return TextMessage(numbered(choice))


def _template(template: Template, media_id: str) -> TemplateMessage:
    values = template.values
    named = values.items() if isinstance(values, Mapping) else [("", text) for text in values]
    buttons = [TemplateButton(index, "url", suffix) for index, suffix in template.url_suffixes.items()]
    buttons += [TemplateButton(index, "quick_reply", payload) for index, payload in template.payloads.items()]
    return TemplateMessage(
        template.name,
        template.language,
        tuple(TemplateText(text, name) for name, text in named),
        _template_header(template.header, media_id),
        tuple(sorted(buttons, key=lambda button: button.index)),
    )


def _template_header(header: HeaderText | Attachment | None, media_id: str) -> TemplateText | TemplateMedia | None:
    match header:
        case HeaderText(text, name):
            return TemplateText(text, name)
        case Attachment(_, mime_type, filename):
            kind: Literal["image", "document"] = "image" if mime_type.startswith("image/") else "document"
            _require_type(f"template.header.{kind}", kind, header)
            return TemplateMedia(kind, media_id, filename)
    return None


def _fit_choice(choice: Choice) -> tuple[Message, ...]:
    _check(choice)
    if shape_of(choice) is Shape.NUMBERED_TEXT:
        words = numbered(choice)
        return (choice,) if length(words) <= TEXT_BODY else _texts(words)
    return _with_a_short_body(choice)


def _fit_file(message: Document | Image) -> tuple[Message, ...]:
    kind = "document" if isinstance(message, Document) else "image"
    _require_type(kind, kind, message.attachment)
    if isinstance(message, Document):
        require("document.filename", message.attachment.filename, FILENAME)
    if is_blank(message.caption):
        return (replace(message, caption=""),)
    require_visible("caption", message.caption)
    if length(message.caption) <= CAPTION:
        return (message,)
    return (*_texts(message.caption), replace(message, caption=""))


def _fit_link(link: Link) -> tuple[Message, ...]:
    require_visible("body", link.body)
    label = link.label.strip()
    if fits(label, LINK_LABEL) and not is_blank(label) and length(link.url) <= LINK_URL and is_web_address(link.url):
        return _with_a_short_body(link)
    address = link.url if is_blank(label) else f"{label}: {link.url}"
    return fit(Text(f"{link.body.rstrip()}\n\n{address}"))


def _with_a_short_body(message: Choice | Link | LocationRequest | ContactRequest) -> tuple[Message, ...]:
    """What can be tapped, under the end of its body; the rest goes ahead.

    A list's body may be longer by Meta's own page, but not with every provider between.
    """
    require_visible("body", message.body)
    if length(message.body) <= BUTTONS_BODY:
        return (message,)
    before, last = split_tail(message.body, BUTTONS_BODY)
    return (*_texts(before), replace(message, body=last))


def _require_type(field: str, kind: str, attachment: Attachment) -> None:
    if attachment.mime_type not in MEDIA[kind].mime_types:
        raise Unsendable(
            f"{field}.mime_type", f"is {attachment.mime_type}, which WhatsApp shows as no {kind}: convert the file"
        )


def _check(choice: Choice) -> None:
    require_visible("body", choice.body)
    for option in choice.options:
        require_id("option.id", option.id)
        require_visible("option.label", option.label)


def _texts(words: str) -> tuple[Message, ...]:
    return tuple(Text(piece) for piece in split(words, TEXT_BODY))
