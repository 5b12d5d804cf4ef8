"""Channels with one provider: Meta, at the other end of an HTTP client."""

from __future__ import annotations

import httpx

from channels import Channels, meta


def at_meta(http: httpx.AsyncClient, url: str = "http://graph.example") -> Channels:
    """Every number is at Meta, whose API is this client's at this address."""
    return Channels({"meta": meta.MetaChannel(meta.GraphClient(http, url, "v25.0", "a-token"))})
