"""Users: make them, list them, write for them, look at their chats."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from sandbox.control.bodies import Batch, ChangeNumber, ChangePreferences, ChangeUser, NewUser, Send, SendSeveral
from sandbox.control.errors import ControlError
from sandbox.control.sending import deeds_of
from sandbox.inbound import Sent, change_number, change_preferences, change_user_id, send, send_batch
from sandbox.people import PhoneTaken, User
from sandbox.twilio import inbound as twilio
from sandbox.twilio.access import base_of
from sandbox.world import World, world_of

router = APIRouter(prefix="/sandbox", tags=["Control"])

InWorld = Annotated[World, Depends(world_of)]


async def user_of(user_id: str, world: InWorld) -> User:
    """The user of the path. Raises ControlError 404."""
    user = world.people.get(user_id)
    if user is None:
        raise ControlError(404, "unknown_user", "the sandbox has no user with this id: see GET /sandbox/users")
    return user


OneUser = Annotated[User, Depends(user_of)]


def by_twilio(world: World, user: User) -> bool:
    """Whether this person's messages come and go through Twilio."""
    return world.numbers[user.number].provider == "twilio"


@router.get("/numbers")
async def list_numbers(world: InWorld) -> list[dict[str, str]]:
    """The business's numbers."""
    return [
        {
            "id": number.id,
            "display": number.display,
            "bot": number.bot,
            "provider": number.provider,
            "business": number.business,
        }
        for number in world.numbers.values()
    ]


@router.get("/users")
async def list_users(world: InWorld) -> list[dict[str, Any]]:
    """Everybody, with their last message and how many they have not read."""
    return [_with_chat(world, user) for user in world.people.all()]


@router.post("/users", status_code=201)
async def create_user(body: NewUser, world: InWorld) -> dict[str, Any]:
    """A fresh, unique person who chats with one number, the first loan number unless another is named."""
    number = _chosen_number(world, body.number)
    try:
        user = world.people.create(
            world.numbers[number],
            body.name,
            body.phone,
            bsuid_only=body.bsuid_only,
            limits=body.limits,
            reads=body.reads,
        )
    except PhoneTaken as error:
        raise ControlError(409, "phone_taken", str(error)) from None
    shown = user.to_json(world.clock.now())
    world.events.publish("user", user=user.id, change="created")
    return shown


@router.get("/users/{user_id}")
async def get_user(user: OneUser, world: InWorld) -> dict[str, Any]:
    """One person."""
    return _with_chat(world, user)


@router.delete("/users/{user_id}", status_code=204)
async def delete_user(user: OneUser, world: InWorld) -> None:
    """Forget a person and their chat; the product is not told."""
    world.deliveries.forget(user.id)
    world.media.remove_of(user.id)
    world.people.remove(user)
    world.events.publish("user", user=user.id, change="removed")


@router.get("/users/{user_id}/messages")
async def list_messages(user: OneUser, world: InWorld) -> list[dict[str, Any]]:
    """The whole chat, in order."""
    return [message.to_json() for message in world.chats.of(user)]


@router.patch("/users/{user_id}")
async def change_user(body: ChangeUser, user: OneUser, world: InWorld) -> dict[str, Any]:
    """Change something about a person: `bsuid_only` hides their phone number from the next message on."""
    world.people.change(user, **body.model_dump())
    world.events.publish("user", user=user.id, change="changed")
    return _with_chat(world, user)


@router.post("/users/{user_id}/send")
async def send_as_user(body: Send, user: OneUser, world: InWorld, request: Request) -> dict[str, Any]:
    """Write, tap or send something as this person; of several, the answer names the last.

    Answers when the product's webhook has answered; `webhook_status` is null where it could not be reached, or where
    earlier messages of this person still wait. The message is delivered later then.
    """
    several = body.messages if isinstance(body, SendSeveral) else [body]
    doing = await deeds_of(world, user, several, str(request.base_url))
    if by_twilio(world, user):
        ordered = doing[::-1] if isinstance(body, SendSeveral) and body.webhooks == "reversed" else doing
        sent = await twilio.send(world, user, base_of(request), *ordered)
    elif not isinstance(body, SendSeveral) or body.webhooks == "one":
        sent = send(world, user, *doing)
    else:
        ordered = doing if body.webhooks == "each" else doing[::-1]
        sent = [send(world, user, one) for one in ordered][-1]
    return {"message_id": sent.message.id, "webhook_status": await sent.first}


