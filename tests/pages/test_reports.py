"""Reporting an error as a reader does it, and what everybody reads of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import ErrorReport, LedgerEntry
from negotiations.operations import reports as room
from negotiations.rates import Policy
from tests.factories import reports as made
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk
from tests.pages.markup import Markup, parse
from tests.pages.parts import facts

__all__ = ["db", "desk", "opened_desk"]
HOSTILE = '<script>alert(1)</script>"><b>bold</b> \u202etxt'


@pytest.fixture
def browser(desk: Desk) -> Client:  # noqa: ARG001 (there must be a desk)
    """A reader's browser."""
    return Client()


@pytest.fixture
def page(desk: Desk) -> str:
    """Where an error in the published statement is reported."""
    return f"/reports/new/?about=statement:{desk.ids['statement']}"


def form(**changes: Any) -> dict[str, Any]:
    """What the page sends."""
    return {"kind": "wrong_date", "text": "It was Friday.", "source_url": "", "website": "",
            **changes}  # fmt: skip


def read(browser: Client, path: str, *, status: int = 200) -> Markup:
    """A page as it is told, well made."""
    response = browser.get(path)
    assert response.status_code == status, response.content.decode()[:2000]
    told = parse(response.content.decode())
    assert told.mistakes == []
    return told


def test_a_report_gets_a_number_and_a_page_that_keeps_what_was_written(
    browser: Client, page: str
) -> None:
    sent = browser.post(page, form(text="The minister takes bribes."))
    number = ErrorReport.objects.get().pk
    assert (sent.status_code, sent["Location"]) == (303, f"/reports/{number}/")
    for path in (f"/reports/{number}/", "/reports/", "/ko/reports/", f"/ko/reports/{number}/"):
        assert "bribes" not in browser.get(path).content.decode()
    told = read(browser, f"/reports/{number}/")
    assert told.one("h1").words == f"Report {number}"
    assert told.one("p", class_="lead").words == "Received"
    assert facts(told)["Kind"] == ("Wrong date It was said, published or effective on another day.")
    assert "sessionid" not in browser.cookies


def test_the_page_says_what_is_reported_and_has_every_kind(browser: Client, page: str) -> None:
    told = read(browser, page)
    kinds = [e.attributes["value"] for e in told.all("input", type="radio")]
    assert kinds[0] == "misquoted"
    assert len(kinds) == 7
    assert told.one("h1").words == "Report an error"
    korean = read(browser, f"/ko{page}")
    assert korean.one("h1").words == "오류 제보"
    assert browser.get(page)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("noun", ["statement", "source", "status_change", "milestone"])
def test_a_draft_is_answered_as_what_there_is_not(browser: Client, desk: Desk, noun: str) -> None:
    draft = desk.draft(noun).id
    answers = set()
    for id in (draft, 10**9):
        for response in (
            browser.get(f"/reports/new/?about={noun}:{id}"),
            browser.post(f"/reports/new/?about={noun}:{id}", form()),
        ):
            told = re.sub(r"about=\w+(:|%3A)\d+", "", response.content.decode())
            answers.add((response.status_code, told))
    assert [status for status, _ in answers] == [404]
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "about",
    ["", "statement:", "statement:x", "person:cho", "track:talks", "javascript:alert(1)",
     "statement:1;drop", "../../desk"],
)  # fmt: skip
def test_what_names_nothing_is_refused_in_words(browser: Client, about: str) -> None:
    told = read(browser, f"/reports/new/?about={quote(about)}", status=400)
    assert "statement:12" in told.one("p", class_="lead").words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "boring"}, "kind"),
        ({"text": "  "}, "text"),
        ({"text": "a\x00"}, "text"),
        ({"text": "a" * (room.LONGEST_TEXT + 1)}, "text"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "https://a.example/" + "a" * 2000}, "source_url"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    browser: Client, page: str, changes: dict[str, Any], field: str
) -> None:
    response = browser.post(page, form(**changes))
    told = parse(response.content.decode())
    assert (response.status_code, told.mistakes) == (422, [])
    assert told.one("p", id=f"id_{field}_error").words
    assert not ErrorReport.objects.exists()


def test_a_program_that_fills_in_everything_is_told_so(browser: Client, page: str) -> None:
    response = browser.post(page, form(website="https://spam.example"))
    assert response.status_code == 422
    assert "a trap for programs" in response.content.decode()
    assert not ErrorReport.objects.exists()


def test_hostile_text_is_text(browser: Client, page: str) -> None:
    refused = browser.post(page, form(text=HOSTILE, kind="")).content.decode()
    assert "<script>alert" not in refused
    assert "<b>bold" not in refused


def test_a_huge_body_is_refused(browser: Client, page: str) -> None:
    response = browser.post(page, form(text="a" * 3_000_000))
    assert response.status_code == 413
    assert not ErrorReport.objects.exists()


def test_the_button_pressed_twice_makes_one_report(browser: Client, page: str) -> None:
    first, second = (browser.post(page, form())["Location"] for _ in range(2))
    assert first == second
    assert ErrorReport.objects.count() == 1


def test_one_visitor_reports_only_so_often(browser: Client, page: str, settings: Any) -> None:
    settings.RATE_STORE = ""
    settings.RATE_REPORTS = Policy(name="test-of-reports", quota=1, seconds=3600)
    assert browser.post(page, form()).status_code == 303
    assert browser.post(page, form(text="Another.")).status_code == 429
    assert browser.get(page).status_code == 200
    assert ErrorReport.objects.count() == 1


def test_a_form_from_elsewhere_is_refused(page: str) -> None:
    assert Client(enforce_csrf_checks=True).post(page, form()).status_code == 403
    assert not ErrorReport.objects.exists()


