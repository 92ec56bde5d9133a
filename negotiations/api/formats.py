"""The forms that exports come in: each turns rows into bytes, a piece at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Protocol

import orjson

from negotiations.api.columns import columns
from negotiations.api.rendering import encode
from negotiations.cells import BETWEEN, BOM, cell
from negotiations.queries.shapes import Stored
from negotiations.refusals import Refusal

NDJSON, CSV, PARQUET = "application/x-ndjson", "text/csv", "application/vnd.apache.parquet"


class Writer(Protocol):
    """One file in the making."""

    def begin(self) -> bytes:
        """What stands before the rows."""

    def more(self, records: Sequence[Any]) -> bytes:
        """These rows, or a part of what is gathered so far."""

    def end(self) -> bytes:
        """What stands after the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How an export is written; `broken` ends one that cannot be finished, and no reader of the
    form takes it for a row.
    """

    media_type: str
    writer: Callable[[str], Writer]
    broken: bytes = b""


class LinesWriter:
    """Newline-delimited JSON: a line is exactly what the lists of the API tell of the row."""

    def __init__(self, noun: str) -> None:
        """Every noun is written alike."""

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def more(self, records: Sequence[Any]) -> bytes:
        """A line each."""
        return b"".join(lines(records))

    def end(self) -> bytes:
        """Nothing."""
        return b""


class CsvWriter:
    """RFC 4180 in UTF-8, with the mark by which spreadsheets see that it is UTF-8."""

    def __init__(self, noun: str) -> None:
        """The table of this noun."""
        self._columns = columns(noun)

    def begin(self) -> bytes:
        """The mark, and the names of the columns."""
        return (BOM + _csv([[column.name for column in self._columns]])).encode()

    def more(self, records: Sequence[Any]) -> bytes:
        """A row each."""
        readers = [column.read for column in self._columns]
        rows = ([_cell(read(one)) for read in readers] for one in documents(records))
        return _csv(rows).encode()

    def end(self) -> bytes:
        """Nothing."""
        return b""


def _parquet_writer(noun: str) -> Writer:
    # An optional package: to be missed only by who asks for it.
    from negotiations.api.parquet import ParquetWriter

    return ParquetWriter(noun)


def lines(records: Iterable[Any]) -> Iterator[bytes]:
    """Each row as its line of JSON; what is stored goes through as it is."""
    for record in records:
        yield record.json + b"\n" if type(record) is Stored else encode(record)


def documents(records: Iterable[Any]) -> Iterator[Any]:
    """Each row as read from its JSON."""
    return map(orjson.loads, lines(records))


def write(writer: Writer, chunks: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A whole file, a piece at a time; some pieces may be empty."""
    yield writer.begin()
    for records in chunks:
        yield writer.more(records)
    yield writer.end()


FORMATS: dict[str, Format] = {
    "ndjson": Format(
        media_type=NDJSON, writer=LinesWriter, broken=b"!broken off: this export is not complete\n"
    ),
    "csv": Format(
        # A quoted cell that never ends.
        media_type=CSV,
        writer=CsvWriter,
        broken=b'"!broken off: this export is not complete',
    ),
    "parquet": Format(media_type=PARQUET, writer=_parquet_writer),
}


def is_offered(name: str) -> bool:
    """Whether this installation can write it."""
    return name != "parquet" or find_spec("pyarrow") is not None


def require(name: str) -> Format:
    """The format of that name; refuses `format_unavailable` where its package is not installed."""
    if not is_offered(name):
        raise Refusal("format_unavailable", name=name)
    return FORMATS[name]


def _cell(value: Any) -> str:
    if type(value) is list:
        value = BETWEEN.join("" if one is None else str(one) for one in value)
    return cell(value)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
