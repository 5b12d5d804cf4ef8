"""CareerJet: openings in a country, by its public search.

Its two doors take the same search under two names: the older (`public.api.careerjet.net/search`, the Python client of
theirs) an affiliate id and `pagesize`, version 4 (`search.api.careerjet.net/v4/query`, careerjet.com/partners/api) the
same id as the user of basic authorization, and `page_size`. Both are told both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from activities.effects import OutsideMisconfigured, OutsideUnavailable, not_taken
from domain.jobs import BY_CODE, MOST_JOBS, Job, Jobs, JobsWanted
from store.leads import Leads

US = "Mozilla/5.0 (compatible; Sutradhar/1.0)"
"""CareerJet wants the user's browser; people on WhatsApp have none"""


class _Job(BaseModel):
    model_config = ConfigDict(extra="ignore")

    title: str
    url: str
    company: str = ""
    locations: str = ""


class _Answer(BaseModel):
    """`type` is JOBS, or LOCATIONS where the place could be several."""

    model_config = ConfigDict(extra="ignore")

    type: str
    hits: int = 0
    jobs: list[_Job] = []


@dataclass(frozen=True)
class CareerJet:
    """Where the search is, who we are there, and from where people are said to ask."""

    http: httpx.AsyncClient
    url: str
    affiliate: str
    page: str
    """the address that the results are shown at, as CareerJet knows it"""
    address: str
    """the IP address that CareerJet is told of who asks: WhatsApp tells us none, so it is this machine's"""

    @property
    def is_set_up(self) -> bool:
        """Whether there is anybody to ask, and a name to ask in."""
        return bool(self.url and self.affiliate)

    async def search(self, wanted: JobsWanted) -> Jobs:
        """The first jobs. Raises OutsideUnavailable, OutsideMisconfigured."""
        answer = await self._ask(wanted, wanted.where.place)
        if answer.type == "LOCATIONS" and wanted.where.place:
            # A name of several places: the whole country is asked then.
            answer = await self._ask(wanted, "")
        jobs = [Job(one.title, one.company, one.locations, one.url) for one in answer.jobs]
        return Jobs(max(answer.hits, len(jobs)), tuple(jobs[:MOST_JOBS]))

    async def _ask(self, wanted: JobsWanted, place: str) -> _Answer:
        parameters: dict[str, str | int] = {
            "locale_code": BY_CODE[wanted.where.country].locale,
            "keywords": wanted.keywords,
            "location": place,
            "affid": self.affiliate,
            "pagesize": MOST_JOBS,
            "page_size": MOST_JOBS,
            "user_ip": self.address,
            "user_agent": US,
            "url": self.page,
        }
        try:
            answer = await self.http.get(
                self.url,
                params={name: value for name, value in parameters.items() if value},
                headers={"Referer": self.page},
                auth=httpx.BasicAuth(self.affiliate, ""),
            )
        except httpx.HTTPError as error:
            # Its message quotes the address, and in it what was asked.
            raise OutsideUnavailable(f"CareerJet: {type(error).__name__}") from None
        if not answer.is_success:
            check = "CAREERJET_API_URL, CAREERJET_AFFILIATE_ID and what addresses the account allows"
            raise not_taken("CareerJet", answer.status_code, check)
        return _read(answer)


class JobSearch:
    """Searches for jobs."""

    def __init__(self, careerjet: CareerJet, leads: Leads) -> None:
        self._careerjet = careerjet
        self._leads = leads

    async def search(self, conversation: UUID, key: UUID, wanted: JobsWanted) -> Jobs:
        """The first jobs, or that no search is set up. A lead that comes of it knows the country."""
        if not self._careerjet.is_set_up:
            return Jobs(open=False)
        await self._leads.note(conversation, country=BY_CODE[wanted.where.country].name)
        return await self._careerjet.search(wanted)


def _read(answer: httpx.Response) -> _Answer:
    try:
        body: Any = answer.json()
        read = _Answer.model_validate(body)
    except ValidationError as error:
        places = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
        raise OutsideMisconfigured(f"CareerJet: an answer of another shape, at {places}") from None
    except ValueError:
        raise OutsideUnavailable("CareerJet: an answer that is no JSON") from None
    if read.type not in ("JOBS", "LOCATIONS"):
        raise OutsideMisconfigured("CareerJet: neither jobs nor locations: check CAREERJET_AFFILIATE_ID")
    return read
