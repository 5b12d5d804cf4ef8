"""Every error has one form, those included that nobody foresaw."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from api import errors


@pytest.fixture
def broken() -> FastAPI:
    """An application with a bug."""
    app = FastAPI()
    errors.install(app)

    @app.get("/broken")
    async def route() -> None:
        raise LookupError("the phone number of Asha Rao")

    return app


async def test_a_bug_of_ours_is_an_error_of_the_same_form_that_tells_nothing(broken: FastAPI) -> None:
    transport = httpx.ASGITransport(broken, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
        answer = await http.get("/broken")
    assert answer.status_code == 500
    assert set(answer.json()["error"]) == {"code", "message", "trace_id"}
    assert answer.json()["error"]["code"] == "internal"
    assert "Asha" not in answer.text


async def test_it_is_raised_all_the_same_so_that_the_server_logs_it(broken: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(broken), base_url="http://here") as http:
        with pytest.raises(LookupError):
            await http.get("/broken")
