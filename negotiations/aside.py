"""Who waits for something else than us holds up nobody: neither a turn nor a connection.

The server lets few requests be worked on at a time, and says in the environ of each how it steps
aside for the others; where nobody says so, nobody is in the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import connections

# Under this name the server puts a context manager in which the request waits out of its turn.
STEP_ASIDE = "parley.step_aside"


@contextmanager
def aside(environ: Mapping[str, Any]) -> Iterator[None]:
    """Wait within this: no connection is held meanwhile, nor the turn of who could be worked on."""
    for held in connections.all(initialized_only=True):
        if not held.in_atomic_block:
            held.close()
    with environ.get(STEP_ASIDE, nullcontext)():
        yield
