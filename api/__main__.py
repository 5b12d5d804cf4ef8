"""`python -m api`: serve the API. `python -m api letters`: see api/letters.py."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID

import uvicorn

from api import letters
from api.app import build, open_parts
from settings import Settings, WrongSetting, read_settings
from telemetry.logs import set_up_logs
from telemetry.requests import Traced
from telemetry.temporal import forward_core_logs


async def serve(settings: Settings) -> None:
    """Serve until a signal says stop."""
    async with open_parts(settings) as parts:
        host = "127.0.0.1" if settings.mode == "dev" else "0.0.0.0"
        config = uvicorn.Config(
            Traced(build(settings, parts)),
            host=host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
        )
        await uvicorn.Server(config).serve()


async def dead_letters(settings: Settings, words: list[str]) -> int:
    """List dead letters, or replay them; 1 where there is none of that id."""
    async with open_parts(settings) as parts:
        kept = parts.letters
        try:
            match words:
                case []:
                    lines = await letters.listed(kept)
                case ["replay", which]:
                    lines = await letters.replay(parts, kept, None if which == "all" else UUID(which))
                case _:
                    print(letters.__doc__, file=sys.stderr)
                    return 2
        except (LookupError, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
    print("\n".join(lines) or "there are no dead letters")
    return 0


def main() -> int:
    """Run the API, or a command; 2 when a setting or the command is wrong."""
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    set_up_logs(settings.log_level, settings.mode, settings.lookup_key.get_secret_value())
    match sys.argv[1:]:
        case ["letters", *words]:
            return asyncio.run(dead_letters(settings, words))
        case [_, *_]:
            print(__doc__, file=sys.stderr)
            return 2
    forward_core_logs()
    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
