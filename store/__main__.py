"""`python -m store migrate`: bring the database named by DATABASE_URL up to date."""

from __future__ import annotations

import asyncio
import sys

from settings import WrongSetting, read_settings
from store.database import migrate


def main() -> int:
    """Run the command; 0 when the database is up to date."""
    if sys.argv[1:] != ["migrate"]:
        print("usage: python -m store migrate", file=sys.stderr)
        return 2
    try:
        ran = asyncio.run(migrate(read_settings().database_url.get_secret_value()))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print("\n".join(ran) or "nothing to do")
    return 0


if __name__ == "__main__":
    sys.exit(main())
