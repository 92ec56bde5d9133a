"""JSON Schema of the read door's dataclasses, read off their type hints."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from negotiations.api.deprecation import MEMBERS
from negotiations.definitions import define
from negotiations.desk_words import Review, Role
from negotiations.operations import VERBS
from negotiations.queries.drafts import NOUNS
from negotiations.queries.entries import KINDS
from negotiations.queries.report_subjects import NOUNS as REPORTED
from negotiations.queries.search import NOUNS as SEARCHED
from negotiations.queries.shapes import Page
from negotiations.vocabulary import VOCABULARIES

Schema = dict[str, Any]
Components = MutableMapping[str, Schema]

# A field named like a vocabulary holds a word of it; these hold one under another name.
_WORDS = {
    "floor": "stage",
    "ceiling": "stage",
    "unusual": "unusual_move",
    "StatementRecord.kind": "statement_kind",
    "LinkageRecord.kind": "linkage_kind",
    "LinkageRecord.standing": "linkage_standing",
    "AccountRecord.bearing": "account_bearing",
    "MilestoneRecord.kind": "milestone_kind",
    "SourceEvidence.state": "evidence_state",
    "stage_before": "stage",
    "momentum_before": "momentum",
    "agreement_before": "agreement",
    "SourceHealth.state": "evidence_state",
    "ReportRecord.kind": "report_kind",
    "ReportRecord.state": "report_state",
}
_ROWS = tuple(NOUNS)
_VERBS = tuple(sorted({*VERBS, "publish", "correct", "retract"}))
# What the ledger knows beside the rows of the record.
_BESIDE = (
    "snapshot", "negotiation", "track", "term", "party", "person", "office", "tenure", "publisher",
    "grade",
)  # fmt: skip
_ENUMS: dict[str, tuple[str, ...]] = {
    "Shift.direction": ("later", "earlier", "narrowed", "widened", "same"),
    **{f"{name}.verb": _VERBS for name in ("Act", "Change")},
    **{f"{name}.noun": (*_ROWS, *_BESIDE) for name in ("Act", "Change")},
    **{f"{name}.role": tuple(role.value for role in Role) for name in ("Act", "Change")},
    "Correction.noun": _ROWS,
    "Gone.noun": _ROWS,
    "Renewal.noun": (*_ROWS, "negotiation", "person", "party", "publisher"),
    "Receipt.noun": (*_ROWS, "snapshot", "track", "release"),
    "Batch.noun": ("statement",),
    "DraftRow.noun": _ROWS,
    "DraftRow.review": ("", *(word.value for word in Review)),
    "Word.vocabulary": tuple(VOCABULARIES),
    "Entry.kind": KINDS,
    "Usage.kind": KINDS,
    "Usage.role": ("basis", "dissent"),
    "Found.noun": SEARCHED,
    "BriefNews.noun": ("status_change", "position", "milestone"),
    "Overtaken.noun": tuple(noun for noun in _ROWS if noun != "source"),
    "ReportSubject.noun": REPORTED,
}
_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    object: {},
    Any: {},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}
_EDTF = "A date as recorded, in EDTF (ISO 8601-2): 2025-10-01, 2025-10, 2025-10~, ../2025-10-31."


def shape_schema(hint: Any, components: Components) -> Schema:
    """The schema of a type hint; dataclasses and vocabularies go into `components` by name."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments, components)
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": shape_schema(arguments[0], components)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": shape_schema(arguments[1], components)}
    if origin is Page:
        name = f"PageOf{arguments[0].__name__}"
        return _reference(name, components, lambda: _page(arguments[0], components))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _reference(hint.__name__, components, lambda: _object(hint, components))
    raise TypeError(f"no JSON Schema for {hint}")


def _union(members: tuple[Any, ...], components: Components) -> Schema:
    schemas = [shape_schema(member, components) for member in members if member is not type(None)]
    if type(None) not in members:
        return {"anyOf": schemas}
    return _nullable(schemas[0] if len(schemas) == 1 else {"anyOf": schemas})


def _nullable(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _reference(name: str, components: Components, make: Callable[[], Schema]) -> Schema:
    if name not in components:
        components[name] = {}  # named before it is made, so that a shape may hold itself
        components[name].update(make())
    return {"$ref": f"#/components/schemas/{name}"}


def _page(item: Any, components: Components) -> Schema:
    return {
        "type": "object",
        "description": f"One page of a list of {item.__name__}.",
        "properties": {
            "results": {"type": "array", "items": shape_schema(item, components)},
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "Address of the next page; null at the end.",
            },
        },
        "required": ["results", "next"],
        "additionalProperties": False,
    }


def _object(shape: type, components: Components) -> Schema:
    hints = get_type_hints(shape)
    names = [field.name for field in dataclasses.fields(shape)]
    return {
        "type": "object",
        "description": inspect.cleandoc(shape.__doc__ or ""),
        "properties": {name: _member(shape, name, hints[name], components) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _member(shape: type, name: str, hint: Any, components: Components) -> Schema:
    schema = _kind_of_member(shape, name, hint, components)
    ends = MEMBERS.get(f"{shape.__name__}.{name}")
    return {**schema, "deprecated": True, "description": ends.sentence} if ends else schema


def _kind_of_member(shape: type, name: str, hint: Any, components: Components) -> Schema:
    vocabulary = _WORDS.get(f"{shape.__name__}.{name}") or _WORDS.get(name, name)
    text, optional = hint is str, hint == str | None
    words = word_schema(vocabulary, components) if text or optional else None
    if words is not None:
        return words if text else _nullable(words)
    if f"{shape.__name__}.{name}" in _ENUMS:
        return {"type": "string", "enum": list(_ENUMS[f"{shape.__name__}.{name}"])}
    schema = shape_schema(hint, components)
    if (text or optional) and (name.endswith("_on") or name == "on"):
        schema["description"] = _EDTF
    return schema


def word_schema(vocabulary: str, components: Components) -> Schema | None:
    """The schema of a word of this vocabulary; None where there is no such vocabulary."""
    if vocabulary not in VOCABULARIES:
        return None
    return _reference(_title(vocabulary), components, lambda: _vocabulary(vocabulary))


def _title(vocabulary: str) -> str:
    return "".join(part.capitalize() for part in vocabulary.split("_"))


def _vocabulary(name: str) -> Schema:
    words: type[StrEnum] = VOCABULARIES[name]
    lines = [f"- `{word}`: {define(name, word).definition_en}" for word in words]
    return {
        "type": "string",
        "enum": [word.value for word in words],
        "description": f"{inspect.cleandoc(words.__doc__ or '')}\n\n" + "\n".join(lines),
    }