@router.post("/batches")
async def send_batch_of_users(body: Batch, world: InWorld, request: Request) -> dict[str, Any]:
    """Messages of several people of one number in one webhook, with the statuses that are due if they are wanted."""
    doing = []
    for deed in body.deeds:
        user = await user_of(deed.user, world)
        [one] = await deeds_of(world, user, [deed.send], str(request.base_url))
        doing.append((user, one))
    if any(by_twilio(world, user) for user, _ in doing):
        raise ControlError(422, "no_batches", "Twilio posts each message by itself: batch people of a number of Meta's")
    if len({user.number for user, _ in doing}) > 1:
        raise ControlError(422, "several_numbers", "a webhook is of one number: batch people of one number")
    messages, webhook = send_batch(world, doing, statuses=body.statuses)
    return {"message_ids": [message.id for message in messages], "webhook_status": await webhook.first}


@router.post("/users/{user_id}/number")
async def change_phone_number(body: ChangeNumber, user: OneUser, world: InWorld) -> dict[str, Any]:
    """The person moves to another phone number; a system message tells it, and the BSUID is another one too."""
    try:
        if by_twilio(world, user):
            twilio.change_number(world, user, body.phone)
            return _untold(world, user)
        sent = change_number(world, user, body.phone)
    except PhoneTaken as error:
        raise ControlError(409, "phone_taken", str(error)) from None
    return await _told(world, user, sent)


@router.post("/users/{user_id}/user-id")
async def change_business_scoped_id(user: OneUser, world: InWorld) -> dict[str, Any]:
    """The person gets another BSUID and keeps the phone number; a system message tells it."""
    if by_twilio(world, user):
        twilio.change_user_id(world, user)
        return _untold(world, user)
    return await _told(world, user, change_user_id(world, user))


@router.post("/users/{user_id}/preferences")
async def change_marketing(body: ChangePreferences, user: OneUser, world: InWorld) -> dict[str, Any]:
    """The person stops marketing messages, or wants them again; on a number of Twilio's, all messages (21610)."""
    if by_twilio(world, user):
        world.people.change(user, marketing=body.marketing == "resume")
        return {"webhook_status": None}
    return {"webhook_status": await change_preferences(world, user, body.marketing).first}


@router.post("/users/{user_id}/read")
async def read_chat(user: OneUser, world: InWorld) -> dict[str, int]:
    """The person looks at the chat: everything is read, and the business gets its `read` statuses."""
    seen = world.chats.unread(user)
    statuses = world.twilio.statuses if by_twilio(world, user) else world.statuses
    for message in seen:
        statuses.read(user, message)
    if seen:
        world.chats.mark_seen(user)
    return {"read": len(seen)}


async def _told(world: World, user: User, sent: Sent) -> dict[str, Any]:
    status = await sent.first
    return {"user": _with_chat(world, user), "message_id": sent.message.id, "webhook_status": status}


def _untold(world: World, user: User) -> dict[str, Any]:
    return {"user": _with_chat(world, user), "message_id": None, "webhook_status": None}


def _chosen_number(world: World, wanted: str | None) -> str:
    served = list(world.numbers.values())
    if wanted is None:
        chosen = next((number for number in served if number.bot == "loan"), next(iter(served), None))
    else:
        chosen = next((number for number in served if number.id == wanted), None)
    if chosen is None:
        raise ControlError(422, "unknown_number", "choose a number that GET /sandbox/numbers lists")
    return chosen.id


def _with_chat(world: World, user: User) -> dict[str, Any]:
    last = world.chats.last(user)
    return user.to_json(world.clock.now()) | {
        "unread": world.chats.unread_count(user),
        "last_message": None if last is None else last.to_json(),
        "faults": world.faults.pending(user.id),
    }
