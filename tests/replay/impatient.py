"""A worker whose bot bears silence for three seconds: what takes a day is recorded without skipping any time."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Silence
from journeys.loan import Loan
from tests.durability.releases.serving import serve

if __name__ == "__main__":
    serve(Loan, silence=Silence(nudge_after=None, park_after=timedelta(seconds=3)))
