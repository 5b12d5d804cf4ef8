"""`python -m api`: serve the API. Commands are `sutradhar`'s: see `sutradhar --help`."""

from __future__ import annotations

import asyncio
import sys

import uvicorn

from api.app import build, catching_up, open_parts
from settings import Settings, WrongSetting, read_settings
from telemetry.logs import set_up_logs
from telemetry.requests import Traced
from telemetry.temporal import forward_core_logs


async def serve(settings: Settings) -> None:
    """Serve until a signal says stop."""
    async with open_parts(settings) as parts, catching_up(settings, parts):
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


def main() -> int:
    """Run the API; 2 when a setting is wrong, or there is a word that nobody here understands."""
    if sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        settings = read_settings()
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    set_up_logs(settings.log_level, settings.mode, settings.lookup_key.get_secret_value())
    forward_core_logs()
    asyncio.run(serve(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
