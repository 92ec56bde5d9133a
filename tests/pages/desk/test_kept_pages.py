"""Pages that were found otherwise, at the desk; and what is kept of a page, for officers alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Damage, EvidenceCheck, Snapshot, Statement
from negotiations.operations.judging import GONE
from negotiations.refusals import Refusal
from tests.factories.archives import archive
from tests.operations.desk import NOW, Desk
from tests.operations.test_keeping import DAY, altered, failed, fetched, later, look, night, quote
from tests.pages.desk.browsing import Browser, words

PAGE = "/desk/evidence/"
AWAY = Refusal("fetch_failed", at="/url", host="paper.example", status=503, retry_after="")


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """An officer's browser."""
    return Browser(reviewer)


@pytest.fixture
def source(desk: Desk) -> int:
    """A published source whose text was fetched, quoted by a statement."""
    pk = fetched(desk)
    quote(desk, pk)
    return pk


@pytest.mark.usefixtures("source")
def test_while_all_is_well_the_desk_says_nothing_of_it(at: Browser) -> None:
    assert "Pages found again" not in words(at.get("/desk/"))
    assert "All as it was" in words(at.get(PAGE))


@pytest.mark.usefixtures("source")
def test_a_page_that_is_gone_stands_on_the_desk_until_somebody_took_note(at: Browser) -> None:
    for number in range(2):
        night(number, GONE)
    assert "Pages found again 1" in words(at.get("/desk/"))
    told = words(at.get(PAGE))
    assert "Close to a deal Gone" in told
    check = EvidenceCheck.objects.get().pk
    at.client.post(PAGE, {"check": check, "action": "note", "once": "a"})
    assert "Pages found again" not in words(at.get("/desk/"))
    told = words(at.get(PAGE))
    assert "Close to a deal Gone" in told
    assert "Taken note of" not in told


def test_changed_words_are_shown_with_what_stands_there_now(at: Browser, source: int) -> None:
    statement = Statement.objects.get(source=source).pk
    for number in range(2):
        night(number, altered(statement))
    page = at.get(PAGE)
    assert "<del>" in page.content.decode()
    assert "far from" in words(page)


@pytest.mark.usefixtures("source")
def test_what_could_not_be_seen_is_said_after_five_nights(at: Browser) -> None:
    for number in range(4):
        night(number, AWAY)
    assert "All as it was" in words(at.get(PAGE))
    night(4, AWAY)
    assert "Not seen for 5 nights:" in words(at.get(PAGE))
    assert "Pages found again 1" in words(at.get("/desk/"))


@pytest.mark.usefixtures("source")
def test_an_officer_has_a_page_looked_at_again(at: Browser) -> None:
    for number in range(5):
        night(number, AWAY)
    check = EvidenceCheck.objects.get()
    assert check.due_at is None
    at.client.post(PAGE, {"check": check.pk, "action": "again", "once": "b"})
    check.refresh_from_db()
    assert check.due_at is not None


@pytest.mark.parametrize(
    "sent", [{}, {"check": "x", "action": "again"}, {"check": 2**62, "action": "note"}]
)
def test_what_cannot_be_meant_is_refused(at: Browser, sent: dict[str, Any]) -> None:
    assert at.client.post(PAGE, {**sent, "once": "c"}).status_code == 422


def test_damaged_copies_are_told_to_who_keeps_the_site(desk: Desk, drafter: Client) -> None:
    snapshot = Snapshot.objects.get(source=desk.ids["source"])
    Damage.objects.create(part="text", snapshot=snapshot, found_at=NOW)
    at = Browser(drafter)
    assert "Damaged copies" in words(at.get("/desk/"))
    assert "Damaged copies" in words(at.get(PAGE))


def test_the_archive_is_handed_to_officers_as_a_file(
    desk: Desk, drafter: Client, client: Client
) -> None:
    source = desk.ids["source"]
    kept = archive(Snapshot.objects.get(source=source))
    response = drafter.get(f"/desk/sources/{source}/archive.warc.gz")
    assert response.content == kept.warc
    assert response["Content-Disposition"] == f'attachment; filename="source-{source}.warc.gz"'
    assert response["Content-Type"] == "application/warc"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert client.get(f"/desk/sources/{source}/archive.warc.gz").status_code == 302
    told = words(drafter.get(f"/desk/record/sources/{source}/"))
    assert "The answer as it was received (WARC) · The page, cleaned" in told


def test_the_cleaned_page_is_shown_where_nothing_can_run(desk: Desk, drafter: Client) -> None:
    source = desk.ids["source"]
    archive(Snapshot.objects.get(source=source), html="<p>He said.</p>")
    response = drafter.get(f"/desk/sources/{source}/page.html")
    assert "<p>He said.</p>" in response.content.decode()
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("file", ["archive.warc.gz", "page.html"])
def test_what_was_not_received_is_not_found(desk: Desk, drafter: Client, file: str) -> None:
    for source in (desk.ids["source"], 2**62):
        assert drafter.get(f"/desk/sources/{source}/{file}").status_code == 404


def test_as_many_queries_for_three_pages_as_for_one(desk: Desk, drafter: Client) -> None:
    counts = []
    drafter.get(PAGE)
    for number in range(3):
        quote(desk, fetched(desk, url=f"https://host-{number}.example/"))
        EvidenceCheck.objects.update(night=None)
        now = NOW + number * DAY
        for _ in range(number + 1):
            failed(look(now), AWAY, now=later(now))
        EvidenceCheck.objects.update(failures=5)
        with CaptureQueriesContext(connection) as asked:
            drafter.get(PAGE)
        counts.append(len(asked))
    assert counts[1:] == [counts[0]] * 2
