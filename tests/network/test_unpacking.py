"""Bodies as they were before packing, and bombs."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from negotiations.network import MOST_BYTES, fetch
from negotiations.refusals import Refusal
from tests.loopback import Loopback, reply

PAGE = "<p>합의 임박</p>".encode()


def _refused(server: Loopback, path: str = "/") -> str:
    with pytest.raises(Refusal) as refused:
        fetch(server.url(path), allow=server.pairs)
    return refused.value.code


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
    ],
    ids=["gzip", "deflate", "br", "identity"],
)
def test_a_packed_body_is_unpacked(server: Loopback, packing: str, body: bytes) -> None:
    server.answers["/"] = reply(body, head=f"Content-Encoding: {packing}\r\n")
    assert fetch(server.url(), allow=server.pairs).body == PAGE


def test_ten_megabytes_are_brought_and_one_byte_more_is_not(server: Loopback) -> None:
    server.answers["/most"] = reply(b"a" * MOST_BYTES)
    server.answers["/more"] = reply(b"a" * (MOST_BYTES + 1))
    assert len(fetch(server.url("/most"), allow=server.pairs).body) == MOST_BYTES
    assert _refused(server, "/more") == "too_large"


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_a_packed_bomb_is_refused_before_it_goes_off(server: Loopback, packing: str) -> None:
    bomb = b"\x00" * (200 * 1024 * 1024)
    packed = gzip.compress(bomb, 9) if packing == "gzip" else brotli.compress(bomb, quality=1)
    server.answers["/"] = reply(packed, head=f"Content-Encoding: {packing}\r\n")
    assert _refused(server) == "too_large"


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_a_packed_body_that_breaks_off_is_refused(server: Loopback, packing: str) -> None:
    packed = gzip.compress(PAGE) if packing == "gzip" else brotli.compress(PAGE)
    server.answers["/"] = reply(packed[:-3], head=f"Content-Encoding: {packing}\r\n")
    assert _refused(server) == "connection_failed"
