"""Runs in a process of its own, which may be killed: a stranger's document is read in here.

Nothing of ours is imported: `confinement.py` starts this file by its path, names a reader beside
it (`extracting`, `reading_feeds`) and the seconds of work it may have, hands over a line of JSON
with the arguments of its `read`, and the document, and takes one JSON value back.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import signal
import socket
import sys
from pathlib import Path
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


def main(reader: str, work: int) -> None:
    """Confine, read, write."""
    confine(work)
    asked = json.loads(sys.stdin.buffer.readline())
    found = _module(reader).read(sys.stdin.buffer.read(), **asked)
    sys.stdout.write(json.dumps(found))


def _module(name: str) -> Any:
    # By its path: isolated, Python looks for no module in this folder, where ours would be found.
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
