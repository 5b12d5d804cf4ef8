"""Templates: what Meta knows, and what it decides about them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from sandbox.control.bodies import ChangeTemplate, NewTemplate
from sandbox.control.errors import ControlError
from sandbox.control.people import InWorld
from sandbox.graph.templates import InvalidTemplate, Template, read_template
from sandbox.templating import set_status
from sandbox.world import World

router = APIRouter(prefix="/sandbox/templates", tags=["Control"])


@router.get("")
async def list_templates(world: InWorld) -> list[dict[str, Any]]:
    """All templates, with what was decided about each and how many sends of it were accepted."""
    return [template.to_json() for template in world.templates.all()]


@router.post("", status_code=201)
async def add_template(body: NewTemplate, world: InWorld) -> dict[str, Any]:
    """Add a template, or replace the one of its name and language."""
    try:
        template = read_template(body.model_dump())
    except InvalidTemplate as error:
        raise ControlError(422, "invalid_template", str(error)) from None
    world.templates.put(template)
    world.events.publish("templates", name=template.name)
    return template.to_json()


@router.post("/{name}/status")
async def change_status(name: str, body: ChangeTemplate, world: InWorld) -> list[dict[str, Any]]:
    """Pause, disable or approve a template, now or after so many more sends; the business is told by a webhook."""
    found = _found(world, name, body.language)
    for template in found:
        if body.after_sends:
            template.turns_at, template.becomes = template.sends + body.after_sends, body.status
        else:
            set_status(world, template, body.status, body.reason)
    return [template.to_json() for template in found]


@router.delete("/{name}", status_code=204)
async def remove_template(name: str, world: InWorld) -> None:
    """Forget a template in all its languages."""
    _found(world, name, None)
    world.templates.remove(name)
    world.events.publish("templates", name=name)


def _found(world: World, name: str, language: str | None) -> list[Template]:
    found = [template for template in world.templates.named(name) if language in (None, template.language)]
    if not found:
        raise ControlError(404, "unknown_template", "there is no such template: see GET /sandbox/templates")
    return found
