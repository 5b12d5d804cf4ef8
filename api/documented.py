"""What the OpenAPI document says of answers and bodies that are read and written by hand."""

from __future__ import annotations

from typing import Any

from fastapi import Security
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field

JSON = "application/json"


class ErrorDetail(BaseModel):
    """What went wrong: a word to branch on, a sentence to read, and an id to find it by."""

    code: str = Field(examples=["invalid"])
    message: str = Field(examples=["body.message: String should have at least 1 character"])
    trace_id: str = Field(examples=["4bf92f3577b34da6a3ce929d0e0e4736"])


class ErrorAnswer(BaseModel):
    """The answer of every call that fails."""

    error: ErrorDetail


class Acknowledged(BaseModel):
    """A webhook was taken."""

    success: bool = Field(examples=[True])
    message: str = Field(examples=["taken"])


class Service(BaseModel):
    """Who answers here."""

    service: str = Field(examples=["sutradhar"])
    version: str = Field(examples=["0.1.0"])
    bots: list[str] = Field(examples=[["loan", "nexora", "orders"]])


REFUSALS: dict[int | str, dict[str, Any]] = {"4XX": {"model": ErrorAnswer, "description": "The request is refused"}}
"""of every route: FastAPI's own 422 has another form than ours"""

UNAVAILABLE: dict[int | str, dict[str, Any]] = {
    503: {"model": ErrorAnswer, "description": "The database is away: nothing was done, and it may be asked again"}
}
TAGS: list[dict[str, Any]] = [
    {"name": "messages", "description": "What is said to people and by them, and who they are"},
    {"name": "broadcasts", "description": "What is said to many, and what has become of it"},
    {"name": "stats", "description": "What went to and fro, counted"},
    {"name": "onboarding", "description": "For the web app that somebody logs into. The login token is the key"},
    {"name": "health", "description": "What is up. No key is needed, and nothing personal is told"},
    {"name": "webhook", "description": "For Meta"},
    {"name": "dev", "description": "For the phone in the browser: there in MODE=dev only"},
]

VERIFICATION: dict[str, Any] = {
    "responses": {
        # Spelled out, for beside a text FastAPI takes the errors for text too.
        "4XX": {
            "description": "The request is refused",
            "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{ErrorAnswer.__name__}"}}},
        }
    }
}
WEBHOOK: dict[str, Any] = {
    "responses": {
        200: {"model": Acknowledged, "description": "Stored: it will be handled, whatever happens now"},
        503: {"model": ErrorAnswer, "description": "Nothing was stored: to be sent again"},
    },
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                JSON: {
                    "schema": {
                        "type": "object",
                        "required": ["object", "entry"],
                        "properties": {
                            "object": {"const": "whatsapp_business_account"},
                            "entry": {
                                "type": "array",
                                "description": "Read item by item: one that is malformed costs its neighbours nothing",
                            },
                        },
                    }
                }
            },
        }
    },
    "dependencies": [
        Security(
            APIKeyHeader(
                name="X-Hub-Signature-256",
                scheme_name="MetaSignature",
                description="sha256= and the HMAC-SHA256 of the raw body under the app secret, in hexadecimal",
                auto_error=False,
            )
        )
    ],
}
