"""What the control API asks a person to do, turned into what they send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox import deeds
from sandbox.control.bodies import (
    AnyOne,
    SendContact,
    SendEdit,
    SendFile,
    SendInteractiveWithoutReply,
    SendLocation,
    SendRaw,
    SendReaction,
    SendRevoke,
    SendTap,
    SendText,
    SendUnsupported,
    SendVoice,
)
from sandbox.control.errors import ControlError
from sandbox.inbound import Deed
from sandbox.media import KINDS, URL_LASTS, WEBHOOK_LASTS, File, kind_of
from sandbox.people import User
from sandbox.speech import notes
from sandbox.world import World


async def keep_file(world: World, user: User, content: bytes, mime_type: str, filename: str | None) -> File:
    """Keep a file of this person. Raises ControlError 422 where there is nothing in it."""
    if not content:
        raise ControlError(422, "empty_file", "a file with something in it is needed")
    now = world.people.now(user)
    return await world.media.keep(
        content, mime_type, filename, number=user.number, user=user.id, now=now, lasts=WEBHOOK_LASTS
    )


async def deeds_of(world: World, user: User, bodies: Sequence[AnyOne], base: str) -> list[Deed]:
    """What this person sends, in order; `base` is the URL under which files can be fetched. Raises ControlError 422."""
    ids = {body.id for body in bodies if not isinstance(body, SendRaw) and body.id is not None}
    return [await _deed(world, user, body, base, ids) for body in bodies]


async def _deed(world: World, user: User, body: AnyOne, base: str, ids: set[str]) -> Deed:
    if isinstance(body, SendRaw):
        if not isinstance(body.message.get("type"), str):
            raise ControlError(422, "invalid_body", "message.type is needed: the kind of message, in Meta's words")
        return Deed(body.message)
    said = ""
    if isinstance(body, SendVoice):
        said, body = body.words, await _spoken(world, user, body)
    file = await _file(world, user, body) if isinstance(body, SendFile) else None
    fields = _file_fields(world, body, file, base) if isinstance(body, SendFile) and file else None
    fields = fields or _fields(world, user, body, ids)
    if body.context is not None:
        fields |= deeds.answering(world, user, body.context)
    if body.id is not None:
        fields["id"] = body.id
    if body.referral is not None:
        fields["referral"] = body.referral
    return Deed(fields, file, said)


async def _spoken(world: World, user: User, body: SendVoice) -> SendFile:
    """The file that a voice note is."""
    file = await keep_file(world, user, notes.note(body.words), notes.MIME_TYPE, None)
    more = body.model_dump(include={"id", "context", "referral"})
    return SendFile(type="audio", media=file.id, **more)


def _fields(world: World, user: User, body: AnyOne, ids: set[str]) -> dict[str, Any]:
    match body:
        case SendText():
            return deeds.written(body.body)
        case SendTap():
            try:
                return deeds.tapped(world, user, body.option, body.message)
            except deeds.NothingToTap as error:
                raise ControlError(422, "nothing_to_tap", str(error)) from None
        case SendContact():
            card = deeds.card(body.name or user.name, body.phone or user.phone, asked=body.message is not None)
            return card | _answering(world, user, body.message)
        case SendLocation():
            place = deeds.place(body.latitude, body.longitude, body.name, body.address)
            return place | _answering(world, user, body.message)
        case SendEdit():
            _check_own(world, user, body.message, ids)
            return deeds.edited(body.message, body.body)
        case SendRevoke():
            _check_own(world, user, body.message, ids)
            return deeds.revoked(body.message)
        case SendReaction():
            _check_in_chat(world, user, body.message, ids)
            return deeds.reaction(body.message, body.emoji)
        case SendUnsupported():
            return deeds.unsupported(body.kind)
        case SendInteractiveWithoutReply():
            return deeds.interactive_without_reply() | _answering(world, user, body.message)
    raise TypeError(f"{type(body).__name__} is sent in another way")


async def _file(world: World, user: User, body: SendFile) -> File:
    if body.content is not None:
        return await keep_file(world, user, body.content, body.mime_type or "", body.filename)
    file = world.media.get(body.media or "")
    if file is None or file.user != user.id:
        raise ControlError(422, "unknown_media", "this person has no file with this id: upload it first")
    return file


def _file_fields(world: World, body: SendFile, file: File, base: str) -> dict[str, Any]:
    if body.type != "document" and kind_of(file.mime_type) != body.type:
        allowed = ", ".join(KINDS[body.type])
        raise ControlError(422, "wrong_type", f"as {body.type} WhatsApp sends {allowed}; send others as a document")
    url = world.media.address(base, file.id, file.created + URL_LASTS)
    return deeds.filed(
        body.type, file, url, caption=body.caption, filename=body.filename or file.filename, voice=body.voice
    )


def _answering(world: World, user: User, message_id: str | None) -> dict[str, Any]:
    return {} if message_id is None else deeds.answering(world, user, message_id)


def _check_own(world: World, user: User, message_id: str, ids: set[str]) -> None:
    if message_id not in ids and world.chats.writer_of(message_id) != user.id:
        raise ControlError(422, "unknown_message", "this person has not sent a message with this id")


def _check_in_chat(world: World, user: User, message_id: str, ids: set[str]) -> None:
    found = world.chats.get(message_id)
    if message_id not in ids and (found is None or found.user != user.id):
        raise ControlError(422, "unknown_message", "this chat has no message with this id")
