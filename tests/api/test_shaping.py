"""JSON Schema read off dataclasses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_type_hints

import pytest

from negotiations.api.shaping import shape_schema
from negotiations.queries import shapes
from negotiations.queries.shapes import Page, TrackRef
from negotiations.vocabulary import VOCABULARIES, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A leaf."""

    stage: str | None
    said_on: str
    parent: Leaf | None


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (str, {"type": "string"}),
        (int | None, {"type": ["integer", "null"]}),
        (date, {"type": "string", "format": "date"}),
        (datetime | None, {"type": ["string", "null"], "format": "date-time"}),
        (Decimal, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
        (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
        (dict[str, object], {"type": "object", "additionalProperties": {}}),
        (TrackRef, {"$ref": "#/components/schemas/TrackRef"}),
        (
            TrackRef | None,
            {"anyOf": [{"$ref": "#/components/schemas/TrackRef"}, {"type": "null"}]},
        ),
        (Page[TrackRef], {"$ref": "#/components/schemas/PageOfTrackRef"}),
    ],
)
def test_hints(hint: Any, schema: dict[str, Any]) -> None:
    """Null, arrays, formats and references are exact."""
    assert shape_schema(hint, {}) == schema


def test_stranger_is_refused() -> None:
    """A hint without a schema is a bug, told at once."""
    with pytest.raises(TypeError):
        shape_schema(complex, {})


def test_dataclass() -> None:
    """All members are there, none more; words are those of the vocabulary; it may hold itself."""
    components: dict[str, Any] = {}
    shape_schema(Leaf, components)
    leaf = components["Leaf"]

    assert leaf["required"] == list(leaf["properties"]) == ["stage", "said_on", "parent"]
    assert leaf["additionalProperties"] is False
    assert leaf["description"] == "A leaf."
    assert "EDTF" in leaf["properties"]["said_on"]["description"]
    assert components["Stage"]["enum"] == [stage.value for stage in Stage]
    assert "agreed_in_principle" in components["Stage"]["description"]


def test_every_word_of_the_shapes_is_held_to_its_vocabulary() -> None:
    """A member that has the name of a vocabulary is an enumeration in the description."""
    plain = []
    for name in shapes.__all__:
        shape: Any = getattr(shapes, name)
        if not dataclasses.is_dataclass(shape) or shape is Page:
            continue
        components: dict[str, Any] = {}
        shape_schema(shape, components)
        members = components[name]["properties"]
        hints = get_type_hints(shape)
        suspects = {*VOCABULARIES, "kind", "floor", "ceiling", "unusual"} & members.keys()
        plain += [
            f"{name}.{member}"
            for member in suspects
            if hints[member] in (str, str | None) and "string" in str(members[member].get("type"))
            if "enum" not in members[member]
        ]

    assert plain == []
