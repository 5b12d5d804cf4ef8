"""Reading `multipart/form-data`: split at its delimiters by hand, its headers read by the standard library."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value

HEADERS = BytesHeaderParser()


class NotMultipart(ValueError):
    """The body is no multipart form."""


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form. `mime_type` is empty where the part does not say it."""

    name: str
    filename: str | None
    mime_type: str
    content: bytes

    @property
    def text(self) -> str:
        """The value of a field that is no file."""
        return self.content.decode("utf-8", "replace")


def parts_of(content_type: str, body: bytes) -> dict[str, Part]:
    """The fields of a form by their names, the last one of a name. Raises NotMultipart."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if header.get_content_type() != "multipart/form-data" or not boundary:
        raise NotMultipart("the body must be multipart/form-data with a boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode("latin-1"))
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise NotMultipart("the form has no end: its last boundary is missing")
    read = [_part(piece) for piece in pieces[1:-1]]
    return {part.name: part for part in read}


def _part(piece: bytes) -> Part:
    _, _, rest = piece.partition(b"\r\n")
    lines, blank, content = rest.partition(b"\r\n\r\n")
    if not blank:
        raise NotMultipart("a part of the form has no blank line after its headers")
    headers = HEADERS.parsebytes(lines + b"\r\n\r\n")
    name = headers.get_param("name", header="content-disposition")
    if name is None:
        raise NotMultipart("a part of the form has no name")
    filename = headers.get_filename()
    stated = headers.get_content_type() if "content-type" in headers else ""
    if stated and (codecs := headers.get_param("codecs")) is not None:
        stated += f"; codecs={collapse_rfc2231_value(codecs)}"
    return Part(collapse_rfc2231_value(name), filename, stated, content)
