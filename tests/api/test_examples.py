"""Examples: one for every answer, recorded, and as the description says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from negotiations.api.examples import problems_of, recorded
from negotiations.api.problems import CODES
from negotiations.api.schema import document

DOCUMENT = json.loads(document())


OPERATIONS = [one for item in DOCUMENT["paths"].values() for one in item.values()]


def _resolved(part: Any) -> Any:
    """A part of the document, or what it refers to."""
    found = DOCUMENT if "$ref" in part else part
    for name in part.get("$ref", "#").split("/")[1:]:
        found = found[name]
    return found


def _faults(schema: Any, value: Any) -> list[str]:
    """Where a value is not as a schema of the document says."""
    whole = {**schema, "components": DOCUMENT["components"]}
    checked = Draft202012Validator(whole, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checked.iter_errors(value)]


def _examples(content: Any) -> Iterator[Any]:
    if "example" in content:
        yield content["example"]
    yield from (one["value"] for one in content.get("examples", {}).values())


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: str(one["operationId"]))
def test_every_body_and_answer_has_an_example_as_described(operation: Any) -> None:
    """Success and problems, in every media type."""
    parts = [*operation["responses"].values(), operation.get("requestBody", {})]
    for part in map(_resolved, parts):
        for media_type, content in part.get("content", {}).items():
            examples = list(_examples(content))
            assert examples, f"{media_type} has no example"
            for example in examples:
                assert _faults(content["schema"], example) == []


def test_problems_are_told_without_gaps() -> None:
    """Every code, with its sentence filled."""
    for status, codes in CODES.items():
        told = problems_of(codes)
        assert list(told) == list(codes)
        for example in told.values():
            assert example["value"]["status"] == status
            assert "{" not in example["value"]["detail"]


def test_examples_are_of_routes_that_are_there() -> None:
    """Nothing is left over from a route that went."""
    assert list(recorded()) == [operation["operationId"] for operation in OPERATIONS]
