"""What the Nexora bot has done outside: a brochure is kept once; jobs, or a page to book, may be missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from temporalio.testing import ActivityEnvironment

from activities.effects import OutsideMisconfigured, OutsideUnavailable
from activities.investments import Brochures
from activities.jobs import CareerJet, JobSearch
from domain.investments import BrochureWanted
from domain.jobs import JobsWanted, Where
from store.blobs import open_blobs
from store.leads import Leads
from store.places import Places
from store.programs import Programs
from store.sealing import KeyRing
from store.seeding import seed_programs
from tests.store.conftest import Someone

NURSE = JobsWanted(Where("DE", "Berlin"), "nurse")
JOB = {
    "title": "Nurse",
    "company": "Charité",
    "locations": "Berlin",
    "url": "https://jobs.example/1",
    "salary": "",
    "date": "Fri, 20 Nov 2026 08:00:00 GMT",
}


@dataclass
class Door:
    """CareerJet behind a transport: what it is asked, and what it answers."""

    answer: Callable[[httpx.Request], httpx.Response]
    asked: list[httpx.Request]

    async def search(self, asha: Someone, keys: KeyRing, wanted: JobsWanted = NURSE, affiliate: str = "us") -> Any:
        """Search for somebody."""

        def answered(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return self.answer(request)

        async with httpx.AsyncClient(transport=httpx.MockTransport(answered)) as http:
            careerjet = CareerJet(
                http, "https://careerjet.example/v4/query", affiliate, "https://us.example", "10.0.0.1"
            )
            return await JobSearch(careerjet, Leads(asha.pool, keys)).search(asha.conversation, uuid4(), wanted)


def door(status: int = 200, **body: Any) -> Door:
    """A door that always answers this."""
    return Door(lambda request: httpx.Response(status, json=body), [])


class TestJobs:
    async def test_are_asked_for_as_careerjet_wants_to_be_asked(self, asha: Someone, keys: KeyRing) -> None:
        there = door(type="JOBS", hits=1, jobs=[JOB])
        found = await there.search(asha, keys)
        assert [(job.title, job.company, job.place, job.link) for job in found.jobs] == [
            ("Nurse", "Charité", "Berlin", "https://jobs.example/1")
        ]
        [request] = there.asked
        asked = dict(request.url.params)
        assert (asked["locale_code"], asked["keywords"], asked["location"]) == ("de_DE", "nurse", "Berlin")
        assert (asked["affid"], asked["pagesize"], asked["page_size"]) == ("us", "5", "5")
        assert (asked["user_ip"], asked["url"], request.headers["referer"]) == ("10.0.0.1", *["https://us.example"] * 2)
        assert httpx.BasicAuth("us", "")._auth_header == request.headers["authorization"]

    async def test_are_five_at_most_of_as_many_as_there_are(self, asha: Someone, keys: KeyRing) -> None:
        found = await door(type="JOBS", hits=62, jobs=[JOB] * 20).search(asha, keys)
        assert (found.total, len(found.jobs)) == (62, 5)

    async def test_may_be_none(self, asha: Someone, keys: KeyRing) -> None:
        found = await door(type="JOBS", hits=0, jobs=[]).search(asha, keys)
        assert (found.open, found.total, found.jobs) == (True, 0, ())

    async def test_of_a_place_that_could_be_several_are_those_of_the_country(
        self, asha: Someone, keys: KeyRing
    ) -> None:
        def several(request: httpx.Request) -> httpx.Response:
            if "location" in request.url.params:
                return httpx.Response(200, json={"type": "LOCATIONS", "locations": ["Berlin, A", "Berlin, B"]})
            return httpx.Response(200, json={"type": "JOBS", "hits": 1, "jobs": [JOB]})

        assert len((await Door(several, []).search(asha, keys)).jobs) == 1

    async def test_are_not_asked_for_where_no_search_is_set_up(self, asha: Someone, keys: KeyRing) -> None:
        there = door(500)
        assert not (await there.search(asha, keys, affiliate="")).open
        assert there.asked == []

    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (500, OutsideUnavailable),
            (503, OutsideUnavailable),
            (429, OutsideUnavailable),
            (403, OutsideMisconfigured),
            (404, OutsideMisconfigured),
        ],
    )
    async def test_that_are_refused_are_sorted_by_what_to_do(
        self, status: int, error: type[Exception], asha: Someone, keys: KeyRing
    ) -> None:
        with pytest.raises(error) as raised:
            await door(status).search(asha, keys)
        assert "nurse" not in str(raised.value)

    async def test_whose_answer_is_lost_are_asked_for_again_and_nothing_is_quoted(
        self, asha: Someone, keys: KeyRing
    ) -> None:
        def lost(request: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout(f"no answer from {request.url}")

        with pytest.raises(OutsideUnavailable) as raised:
            await Door(lost, []).search(asha, keys)
        assert "nurse" not in str(raised.value)

    @pytest.mark.parametrize("body", [{"type": "ERROR", "error": "no"}, {"jobs": []}, {"type": "JOBS", "jobs": [{}]}])
    async def test_of_another_shape_are_for_somebody_to_look_at(
        self, body: dict[str, Any], asha: Someone, keys: KeyRing
    ) -> None:
        with pytest.raises(OutsideMisconfigured):
            await door(**body).search(asha, keys)

    async def test_leave_the_country_for_a_lead(self, asha: Someone, keys: KeyRing) -> None:
        await door(type="JOBS", hits=0).search(asha, keys)
        assert (await Leads(asha.pool, keys).noted(asha.conversation)).country == "Germany"


class TestBrochures:
    async def test_are_kept_sealed_and_the_same_one_under_the_same_name(
        self, asha: Someone, keys: KeyRing, tmp_path: Path
    ) -> None:
        """So that who asks twice is sent what the provider holds already."""
        await seed_programs(asha.pool)
        blobs = open_blobs(str(tmp_path))
        making = Brochures(Programs(asha.pool), Places(asha.pool, keys), blobs)
        made = [
            await ActivityEnvironment().run(making.make, asha.conversation, uuid4(), BrochureWanted()) for _ in range(2)
        ]
        assert made[0] == made[1]
        assert (made[0].filename, made[0].mime_type) == ("Nexora-Programs.pdf", "application/pdf")
        assert made[0].programs >= 18
        assert (await blobs.get(asha.found.seal, made[0].blob)).startswith(b"%PDF-")
        [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert b"%PDF" not in file.read_bytes()
        assert await blobs.clear(str(asha.conversation)) == 1, "erased with all else that is theirs"
