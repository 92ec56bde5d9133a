"""Runs in a process of its own, which may be killed: a stranger's document, read within limits.

`confinement.py` starts this file by its path and names the module beside it that reads: one with
a function `answer(document, **asked)`. That hands back what JSON can write. Nothing of ours is
imported here but such modules, and they import only each other: no Django, no settings, no models.
"""

from __future__ import annotations

import importlib
import json
import resource
import signal
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

MEMORY = 1024**3


def confine(work: int) -> None:
    """Limit what this process may use from here on, and close the way to the network.

    `work` is in seconds of processor time; it may take twice as long.
    """
    signal.alarm(2 * work)
    resource.setrlimit(resource.RLIMIT_CPU, (work, work + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "bind", "sendto", "sendmsg"):
        setattr(socket.socket, name, refuse)
    socket.getaddrinfo = socket.create_connection = refuse


def reader(name: str) -> ModuleType:
    """A module beside this one, in a package of its own: what is above is not imported with it."""
    package = ModuleType("confined")
    package.__path__ = [str(Path(__file__).parent)]
    sys.modules["confined"] = package
    return importlib.import_module(f"confined.{name}")


def main() -> None:
    """Read, let it be read, write."""
    confine(int(sys.argv[2]))
    asked = json.loads(sys.stdin.buffer.readline())
    found = reader(sys.argv[1]).answer(sys.stdin.buffer.read(), **asked)
    # In ASCII: a lone surrogate goes over as it is, and is mended where it is checked.
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
