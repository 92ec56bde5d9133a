"""Every kind of desk page in a real browser: axe, console, width, targets; Nu checks."""

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

from tests.browser.desk_site import DeskSite
from tests.browser.keyboard import Keyboard
from tests.browser.officers import REVIEWER
from tests.browser.test_journey import sign_in
from tests.browser.test_pages import LANGUAGES, LOOKS, SMALLEST, width

pytestmark = pytest.mark.browser
# The checker's remarks that are not mistakes: browsers that do not know these lose a comfort.
_REMARKS = re.compile("“(date|inputmode|datetime-local)”.* not supported in all browsers")
# As WCAG 2.2 has it, and axe looks for it only when it is asked to.
_RULES = {"rules": {"target-size": {"enabled": True}}}
# The finding that finds nothing is a page with its own status.
_NOTHING = {"finding"}


@pytest.fixture(scope="module")
def seat(desk_site: DeskSite, chromium: Any) -> Any:
    """The cookies of the reviewer, signed in once."""
    context = chromium.new_context()
    sign_in(Keyboard(context, desk_site.url, "en"), REVIEWER)
    kept = context.storage_state()
    context.close()
    return kept


@contextmanager
def tab(chromium: Any, seat: Any, **options: Any) -> Iterator[Any]:
    """A tab of the reviewer that notes what its console and its page say."""
    context = chromium.new_context(storage_state=seat, **options)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    try:
        yield page
    finally:
        context.close()


# Each language and each look once: the four of them would take minutes.
@pytest.mark.parametrize(("language", "look"), [("", "light wide"), ("/ko", "dark phone")])
def test_axe_finds_nothing_on_the_desk_and_nothing_sticks_out(
    desk_site: DeskSite, chromium: Any, seat: Any, language: str, look: str
) -> None:
    scheme, across = LOOKS[look]
    faults = {}
    with tab(chromium, seat, color_scheme=scheme) as page:
        for kind, path in desk_site.paths.items():
            page.said.clear()
            page.set_viewport_size({"width": across, "height": 900})
            status = page.goto(f"{desk_site.url}{language}{path}").status
            violations = Axe().run(page, options=_RULES).response["violations"]
            wide = [width(page)]
            page.set_viewport_size({"width": SMALLEST, "height": 640})
            wide.append(width(page))
            found: list[Any] = [(v["id"], v["nodes"][0]["html"][:200]) for v in violations]
            found += [f"{one} px wide" for one in wide if one not in (across, SMALLEST)]
            found += [line for line in page.said if kind not in _NOTHING]
            if status != (404 if kind in _NOTHING else 200):
                found.append(status)
            if found:
                faults[kind] = found
    assert faults == {}


def test_the_checker_finds_nothing_on_the_desk(
    desk_site: DeskSite, chromium: Any, seat: Any, checker: list[str], tmp_path: Path
) -> None:
    context = chromium.new_context(storage_state=seat)
    for language in LANGUAGES:
        for kind, path in desk_site.paths.items():
            name = f"{language.strip('/') or 'en'} {kind}.html".replace(" ", "-")
            body = context.request.get(f"{desk_site.url}{language}{path}").body()
            (tmp_path / name).write_bytes(body)
    context.close()
    files = [str(file) for file in sorted(tmp_path.iterdir())]
    done = subprocess.run(
        [*checker, "--format", "json", "--exit-zero-always", *files],
        capture_output=True,
        text=True,
        check=True,
    )
    found = [
        (message["url"].rpartition("/")[2], message["message"], message.get("extract", ""))
        for message in json.loads(done.stderr)["messages"]
        if not _REMARKS.search(message["message"])
    ]
    assert found == []
