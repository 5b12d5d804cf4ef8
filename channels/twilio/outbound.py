"""What is sent, one class a kind, each as the parameters of a form. Source: Twilio, message resource."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from channels.limits import Blank, Unsendable, require
from channels.twilio.limits import BODY, CAPTION

_CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class BodyMessage:
    """Words up to 1600. Raises Unsendable."""

    body: str = field(repr=False)

    def __post_init__(self) -> None:
        require("Body", self.body, BODY)

    def to_form(self) -> dict[str, str]:
        """The parameters that say what is sent."""
        return {"Body": self.body}


@dataclass(frozen=True, slots=True)
class MediaMessage:
    """A file by its address, where Twilio fetches it; perhaps with words up to 1024. Raises Unsendable."""

    url: str = field(repr=False)
    body: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.url:
            raise Blank("MediaUrl")
        if self.body:
            require("Body", self.body, CAPTION)

    def to_form(self) -> dict[str, str]:
        """The parameters that say what is sent."""
        return {"MediaUrl": self.url} | ({"Body": self.body} if self.body else {})


@dataclass(frozen=True, slots=True)
class ContentMessage:
    """A content of the account's with the values of its variables, none of which may be empty. Raises Unsendable."""

    sid: str
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if not _CONTENT_SID.fullmatch(self.sid):
            raise Unsendable("ContentSid", "is not HX and 32 hexadecimal digits")
        for value in self.values.values():
            require("ContentVariables", value, BODY)

    def to_form(self) -> dict[str, str]:
        """The parameters that say what is sent. A content without variables is sent without values."""
        values = {"ContentVariables": json.dumps(self.values, ensure_ascii=False)} if self.values else {}
        return {"ContentSid": self.sid} | values


TwilioMessage = BodyMessage | MediaMessage | ContentMessage
