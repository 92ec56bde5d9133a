"""How a route that answers with a file is described in OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping

from negotiations.api.formats import CSV, NDJSON, PARQUET
from negotiations.api.openapi import TAGGED, ReadSchema, not_modified
from negotiations.api.openapi_headers import LIMITS, headers
from negotiations.api.shaping import Schema

NUMBER = "Parley-Ledger-Number"
GZIP = "application/gzip"


def _file(description: str, example: str) -> Schema:
    # Binary: generated clients then hand over the bytes as they come.
    schema = {"type": "string", "format": "binary", "description": description}
    return {"schema": schema, "example": example}


_EXPORTS = {
    NDJSON: _file(
        "A JSON document a line.",
        '{"code":"KR","name_en":"Republic of Korea","name_ko":"대한민국",'
        '"capital_en":"Seoul","capital_ko":"서울","zone":"Asia/Seoul"}\n',
    ),
    CSV: _file(
        "RFC 4180 in UTF-8, with a byte order mark.",
        "\ufeffcode,name_en,name_ko,capital_en,capital_ko,zone\r\n"
        "KR,Republic of Korea,대한민국,Seoul,서울,Asia/Seoul\r\n",
    ),
    PARQUET: _file("Apache Parquet.", "PAR1"),
}
_LEDGER = {NDJSON: _file("A JSON document a line.", f'{{"number":1,"hash":"{"0" * 64}"}}\n')}
_NOTE = {
    "text/plain": _file(
        "The signed note.",
        f"parley.example/ledger\n412\n{'A' * 43}=\n\n— parley.example/ledger {'A' * 91}=\n",
    )
}
_NIGHTLY = {
    GZIP: _file("NDJSON or CSV, packed.", "\x1f"),
    PARQUET: _file("Apache Parquet.", "PAR1"),
    "application/json": _file("The manifest.", '{"name":"20251020T190000Z-512"}\n'),
    "text/plain": _file("The sums.", f"{'0' * 64}  people.csv.gz\n"),
}


class ExportSchema(ReadSchema):
    """The operation of an export: a file in the form that the address ends with."""

    def statuses(self) -> tuple[int, ...]:
        """A form may not be offered here."""
        return (*super().statuses(), 501)

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The file, and that nothing has changed."""
        beside = headers(*TAGGED, "Content-Disposition", NUMBER, *LIMITS)
        return _answers(_EXPORTS, beside, responses)


class LedgerSchema(ReadSchema):
    """The operation of the export of the ledger."""

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The file, and that nothing has changed."""
        beside = headers(*TAGGED, "Content-Disposition", NUMBER, *LIMITS)
        return _answers(_LEDGER, beside, responses)


class CheckpointSchema(ReadSchema):
    """The operation of a checkpoint as text."""

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The note, and that nothing has changed."""
        return _answers(_NOTE, headers(*TAGGED, *LIMITS), responses)


class NightlyFileSchema(ReadSchema):
    """The operation of a nightly file."""

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The file, and that nothing has changed."""
        beside = headers("ETag", "Cache-Control", "Content-Disposition", *LIMITS)
        return _answers(_NIGHTLY, beside, responses)


def _answers(content: Mapping[str, Schema], beside: Schema, responses: dict[str, Schema]) -> Schema:
    # Each route has its own: what is told beside it is added in place.
    told = {media: dict(one) for media, one in content.items()}
    file = {"description": "The file.", "headers": beside, "content": told}
    return {"200": file, **not_modified(responses)}
