"""The documentation page, and the written one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from negotiations.api import urls
from negotiations.api.docs import Route, problems, routes
from negotiations.api.openapi import operation_id

README = (Path(urls.__file__).parent / "README.md").read_text()


def _page(client: Client) -> str:
    return client.get("/api/docs/").content.decode()


def test_every_route_is_described() -> None:
    """What `urls.py` lists is what the description and the page list, in that order."""
    parts = [getattr(pattern.callback, "parts", {}) for pattern in urls.urlpatterns]
    views = [view.cls for each in parts for view in each.values()]

    assert [route.operation_id for route in routes()] == [operation_id(view) for view in views]


def test_page_tells_every_route_and_problem() -> None:
    """Without scripts: each route with its parameters, each problem at its anchor."""
    page = _page(Client())

    for route in routes():
        assert f'id="{route.operation_id}"' in page
        assert route.path in page
    for problem in problems():
        assert f'id="problem-{problem["code"]}"' in page
        assert problem["ko"].split("{")[0] in page


def test_page_obeys_the_policy() -> None:
    """No inline script or style, nothing from elsewhere."""
    page = _page(Client())

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r'(?:src|href|data-script|data-style)="(?:https?:)?//', page)


@pytest.mark.parametrize("route", list(routes()), ids=lambda route: str(route.path))
def test_readme_lists_the_route(route: Route) -> None:
    """Each route stands in the README with all of its own parameters."""
    path = route.path.removeprefix("/api/v1")
    rows = [line for line in README.splitlines() if f"`{path}`" in line]

    assert rows, f"{path} is not in negotiations/api/README.md"
    for parameter in route.parameters:
        if parameter.place == "query" and parameter.name not in COMMON:
            assert f"`{parameter.name}`" in rows[0]


COMMON = {"on", "known_by", "as_of", "limit", "cursor"}


def test_readme_lists_the_problems_and_common_parameters() -> None:
    """Codes, clocks and paging."""
    for problem in problems():
        assert f"`{problem['code']}`" in README
    for name in COMMON:
        assert f"`{name}`" in README
