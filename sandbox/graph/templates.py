"""The templates that Meta knows: from the file of SANDBOX_TEMPLATES and the control API; their states are kept.

Limits and forms: Meta, "Template components".
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sandbox.config import SettingsError
from sandbox.storage import Storage

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")

LONGEST_BODY = 1024
LONGEST_EDGE = 60
LONGEST_BUTTON = 25
MOST_BUTTONS = 10

CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
HEADER_FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION")
BUTTON_TYPES = ("QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "OTP", "REQUEST_CONTACT_INFO")


class InvalidTemplate(ValueError):
    """Meta would not take this template; the message says which part of it is wrong."""


class TemplateStatus(StrEnum):
    """What Meta has decided about a template."""

    APPROVED = "APPROVED"
    PENDING = "PENDING"
    REJECTED = "REJECTED"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"


@dataclass(frozen=True, slots=True)
class Header:
    """The part above the body: a text with at most one variable, or a file or place that each send brings."""

    format: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button; a URL may end in a variable."""

    type: str
    text: str
    url: str = ""
    phone_number: str = ""


@dataclass(slots=True)
class Template:
    """One template in one language. `sends` counts those accepted: at `turns_at` it `becomes` another."""

    name: str
    language: str
    category: str
    body: str
    header: Header | None = None
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    status: TemplateStatus = TemplateStatus.APPROVED
    sends: int = 0
    turns_at: int | None = field(default=None, compare=False)
    becomes: TemplateStatus = field(default=TemplateStatus.PAUSED, compare=False)

    def to_json(self) -> dict[str, Any]:
        """This template as the control API shows it."""
        hidden = ("turns_at", "becomes")
        return {name: value for name, value in asdict(self).items() if name not in hidden}

    def components(self) -> list[dict[str, Any]]:
        """This template's parts as the Graph API lists them."""
        parts: list[dict[str, Any]] = []
        if self.header is not None:
            text = {"text": self.header.text} if self.header.format == "TEXT" else {}
            parts.append({"type": "HEADER", "format": self.header.format} | text)
        parts.append({"type": "BODY", "text": self.body})
        if self.footer:
            parts.append({"type": "FOOTER", "text": self.footer})
        if self.buttons:
            shown = [{name: value for name, value in asdict(button).items() if value} for button in self.buttons]
            parts.append({"type": "BUTTONS", "buttons": shown})
        return parts


def variables(text: str) -> list[str]:
    """The variables of a text, each once, in the order in which they come."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def read_template(fields: dict[str, Any]) -> Template:
    """A template from its fields, as the file and the control API have them. Raises InvalidTemplate."""
    unknown = fields.keys() - {
        "name", "language", "category", "body", "header", "footer", "buttons", "status",
    }  # fmt: skip
    if unknown:
        raise InvalidTemplate(f"a template has no field {sorted(unknown)[0]!r}")
    name = _string(fields, "name")
    if not re.fullmatch(r"[a-z0-9_]{1,512}", name):
        raise InvalidTemplate("name must be of lower case letters, digits and underscores")
    language = _string(fields, "language")
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Za-z]{2,4})?", language):
        raise InvalidTemplate("language must be a code such as en or en_US")
    category = _one_of(_string(fields, "category"), CATEGORIES, "category")
    body = _sized(_string(fields, "body"), LONGEST_BODY, "body")
    _check_variables(body)
    footer = _sized(str(fields.get("footer") or ""), LONGEST_EDGE, "footer")
    if variables(footer):
        raise InvalidTemplate("footer must have no variables")
    buttons = tuple(_button(button) for button in fields.get("buttons") or [])
    if len(buttons) > MOST_BUTTONS:
        raise InvalidTemplate(f"there must be at most {MOST_BUTTONS} buttons")
    status = _one_of(str(fields.get("status") or "APPROVED"), tuple(TemplateStatus), "status")
    header = _header(fields.get("header"))
    return Template(name, language, category, body, header, footer, buttons, TemplateStatus(status))


OURS = ("bot", "for")
"""fields of the file that are no business of Meta's: in whose place the product sends a template"""


