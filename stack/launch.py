"""The last step before a child's own program: tie it to its parent, take root away, then become it.

Run as `python -I -S launch.py <json>` by `stack.process`, because what has to happen between fork and exec
(`prctl`, capabilities) is not safe in a parent that has threads. Standard library only; it never returns.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAP_DAC_READ_SEARCH = 2
CAPABILITY_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Sets(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def become_user(user_id: int, group_id: int) -> None:
    """Turn root into this user, keeping (on Linux, where allowed) only the right to pass by file permissions.

    PostgreSQL refuses root, yet its binaries may lie where only root may look, such as a checkout in root's
    home. The securebit lets `access(2)`, by which initdb looks for its server, honour the kept right too.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    keeps = libc is not None and libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0) == 0
    os.setgroups([])
    os.setgid(group_id)
    os.setuid(user_id)
    if libc is None or not keeps:
        return
    header, sets = _Header(CAPABILITY_VERSION_3, 0), (_Sets * 2)()
    libc.capget(ctypes.byref(header), sets)
    kept = sets[0].permitted & (1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    sets[0] = _Sets(kept, kept, kept)
    sets[1] = _Sets(0, 0, 0)
    if libc.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "the rights of root could not be given up (capset)")
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        if kept & 1 << capability:
            libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def die_with_parent(parent: int, signal_number: int) -> None:
    """Have the kernel send this signal when the parent ends, however it ends (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel was told
        sys.exit(1)


def main(order: dict[str, Any]) -> None:
    """Carry out one order: {"parent", "death_signal", "user": [uid, gid] or null, "command": [...]}."""
    if order["user"] is not None:
        become_user(*order["user"])
    die_with_parent(order["parent"], order["death_signal"])  # after the change of user, which would undo it
    # An interpreter ignores SIGPIPE, and a background shell's child SIGINT; neither is to be handed on.
    for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(order["command"][0], order["command"])
    except OSError as problem:
        sys.exit(f"{order['command'][0]} cannot be run: {problem.strerror}")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
