"""Every kind of page in a real browser: axe, console, width, and without JavaScript; Nu checks."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.site import Site

pytestmark = pytest.mark.browser
KINDS = (
    "home", "board", "board then", "brief", "brief then", "handover",
    "linkages", "milestones", "milestones then", "track",
    "track then", "track by kind", "quotation",
    "what changed", "what changed on a track", "days reversed",
    "paraphrase", "corrected", "correction", "retracted", "source", "person", "changes",
    "corrections", "vocabulary", "about", "letters", "letters asked for",
    "nothing there", "refused",
)  # fmt: skip
REFUSED = {"nothing there", "refused", "days reversed"}
LANGUAGES = ("", "/ko")
# The smallest phone still about: nothing may stick out there either.
SMALLEST = 320
LOOKS = {"light wide": ("light", 1280), "dark phone": ("dark", 360)}
# The checker's remarks that are not mistakes: every browser we serve knows the date input.
REMARKS = re.compile("“date” input type is not supported in all browsers")


@contextmanager
def opened(chromium: Any, **options: Any) -> Iterator[Any]:
    """A tab that notes what its console and its page say."""
    context = chromium.new_context(**options)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    try:
        yield page
    finally:
        context.close()


def width(page: Any) -> int:
    """How wide the page is, with what sticks out."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_sticks_out(
    site: Site, chromium: Any, kind: str, language: str, look: str
) -> None:
    scheme, across = LOOKS[look]
    viewport = {"width": across, "height": 900}
    with opened(chromium, viewport=viewport, color_scheme=scheme) as page:
        page.goto(f"{site.url}{language}{site.paths[kind]}")
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in found] == []
        assert width(page) <= across
        page.set_viewport_size({"width": SMALLEST, "height": 640})
        assert width(page) <= SMALLEST
        # The browser itself notes the status of a page that is refused.
        said = [line for line in page.said if kind not in REFUSED or "status of 40" not in line]
        assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_without_javascript(site: Site, chromium: Any, language: str) -> None:
    with opened(chromium, java_script_enabled=False) as page:
        for kind in KINDS:
            page.goto(f"{site.url}{language}{site.paths[kind]}")
            assert page.locator("h1").is_visible(), kind
            assert page.locator("main").inner_text().strip(), kind


def test_the_clock_is_set_without_javascript(site: Site, chromium: Any) -> None:
    with opened(chromium, java_script_enabled=False) as page:
        page.goto(f"{site.url}/rok-us/currency-swap/?kind=statement")
        page.locator("#known_on").fill("2025-09-20")
        page.locator(".clock-form button").click()
        assert page.url.endswith("/rok-us/currency-swap/?known_on=2025-09-20&kind=statement")
        assert "As known on 20 September 2025" in page.locator(".clock-banner").inner_text()
        assert "Mooted" in page.locator(".standing").first.inner_text()
        page.locator(".clock-banner a").click()
        assert "known_on" not in page.url


def test_a_timeline_is_turned_without_javascript(site: Site, chromium: Any) -> None:
    with opened(chromium, java_script_enabled=False) as page:
        page.goto(f"{site.url}/rok-us/investment/")
        first = page.locator(".entry").first.get_attribute("id")
        page.locator("a[rel=next]").click()
        assert page.locator(".entry").count() > 0
        assert page.locator(".entry").first.get_attribute("id") != first


def test_the_text_directive_leads_to_the_words(site: Site, chromium: Any) -> None:
    """Our own page holds the same text, so that its address can be tried with the directive."""
    with opened(chromium, viewport={"width": 800, "height": 300}) as page:
        page.goto(site.url + site.paths["quotation"])
        link = page.locator("a.out[href*=':~:']").get_attribute("href")
        # A browser looks for the words until shortly after the page is there; where the machine is
        # busy that can be too short, and a reader would load the page again.
        for _ in range(3):
            page.goto("about:blank")
            page.goto(f"{site.url}{site.paths['quotation']}#:~:{link.partition(':~:')[2]}")
            if _comes_into_view(page):
                return
        pytest.fail("the marked words did not come into view")


def _comes_into_view(page: Any) -> bool:
    # It may scroll there smoothly; the page's own rules forbid waiting by a script's words.
    for _ in range(50):
        if 0 <= page.locator("mark").bounding_box()["y"] <= 300:
            return True
        page.wait_for_timeout(100)
    return False


def test_what_is_folded_away_is_printed(site: Site, chromium: Any) -> None:
    with opened(chromium) as page:
        page.emulate_media(media="print")
        page.goto(f"{site.url}/rok-us/currency-swap/?known_on=2025-10-05")
        assert page.locator(".clock-banner").is_visible()
        assert not page.locator(".clock-form").is_visible()
        assert not page.locator(".filter").is_visible()
        assert page.locator(".colophon .address").is_visible()


def test_the_checker_finds_nothing(site: Site, checker: list[str], tmp_path: Path) -> None:
    for language in LANGUAGES:
        for kind in KINDS:
            name = f"{language.strip('/') or 'en'} {kind}.html".replace(" ", "-")
            (tmp_path / name).write_bytes(site.read(language + site.paths[kind]))
    files = [str(file) for file in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        [*checker, "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(done.stderr)["messages"]
    found = [
        (message["url"].rpartition("/")[2], message["message"], message.get("extract", ""))
        for message in messages
        if not REMARKS.search(message["message"])
    ]
    assert found == []
    assert len(files) == len(KINDS) * len(LANGUAGES)
