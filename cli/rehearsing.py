"""A release rehearsed: what the code at hand would do to every conversation that is stored."""

from __future__ import annotations

from cli.asked import Bot
from cli.showing import AsJson


def rehearse_release(bot: Bot = "", as_json: AsJson = False) -> None:
    """Walk every stored conversation with this code; nothing is sent, begun or written. 1 if any would break."""
    from cli import rehearsed  # bots with all their words: no other command shall wait for them

    rehearsed.run(bot, as_json)
