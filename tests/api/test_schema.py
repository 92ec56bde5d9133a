"""The description against the specification, and the API against its description."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from negotiations.api.schema import document, representation
from tests.api.rows import NAMES, PUBLIC, Rows
from tests.reading import only_reading

# Values that only mean something where the rows are; the rest of a generated query is kept.
NAMING = {"cursor", "negotiation", "track", "party", "about", "speaker", "publisher", "source"}


def _application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    # What is read here is not unpacked; compression is the project's and has its own test.
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    with only_reading():
        return WSGIHandler()(environ, start_response)


def _described(*, coverage: bool) -> Any:
    described = schemathesis.openapi.from_dict(json.loads(document()))
    described.app = _application
    described.config.phases.coverage.enabled = coverage
    # Refused methods have a test of their own.
    described.config.phases.coverage.unexpected_methods = set()
    return described


READS = [route.operation_id for route in PUBLIC]
DESCRIBED = _described(coverage=False).include(operation_id=READS)
# Every boundary of every parameter is tried where all kinds of parameter come together.
THOROUGH = _described(coverage=True).include(
    operation_id=["list_statements", "list_timeline", "list_changes", "search_record"]
)
BOUNDED = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
# Of every route; the drills ask each of them eight times as often.
FEW = settings(BOUNDED, max_examples=3)
MANY = settings(BOUNDED, max_examples=24)


def test_description_is_openapi_3_1() -> None:
    """Valid by the specification's own schema, and served as it is."""
    DESCRIBED.validate()
    validate(json.loads(document()), cls=OpenAPIV31SpecValidator)

    assert json.loads(document())["openapi"] == "3.1.0"


def test_description_is_served() -> None:
    """Byte for byte, without a query."""
    assert Client().get("/api/v1/schema/").content == document()


def test_representation_is_stable() -> None:
    """One release, one word."""
    assert representation() == representation()
    assert len(representation()) == 12


# The mark makes pytest-django set up a test database; `rows` alone asks for none.
@pytest.mark.django_db
@DESCRIBED.parametrize()
@FEW
def test_answers_are_as_described(case: schemathesis.Case, rows: Rows) -> None:
    """Generated requests, good and bad: status, media type, headers and body are as told."""
    _try(case, rows)


@pytest.mark.drill
@pytest.mark.django_db
@DESCRIBED.parametrize()
@MANY
def test_many_answers_are_as_described(case: schemathesis.Case, rows: Rows) -> None:
    """The same of many more requests."""
    _try(case, rows)


@pytest.mark.drill
@pytest.mark.django_db
@THOROUGH.parametrize()
@BOUNDED
def test_boundaries_are_as_described(case: schemathesis.Case, rows: Rows) -> None:
    """The same at the edge of what each parameter takes."""
    _try(case, rows)


def _try(case: schemathesis.Case, rows: Rows) -> None:
    if case.meta and case.meta.generation.mode == GenerationMode.POSITIVE:
        _aim(case, rows)
    # A generated clock may lie in the future, which is refused.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


def _aim(case: schemathesis.Case, rows: Rows) -> None:
    """Point a good request at rows that are there."""
    for name in case.path_parameters:
        noun = case.path.split("/")[3]
        named = {**NAMES, "number": 1}
        case.path_parameters[name] = named.get(name) or rows.ids.get(noun, 1)
    for name in NAMING & (case.query or {}).keys():
        del case.query[name]
