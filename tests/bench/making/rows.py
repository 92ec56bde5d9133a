"""Rows of any model as lines for COPY and as content for the ledger, without model instances.

Columns are read off the models as they are, so a column that a later migration adds is filled with
its default; those that the database generates are left to it. That the content is what
`operations.content.content_of` makes of the stored row is what `verify_ledger` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import orjson
from django.db.models import Model

from negotiations.operations import content
from negotiations.operations.ledger import instant

_SPECIAL = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
_ALREADY = frozenset({str, int, bool, type(None)})


class Rows:
    """The columns of one model."""

    def __init__(self, model: type[Model]) -> None:
        """Read them off the model."""
        fields = [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
        self.table = model._meta.db_table
        self.names = [field.attname for field in fields]
        self.columns = [field.column for field in fields]
        self._usual = {f.attname: f.get_default() for f in fields if f.attname != "id"}
        self._told = [
            (field.name, field.attname, content._is_named(field))
            for field in model._meta.concrete_fields
            if field.name not in content._BOOKKEEPING
        ]

    def line(self, values: Mapping[str, Any]) -> str:
        """One row in the text form of COPY; what `values` lack has its default."""
        row = {**self._usual, **values}
        return "\t".join([_written(row[name]) for name in self.names]) + "\n"

    def content(self, values: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
        """The row as the ledger tells it; `keys` are the names of what it points to and its links.

        Of the same members as `content_of` has.
        """
        row = {**self._usual, **values}
        told = {
            name: keys.get(name) if named else _plain(row[attname])
            for name, attname, named in self._told
        }
        links = {name: sorted(key) for name, key in keys.items() if isinstance(key, list)}
        return {**told, **links}


class Links:
    """The two columns of a link table."""

    def __init__(self, model: type[Model], name: str) -> None:
        """The links of one many-to-many field."""
        field: Any = model._meta.get_field(name)
        self.table = field.m2m_db_table()
        self.columns = [field.m2m_column_name(), field.m2m_reverse_name()]

    def lines(self, row: int, others: Iterable[int]) -> str:
        """A line for each of these."""
        return "".join(f"{row}\t{other}\n" for other in others)


class Entries:
    """Entries of the ledger, up to what only the entry before can add: its hash."""

    def __init__(self, officer: int) -> None:
        """All acts are those of one reviewer."""
        self.officer = officer

    def entry(
        self,
        *,
        number: int,
        verb: str,
        noun: str,
        id: int,
        at: datetime,
        payload: Mapping[str, Any],
        tracks: Sequence[tuple[int, int]],
    ) -> tuple[str, str]:
        """The line of an entry without its two hashes, and the content that its hash is of.

        `tracks` are pairs of track and negotiation.
        """  # fmt: skip
        payload_text = _json(payload)
        told = (
            f'{{"at":"{instant(at)}","noun":"{noun}","number":{number},"object_id":{id},'
            f'"payload":{payload_text},"role":"reviewer","verb":"{verb}"}}'
        )
        columns = [
            number, verb, noun, id, at, "reviewer", self.officer, True,
            sorted({negotiation for _, negotiation in tracks}),
            sorted({track for track, _ in tracks}),
            payload_text,
        ]  # fmt: skip
        return "\t".join(map(_written, columns)), told


ENTRY_COLUMNS = [
    "number", "verb", "noun", "object_id", "at", "role", "by_id", "public", "negotiation_ids",
    "track_ids", "payload", "previous_hash", "hash",
]  # fmt: skip


def _text(value: str) -> str:
    if "\\" in value or "\t" in value or "\n" in value or "\r" in value:
        for plain, written in _SPECIAL:
            value = value.replace(plain, written)
    return value


# What COPY reads, by type: a million rows have eighty million values.
_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: _text,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: "\\N",
    list: lambda value: "{" + ",".join(map(str, value)) + "}",
    date: date.isoformat,
    datetime: datetime.isoformat,
}


def _written(value: Any) -> str:
    return _WRITTEN.get(type(value), str)(value)


def _plain(value: Any) -> Any:
    return value if type(value) in _ALREADY else content._plain(value)


def _json(told: Mapping[str, Any]) -> str:
    """What `operations.ledger.canonical` writes, faster."""
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()
