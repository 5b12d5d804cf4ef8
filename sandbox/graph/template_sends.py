"""Sends of templates: their components checked against the template, and the message as the person sees it.

Meta, "Send message templates" and "Error codes": 132000 count, 132001 missing, 132005 too long, 132012 format,
132015 paused, 132016 disabled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.graph.attachments import Attachment, read_attachment
from sandbox.graph.errors import GraphError
from sandbox.graph.reading import mapping, missing, sequence, text
from sandbox.graph.templates import LONGEST_BODY, VARIABLE, Button, Template, Templates, TemplateStatus, variables

LONGEST_CODE = 15
"""Characters of a code that a button copies."""

UNUSABLE = {TemplateStatus.PAUSED: 132015, TemplateStatus.DISABLED: 132016}

Component = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TemplateSend:
    """Which template to send in which language, with the components of the request."""

    name: str
    language: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its parameters: what the person sees, and the file in its header."""

    template: Template
    shown: dict[str, Any]
    attachment: Attachment | None


def read_template_send(part: dict[str, Any]) -> TemplateSend:
    """What the request asks for. Raises GraphError for what is wrong whatever the template is."""
    name = text(part, "name", "template['name']")
    language = text(mapping(part, "language", "template['language']"), "code", "template['language']['code']")
    components = [] if part.get("components") is None else sequence(part, "components", "template['components']")
    for index, component in enumerate(components):
        path = f"template['components'][{index}]"
        if text(component, "type", f"{path}['type']").lower() not in ("header", "body", "button"):
            raise GraphError(100, f"Param {path}['type'] must be one of {{HEADER, BODY, BUTTON}}.")
        if component.get("parameters") is not None:
            sequence(component, "parameters", f"{path}['parameters']")
    return TemplateSend(name, language, tuple(components))


def fill(templates: Templates, asked: TemplateSend) -> Filled:
    """The template with the parameters in their places. Raises GraphError with the documented code."""
    template = templates.get(asked.name, asked.language)
    if template is None or template.status in (TemplateStatus.PENDING, TemplateStatus.REJECTED):
        details = f"template name ({asked.name}) does not exist in {asked.language}"
        raise GraphError(132001, details, message="Template name does not exist in the translation")
    if template.status in UNUSABLE:
        raise GraphError(UNUSABLE[template.status], f"The template is {template.status.lower()}.")
    header, attachment = _header(template, _only(asked, "header"))
    body = _filled(template.body, _parameters(_only(asked, "body")), "body")
    if len(body) > LONGEST_BODY:
        raise GraphError(132005, f"The body has more than {LONGEST_BODY} characters with its parameters.")
    shown = {
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "header": header,
        "body": body,
        "footer": template.footer or None,
        "buttons": _buttons(template, asked),
    }
    return Filled(template, shown, attachment)


def _only(asked: TemplateSend, kind: str) -> Component:
    found = [component for component in asked.components if component["type"].lower() == kind]
    if len(found) > 1:
        raise GraphError(100, f"Param template['components'] has more than one {kind}.")
    return found[0] if found else {}


def _parameters(component: Component) -> list[dict[str, Any]]:
    return component.get("parameters") or []


def _header(template: Template, component: Component) -> tuple[dict[str, Any] | None, Attachment | None]:
    given = _parameters(component)
    if template.header is None:
        _same_count(given, 0, "header")
        return None, None
    form = template.header.format
    if form == "TEXT":
        return {"format": form, "text": _filled(template.header.text, given, "header")}, None
    _same_count(given, 1, "header")
    kind = form.lower()
    if given[0].get("type") != kind:
        raise GraphError(132012, f"header: Format mismatch, expected {form}, received {given[0].get('type')!s:.20}")
    path = f"template['components']['header']['{kind}']"
    part = mapping(given[0], kind, path)
    if form == "LOCATION":
        for name in ("latitude", "longitude"):
            if part.get(name) is None:
                raise missing(f"{path}['{name}']")
        return {"format": form, "location": part}, None
    return {"format": form}, read_attachment(kind, part, path)


