"""The job search's stand-in: both doors of CareerJet's, its faults, and the same openings for the same place."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import Bench

WHO = {"user_ip": "10.0.0.1", "user_agent": "Mozilla/5.0"}
KEY = httpx.BasicAuth("an-api-key", "")


async def search(bench: Bench, **asked: Any) -> httpx.Response:
    """Search through the door of version 4."""
    return await bench.control.get(
        "/jobs/v4/query", params=WHO | asked, auth=KEY, headers={"Referer": "https://us.example"}
    )


async def treat(bench: Bench, **mood: Any) -> None:
    """Pull the job search's lever."""
    answer = await bench.control.put("/sandbox/jobs", json=mood)
    assert answer.status_code == 200, answer.text


async def test_openings_have_what_careerjet_says_of_them(bench: Bench) -> None:
    answer = (await search(bench, locale_code="en_AE", keywords="accountant", page_size=5)).json()
    assert answer["type"] == "JOBS"
    assert answer["hits"] > len(answer["jobs"]) == 5
    for job in answer["jobs"]:
        assert "Accountant" in job["title"]
        assert job["locations"] in ("Dubai", "Abu Dhabi", "Sharjah")
        assert job["url"].startswith("https://jobs.example/ae/")
    assert len({job["url"] for job in answer["jobs"]}) == 5


async def test_the_same_place_has_the_same_openings_through_either_door(bench: Bench) -> None:
    new = (await search(bench, locale_code="en_CA", keywords="nurse", page_size=3)).json()
    asked: dict[str, str | int] = {**WHO, "affid": "us", "locale_code": "en_CA", "keywords": "nurse", "pagesize": 3}
    old = (await bench.control.get("/jobs/search", params=asked)).json()
    other = (await search(bench, locale_code="en_GB", keywords="nurse", page_size=3)).json()
    assert new == old
    assert new["jobs"] != other["jobs"]


async def test_a_place_is_searched_in(bench: Bench) -> None:
    answer = (await search(bench, locale_code="en_GB", location="Leeds")).json()
    assert {job["locations"] for job in answer["jobs"]} == {"Leeds"}


async def test_who_does_not_say_who_asks_and_for_whom_is_refused(bench: Bench) -> None:
    for door, more in (("/jobs/search", {}), ("/jobs/v4/query", WHO)):
        assert (await bench.control.get(door, params=more)).status_code == 403
    assert (await bench.control.get("/jobs/v4/query", params=WHO, auth=KEY)).status_code == 403


async def test_one_search_can_be_down_and_another_find_nothing(bench: Bench) -> None:
    await treat(bench, keywords="Lighthouse Keeper", state="down")
    await treat(bench, keywords="marine biologist", found=0)
    assert (await search(bench, keywords="lighthouse keeper")).status_code == 503
    assert (await search(bench, keywords="marine biologist")).json()["jobs"] == []
    assert (await search(bench, keywords="nurse")).json()["jobs"]
    await treat(bench, keywords="lighthouse keeper", state="up")
    assert (await search(bench, keywords="lighthouse keeper")).status_code == 200


async def test_all_searches_can_be_slow(bench: Bench) -> None:
    await treat(bench, state="slow", seconds=12)
    asked = asyncio.create_task(search(bench))
    await bench.clock.until_asleep(1)
    assert not asked.done()
    bench.clock.advance(12)
    assert (await asked).status_code == 200


async def test_the_moods_can_be_read(bench: Bench) -> None:
    await treat(bench, keywords="nurse", found=1)
    answer = (await bench.control.get("/sandbox/jobs", params={"keywords": "nurse"})).json()
    assert (answer["found"], answer["state"]) == (1, "up")
    assert set(answer["moods"]) == {"*", "nurse"}


@pytest.mark.parametrize("body", [{"state": "sideways"}, {"found": -1}, {"mood": "bad"}])
async def test_a_lever_that_there_is_not_is_refused(body: dict[str, Any], bench: Bench) -> None:
    assert (await bench.control.put("/sandbox/jobs", json=body)).status_code == 422
