"""Exports as Apache Parquet, where `parley[parquet]` is installed: the same columns, with types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from negotiations.api.columns import Column, columns
from negotiations.api.formats import documents

# Rows of a group, which is what a reader takes at once; the file's foot names the groups alone.
GROUP = 5_000
_TYPES: dict[type, Any] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    Decimal: pa.decimal128(24, 6),
}
_READ: dict[type, Callable[[Any], Any]] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}


class _Pile:
    """A file that forgets what was taken from it."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        self._written += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


class ParquetWriter:
    """One file; it is complete with its foot, so a part of one is no Parquet file."""

    def __init__(self, noun: str) -> None:
        """The table of this noun."""
        self._columns = columns(noun)
        self._schema = pa.schema([(column.name, _type(column)) for column in self._columns])
        self._gathered: list[Any] = []
        self._pile = _Pile()
        self._writer = pq.ParquetWriter(pa.PythonFile(self._pile, mode="w"), self._schema)

    def begin(self) -> bytes:
        """The file's head."""
        return self._pile.take()

    def more(self, records: Sequence[Any]) -> bytes:
        """A group, when there are rows enough."""
        self._gathered.extend(documents(records))
        if len(self._gathered) >= GROUP:
            self._write_group()
        return self._pile.take()

    def end(self) -> bytes:
        """The rest, and the foot."""
        if self._gathered:
            self._write_group()
        self._writer.close()
        return self._pile.take()

    def _write_group(self) -> None:
        arrays = [
            pa.array([_value(column, one) for one in self._gathered], type=_type(column))
            for column in self._columns
        ]
        self._writer.write_table(pa.table(arrays, schema=self._schema))
        self._gathered = []


def _type(column: Column) -> Any:
    one = _TYPES[column.hint]
    return pa.list_(one) if column.listed else one


def _value(column: Column, record: Any) -> Any:
    value, read = column.read(record), _READ.get(column.hint)
    if read is None or value is None:
        return value
    return [one and read(one) for one in value] if column.listed else read(value)
