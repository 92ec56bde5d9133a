"""The documentation page in a real browser, under its own policy; `make browser`.

What the page asks for is fetched first and then given to the browser, so no server is needed.
"""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://localhost"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
ADDRESSES = ("/api/docs/", "/api/v1/schema/", "/api/v1/negotiations/", "/favicon.ico")


def _answer(route: Route, kept: dict[str, Any], asked: list[str]) -> None:
    asked.append(route.request.url)
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path.startswith("/static/"):
        route.fulfill(path=finders.find(path.removeprefix("/static/")))
    else:
        kept_answer = kept[path]
        headers = dict(kept_answer.headers)
        route.fulfill(status=kept_answer.status_code, headers=headers, body=kept_answer.content)


@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (1100, "dark"), (360, "light")])
def test_page_and_console_work_under_the_policy(client: Client, width: int, scheme: Any) -> None:
    """No violation, nothing from elsewhere, nothing for axe to find, and the console answers."""
    kept = {address: client.get(address) for address in ADDRESSES}
    asked: list[str] = []
    complaints: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", lambda route: _answer(route, kept, asked))
        page.goto(f"{SITE}/api/docs/")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        violations = Axe().run(page).response["violations"]
        sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        status = _try_console(page)
        chromium.close()

    assert kept["/api/docs/"]["Content-Security-Policy"]
    assert (complaints, violations, sideways, status) == ([], [], False, "200")
    assert [url for url in asked if not url.startswith((SITE, "data:"))] == []


def _try_console(page: Page) -> str:
    page.click("#try-open")
    page.click(".opblock >> nth=0")
    page.click(".execute")
    return page.inner_text(".live-responses-table tbody td.response-col_status").strip()
