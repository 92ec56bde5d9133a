"""How a route that answers with a file is described in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from negotiations.api.formats import CSV, NDJSON, PARQUET
from negotiations.api.openapi import ReadSchema, not_modified
from negotiations.api.shaping import Schema

NUMBER = "Parley-Ledger-Number"
_TEXT = {"type": "string"}
_HEADERS = {
    "ETag": {"description": "Weak; changes when a newer act may change the file.", "schema": _TEXT},
    "Cache-Control": {
        "description": "How long a copy may be used without asking.",
        "schema": _TEXT,
    },
    "Content-Disposition": {"description": "A name for the file.", "schema": _TEXT},
    NUMBER: {
        "description": "The newest public act that the file knows of.",
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
}
_BINARY: Schema = {"type": "string", "contentMediaType": "application/octet-stream"}
_CONTENT: dict[str, Schema] = {
    NDJSON: {
        "schema": {"type": "string", "description": "A JSON document a line."},
        "example": '{"code":"KR","name_en":"Republic of Korea","name_ko":"대한민국",'
        '"capital_en":"Seoul","capital_ko":"서울","zone":"Asia/Seoul"}\n',
    },
    CSV: {
        "schema": {"type": "string", "description": "RFC 4180 in UTF-8, with a byte order mark."},
        "example": "\ufeffcode,name_en,name_ko,capital_en,capital_ko,zone\r\n"
        "KR,Republic of Korea,대한민국,Seoul,서울,Asia/Seoul\r\n",
    },
    PARQUET: {"schema": _BINARY},
}


class ExportSchema(ReadSchema):
    """The operation of an export: a file in the form that the address ends with."""

    def statuses(self) -> tuple[int, ...]:
        """A form may not be offered here."""
        return (*super().statuses(), 501)

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The file, and that nothing has changed."""
        told: Any = {"description": "The file.", "headers": _HEADERS, "content": _CONTENT}
        return {"200": told, **not_modified(responses)}


class NightlyFileSchema(ReadSchema):
    """The operation of a nightly file."""

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """The file, and that nothing has changed."""
        media = ("application/gzip", PARQUET, "application/json", "text/plain")
        length = {"description": "Of the file as it is sent.", "schema": {"type": "string"}}
        told = {
            "description": "The file.",
            "headers": {
                **{name: one for name, one in _HEADERS.items() if name != NUMBER},
                "Content-Length": length,
            },
            "content": {name: {"schema": _BINARY} for name in media},
        }
        return {"200": told, **not_modified(responses)}
