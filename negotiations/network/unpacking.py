"""Bodies unpacked bit by bit, never more of one at once than fits."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import brotli

from negotiations.refusals import Refusal

MOST_BYTES = 10 * 1024 * 1024
PACKINGS = "gzip, deflate, br"
_ZLIB = {"gzip": 31, "x-gzip": 31, "deflate": 47}


def limited(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks, as long as all of them together are no more than ten megabytes."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise too_large()
        yield chunk


def unpacked(chunks: Iterable[bytes], packing: str, host: str) -> Iterator[bytes]:
    """The body as it was before packing; Refusal `connection_failed`, `too_large`."""
    if packing in {"", "identity"}:
        yield from chunks
    elif packing in _ZLIB:
        yield from _of_zlib(chunks, _ZLIB[packing], host)
    elif packing == "br":
        yield from _of_brotli(chunks, host)
    else:
        raise _broken(host)


def too_large() -> Refusal:
    """What is refused of a body over the limit."""
    return Refusal("too_large", at="/url", most=MOST_BYTES // 1024 // 1024)


def _of_zlib(chunks: Iterable[bytes], window: int, host: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(window)
    for chunk in chunks:
        yield unpacker.decompress(chunk, MOST_BYTES + 1)
        if unpacker.unconsumed_tail:
            raise too_large()
    if not unpacker.eof:
        raise _broken(host)


def _of_brotli(chunks: Iterable[bytes], host: str) -> Iterator[bytes]:
    unpacker: Any = brotli.Decompressor()
    try:
        for chunk in chunks:
            yield unpacker.process(chunk, output_buffer_limit=MOST_BYTES + 1)
            if not unpacker.can_accept_more_data():
                raise too_large()
    except brotli.error:
        raise _broken(host) from None
    if not unpacker.is_finished():
        raise _broken(host)


def _broken(host: str) -> Refusal:
    return Refusal("connection_failed", at="/url", host=host[:200])
