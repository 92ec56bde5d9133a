"""The process itself: started by its path, it reads one document within limits, and answers.

In comes a line of JSON, then the document; out goes what `MODULE.FUNCTION` of this folder, named
by the first argument, makes of them, as JSON.
"""

from __future__ import annotations

import importlib
import json
import resource
import signal
import socket
import sys
from collections.abc import Callable
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


def reader(name: str) -> Callable[..., Any]:
    """A function of this folder, as a package without those above it, which would load Django."""
    package = ModuleType("confined")
    package.__path__ = [str(Path(__file__).parent)]
    sys.modules["confined"] = package
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(f"confined.{module}"), function)
    return found


def main() -> None:
    """Read, let it be read, write."""
    confine(int(sys.argv[2]))
    asked = json.loads(sys.stdin.buffer.readline())
    found = reader(sys.argv[1])(sys.stdin.buffer.read(), **asked)
    # In ASCII: a lone surrogate goes over as it is, and is mended where it is checked.
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
