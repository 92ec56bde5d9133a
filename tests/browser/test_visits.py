"""Since your last visit: kept in the browser, said in a line that moves nothing."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.site import Site, run
from tests.browser.test_pages import opened

pytestmark = pytest.mark.browser
KEY = "parley.visit.rok-us"
# More than one page of acts has.
LOOKS = 60
A_DAY = 86_400_000
PHONE = {"width": 360, "height": 800}
SHIFTS = """() => new Promise((told) => {
  let all = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) all += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => told(all), 500);
})"""


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A phone."""
    with opened(chromium, viewport=PHONE) as page:
        yield page


def kept(page: Any) -> Any:
    """What the browser keeps of the visits."""
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def earlier(page: Any, *, acts: int) -> int:
    """Make the visit one of the day before, when so many acts were not there yet."""
    visit = kept(page)
    number = int(visit["number"]) - acts
    past = {**visit, "number": number, "board": number, "at": visit["at"] - A_DAY}
    page.evaluate("([key, visit]) => localStorage.setItem(key, visit)", [KEY, json.dumps(past)])
    return number


def line(page: Any) -> str:
    """What is said, once it is."""
    page.locator(".visit-line button").wait_for()
    return str(page.locator(".visit-line").inner_text())


@pytest.mark.parametrize("language", ["", "/ko"])
@pytest.mark.parametrize("path", ["/rok-us/", "/rok-us/tariffs/"])
def test_another_visit_tells_what_is_new_and_moves_nothing(
    site: Site, page: Any, path: str, language: str
) -> None:
    page.goto(f"{site.url}{language}/rok-us/")
    assert page.locator(".visit-line").inner_text() == ""
    number = earlier(page, acts=2)
    page.goto(f"{site.url}{language}{path}")
    assert f"№ {number}" in line(page)
    assert page.evaluate(SHIFTS) < 0.0001
    assert page.said == []


def test_the_line_leads_to_what_changed_and_stays_for_the_visit(site: Site, page: Any) -> None:
    page.goto(f"{site.url}/rok-us/")
    number = earlier(page, acts=200)
    page.goto(f"{site.url}/rok-us/")
    assert line(page).endswith(" changes Forget")
    page.locator(".visit-line a").click()
    assert page.url == f"{site.url}/rok-us/compare/?since={number}"
    page.goto(f"{site.url}/rok-us/")
    assert f"№ {number}" in line(page)


def test_nothing_new_is_said_without_asking(site: Site, page: Any) -> None:
    page.goto(f"{site.url}/rok-us/")
    earlier(page, acts=0)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/rok-us/")
    assert line(page).startswith("Nothing new since your last visit on")
    assert [url for url in asked if "/api/" in url] == []


def test_what_is_forgotten_is_kept_no_more_until_it_is_wanted(site: Site, page: Any) -> None:
    page.goto(f"{site.url}/rok-us/")
    earlier(page, acts=0)
    page.goto(f"{site.url}/rok-us/")
    page.locator(".visit-line button").click()
    assert page.locator(".visit-line").inner_text().startswith("Forgotten.")
    page.goto(f"{site.url}/rok-us/")
    assert kept(page) is None
    page.goto(f"{site.url}/about/")
    choice = page.locator("[data-visits-choice]")
    assert choice.inner_text().startswith("No visits are kept")
    choice.locator("button").click()
    assert choice.inner_text().startswith("Visits are kept")
    page.goto(f"{site.url}/rok-us/")
    assert kept(page)["number"] > 0


def test_where_nothing_may_be_kept_nothing_is_said(site: Site, page: Any) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    )
    page.goto(f"{site.url}/rok-us/")
    assert page.locator(".visit-way a").is_visible()
    assert page.locator(".visit-line").inner_text() == ""
    page.goto(f"{site.url}/about/")
    assert not page.locator("[data-visits-choice]").is_visible()
    assert page.said == []


def test_a_page_of_the_past_is_no_visit(site: Site, page: Any) -> None:
    page.goto(f"{site.url}/rok-us/?known_on=2025-10-05")
    assert page.evaluate("localStorage.length") == 0


@pytest.fixture(scope="module")
def looked_at(site: Site) -> Site:
    """The site, at one of whose tracks the desk has looked again and again, without a change."""
    looking = [sys.executable, "-m", "tests.browser.looking"]
    run([*looking, str(LOOKS), "rok-us/currency-swap"], site.environ)
    return site


def told(page: Any, site: Site, language: str, *, acts: int) -> str:
    """What is said of so many acts, after their numbers."""
    page.goto(f"{site.url}{language}/rok-us/")
    earlier(page, acts=acts)
    page.goto(f"{site.url}{language}/rok-us/")
    return line(page).partition(")")[2].removesuffix("Forget").removesuffix("지우기").strip()


@pytest.mark.parametrize(
    ("language", "nothing", "one", "many"),
    [
        ("", ".", ": 1 change", ": more than 50 changes"),
        ("/ko", "이후 새로운 것이 없습니다.", "이후 변경 1건", "이후 변경 50건 넘음"),
    ],
)
def test_that_somebody_looked_is_no_change(
    looked_at: Site, page: Any, language: str, nothing: str, one: str, many: str
) -> None:
    """Only the last act before all the looks is one."""
    assert told(page, looked_at, language, acts=LOOKS) == nothing
    assert told(page, looked_at, language, acts=LOOKS + 1) == one
    assert told(page, looked_at, language, acts=LOOKS + 200) == many


@pytest.mark.parametrize(
    ("language", "some", "least"),
    [("", "", ": at least 2 changes"), ("/ko", "이후 달라진 점", "이후 변경 2건 이상")],
)
def test_where_not_all_acts_are_looked_through_no_number_is_said_to_be_all(
    looked_at: Site, page: Any, language: str, some: str, least: str
) -> None:
    """Pages of five acts: four of them end among the looks. Drafts have numbers of their own."""
    asked: list[str] = []

    def shorter(route: Any) -> None:
        asked.append(route.request.url)
        route.continue_(url=re.sub(r"limit=\d+", "limit=5", route.request.url))

    page.route("**/api/v1/changes/**", shorter)
    assert told(page, looked_at, language, acts=LOOKS) == some
    assert len(asked) == 4
    assert page.locator(".visit-line a").get_attribute("href").startswith(f"{language}/rok-us/")
    assert told(page, looked_at, language, acts=LOOKS + 3) == least