def read_templates(path: Path | None) -> tuple[Template, ...]:
    """The templates of the file, or none. Raises SettingsError where the file cannot be used."""
    if path is None:
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("template", [])
        theirs = [{name: value for name, value in table.items() if name not in OURS} for table in tables]
        return tuple(read_template(table) for table in theirs)
    except OSError as error:
        raise SettingsError(f"SANDBOX_TEMPLATES cannot be read: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"SANDBOX_TEMPLATES is no TOML: {error}") from None
    except (InvalidTemplate, AttributeError, TypeError) as error:
        raise SettingsError(f"SANDBOX_TEMPLATES has a wrong [[template]]: {error}") from None


class Templates:
    """All templates by name and language. What the control API added, and every status, survives a restart."""

    def __init__(self, storage: Storage, from_file: tuple[Template, ...] = ()) -> None:
        self._storage = storage
        self._known: dict[tuple[str, str], Template] = {}
        for definition, status, sends in storage.rows("SELECT definition, status, sends FROM templates"):
            template = read_template(json.loads(definition))
            template.status, template.sends = TemplateStatus(status), sends
            self._known[template.name, template.language] = template
        for template in from_file:
            kept = self._known.get((template.name, template.language))
            if kept is not None:
                template.status, template.sends = kept.status, kept.sends
            self.put(template)

    def all(self) -> list[Template]:
        """Every template."""
        return list(self._known.values())

    def named(self, name: str) -> list[Template]:
        """This template in all its languages; empty where it does not exist."""
        return [template for template in self._known.values() if template.name == name]

    def get(self, name: str, language: str) -> Template | None:
        """This template in this language."""
        return self._known.get((name, language))

    def put(self, template: Template) -> None:
        """Add a template, or replace the one of its name and language."""
        self._known[template.name, template.language] = template
        definition = {
            "name": template.name,
            "language": template.language,
            "category": template.category,
            "body": template.body,
            "header": None if template.header is None else asdict(template.header),
            "footer": template.footer,
            "buttons": [asdict(button) for button in template.buttons],
        }
        self._storage.write(
            "INSERT OR REPLACE INTO templates (name, language, definition, status, sends) VALUES (?, ?, ?, ?, ?)",
            (template.name, template.language, json.dumps(definition), template.status, template.sends),
        )

    def remove(self, name: str) -> None:
        """Forget a template in all its languages."""
        for template in self.named(name):
            del self._known[name, template.language]
        self._storage.write("DELETE FROM templates WHERE name = ?", (name,))

    def set_status(self, template: Template, status: TemplateStatus) -> None:
        """Note what was decided about a template; whatever was to happen to it later is off."""
        template.status = status
        template.turns_at = None
        self._write_counts(template)

    def sent(self, template: Template) -> bool:
        """Count one send that was accepted; whether its status changes now, as was ordered."""
        template.sends += 1
        self._write_counts(template)
        return template.turns_at is not None and template.sends >= template.turns_at

    def _write_counts(self, template: Template) -> None:
        self._storage.write(
            "UPDATE templates SET status = ?, sends = ? WHERE name = ? AND language = ?",
            (template.status, template.sends, template.name, template.language),
        )


def _check_variables(body: str) -> None:
    if VARIABLE.match(body) or re.search(VARIABLE.pattern + r"$", body):
        raise InvalidTemplate("body must not begin or end with a variable")
    names = variables(body)
    numbers = [name for name in names if name.isdigit()]
    if numbers and len(numbers) != len(names):
        raise InvalidTemplate("body must have either numbered or named variables")
    if sorted(map(int, numbers)) != list(range(1, len(numbers) + 1)):
        raise InvalidTemplate("numbered variables must be {{1}}, {{2}} and so on")


def _header(given: Any) -> Header | None:
    if not given:
        return None
    fields = {"format": "TEXT", "text": given} if isinstance(given, str) else given
    if not isinstance(fields, dict):
        raise InvalidTemplate("header must be a text, or a table with its format")
    form = _one_of(str(fields.get("format", "TEXT")), HEADER_FORMATS, "header.format")
    if form != "TEXT":
        return Header(form)
    text = _sized(_string(fields, "text"), LONGEST_EDGE, "header.text")
    if len(variables(text)) > 1:
        raise InvalidTemplate("header must have at most one variable")
    return Header(form, text)


def _button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise InvalidTemplate("a button must be a table with its type and text")
    kind = _one_of(_string(given, "type"), BUTTON_TYPES, "button.type")
    labels = {"COPY_CODE": "Copy code", "OTP": "Copy code", "REQUEST_CONTACT_INFO": "Share phone number"}
    text = _sized(str(given.get("text") or labels.get(kind, "")), LONGEST_BUTTON, "button.text")
    if not text:
        raise InvalidTemplate("a button needs a text")
    url = str(given.get("url") or "")
    if kind == "URL":
        if not url.startswith(("https://", "http://")):
            raise InvalidTemplate("a URL button needs a url")
        if variables(url) and not (len(variables(url)) == 1 and url.endswith("}}")):
            raise InvalidTemplate("a button's url may have one variable, at its end")
    return Button(kind, text, url, str(given.get("phone_number") or ""))


def _string(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise InvalidTemplate(f"{name} is needed, and must be a text")
    return value


def _sized(value: str, longest: int, name: str) -> str:
    if len(value) > longest:
        raise InvalidTemplate(f"{name} must have at most {longest} characters")
    return value


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value.upper() not in allowed:
        raise InvalidTemplate(f"{name} must be one of {', '.join(allowed)}")
    return value.upper()
