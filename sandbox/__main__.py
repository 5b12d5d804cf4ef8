"""`python -m sandbox`: serve the outside world until interrupted."""

from __future__ import annotations

import logging
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from sandbox.app import create_app
from sandbox.config import Settings, SettingsError, read_numbers, read_settings
from sandbox.graph.templates import read_templates
from sandbox.world import World


class Server(uvicorn.Server):
    """A server that ends its event streams when it is told to stop, instead of waiting for the browsers."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, the event streams first; before the start is finished there are none."""
        super().handle_exit(sig, frame)
        world: World | None = getattr(self._app.state, "world", None)
        if world is not None:
            world.events.close()


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.sandbox_host,
        port=settings.sandbox_port,
        log_level=settings.log_level.lower(),
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    Server(config, app).run()


def main() -> int:
    """Read the settings and serve; 2 for a wrong setting, which is named on stderr."""
    try:
        settings = read_settings()
        read_numbers(settings.numbers_file)
        read_templates(settings.sandbox_templates)
        logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        logging.getLogger("httpx").setLevel(logging.WARNING)
    except (SettingsError, ValueError) as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 2
    serve(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
