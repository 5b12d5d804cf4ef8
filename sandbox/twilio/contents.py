"""Content templates: what the business has made, and what WhatsApp has approved of it (Twilio, "Content API")."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.clock import Clock
from sandbox.storage import Storage
from sandbox.twilio.content_types import SESSION_ONLY, VARIABLE, check_types, rendered
from sandbox.twilio.errors import TwilioError
from sandbox.twilio.sids import new_sid

NAME = re.compile(r"^[a-z0-9_]{1,512}$")
CATEGORIES = ("UTILITY", "MARKETING", "AUTHENTICATION")
STATUSES = ("approved", "pending", "rejected", "paused", "disabled")


@dataclass(slots=True)
class Approval:
    """What WhatsApp decided of a Content: `status` is one of `STATUSES`."""

    name: str
    category: str
    status: str
    reason: str = ""


@dataclass(slots=True)
class Content:
    """A Content template. `variables` are the values of those that a send leaves out; times are seconds."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict[str, Any]]
    created: float
    updated: float
    approval: Approval | None = None

    def to_json(self) -> dict[str, Any]:
        """This Content as the control API shows it."""
        return {
            "sid": self.sid,
            "friendly_name": self.friendly_name,
            "language": self.language,
            "variables": self.variables,
            "types": self.types,
            "approval": None if self.approval is None else self.approval.status,
        }


class Contents:
    """All Content templates, in memory, with their rows beneath."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._known: dict[str, Content] = {}
        for sid, definition, created, updated, approval in storage.rows(
            "SELECT sid, definition, created, updated, approval FROM twilio_contents ORDER BY created, rowid"
        ):
            decided = None if approval is None else Approval(**json.loads(approval))
            self._known[sid] = Content(
                sid, **json.loads(definition), created=created, updated=updated, approval=decided
            )

    def all(self) -> list[Content]:
        """Every Content, the oldest first."""
        return list(self._known.values())

    def get(self, sid: str) -> Content | None:
        """The Content with this sid."""
        return self._known.get(sid)

    def create(self, given: Any) -> Content:
        """Make a Content from the JSON of a request. Raises TwilioError 20001."""
        if not isinstance(given, dict):
            raise TwilioError(20001, "the body must be a JSON object")
        language, variables = given.get("language"), given.get("variables") or {}
        if not isinstance(language, str) or not language:
            raise TwilioError(20001, "language is needed")
        if not isinstance(variables, dict) or not all(isinstance(value, str) for value in variables.values()):
            raise TwilioError(20001, "variables must be an object of texts")
        check_types(given.get("types"))
        now = self._clock.now()
        friendly = str(given.get("friendly_name") or "")
        content = Content(new_sid("HX"), friendly, language, variables, given["types"], now, now)
        self._known[content.sid] = content
        definition = {
            "friendly_name": friendly,
            "language": language,
            "variables": variables,
            "types": content.types,
        }
        self._storage.write(
            "INSERT INTO twilio_contents (sid, definition, created, updated) VALUES (?, ?, ?, ?)",
            (content.sid, json.dumps(definition, ensure_ascii=False), now, now),
        )
        return content

    def remove(self, content: Content) -> None:
        """Forget a Content; what was sent of it stays in the chats."""
        del self._known[content.sid]
        self._storage.write("DELETE FROM twilio_contents WHERE sid = ?", (content.sid,))

    def submit(self, content: Content, given: Any) -> Approval:
        """Ask WhatsApp to approve a Content; the sandbox decides at once. Raises TwilioError 20001."""
        name, category = (given.get(key) if isinstance(given, dict) else None for key in ("name", "category"))
        if not isinstance(name, str) or not NAME.match(name):
            raise TwilioError(20001, "name must be of lower-case letters, digits and underscores")
        if category not in CATEGORIES:
            raise TwilioError(20001, f"category must be one of {', '.join(CATEGORIES)}")
        kind, part = rendered(content.types)
        if kind in SESSION_ONLY:
            raise TwilioError(20001, f"{kind} cannot be submitted for approval")
        reason = _objection(str(part.get("body", "")))
        self.decide(content, Approval(name, category, "rejected" if reason else "approved", reason))
        assert content.approval is not None
        return content.approval

    def decide(self, content: Content, approval: Approval) -> None:
        """Note what WhatsApp decided."""
        content.approval, content.updated = approval, self._clock.now()
        decided = {
            "name": approval.name,
            "category": approval.category,
            "status": approval.status,
            "reason": approval.reason,
        }
        self._storage.write(
            "UPDATE twilio_contents SET approval = ?, updated = ? WHERE sid = ?",
            (json.dumps(decided), content.updated, content.sid),
        )


def _objection(body: str) -> str:
    """Why WhatsApp would not approve these words (Twilio, "Message template approvals"); empty where it would."""
    bare = body.strip()
    if VARIABLE.match(bare) or re.search(VARIABLE.pattern + r"$", bare):
        return "The body must not begin or end with a variable."
    if re.search(VARIABLE.pattern + r"\s*" + VARIABLE.pattern, bare):
        return "Two variables must not stand next to each other."
    return ""
