"""What can be done with the database named by DATABASE_URL, from a shell.

python -m store migrate                  bring it up to date
python -m store retry <conversation>     have one that is in trouble tried again, after a fix
python -m store retry all                all of them
python -m store resume <number>          try a number again now that it is mended, instead of within a minute
"""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

from settings import Settings, WrongSetting, read_settings
from store.database import migrate, open_pool
from store.numbers import Numbers
from store.retrying import Retrying
from store.sealing import KeyRing


async def retry(settings: Settings, which: UUID | None) -> int:
    """Have one conversation tried again, or all that are in trouble; 1 where there is none of this id."""
    pool = await open_pool(settings.database_url.get_secret_value(), 2)
    keys = KeyRing(settings.encryption_keys.get_secret_value(), settings.lookup_key.get_secret_value())
    try:
        retrying = Retrying(pool, keys)
        wanted = await retrying.in_trouble() if which is None else [which]
        for conversation in wanted:
            if not await retrying.retry(conversation):
                print(f"there is no conversation {conversation}", file=sys.stderr)
                return 1
    finally:
        await pool.close()
    print(f"{len(wanted)} conversation{'' if len(wanted) == 1 else 's'} will be tried again in a moment")
    return 0


async def resume(settings: Settings, number: str) -> int:
    """Have a stopped number tried again at once; 1 where it is not stopped."""
    pool = await open_pool(settings.database_url.get_secret_value(), 2)
    try:
        stopped = await Numbers(pool).resume(number)
    finally:
        await pool.close()
    if not stopped:
        print(f"{number} is not stopped", file=sys.stderr)
        return 1
    print(f"the next message from {number} is tried at once; if it is accepted, all others follow")
    return 0


async def bring_up_to_date(settings: Settings) -> int:
    """Run the migrations that have not run yet, and name them."""
    ran = await migrate(settings.database_url.get_secret_value())
    print("\n".join(ran) or "nothing to do")
    return 0


def main() -> int:
    """Run the command: 0 when it is done, 1 when it cannot be, 2 for a wrong command or setting."""
    try:
        match sys.argv[1:]:
            case ["migrate"]:
                return asyncio.run(bring_up_to_date(read_settings()))
            case ["resume", number]:
                return asyncio.run(resume(read_settings(), number))
            case ["retry", which]:
                conversation = None if which == "all" else UUID(which)
                return asyncio.run(retry(read_settings(), conversation))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except ValueError:
        print("a conversation is named by its id: the workflow's, without `conversation-`", file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
