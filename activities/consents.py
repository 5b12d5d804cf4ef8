"""Recording consents."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from domain.lending import ConsentGiven, ConsentRecord
from domain.said import Said
from store.consents import Consent, Consents
from texts import Catalogue


class ConsentRegister:
    """Appends to the register the words that were agreed to, as they were shown."""

    def __init__(self, consents: Consents, catalogue: Catalogue, support: str) -> None:
        self._consents = consents
        self._catalogue = catalogue
        self._support = support

    async def record(self, conversation: UUID, key: UUID, given: ConsentGiven) -> ConsentRecord:
        """Record it; the same consent twice is one."""
        words = self._catalogue.render(Said(given.wording), given.language, support=self._support).body
        await self._consents.append(Consent(key, conversation, given.wording, given.language, words, given.at))
        return ConsentRecord(str(key), given.wording, datetime.fromtimestamp(given.at, UTC).isoformat())
