"""Connections to checked addresses, and the limits that stand over all that is read from them."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from negotiations.address_space import is_loopback, is_public
from negotiations.network.unpacking import MOST_BYTES, too_large
from negotiations.refusals import Refusal

# Head lines and the marks between chunks come on top of a body.
MOST_WIRE_BYTES = MOST_BYTES + 1024 * 1024

Pairs = frozenset[tuple[str, int]]
Resolve = Callable[[str, int], list[str]]


def allowed_pairs(words: Iterable[str]) -> Pairs:
    """The `host:port` pairs of a setting, which may be reached on this machine."""
    pairs = (word.rpartition(":") for word in words)
    return frozenset((host.strip("[]").lower(), int(port)) for host, _, port in pairs)


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the system tells them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(slots=True)
class Limits:
    """What is left of the time and of the bytes of one fetch."""

    ends: float
    room: int = MOST_WIRE_BYTES

    def check(self) -> float:
        """The seconds left; TimeoutError when there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def count(self, data: bytes) -> bytes:
        """Take what came off the bytes left."""
        self.room -= len(data)
        if self.room < 0:
            raise too_large()
        return data


class Stream(httpcore.NetworkStream):
    """A connection that knows the limits, whatever each single read or write would allow."""

    def __init__(self, inner: httpcore.NetworkStream, limits: Limits) -> None:
        self._inner, self._limits = inner, limits

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        """Read within what is left."""
        return self._limits.count(self._inner.read(max_bytes, self._limits.check()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        """Write within what is left."""
        self._inner.write(buffer, self._limits.check())

    def close(self) -> None:
        """End it."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Verify the certificate for the host name, not for the address connected to."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._limits.check())
        return Stream(inner, self._limits)

    def get_extra_info(self, info: str) -> Any:
        """What the connection itself says."""
        return self._inner.get_extra_info(info)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    allow: Pairs
    resolve: Resolve
    limits: Limits

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers."""
        addresses = self._checked(host.lower(), port)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port)
            except httpcore.ConnectError:
                continue
        return self._connect(addresses[-1], port)

    def _connect(self, address: str, port: int) -> httpcore.NetworkStream:
        inner = httpcore.SyncBackend().connect_tcp(address, port, self.limits.check())
        return Stream(inner, self.limits)

    def _checked(self, host: str, port: int) -> list[str]:
        own = (host, port) in self.allow
        if not own and port not in {80, 443}:
            raise Refusal("address_forbidden", at="/url", host=host[:200])
        addresses = self._resolved(host, port)
        fits = is_loopback if own else is_public
        if not all(fits(address) for address in addresses):
            raise Refusal("address_forbidden", at="/url", host=host[:200])
        return addresses

    def _resolved(self, host: str, port: int) -> list[str]:
        """Ask in a thread of its own: the system's resolver knows no deadline."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host, port))
            except Exception as error:  # whatever it is, the one who waits must hear of it
                answers.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self.limits.check())
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
            raise answer
        if isinstance(answer, Exception) or not answer:
            raise Refusal("host_not_found", at="/url", host=host[:200])
        return answer
