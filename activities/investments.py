"""Programs, leads and the brochure: what the tables and the typesetter do for the Nexora bot."""

from __future__ import annotations

import asyncio
import hashlib
from uuid import UUID

from temporalio import activity

from documents.brochure import FILENAME, brochure
from domain.investments import (
    Brochure,
    BrochureWanted,
    Budget,
    LeadKept,
    Matches,
    NewLead,
    ProgramsWanted,
    matches,
)
from domain.investments import Programs as Listed
from domain.references import reference
from store.blobs import Blobs
from store.leads import Leads
from store.places import Places
from store.programs import Programs
from store.work import NoWork

LEAD = "LEAD"
"""begins a lead's reference"""


class Investments:
    """What is asked of the programs and the leads."""

    def __init__(self, programs: Programs, leads: Leads) -> None:
        self._programs = programs
        self._leads = leads

    async def list_programs(self, conversation: UUID, key: UUID, wanted: ProgramsWanted) -> Listed:
        """The first programs of a category. A lead that comes of it knows what was looked at."""
        await self._leads.note(conversation, category=wanted.category)
        return Listed(await self._programs.first(wanted.category, wanted.most))

    async def match_programs(self, conversation: UUID, key: UUID, budget: Budget) -> Matches:
        """The programs for a budget. A lead that comes of it knows the budget."""
        await self._leads.note(conversation, budget=budget.amount)
        return matches(await self._programs.all(), budget.amount)

    async def create_lead(self, conversation: UUID, key: UUID, new: NewLead) -> LeadKept:
        """Keep a lead; the same work twice keeps one."""
        lead = await self._leads.keep(conversation, key, new)
        return LeadKept(reference(LEAD, lead.id), lead.interest, lead.budget)


class Brochures:
    """Makes the brochure, and puts it where files lie."""

    def __init__(self, programs: Programs, places: Places, blobs: Blobs) -> None:
        self._programs = programs
        self._places = places
        self._blobs = blobs

    async def make(self, conversation: UUID, key: UUID, wanted: BrochureWanted) -> Brochure:
        """The brochure of all programs as they are now.

        The same content has the same name: who asks twice gets the file that the provider holds already. Raises NoWork
        for a conversation that is gone, the errors of documents and of Blobs.
        """
        place = await self._places.of(conversation)
        if place is None:
            raise NoWork("the conversation that wanted a brochure was erased")
        programs = await self._programs.all()
        # Beside the loop: a typesetter works for a good part of a second.
        pdf = await asyncio.to_thread(brochure, programs, activity.info().started_time.date())
        # In the conversation's own folder, so that it is erased with it.
        blob = f"{conversation}/brochure-{hashlib.sha256(pdf).hexdigest()[:32]}"
        await self._blobs.put(place.seal, blob, pdf)
        return Brochure(blob, FILENAME, programs=len(programs))
