"""CPU and memory by process, as the kernel counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Used:
    """CPU seconds, by the name of a part."""

    seconds: Mapping[str, float]

    def since(self, before: Used) -> dict[str, float]:
        """What was used since."""
        return {name: self.seconds[name] - before.seconds.get(name, 0.0) for name in self.seconds}


class Processes:
    """The parts of what runs: each a process with all its children."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        self._parts = parts

    def used(self) -> Used:
        """CPU seconds until now."""
        return Used({name: sum(_seconds(one) for one in _family(pid)) for name, pid in self._parts.items()})

    def memory(self, name: str) -> float:
        """Resident megabytes of a part."""
        return sum(float(one.memory_info().rss) for one in _family(self._parts[name])) / 1e6


def _family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
