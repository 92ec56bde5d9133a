"""Reports of errors at the desk: read, taken, answered in public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import ErrorReport, LedgerEntry, Negotiation
from negotiations.operations import Actor
from tests.factories.reports import report
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

LIST = "/desk/reports/"
HOSTILE = '<script>alert(1)</script>"><b>bold</b>'


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """An officer's browser."""
    return Browser(reviewer)


@pytest.fixture
def row(desk: Desk) -> ErrorReport:
    """A report that waits."""
    talks = Negotiation.objects.get(slug="talks")
    about = desk.row("statement", desk.ids["statement"])
    return report(about, negotiation_ids=[talks.pk], text=HOSTILE,
                  source_url="https://paper.example/2")  # fmt: skip


def test_what_waits_stands_on_the_front_and_in_the_list(at: Browser, row: ErrorReport) -> None:
    assert "Reports of errors 1" in words(at.get("/desk/"))
    assert f"Report {row.pk}" in words(at.get(LIST))
    assert words(at.get(f"{LIST}?pile=answered")).count("Nothing here") == 1


@pytest.mark.usefixtures("desk")
def test_nothing_waits_where_nothing_was_reported(at: Browser) -> None:
    assert "Reports of errors" not in words(at.get("/desk/"))


def test_what_was_written_is_text_and_its_address_is_led_to(at: Browser, row: ErrorReport) -> None:
    for path in (LIST, f"{LIST}{row.pk}/"):
        body = at.get(path).content.decode()
        assert "<b>bold" not in body
        assert "<script>alert" not in body
    page = at.read(f"{LIST}{row.pk}/")
    (out,) = page.all("a", class_="out")
    assert out.attributes["href"] == "https://paper.example/2"
    assert "noreferrer" in out.attributes["rel"]


def test_an_officer_takes_it_and_readers_see_that(at: Browser, row: ErrorReport) -> None:
    at.press(f"{LIST}{row.pk}/", "take")
    row.refresh_from_db()
    assert row.state == "looked_at"
    assert f"Report {row.pk}" in words(at.get(f"{LIST}?pile=mine"))


def test_an_answer_is_public_at_once(at: Browser, row: ErrorReport) -> None:
    sent = at.press(
        f"{LIST}{row.pk}/", "answer", outcome="not_a_mistake", answer_en="It says Thursday."
    )
    assert sent["Location"] == LIST
    told = Client().get(f"/reports/{row.pk}/").content.decode()
    assert "It says Thursday." in told
    assert "Not a mistake" in told


def test_a_refusal_keeps_what_was_typed(at: Browser, row: ErrorReport) -> None:
    page = at.press(
        f"{LIST}{row.pk}/", "answer", status=422, outcome="corrected", answer_en="Mended.",
        correction="999999",
    )  # fmt: skip
    assert "№ 999999 is no correction" in refusals(page)
    assert "Mended." in page.content.decode()
    assert at.press(f"{LIST}{row.pk}/", "answer", status=422).status_code == 422


def test_a_correction_is_linked(at: Browser, row: ErrorReport, desk: Desk) -> None:
    desk.correct("statement", desk.ids["statement"], paraphrase_en="They are far apart.")
    act = LedgerEntry.objects.latest("number").number
    ErrorReport.objects.update(received_at="2025-10-01T00:00Z")
    at.press(f"{LIST}{row.pk}/", "answer", outcome="corrected", correction=str(act),
             answer_en="Mended.")  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.correction) == ("corrected", act)


def test_a_second_answer_meets_the_first(at: Browser, row: ErrorReport) -> None:
    typed = at.filled(f"{LIST}{row.pk}/", outcome="not_a_mistake", answer_en="No.", action="answer")
    ErrorReport.objects.update(version=2)
    assert "at version 2" in refusals(at.send(f"{LIST}{row.pk}/", typed, status=412))


def test_abuse_is_deleted(at: Browser, row: ErrorReport) -> None:
    at.press(f"{LIST}{row.pk}/", "answer", outcome="refused")
    row.refresh_from_db()
    assert (row.state, row.text) == ("refused", "")
    assert "It was deleted." in words(at.get(f"{LIST}{row.pk}/"))


def test_officers_of_other_negotiations_do_not_see_it(
    row: ErrorReport, hire: Callable[[str], Actor]
) -> None:
    ErrorReport.objects.update(negotiation_ids=[10**9])
    officer = Browser(signed_in(hire("officer")))
    assert f"Report {row.pk}" not in words(officer.get(LIST))
    officer.get(f"{LIST}{row.pk}/", status=404)
