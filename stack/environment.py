"""Make the project's own Python environment: `python3 stack/environment.py local|dev`.

Installs exactly what `requirements/<name>.txt` locks, with hashes, into `.venv`, and leaves a stamp of the lock's
hash there, so that a second call is instant. Standard library only, and readable by any Python 3, because it must
be able to say that the Python it runs on is too old.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
# A later environment contains the earlier ones.
CONTAINED_IN = {"local": ("local", "dev"), "dev": ("dev",)}
RUNNING_PYTHON = f"Python {sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}"


def fingerprint(name: str, root: Path = ROOT) -> str:
    """What an up-to-date stamp of this environment says: the interpreter and the lock's hash."""
    lock = (root / "requirements" / f"{name}.txt").read_bytes()
    return f"{RUNNING_PYTHON} {hashlib.sha256(lock).hexdigest()}\n"


def is_up_to_date(name: str, root: Path = ROOT) -> bool:
    """Whether `.venv` holds this environment, or a later one that contains it, as it is locked now."""
    stamps = [root / ".venv" / f"{other}.stamp" for other in CONTAINED_IN[name]]
    return any(stamp.exists() and stamp.read_text() == fingerprint(stamp.stem, root) for stamp in stamps)


def make(name: str, root: Path = ROOT, oldest: "tuple[int, int]" = OLDEST) -> None:
    """Bring `.venv` up to date; ends the process with the reason and the way out if that cannot be done."""
    if sys.version_info[:2] < oldest:
        sys.exit(
            f"Python 3.11 or newer is needed, and {sys.executable} is {RUNNING_PYTHON}: install one (for example"
            " `apt install python3.11 python3.11-venv`), or name one you have: `make PYTHON=/path/to/python3.12 ...`"
        )
    if is_up_to_date(name, root):
        return
    venv, lock = root / ".venv", root / "requirements" / f"{name}.txt"
    stamps = list(venv.glob("*.stamp"))
    if any(not stamp.read_text().startswith(RUNNING_PYTHON + " ") for stamp in stamps) or not stamps:
        say(f"Python environment: making .venv with {RUNNING_PYTHON}")
        shutil.rmtree(str(venv), ignore_errors=True)
        create(venv)
    for stamp in stamps:
        if stamp.exists():
            stamp.unlink()  # a broken-off installation must not look finished
    install(venv, lock)
    (venv / f"{name}.stamp").write_text(fingerprint(name, root))


def create(venv: Path) -> None:
    """An empty virtual environment, by the standard library's own means."""
    made = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(str(venv), ignore_errors=True)
        sys.exit(
            f"{(made.stdout + made.stderr).strip()}\nThe environment .venv could not be made. On Debian and Ubuntu"
            " install the missing part with `apt install python3-venv`."
        )


def install(venv: Path, lock: Path) -> None:
    """Install the locked packages, showing how far it is."""
    total = sum(1 for line in lock.read_text().splitlines() if "==" in line and not line.startswith((" ", "#")))
    say(f"Python environment: installing up to {total} packages, once (a minute or two)")
    command = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    command += ["--require-hashes", "-r", str(lock)]
    begun, live = time.monotonic(), sys.stdout.isatty()
    seen = 0
    last: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            last = [*last, line.rstrip()][-15:]
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                if live:
                    print(f"\r\033[2KPython environment: {seen} of {total} packages", end="", flush=True)
                elif seen % 20 == 0:
                    say(f"Python environment: {seen} of {total} packages")
            elif line.startswith("Installing collected") and live:
                print("\r\033[2KPython environment: unpacking", end="", flush=True)
    if live:
        print("\r\033[2K", end="")
    if pip.returncode != 0:
        sys.exit("\n".join([*last, f"The packages of requirements/{lock.name} could not be installed."]))
    say(f"Python environment: ready ({time.monotonic() - begun:.0f} s)")


def say(line: str) -> None:
    """Show one line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    make(sys.argv[1])
