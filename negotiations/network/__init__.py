"""Floor 0: the one fetcher. Nothing else in the product opens a connection to the outside.

A host name is resolved once for each hop, every address it has is checked, and the connection goes
to one of the checked addresses: a name that answers differently the next time gains nothing. One
deadline stands over names, connections, redirects and bytes together. Nothing is taken from the
environment: no proxy, no netrc, no cookies; certificates are verified for the host name.
"""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache

import httpcore
import httpx

from negotiations.network.connecting import (
    Checked,
    Limits,
    Pairs,
    Resolve,
    allowed_pairs,
    resolve,
)
from negotiations.network.unpacking import MOST_BYTES, PACKINGS, limited, unpacked
from negotiations.refusals import Refusal

__all__ = [
    "MOST_ANSWER",
    "MOST_BYTES",
    "Fetched",
    "Hop",
    "Pairs",
    "Posted",
    "Resolve",
    "allowed_pairs",
    "fetch",
    "post",
]

MOST_HOPS = 5
SECONDS = 30.0
# So much is read of what an endpoint answers to a post.
MOST_ANSWER = 64 * 1024
PAGES = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
ONE_PAGE = "one page at an officer's request"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Headers = tuple[tuple[str, str], ...]
Head = list[tuple[str | bytes, str | bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered with, in the end: `body` unpacked, `charset` as declared or "".

    `status` is 200, or 304 for a conditional request; `headers` are the answer's as they came.
    """

    final_url: str
    content_type: str
    charset: str
    body: bytes
    status: int = 200
    headers: Headers = field(default=(), compare=False)
    # The head of the last request, and the redirects that led to it.
    asked: Headers = field(default=(), compare=False)
    hops: tuple[Hop, ...] = field(default=(), compare=False)

    def header(self, name: str) -> str:
        """The value of a header; "" where there is none."""
        return _header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A redirect: its status, and the address that it sends on to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What an endpoint answered to a post: status, headers, and the first 64 kB of the body."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header; "" where there is none."""
        return _header(self.headers, name)


def fetch(
    url: str,
    *,
    allow: Pairs = frozenset(),
    resolve: Resolve = resolve,
    seconds: float = SECONDS,
    trust: ssl.SSLContext | None = None,
    accept: str = PAGES,
    purpose: str = ONE_PAGE,
    unless: Mapping[str, str] | None = None,
) -> Fetched:
    """Fetch one document by GET, following at most five redirects.

    `allow` names host and port pairs that may be this very machine (for tests). `trust` replaces
    the certificates that are trusted. `unless` are conditions (`If-None-Match`,
    `If-Modified-Since`): where they hold the answer is a 304 without a body. Raises Refusal
    `bad_url`, `address_forbidden`, `host_not_found`, `connection_failed`, `certificate_invalid`,
    `fetch_timed_out`, `too_large`, `too_many_redirects`, `fetch_failed` (with the HTTP `status` and
    the `retry_after` that came with it, or "").
    """
    head: Head = [
        ("User-Agent", f"Parley/0.1 ({purpose})"),
        ("Accept", accept),
        ("Accept-Encoding", PACKINGS),
        ("Connection", "close"),
        *(unless or {}).items(),
    ]
    hops: tuple[Hop, ...] = ()
    with _pool(allow, resolve, seconds, trust) as pool:
        for _ in range(MOST_HOPS + 1):
            found = _hop(pool, _address(url), head, conditional=bool(unless))
            if isinstance(found, Fetched):
                return replace(found, hops=hops)
            url, hops = found.url, (*hops, found)
    raise Refusal("too_many_redirects", at="/url", most=MOST_HOPS)


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    allow: Pairs = frozenset(),
    resolve: Resolve = resolve,
    seconds: float = SECONDS,
    trust: ssl.SSLContext | None = None,
) -> Posted:
    """Send a body by POST and read the first 64 kB of the answer, whatever its status.

    No redirect is followed. Raises Refusal `bad_url`, `address_forbidden`, `host_not_found`,
    `connection_failed`, `certificate_invalid`, `fetch_timed_out`.
    """
    address = _address(url)
    head: Head = [
        ("Host", address.netloc),
        ("User-Agent", "Parley/0.1 (webhook)"),
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
        ("Content-Length", str(len(body))),
        *headers.items(),
    ]
    with (
        _pool(allow, resolve, seconds, trust) as pool,
        _refusing(address.host),
        pool.stream("POST", _target(address), headers=head, content=body) as response,
    ):
        return Posted(
            status=response.status,
            headers=_headers(response),
            body=_beginning(response.iter_stream()),
        )


def _pool(
    allow: Pairs, resolve: Resolve, seconds: float, trust: ssl.SSLContext | None
) -> httpcore.ConnectionPool:
    limits = Limits(ends=time.monotonic() + seconds)
    backend = Checked(allow=allow, resolve=resolve, limits=limits)
    return httpcore.ConnectionPool(ssl_context=trust or _trusted(), network_backend=backend)


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


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


def _target(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )


def _hop(
    pool: httpcore.ConnectionPool, url: httpx.URL, head: Head, *, conditional: bool
) -> Fetched | Hop:
    """The document, or where this address sends on to."""
    headers: Head = [("Host", url.netloc), *head]
    with _refusing(url.host), pool.stream("GET", _target(url), headers=headers) as response:
        read = httpx.Response(response.status, headers=response.headers)
        if read.status_code in _REDIRECTS and "location" in read.headers:
            location = _onward(url, read.headers["location"])
            return Hop(status=read.status_code, url=location)
        unchanged = read.status_code == 304 and conditional
        if read.status_code != 200 and not unchanged:
            raise _failed(url, read)
        packing = read.headers.get("content-encoding", "identity").strip().lower()
        body = b"".join(limited(unpacked(limited(response.iter_stream()), packing, url.host)))
    return Fetched(
        final_url=str(url.copy_with(fragment=None)),
        content_type=read.headers.get("content-type", "").partition(";")[0].strip().lower()[:100],
        charset=(read.charset_encoding or "")[:40],
        body=body,
        status=read.status_code,
        headers=_headers(response),
        asked=tuple((_text(key), _text(value)) for key, value in headers),
    )


def _text(part: str | bytes) -> str:
    return part.decode("latin-1") if isinstance(part, bytes) else part


def _failed(url: httpx.URL, read: httpx.Response) -> Refusal:
    later = read.headers.get("retry-after", "")[:100]
    return Refusal(
        "fetch_failed", at="/url", host=url.host[:200], status=read.status_code, retry_after=later
    )


def _onward(url: httpx.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise Refusal("bad_url", at="/url", url=location[:200]) from None


def _headers(response: httpcore.Response) -> Headers:
    return tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)


def _header(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name.lower()), "")


def _beginning(chunks: Iterable[bytes]) -> bytes:
    read = b""
    for chunk in chunks:
        read += chunk
        if len(read) >= MOST_ANSWER:
            break
    return read[:MOST_ANSWER]


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
