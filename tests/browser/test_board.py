"""The board's picture in a browser: hints, keys, touch, what is copied; and without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_pages import opened

pytestmark = pytest.mark.browser
BOARD = "/rok-us/?known_on=2025-10-14"
_HERE = "document.activeElement.getAttribute('aria-label')"


def test_one_tab_stop_and_arrows_lead_through_the_picture(site: Site, chromium: Any) -> None:
    with opened(chromium, viewport={"width": 1280, "height": 900}) as page:
        page.goto(site.url + BOARD)
        assert page.locator(".lanes-picture a[tabindex='0']").count() == 1
        page.locator(".lanes").focus()
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("!!document.activeElement.closest('.lanes-picture')"):
                break
        first = page.evaluate(_HERE)
        lane = "document.activeElement.parentElement.getAttribute('aria-label')"
        assert page.evaluate(lane) == "Security agreement"
        hint = page.locator("#hint")
        assert hint.is_visible()
        assert hint.locator("p").first.inner_text() in first
        page.keyboard.press("Escape")
        assert not hint.is_visible()
        page.keyboard.press("ArrowLeft")
        assert page.evaluate(_HERE) != first
        assert hint.is_visible()
        page.keyboard.press("ArrowDown")
        assert page.evaluate(lane) == "Defence spending"
        page.keyboard.press("Home")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "known_on=2025-10-14" in page.url
        assert page.said == []


def test_a_hint_can_be_hovered_and_dismissed(site: Site, chromium: Any) -> None:
    with opened(chromium, viewport={"width": 1280, "height": 900}) as page:
        page.goto(site.url + BOARD)
        page.locator(".lanes-picture .band").nth(2).hover()
        hint = page.locator("#hint")
        assert "since" in hint.inner_text()
        assert page.locator(".lanes-picture title").count() == 0
        hint.hover()
        page.wait_for_timeout(400)
        assert hint.is_visible()
        page.keyboard.press("Escape")
        assert not hint.is_visible()


def test_a_tap_tells_first_and_leads_on_by_a_link(site: Site, chromium: Any) -> None:
    with opened(chromium, viewport={"width": 360, "height": 800}, has_touch=True) as page:
        page.goto(site.url + "/ko" + BOARD)
        mark = page.locator(".lanes-picture .milestone").last
        mark.scroll_into_view_if_needed()
        mark.tap()
        link = page.locator("#hint a")
        assert link.inner_text() == "근거 보기"
        box = page.locator("#hint").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        with page.expect_navigation():
            link.tap()
        assert "/ko/rok-us/" in page.url


def test_the_link_is_copied(site: Site, chromium: Any) -> None:
    with opened(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(site.url + BOARD)
        page.get_by_role("button", name="Copy link").click()
        page.get_by_text("Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#permanent").input_value()
        page.goto(copied)
        assert page.locator(".clock-banner").is_visible()


def test_without_scripts_marks_are_links_with_titles(site: Site, chromium: Any) -> None:
    with opened(chromium, java_script_enabled=False) as page:
        page.goto(site.url + BOARD)
        marks = page.locator(".lanes-picture a")
        assert marks.count() == page.locator(".lanes-picture a > title").count() > 50
        assert page.locator("[data-copy]").is_hidden()
        page.locator("#since").fill("2025-09-01")
        page.locator(".period-form button").click()
        assert page.url.endswith("?known_on=2025-10-14&since=2025-09-01&until=#over-time")
        page.get_by_role("link", name="Washington", exact=True).first.click()
        assert "party=US" in page.url
        page.locator(".same-facts summary").click()
        assert page.get_by_text("Stages over time, according to Washington").is_visible()
        page.locator(".skip-picture").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.url.endswith("#after-picture")


def test_amounts_of_figures_stay_in_sight_on_a_phone(site: Site, chromium: Any) -> None:
    """The chart begins at its end there, where the axis would be scrolled away."""
    inside = """one => {
        const box = one.querySelector('.fig-amounts text').getBoundingClientRect();
        const around = one.querySelector('.fig-scroll').getBoundingClientRect();
        return box.width > 0 && box.left >= around.left && box.right <= around.right;
    }"""
    with opened(chromium, viewport={"width": 360, "height": 800}) as page:
        page.goto(f"{site.url}/rok-us/figures/?known_on=2025-10-14")
        chart = page.locator(".figure-chart").first
        assert chart.evaluate(inside)
        chart.locator(".fig-scroll").evaluate("one => one.scrollBy(-60, 0)")
        assert chart.evaluate(inside)
        page.set_viewport_size({"width": 1280, "height": 900})
        assert not chart.locator(".fig-amounts").is_visible()
