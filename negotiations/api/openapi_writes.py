"""How a write route is described in OpenAPI 3.1: its body is the signature of its verb."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Union, get_args, get_origin

from negotiations.api.envelopes import LINES
from negotiations.api.openapi import RouteSchema
from negotiations.api.openapi_headers import LIMITS, headers
from negotiations.api.preconditions import IF_MATCH, KEY, KEY_PATTERN, TAG_PATTERN
from negotiations.api.problems import CODES, Conflict, FaultyLines
from negotiations.api.shaping import Schema, shape_schema, word_schema
from negotiations.operations.members import Member
from negotiations.queries.drafts import NOUNS

_TEXT = {"type": "string"}
_MANY = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
_PLAIN: dict[Any, Schema] = {
    str: _TEXT,
    int: _MANY,
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    types.NoneType: {"type": "null"},
}
_ITEM: Schema = {
    "type": "object",
    "description": "A draft, at the version that was seen.",
    "properties": {"noun": {"type": "string", "enum": list(NOUNS)}, "id": _MANY, "version": _MANY},
    "required": ["noun", "id", "version"],
    "additionalProperties": False,
}
# Members that hold a word of a vocabulary of another name.
_WORDS = {
    "draft_statement.kind": "statement_kind",
    "draft_linkage.kind": "linkage_kind",
    "draft_linkage.standing": "linkage_standing",
    "draft_milestone.kind": "milestone_kind",
    "draft_account.bearing": "account_bearing",
}
_KEY = {
    "name": KEY,
    "in": "header",
    "description": "A name of your own for this request: sent again under it, the request is "
    "answered again with the same bytes and done once. Kept for two days.",
    "required": False,
    "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
}
_SEEN = {
    "name": IF_MATCH,
    "in": "header",
    "description": "The version that you saw: the ETag of the draft, as it is.",
    "required": True,
    "schema": {"type": "string", "pattern": f"^{TAG_PATTERN}$", "examples": ['"v1"']},
}


class WriteSchema(RouteSchema):
    """The operation of one `Write` view."""

    scoped = True

    def headers(self) -> list[Schema]:
        """What a request says beside its body."""
        return [_SEEN, _KEY] if self.view.conditional else [_KEY]

    def rules(self) -> str:
        """The words of the verb itself, with what it refuses."""
        told = [inspect.getdoc(verb) or "" for verb in self.view.verbs().values()]
        return told[0].partition("\n\n")[2] if len(told) == 1 else ""

    def statuses(self) -> tuple[int, ...]:
        """With a body and rules of its own there is more to refuse."""
        own = (400, 401, 403, 405, 406, 409, 411, 413, 415, 422, 429, 500, 503)
        named = any("items" in self.view.members(verb) for verb in self.view.verbs().values())
        return (*own, *((412, 428) if self.view.conditional else (412,) if named else ()))

    def problem(self, status: int, schemas: dict[str, Schema]) -> tuple[str, Schema]:
        """Some refusals have more to tell."""
        if status == 412:
            return "Conflict412", shape_schema(Conflict, schemas)
        if status == 422 and self.view.media_type == LINES:
            alone = super().problem(status, schemas)[1]
            return "Lines422", {"anyOf": [shape_schema(FaultyLines, schemas), alone]}
        return super().problem(status, schemas)

    def codes(self, status: int) -> tuple[str, ...]:
        """Lines have a code of their own."""
        return CODES[status] if self.view.media_type == LINES else super().codes(status)

    def body(self, schemas: dict[str, Schema]) -> Schema | None:
        """The body; None where the address says everything."""
        each = []
        for verb in self.view.verbs().values():
            name = "".join(part.capitalize() for part in verb.__name__.split("_"))
            taken = self.view.members(verb)
            if taken:
                schemas[_title(self.view, name)] = _object(verb.__name__, taken, schemas)
                each.append({"$ref": f"#/components/schemas/{_title(self.view, name)}"})
        if not each:
            return None
        schema = each[0] if len(each) == 1 else {"anyOf": each}
        if self.view.media_type == LINES:
            # Binary: generated clients then send the bytes that they are given.
            words = "Lines, each such an object."
            schema = {"type": "string", "format": "binary", "description": words}
        return {"required": True, "content": {self.view.media_type: {"schema": schema}}}

    def answers(self, schemas: dict[str, Schema], responses: dict[str, Schema]) -> Schema:  # noqa: ARG002
        """What is told when it was done."""
        if self.view.status == 204:
            words, told = "It is gone.", {}
        else:
            schema = shape_schema(self.view.shape, schemas)
            words, told = "It is done.", {"content": {"application/json": {"schema": schema}}}
        beside = headers("Idempotency-Replayed", "Location", "Version", *LIMITS)
        return {str(self.view.status): {"description": words, "headers": beside, **told}}


def _title(view: Any, verb: str) -> str:
    """One name for one set of members: a verb may be offered with more or fewer of them."""
    return f"{type(view).__name__}{verb}" if len(view.verbs()) > 1 else type(view).__name__


def _object(verb: str, taken: Mapping[str, Member], schemas: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _member(verb, one, schemas) for name, one in taken.items()},
        "required": [name for name, one in taken.items() if one.required],
        "additionalProperties": False,
    }


def _member(verb: str, member: Member, schemas: dict[str, Schema]) -> Schema:
    vocabulary = _WORDS.get(f"{verb}.{member.name}", member.name)
    schema = word_schema(vocabulary, schemas) if member.hint is str else None
    schema = schema or _hint(member.hint)
    if member.required:
        return schema
    default = list(member.default) if isinstance(member.default, tuple) else member.default
    # Beside a reference nothing else may stand in older readers.
    return {"allOf": [schema], "default": default} if "$ref" in schema else {
        **schema, "default": default
    }  # fmt: skip


def _hint(hint: Any) -> Schema:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": [_hint(one) for one in get_args(hint)]}
    if get_origin(hint) is Sequence:
        return {"type": "array", "items": _hint(get_args(hint)[0])}
    if get_origin(hint) is Mapping:
        return dict(_ITEM)
    raise TypeError(f"no JSON Schema for {hint}")