def test_other_methods_are_refused(browser: Client, page: str) -> None:
    assert browser.put(page).status_code == 405
    assert browser.post("/reports/", form()).status_code == 405


def test_what_was_corrected_is_said_before_it_is_reported(browser: Client, desk: Desk) -> None:
    first = desk.published("statement")
    desk.correct("statement", first, paraphrase_en="They are far apart.")
    path = f"/reports/new/?about=statement:{first}"
    told = read(browser, path)
    assert "This version was corrected." in told.one("div", class_="notice-correction").words
    assert browser.post(path, form()).status_code == 303


def test_the_address_of_a_report_has_no_clocks(browser: Client, page: str) -> None:
    """It is of today's record; the form's own links keep what its address carries along."""
    asked = f"{page}&known_on=2025-10-14"
    assert "?" not in browser.post(asked, form())["Location"]
    links = [e.attributes["href"] for e in read(browser, asked).within("main", "a")]
    assert [href for href in links if href[0] == "/" and "known_on=2025-10-14" not in href] == []


def _answered(desk: Desk, **columns: Any) -> ErrorReport:
    officer = {"answered_by_id": desk.reviewer.officer, "answered_at": datetime.now(UTC)}
    return made.report(**{**officer, "received_at": datetime.now(UTC), **columns})


def test_an_answer_is_read_in_both_languages(browser: Client, desk: Desk) -> None:
    act = LedgerEntry.objects.filter(public=True).latest("number").number
    row = _answered(desk, state="corrected", correction=act, answer_en="You were right.",
                    answer_ko="지적이 맞았습니다.")  # fmt: skip
    told = read(browser, f"/reports/{row.pk}/")
    assert "You were right." in told.words
    assert facts(told)["Corrected by"].startswith(f"№ {act}")
    assert "지적이 맞았습니다." in read(browser, f"/ko/reports/{row.pk}/").words
    other = _answered(desk, state="duplicate", duplicate_of=row)
    assert facts(read(browser, f"/reports/{other.pk}/"))["Reported before"] == f"Report {row.pk}"


def test_of_abuse_only_that_it_was_is_told(browser: Client, desk: Desk) -> None:
    row = _answered(desk, state="refused", text="", answer_en="")
    assert read(browser, f"/reports/{row.pk}/").one("p", class_="lead").words == "Refused as abuse"


def test_the_list_counts_and_narrows(browser: Client, desk: Desk) -> None:
    _answered(desk, state="not_a_mistake", answer_en="It stands.")
    waiting = made.report()
    told = read(browser, "/reports/")
    assert "Received 1" in told.one("ul", class_="reports-sums").words
    narrowed = read(browser, "/reports/?state=received")
    assert [e.words for e in narrowed.within("h2", "a")] == [f"Report {waiting.pk}"]
    assert browser.get("/reports/?state=lost").status_code == 400


@pytest.mark.parametrize(
    ("answers", "abuse", "is_told"), [(1, 0, False), (3, 5, False), (4, 0, True)]
)
def test_how_long_half_of_the_answers_took_is_told_of_several(
    browser: Client, desk: Desk, answers: int, abuse: int, is_told: bool
) -> None:
    for _ in range(answers):
        _answered(desk, state="not_a_mistake", answer_en="It stands.")
    for _ in range(abuse):
        _answered(desk, state="refused", text="", answer_en="")
    told = "Half of the answers came within a day." in read(browser, "/reports/").words
    assert told is is_told


@pytest.mark.parametrize("path", ["/reports/", "/reports/{}/"])
def test_an_answer_in_the_other_language_alone_says_so(
    browser: Client, desk: Desk, path: str
) -> None:
    english = _answered(desk, state="not_a_mistake", answer_en="It stands.", answer_ko="")
    page = read(browser, "/ko" + path.format(english.pk))
    assert [e.words for e in page.all("span") if e.attributes.get("lang") == "en"] == ["It stands."]
    assert "It stands. 영어로만 답변" in page.words
    assert "It stands. in" not in read(browser, path.format(english.pk)).words


def test_an_empty_list_says_so(browser: Client) -> None:
    assert "Nobody has reported an error so far." in read(browser, "/reports/").words
    assert read(browser, "/reports/7/", status=404).one("h1").words == "Not here"


def test_a_copy_is_good_until_a_report_changes(browser: Client) -> None:
    tag = browser.get("/reports/")["ETag"]
    again = {"If-None-Match": tag}
    assert browser.get("/reports/", headers=again).status_code == 304
    row = made.report()
    fresh = browser.get("/reports/", headers=again)
    assert fresh.status_code == 200
    ErrorReport.objects.filter(pk=row.pk).update(version=2, state="looked_at")
    last = browser.get("/reports/", headers={"If-None-Match": fresh["ETag"]})
    assert (
        "Being looked at 1" in parse(last.content.decode()).one("ul", class_="reports-sums").words
    )


def test_a_copy_under_a_new_tag_tells_the_act_that_changed_it(browser: Client, desk: Desk) -> None:
    """Also where that act has a later time than the moment at which its reader asked."""
    first = desk.published("statement")
    row = made.report(desk.row("statement", first))
    with time_machine.travel(NOW - timedelta(seconds=1), tick=False):
        before = read(browser, f"/reports/{row.pk}/")
        desk.correct("statement", first, paraphrase_en="They are far apart.")
        after = read(browser, f"/reports/{row.pk}/")
    assert ["since corrected" in page.words for page in (before, after)] == [False, True]


def test_many_reports_cost_as_many_queries_as_one(browser: Client) -> None:
    counts = []
    made.report()
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.get("/reports/")
        counts.append(len(queries))
        for n in range(3):
            made.report(text=str(n))
    assert counts[0] == counts[1]
