"""What one test run shares: one PostgreSQL, one Temporal, one sandbox, and two products on them.

The first product runs straight; the second in a namespace where the server suggests continue-as-new all the time.
Numbers are spare, so that a test which kills and restarts things can have a product of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from channels import twilio
from domain.numbers import provider_of
from journeys.registry import BOTS
from stack import Child, Namespace, RunningServers, Servers, free_ports, python_child, start_servers
from stack.plan import TEMPLATES
from stack.postgres import THROWAWAY
from store.database import migrate
from tests.running.product import SECRETS, Addresses, Product

STRAIGHT, FORCED = "straight", "forced"
OWN = tuple(f"own-{number}" for number in range(10))
TEMPLATE = "migrated"
UNPACED = "rate = 100000\npair_burst = 1000000\n\n"


@dataclass(frozen=True)
class Everything:
    """Where all of it is."""

    servers: Servers
    sandbox: str
    straight: Addresses
    forced: Addresses
    own: tuple[Addresses, ...]
    """not started: each for one test"""

    def to_json(self) -> str:
        """As text, for another process."""
        return json.dumps({**asdict(self), "servers": self.servers.to_json()})

    @staticmethod
    def from_json(text: str) -> Everything:
        """From the text that `to_json` made."""
        fields = json.loads(text)
        return Everything(
            servers=Servers.from_json(fields["servers"]),
            sandbox=fields["sandbox"],
            straight=Addresses(**fields["straight"]),
            forced=Addresses(**fields["forced"]),
            own=tuple(Addresses(**one) for one in fields["own"]),
        )


class Running:
    """All of it, as the process that started it has it."""

    def __init__(self, servers: RunningServers, sandbox: Child, products: list[Product], where: Everything) -> None:
        self.servers = servers
        self.sandbox = sandbox
        self.products = products
        self.where = where

    async def stop(self) -> None:
        """Stop everything, what stands on others first."""
        await asyncio.gather(*(product.stop() for product in self.products))
        await self.sandbox.stop()
        await self.servers.stop()


async def start_everything(folder: Path, *, durable: bool = False, unpaced: bool = False) -> Running:
    """Start all that is shared, and return when both products say that they are healthy.

    `durable` has PostgreSQL write to the disk before it answers, as it does outside of tests; `unpaced` lifts the
    limits of how fast our numbers send.
    """
    names = (STRAIGHT, FORCED, *OWN)
    suggests = {"limit.historyCount.suggestContinueAsNew": 3}
    namespaces = [Namespace(name, suggests if name == FORCED else {}) for name in names]
    servers = await start_servers(folder, namespaces, postgres_settings={} if durable else THROWAWAY)
    await migrate(await servers.servers.create_database(TEMPLATE))
    ports = free_ports(len(names) + 2)
    sandbox_url = f"http://127.0.0.1:{ports[0]}"
    places = [
        Addresses(
            number=f"1000000000000{place:02d}",
            url=f"http://127.0.0.1:{port}",
            namespace=name,
            temporal=servers.servers.temporal_addresses[name],
            database_url=await servers.servers.create_database(name.replace("-", "_"), TEMPLATE),
            sandbox=sandbox_url,
            folder=str(folder),
            smtp=f"smtp://127.0.0.1:{ports[1]}",
        )
        for place, (name, port) in enumerate(zip(names, ports[2:], strict=True))
    ]
    where = Everything(servers.servers, sandbox_url, places[0], places[1], tuple(places[2:]))
    rows = {
        (place, number): _number(place, bot, number) + (UNPACED if unpaced else "")
        for place in places
        for bot in BOTS
        for number in place.numbers_of(bot)
    }
    (folder / "numbers.toml").write_text("".join(rows.values()))
    for own in places:
        listed = [row for (place, number), row in rows.items() if place == own or provider_of(number) == "meta"]
        own.numbers_file.write_text("".join(listed))
    sandbox = _sandbox(folder, ports[0], ports[1], places).start()
    products = [Product(place).start() for place in (where.straight, where.forced)]
    running = Running(servers, sandbox, products, where)
    try:
        await sandbox.ready_at(f"{sandbox_url}/sandbox/numbers", status=200)
        await make_contents(sandbox_url)
        await asyncio.gather(*(product.ready() for product in products))
    except BaseException:
        await running.stop()
        raise
    return running


async def make_contents(sandbox: str) -> None:
    """Make what buttons and lists are sent as at Twilio, as `sutradhar twilio contents --create` does."""
    account = twilio.Account(SECRETS["TWILIO_ACCOUNT_SID"], SECRETS["TWILIO_AUTH_TOKEN"])
    url = f"{sandbox}/twilio"
    async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
        await twilio.create_missing(twilio.TwilioClient(http, account, url, url, "http://nobody.invalid"))


def _number(place: Addresses, bot: str, number: str) -> str:
    business = place.namespace if bot == "loan" else f"{place.namespace}-{bot}"
    provider, display = "meta", f"+91 98000 {number[0]}0{number[-3:]}"
    if number.startswith("whatsapp:"):
        provider, display = "twilio", number.removeprefix("whatsapp:")
    return (
        f'[[number]]\nprovider = "{provider}"\nid = "{number}"\ndisplay = "{display}"\n'
        f'bot = "{bot}"\nbusiness = "{business}"\n'
    )


def _sandbox(folder: Path, port: int, smtp_port: int, places: list[Addresses]) -> Child:
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")},
        **SECRETS,
        "SANDBOX_PORT": str(port),
        "SANDBOX_SMTP_PORT": str(smtp_port),
        "SANDBOX_DATA": str(folder / "sandbox"),
        "PRODUCT_URL": places[0].url,
        "PRODUCT_URLS": json.dumps(
            {number: place.url for place in places for bot in BOTS for number in place.numbers_of(bot)}
        ),
        "NUMBERS_FILE": str(folder / "numbers.toml"),
        "SANDBOX_TEMPLATES": str(TEMPLATES),
    }
    return python_child("sandbox", "sandbox", environment, folder / "logs" / "sandbox.log")