def _filled(pattern: str, given: list[dict[str, Any]], where: str) -> str:
    names = variables(pattern)
    _same_count(given, len(names), where)
    if all(name.isdigit() for name in names):
        # In the order of their numbers, which need not be the order in which a translation has them.
        values = {str(place): _value(parameter, where) for place, parameter in enumerate(given, 1)}
    else:
        values = {}
        for parameter in given:
            name = parameter.get("parameter_name")
            if not isinstance(name, str) or not name:
                raise GraphError(100, f"{where}: Parameter name is missing or empty")
            values[name] = _value(parameter, where)
        if values.keys() != set(names):
            raise GraphError(100, f"{where}: the parameter names are not those of the template")
    return VARIABLE.sub(lambda match: values[match[1]], pattern)


def _value(parameter: dict[str, Any], where: str) -> str:
    kind = parameter.get("type")
    if kind in ("currency", "date_time"):
        path = f"{where}['{kind}']"
        return text(mapping(parameter, kind, path), "fallback_value", f"{path}['fallback_value']")
    if kind != "text":
        raise GraphError(132012, f"{where}: Format mismatch, expected TEXT, received {kind!s:.20}")
    value = text(parameter, "text", f"{where}['text']")
    if not value.strip():
        raise missing(f"{where}['text']", "must not be empty")
    if re.search(r"[\n\t]| {5,}", value):
        details = f"{where}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces"
        raise GraphError(100, details)
    return value


def _same_count(given: list[dict[str, Any]], expected: int, where: str) -> None:
    if len(given) != expected:
        details = f"{where}: number of localizable_params ({len(given)}) does not match the expected ({expected})"
        raise GraphError(132000, details, message="Number of parameters does not match the expected number of params")


def _buttons(template: Template, asked: TemplateSend) -> list[dict[str, Any]]:
    given: dict[int, Component] = {}
    for component in asked.components:
        if component["type"].lower() == "button":
            index = str(component.get("index", ""))
            if not index.isdigit() or int(index) >= len(template.buttons):
                raise GraphError(132000, "button: there is no button with this index")
            given[int(index)] = component
    return [_button(button, index, given.get(index)) for index, button in enumerate(template.buttons)]


def _button(button: Button, index: int, component: Component | None) -> dict[str, Any]:
    shown = {"type": button.type, "text": button.text}
    where = f"button at index {index}"
    parameter = None
    if component is not None:
        expected = {"OTP": "url", "URL": "url", "QUICK_REPLY": "quick_reply", "COPY_CODE": "copy_code"}.get(button.type)
        if str(component.get("sub_type", "")).lower() != expected:
            raise GraphError(132012, f"{where}: the sub_type is not that of the template's button")
        _same_count(_parameters(component), 1, where)
        parameter = _parameters(component)[0]
    match button.type:
        case "QUICK_REPLY":
            payload = button.text if parameter is None else text(parameter, "payload", f"{where}['payload']")
            return shown | {"payload": payload}
        case "URL" if not variables(button.url):
            if parameter is not None:
                raise GraphError(132000, f"{where}: its url has no variable")
            return shown | {"url": button.url}
        case "URL":
            return shown | {"url": VARIABLE.sub(lambda _: _required(parameter, "text", where), button.url)}
        case "OTP":
            return shown | {"code": _code(parameter, "text", where)}
        case "COPY_CODE":
            return shown | {"code": _code(parameter, "coupon_code", where)}
        case "PHONE_NUMBER":
            return shown | {"phone_number": button.phone_number}
    return shown


def _code(parameter: dict[str, Any] | None, key: str, where: str) -> str:
    code = _required(parameter, key, where)
    if len(code) > LONGEST_CODE:
        raise GraphError(100, f"{where}: the code has more than {LONGEST_CODE} characters")
    return code


def _required(parameter: dict[str, Any] | None, key: str, where: str) -> str:
    if parameter is None:
        raise missing(where, f"needs a parameter of type {key}")
    return text(parameter, key, f"{where}['{key}']")
