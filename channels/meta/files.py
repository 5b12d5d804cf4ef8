"""What the Graph API says of a file that somebody sent, before it is fetched.

Source: Meta, media: retrieving and downloading. The address lasts five minutes and is asked with the number's token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from channels.downloads import Announced
from channels.errors import RetryLater
from channels.media_errors import MediaNotAllowed
from channels.media_types import bare
from channels.meta.errors import API


def announced(answer: Mapping[str, Any]) -> Announced:
    """What `GET /<media id>` answered. Raises RetryLater where it names no address."""
    told = answer.get("url")
    try:
        url = httpx.URL(told) if isinstance(told, str) else httpx.URL("")
    except httpx.InvalidURL:
        raise MediaNotAllowed("is none") from None
    if not url.host:
        raise RetryLater("it named no address for the file", api=API)
    size, digest, mime_type = answer.get("file_size"), answer.get("sha256"), answer.get("mime_type")
    return Announced(
        url,
        bare(mime_type) if isinstance(mime_type, str) else "",
        digest if isinstance(digest, str) else "",
        # Older versions write it as text.
        int(size) if isinstance(size, int) or (isinstance(size, str) and size.isascii() and size.isdigit()) else 0,
    )
