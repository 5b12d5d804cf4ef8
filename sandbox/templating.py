"""What Meta decides about a template, told to the business."""

from __future__ import annotations

from sandbox.graph.templates import Template, TemplateStatus
from sandbox.webhooks.envelopes import template_status_body
from sandbox.world import World


def set_status(world: World, template: Template, status: TemplateStatus, reason: str) -> None:
    """Pause, disable, approve or reject a template, and post `message_template_status_update` to each product."""
    world.templates.set_status(template, status)
    body = template_status_body(template.name, template.language, status, reason, world.clock.now())
    addresses: dict[str, str] = {}
    for number in world.numbers.values():
        if number.provider == "meta":
            addresses.setdefault(world.settings.webhook(number.id), number.id)
    for number_id in addresses.values():
        world.deliveries.post(number_id, "", "template", body, [])
    world.events.publish("templates", name=template.name)
