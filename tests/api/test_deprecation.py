"""What is going to go: declared once, told in headers, schema and documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import path

from negotiations.api import deprecation, filters
from negotiations.api.asking import Asked
from negotiations.api.deprecation import Deprecation, headers_of
from negotiations.api.docs import routes
from negotiations.api.reading import Read
from negotiations.api.routes import gather
from negotiations.api.schema import describe
from negotiations.api.shaping import shape_schema
from negotiations.queries.shapes import Page

pytestmark = pytest.mark.django_db
DOCS = "/api/docs/#deprecation"
LIMIT_GOES = Deprecation(
    since=date(2026, 1, 1), sunset=date(2026, 9, 1), instead="follow `next` instead."
)
ROUTE_GOES = Deprecation(
    since=date(2026, 2, 1), sunset=date(2026, 8, 1), instead="use `/statements/` instead.",
    successor="/api/v1/statements/",
)  # fmt: skip
LIMIT, CURSOR = filters.PAGING


class ListSayings(Read):
    """What was said, as we used to call it."""

    tag = "Statements and sources"
    shape = Page[str]
    parameters = (replace(LIMIT, deprecated=LIMIT_GOES), CURSOR)

    def answer(self, asked: Asked) -> Page[str]:  # noqa: ARG002
        """One."""
        return Page(results=("We are close.",), next="abc")


class ListOldSayings(ListSayings):
    """What was said, at an address that goes."""

    deprecated = ROUTE_GOES


def _headers(view: Any, query: str = "", **more: str) -> Mapping[str, Any]:
    answer = gather(view)(RequestFactory().get(f"/api/v1/sayings/{query}", **more))
    return {name: answer.get(name) for name in ("Deprecation", "Sunset", "Link")}


def test_a_route_that_stays_says_nothing() -> None:
    told = _headers(ListSayings)
    assert told["Deprecation"] is told["Sunset"] is None
    assert told["Link"] == '<http://testserver/api/v1/sayings/?cursor=abc>; rel="next"'


def test_every_answer_of_a_route_that_goes_says_so() -> None:
    """A structured date (RFC 9745), an HTTP date (RFC 8594), the policy and what to use."""
    told = _headers(ListOldSayings)
    assert told["Deprecation"] == "@1769904000"
    assert told["Sunset"] == "Sat, 01 Aug 2026 00:00:00 GMT"
    assert told["Link"] == (
        '<http://testserver/api/v1/sayings/?cursor=abc>; rel="next", '
        f'<{DOCS}>; rel="deprecation"; type="text/html", '
        '</api/v1/statements/>; rel="successor-version"'
    )


@pytest.mark.parametrize("more", [{"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_ACCEPT": "text/csv"}])
def test_so_do_304_and_refusals(more: dict[str, str]) -> None:
    assert _headers(ListOldSayings, **more)["Deprecation"] == "@1769904000"


def test_a_parameter_that_goes_is_told_to_who_uses_it() -> None:
    told = _headers(ListSayings, "?limit=1")
    assert (told["Deprecation"], told["Sunset"]) == ("@1767225600", "Tue, 01 Sep 2026 00:00:00 GMT")
    assert _headers(ListSayings, "?cursor=abc")["Deprecation"] is None


def test_of_several_the_earliest_days_count() -> None:
    told = headers_of([LIMIT_GOES, ROUTE_GOES], docs=DOCS)
    assert told["Deprecation"] == "@1767225600"
    assert told["Sunset"] == "Sat, 01 Aug 2026 00:00:00 GMT"
    assert headers_of([], docs=DOCS) == {}


def test_nothing_goes_sooner_than_promised() -> None:
    with pytest.raises(ValueError, match="less than 180 days"):
        Deprecation(since=date(2026, 1, 1), sunset=date(2026, 6, 29), instead="-")


def test_schema_and_documentation_mark_them() -> None:
    """By the flags of OpenAPI, in words, and with the headers."""
    described = describe([path("api/v1/sayings/", gather(ListOldSayings))])
    (operation,) = described["paths"]["/api/v1/sayings/"].values()
    limit, cursor = operation["parameters"][:2]

    assert operation["deprecated"] is True
    assert operation["description"] == (
        "Deprecated since 2026-02-01, gone on 2026-08-01: use `/statements/` instead."
    )
    assert limit["deprecated"] is True
    assert limit["description"].endswith("gone on 2026-09-01: follow `next` instead.")
    assert "deprecated" not in cursor
    assert {"Deprecation", "Sunset", "Link"} <= operation["responses"]["200"]["headers"].keys()
    (route,) = routes(described)
    assert route.deprecated
    assert "gone on 2026-08-01" in route.description


def test_a_member_that_goes_is_marked_in_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Saying:
        """Words."""

        words: str
        said: str

    monkeypatch.setattr("negotiations.api.shaping.MEMBERS", {"Saying.words": LIMIT_GOES})
    components: dict[str, Any] = {}
    shape_schema(Saying, components)
    assert components["Saying"]["properties"] == {
        "words": {"type": "string", "deprecated": True, "description": LIMIT_GOES.sentence},
        "said": {"type": "string"},
    }


def test_nothing_real_is_deprecated_now() -> None:
    """Whoever deprecates something changes this test, and tells it in the changelog."""
    assert deprecation.MEMBERS == {}
    assert [route.operation_id for route in routes() if route.deprecated] == []
