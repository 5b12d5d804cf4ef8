"""The worker, which ends at one point of a message's way: the product's own but for that."""

from __future__ import annotations

import sys

from tests.durability.crashes.points import arm
from worker import main

if __name__ == "__main__":
    arm()
    sys.exit(main())
