"""Users: make them, list them, write for them, look at their chats."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from sandbox.control.bodies import AnyOne, NewUser, Send, SendRaw, SendSeveral, SendTap, SendText
from sandbox.control.errors import ControlError
from sandbox.inbound import NothingToTap, send, tapped, written
from sandbox.people import PhoneTaken, User
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
    world.people.remove(user)
    world.events.publish("user", user=user.id, change="removed")


@router.get("/users/{user_id}/messages")
async def list_messages(user: OneUser, world: InWorld) -> list[dict[str, Any]]:
    """The whole chat, in order."""
    return [message.to_json() for message in world.chats.of(user)]


@router.post("/users/{user_id}/send")
async def send_as_user(body: Send, user: OneUser, world: InWorld) -> dict[str, Any]:
    """Write, tap or send something as this person; of several, the answer names the last.

    Answers when the product's webhook has answered; `webhook_status` is null where it could not be reached, or where
    earlier messages of this person still wait. The message is delivered later then.
    """
    several = body.messages if isinstance(body, SendSeveral) else [body]
    sent = send(world, user, *(_fields(world, user, one) for one in several))
    return {"message_id": sent.message.id, "webhook_status": await sent.webhook.first}


@router.post("/users/{user_id}/read")
async def read_chat(user: OneUser, world: InWorld) -> dict[str, int]:
    """The person looks at the chat: everything is read, and the business gets its `read` statuses."""
    seen = world.chats.unread(user)
    for message in seen:
        world.statuses.read(user, message)
    if seen:
        world.chats.mark_seen(user)
    return {"read": len(seen)}


def _fields(world: World, user: User, body: AnyOne) -> dict[str, Any]:
    """What somebody does, as a message in Meta's fields."""
    match body:
        case SendText():
            return written(body.body)
        case SendTap():
            try:
                return tapped(world, user, body.option, body.message)
            except NothingToTap as error:
                raise ControlError(422, "nothing_to_tap", str(error)) from None
        case SendRaw():
            if not isinstance(body.message.get("type"), str):
                raise ControlError(422, "invalid_body", "message.type is needed: the kind of message, in Meta's words")
            return body.message
        case _:
            raise ControlError(501, "not_yet", f"the sandbox cannot send a {body.type} yet")


def _chosen_number(world: World, wanted: str | None) -> str:
    served = [number for number in world.numbers.values() if number.provider == "meta"]
    if wanted is None:
        chosen = next((number for number in served if number.bot == "loan"), next(iter(served), None))
    else:
        chosen = next((number for number in served if number.id == wanted), None)
    if chosen is None:
        raise ControlError(422, "unknown_number", "choose a Meta number that GET /sandbox/numbers lists")
    return chosen.id


def _with_chat(world: World, user: User) -> dict[str, Any]:
    last = world.chats.last(user)
    return user.to_json(world.clock.now()) | {
        "unread": world.chats.unread_count(user),
        "last_message": None if last is None else last.to_json(),
        "faults": world.faults.pending(user.id),
    }
