"""Floor 0: what the memory of a process may hold, which is only what never changes, and not much.

Entries are immutable by their key: bytes that were made for one number of the ledger. So nothing
ever needs to be taken out because it is wrong; the oldest in use goes when there is no more room.
"""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Hashable
from functools import cache, cached_property
from threading import Lock
from typing import Generic, TypeVar

from django.conf import settings

V = TypeVar("V")
# Once for all who ask: what is sent often may take a little longer to be made small.
_LEVEL = 6
# From so many bytes on a body is held compressed alone, or few would fill the room; at this level
# it is a sixth larger in half the time (a board of 48 tracks: 616 kB, 106 kB, 7 ms; back in 2 ms).
LARGE = 128 * 1024
_LEVEL_LARGE = 3
# About what a key and the objects around a value take, in bytes (measured: 540).
_BESIDE = 1024


class Memory(Generic[V]):
    """The values used last, up to `room` bytes of them together. Threads may share it."""

    def __init__(self, room: int) -> None:
        """Take that much room; none of it keeps nothing."""
        self.room = room
        self._held: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        """What is held under the key, if it is."""
        with self._lock:
            held = self._held.get(key)
            if held is None:
                return None
            self._held.move_to_end(key)
            return held[0]

    def put(self, key: Hashable, value: V, size: int) -> None:
        """Hold a value of so many bytes; one that takes more than a quarter of the room is not."""
        if size * 4 > self.room:
            return
        with self._lock:
            _, before = self._held.pop(key, (None, 0))
            self._held[key] = value, size
            self._bytes += size - before
            while self._bytes > self.room:
                _, (_, freed) = self._held.popitem(last=False)
                self._bytes -= freed

    def clear(self) -> None:
        """Hold nothing any more."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    @property
    def bytes(self) -> int:
        """How much is held."""
        return self._bytes


class Kept:
    """The body of an answer with its Link header, as it is told to everybody who asks the same."""

    def __init__(self, body: bytes, link: str | None = None) -> None:
        """Keep them."""
        self.link, self.length = link, len(body)
        self._plain: bytes | None = body

    @property
    def body(self) -> bytes:
        """The body as it is."""
        return gzip.decompress(self.gzipped) if self._plain is None else self._plain

    @property
    def size(self) -> int:
        """What it takes of the memory: also the objects around it, or short ones would fill all."""
        return len(self.gzipped if self._plain is None else self._plain) + _BESIDE

    @cached_property
    def gzipped(self) -> bytes:
        """The body compressed, the same bytes each time."""
        level = _LEVEL if self.length < LARGE else _LEVEL_LARGE
        return gzip.compress(self.body, level, mtime=0)

    def to_hold(self) -> Kept:
        """The same as the memory holds it: a large one compressed alone."""
        if self.length < LARGE:
            return self
        held = Kept(self.body, self.link)
        held.gzipped, held._plain = self.gzipped, None
        return held


@cache
def answers() -> Memory[Kept]:
    """The answers that this process holds, by the tag of what they depend on and by host.

    ANSWER_CACHE_MB is their room, in megabytes of bodies as they are held.
    """
    return Memory(int(settings.ANSWER_CACHE_MB * 1_000_000))


def keep(key: Hashable, kept: Kept) -> None:
    """Hold an answer under its key, where there is room for any."""
    if answers().room:
        held = kept.to_hold()
        answers().put(key, held, held.size)
