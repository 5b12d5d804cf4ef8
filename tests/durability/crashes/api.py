"""The API, which ends at one point of a message's way: the product's own but for that."""

from __future__ import annotations

import sys

from api.__main__ import main
from tests.durability.crashes.points import arm

if __name__ == "__main__":
    arm()
    sys.exit(main())
