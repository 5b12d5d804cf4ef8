"""The product that all share, and Meta's end of its webhook."""

from __future__ import annotations

from tests.running.fixtures import at as at
from tests.running.fixtures import http as http
from tests.running.fixtures import meta as meta
from tests.running.fixtures import tables as tables
