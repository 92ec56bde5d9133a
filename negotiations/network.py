"""Floor 0: the one fetcher. Nothing else in the product opens a connection to the outside.

A host name is resolved once for each hop, every address it has is checked, and the connection goes
to one of the checked addresses: a name that answers differently the next time gains nothing. One
deadline stands over names, connections, redirects and bytes together. Nothing is taken from the
environment: no proxy, no netrc, no cookies; certificates are verified for the host name.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

from negotiations.address_space import is_loopback, is_public
from negotiations.refusals import Refusal

MOST_BYTES = 10 * 1024 * 1024
MOST_HOPS = 5
SECONDS = 30.0
USER_AGENT = "Parley/0.1 (one page at an officer's request)"
_HEADERS: list[tuple[str | bytes, str | bytes]] = [
    ("User-Agent", USER_AGENT),
    ("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
]
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Head lines and the marks between chunks come on top of a body.
_MOST_WIRE_BYTES = MOST_BYTES + 1024 * 1024
_UNPACKERS = {"gzip": 31, "x-gzip": 31, "deflate": 47}

Pairs = frozenset[tuple[str, int]]
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered with, in the end: `body` unpacked, `charset` as declared or ""."""

    final_url: str
    content_type: str
    charset: str
    body: bytes


def allowed_pairs(words: Iterable[str]) -> Pairs:
    """The `host:port` pairs of a setting, which `fetch` may reach on this machine."""
    pairs = (word.rpartition(":") for word in words)
    return frozenset((host.strip("[]").lower(), int(port)) for host, _, port in pairs)


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as the system tells them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    allow: Pairs = frozenset(),
    resolve: Resolve = resolve,
    seconds: float = SECONDS,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """Fetch one document by GET, following at most five redirects.

    `allow` names host and port pairs that may be this very machine (for tests). `trust` replaces
    the certificates that are trusted. Raises Refusal `bad_url`, `address_forbidden`,
    `host_not_found`, `connection_failed`, `certificate_invalid`, `fetch_timed_out`, `too_large`,
    `too_many_redirects`, `fetch_failed` (with its HTTP status).
    """
    limits = _Limits(ends=time.monotonic() + seconds)
    backend = _Checked(allow=allow, resolve=resolve, limits=limits)
    context = trust or httpx.create_ssl_context(trust_env=False)
    with httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool:
        for _ in range(MOST_HOPS + 1):
            found = _hop(pool, _address(url))
            if isinstance(found, Fetched):
                return found
            url = found
    raise Refusal("too_many_redirects", at="/url", most=MOST_HOPS)


def _address(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
        whole = address.scheme in {"http", "https"} and bool(address.host)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        whole = False
    # Who puts a name and a password into an address means them for somebody else's server.
    if not whole or address.userinfo:
        raise Refusal("bad_url", at="/url", url=url[:200])
    return address


def _hop(pool: httpcore.ConnectionPool, url: httpx.URL) -> Fetched | str:
    """The document, or the address that this one sends on to."""
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    headers = [("Host", url.netloc), *_HEADERS]
    with _refusing(url.host), pool.stream("GET", target, headers=headers) as response:
        head = httpx.Response(response.status, headers=response.headers)
        if head.status_code in _REDIRECTS and "location" in head.headers:
            return _onward(url, head.headers["location"])
        if head.status_code != 200:
            raise Refusal("fetch_failed", at="/url", host=url.host[:200], status=head.status_code)
        packing = head.headers.get("content-encoding", "identity").strip().lower()
        body = b"".join(_limited(_unpacked(_limited(response.iter_stream()), packing, url.host)))
    return Fetched(
        final_url=str(url.copy_with(fragment=None)),
        content_type=head.headers.get("content-type", "").partition(";")[0].strip().lower()[:100],
        charset=(head.charset_encoding or "")[:40],
        body=body,
    )


def _onward(url: httpx.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Refusal("bad_url", at="/url", url=location[:200]) from None


def _limited(chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise _too_large()
        yield chunk


def _unpacked(chunks: Iterable[bytes], packing: str, host: str) -> Iterator[bytes]:
    """The body as it was before packing, never more of it at once than fits."""
    if packing in {"", "identity"}:
        yield from chunks
        return
    if packing not in _UNPACKERS:
        raise Refusal("connection_failed", at="/url", host=host[:200])
    unpacker = zlib.decompressobj(_UNPACKERS[packing])
    for chunk in chunks:
        yield unpacker.decompress(chunk, MOST_BYTES + 1)
        if unpacker.unconsumed_tail:
            raise _too_large()
    if not unpacker.eof:
        raise Refusal("connection_failed", at="/url", host=host[:200])


def _too_large() -> Refusal:
    return Refusal("too_large", at="/url", most=MOST_BYTES // 1024 // 1024)


@contextmanager
def _refusing(host: str) -> Iterator[None]:
    """What goes wrong on the way is refused in our own words."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError):
        raise Refusal("fetch_timed_out", at="/url", host=host[:200]) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, zlib.error) as error:
        certificate = "CERTIFICATE_VERIFY_FAILED" in str(error)
        code = "certificate_invalid" if certificate else "connection_failed"
        raise Refusal(code, at="/url", host=host[:200]) from None


@dataclass(slots=True)
class _Limits:
    """What is left of the time and of the bytes of one fetch."""

    ends: float
    room: int = _MOST_WIRE_BYTES

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
            raise _too_large()
        return data


class _Stream(httpcore.NetworkStream):
    """A connection that knows the limits, whatever each single read or write would allow."""

    def __init__(self, inner: httpcore.NetworkStream, limits: _Limits) -> None:
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
        return _Stream(inner, self._limits)

    def get_extra_info(self, info: str) -> Any:
        """What the connection itself says."""
        return self._inner.get_extra_info(info)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    allow: Pairs
    resolve: Resolve
    limits: _Limits

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
        return _Stream(inner, self.limits)

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
