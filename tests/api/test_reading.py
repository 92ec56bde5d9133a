"""What holds for every read route: shape, cost, freshness, methods, who may read."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import get_resolver

from negotiations.api.docs import routes
from negotiations.api.reading import Read
from negotiations.api.schema import document
from negotiations.queries.shapes import Page
from tests.api.rows import PUBLIC, Rows

DOCUMENT = json.loads(document())
PATHS = [route.path for route in PUBLIC]
CONDITIONAL = [path for path in PATHS if path != "/api/v1/health/"]
NO_ROWS = Rows(tracks=(), ids={})


def _view(path: str) -> type[Read]:
    match = get_resolver().resolve(NO_ROWS.fill(path).partition("?")[0])
    return match.func.cls  # type: ignore[attr-defined,no-any-return]


def _answer_schema(path: str) -> dict[str, Any]:
    content = DOCUMENT["paths"][path]["get"]["responses"]["200"]["content"]
    return {**content["application/json"]["schema"], "components": DOCUMENT["components"]}


@pytest.mark.parametrize("path", PATHS)
def test_answer_is_as_described(reader: Client, rows: Rows, path: str) -> None:
    """Members, types, words and formats are exactly those of the description."""
    response = reader.get(rows.fill(path))

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    described = jsonschema_rs.Draft202012Validator(_answer_schema(path), validate_formats=True)
    described.validate(response.json())


@pytest.mark.parametrize("path", [path for path in PATHS if _view(path).shape not in (dict,)])
def test_members_are_those_of_the_shape(reader: Client, rows: Rows, path: str) -> None:
    """The contract is the dataclass: no member more, none less."""
    shape, body = _view(path).shape, reader.get(rows.fill(path)).json()
    if getattr(shape, "__origin__", None) is Page:
        assert list(body) == ["results", "next"]
        assert body["results"], "a list without a row proves nothing"
        (shape,), body = shape.__args__, body["results"][0]
    if dataclasses.is_dataclass(shape):
        assert set(body) == {field.name for field in dataclasses.fields(shape)}


@pytest.mark.parametrize("path", CONDITIONAL)
def test_unchanged_answer_is_304_at_one_query(
    reader: Client, rows: Rows, query_count: Callable[[Callable[[], Any]], int], path: str
) -> None:
    """If-None-Match is answered from the ledger's newest number alone."""
    address = rows.fill(path)
    first = reader.get(address)
    kept: list[Any] = []

    cost = query_count(
        lambda: kept.append(reader.get(address, headers={"If-None-Match": first["ETag"]}))
    )

    assert cost <= 1
    assert (kept[0].status_code, kept[0].content) == (304, b"")
    for header in ("ETag", "Cache-Control", "Vary"):
        assert kept[0][header] == first[header]


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_a_body(reader: Client, rows: Rows, path: str) -> None:
    """HEAD has the headers of GET."""
    address = rows.fill(path)
    got, head = reader.get(address), reader.head(address)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers.get("ETag") == got.headers.get("ETag")


@pytest.mark.parametrize("path", PATHS)
def test_writing_methods_are_refused(reader: Client, path: str) -> None:
    """405 names what is allowed."""
    taken = {route.method for route in routes() if route.path == path}
    for method in {"POST", "PUT", "PATCH", "DELETE"} - taken:
        response = reader.generic(method, NO_ROWS.fill(path))

        assert response.status_code == 405
        assert response.json()["code"] == "method_not_allowed"
        writes = "".join(f"{name}, " for name in ("POST", "PUT", "DELETE") if name in taken)
        assert response["Allow"] == f"GET, {writes}HEAD, OPTIONS"


@pytest.mark.parametrize("path", PATHS)
def test_unknown_parameter_is_refused_by_name(reader: Client, path: str) -> None:
    """The sentence names every parameter that is valid here."""
    response = reader.get(NO_ROWS.fill(path), {"colour": "blue"})
    problem = response.json()

    assert (response.status_code, problem["code"], problem["at"]) == (
        400,
        "unknown_parameter",
        "colour",
    )
    for parameter in _view(path).parameters:
        assert parameter.name in problem["detail"]


@pytest.mark.parametrize("path", [path for path in PATHS if "{" in path])
def test_what_is_not_there_is_not_found(reader: Client, path: str) -> None:
    """Nothing by that name, nothing by that id."""
    names = {
        "negotiation": "n",
        "track": "t",
        "id": 10**9,
        "number": 10**9,
        "slug": "s",
        "meeting": "m",
    }
    response = reader.get(path.format(code="C", **names))

    code = "no_public_act" if "{number}" in path else "not_found"
    assert (response.status_code, response.json()["code"]) == (404, code)


@pytest.mark.parametrize("path", [path for path in PATHS if "{id}" in path])
@pytest.mark.parametrize("id", ["0", "01", "-1", "x", "٣", "9" * 30, "%00", "1%0A"])
def test_what_is_no_id_is_not_found(reader: Client, path: str, id: str) -> None:
    """Ids are plain ASCII digits."""
    response = reader.get(path.replace("{id}", id))

    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_routes_that_show_the_record_take_all_clocks() -> None:
    """Reference data and the service itself take none; the ledger is its own clock."""
    # An address that names an act has the record's clock in it.
    free = [path for path in PATHS if "{number}" not in path]
    without = {path.split("/")[3] for path in free if not _takes_clocks(path)}

    assert without == {
        "people",
        "parties",
        "publishers",
        "changes",
        "ledger",
        "oembed",
        "reports",
        "vocabulary",
        "schema",
        "health",
    }


def _takes_clocks(path: str) -> bool:
    names = [parameter.name for parameter in _view(path).parameters]
    return {"on", "known_by", "as_of"} <= set(names)
