"""The description says everything: a walk through it from end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from negotiations.api.parameters import LARGEST
from negotiations.api.problems import CODES, MEDIA_TYPE
from negotiations.api.schema import document
from negotiations.vocabulary import VOCABULARIES

DOCUMENT = json.loads(document())
OPERATIONS = [one for item in DOCUMENT["paths"].values() for one in item.values()]
OPERATION = pytest.mark.parametrize(
    "operation", OPERATIONS, ids=lambda one: str(one["operationId"])
)
# What every route can refuse.
ALWAYS = {"400", "401", "405", "406", "429", "500", "503"}
# Members that hold one of a closed list of words, wherever they stand in an answer.
CLOSED = {"noun", "verb", "role", "kind", "review", "vocabulary", *VOCABULARIES}
# Members of those names that are something else.
OPEN = {"DraftRow.kind"}


def _resolved(part: Mapping[str, Any]) -> Any:
    found: Any = DOCUMENT if "$ref" in part else part
    for name in part.get("$ref", "#").split("/")[1:]:
        found = found[name]
    return found


def _schemas(schema: Any) -> Iterator[Any]:
    """A schema and all within it; references are not followed."""
    yield schema
    for name in ("anyOf", "allOf"):
        for one in schema.get(name, ()):
            yield from _schemas(one)
    if isinstance(schema.get("items"), dict):
        yield from _schemas(schema["items"])


def test_operations_have_names_of_their_own() -> None:
    names = [operation["operationId"] for operation in OPERATIONS]
    assert len(set(names)) == len(names)


@OPERATION
def test_an_operation_says_what_it_is_for(operation: Any) -> None:
    """Summary, group, and every parameter with its schema; the group is described."""
    assert operation["summary"]
    assert operation["tags"]
    assert set(operation["tags"]) <= {tag["name"] for tag in DOCUMENT["tags"] if tag["description"]}
    for parameter in operation["parameters"]:
        assert parameter["description"]
        assert parameter["schema"]


@OPERATION
def test_an_operation_says_how_it_ends(operation: Any) -> None:
    """Success with its media type and headers; every refusal as a problem with its examples."""
    told = {status: _resolved(part) for status, part in operation["responses"].items()}
    # Health is never limited, and has its own 503.
    assert told.keys() >= ALWAYS - ({"429"} if operation["operationId"] == "show_health" else set())
    assert {"200", "201", "204"} & told.keys()
    for status, response in told.items():
        assert response["description"]
        for header in map(_resolved, response.get("headers", {}).values()):
            assert header["description"]
            assert header["example"]
        if status >= "400" and operation["operationId"] != "show_health":
            (content,) = response["content"].values()
            assert list(response["content"]) == [MEDIA_TYPE]
            assert set(content["examples"]) <= set(CODES[int(status)])
            assert all(f"`{code}`" in response["description"] for code in content["examples"])


@OPERATION
def test_an_operation_says_what_it_tells_beside_the_body(operation: Any) -> None:
    """What is left, and the tag wherever a 304 is possible."""
    told = {status: _resolved(part) for status, part in operation["responses"].items()}
    for status, response in told.items():
        if operation["operationId"] != "show_health" and status != "304":
            assert {"RateLimit", "RateLimit-Policy"} <= response["headers"].keys()
        if status in ("429", "503") and operation["operationId"] != "show_health":
            assert "Retry-After" in response["headers"]
    if "304" in told:
        assert "ETag" in told["304"]["headers"]
        assert "ETag" in told["200"]["headers"]


def test_every_code_is_told_somewhere() -> None:
    """A code that no operation can answer with is no part of the contract."""
    told = {
        code
        for response in DOCUMENT["components"]["responses"].values()
        for content in response.get("content", {}).values()
        for code in content["examples"]
    }
    assert told == {code for codes in CODES.values() for code in codes}


def test_words_of_closed_lists_are_enumerated() -> None:
    """Wherever they stand."""
    open_ones = {
        f"{name}.{member}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for member, described in schema.get("properties", {}).items()
        if member in CLOSED
        if not any("enum" in one or "$ref" in one for one in _schemas(described))
    }
    assert open_ones == OPEN


def test_objects_are_described_and_closed() -> None:
    """What an answer may hold is all told; numbers of bodies are bounded."""
    for name, schema in DOCUMENT["components"]["schemas"].items():
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, name
    assert LARGEST < 2**63
