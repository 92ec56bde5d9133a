"""What the record lacks."""

from __future__ import annotations

from django.test import Client

from negotiations.pages.desk import gaps
from tests.operations.desk import Desk
from tests.pages.markup import parse


def test_paraphrases_stand_newest_first_and_page_by_page(
    desk: Desk, reviewer: Client, monkeypatch: object
) -> None:
    ids = [desk.ids["statement"], *(desk.published("statement") for _ in range(2))]
    gaps_length(monkeypatch)
    first = parse(reviewer.get("/desk/paraphrases/").content.decode())
    (more,) = [e.attributes["href"] for e in first.all("a", rel="next")]
    second = parse(reviewer.get(more).content.decode())
    shown = [
        e.attributes["href"]
        for page in (first, second)
        for e in page.all("a")
        if e.attributes["href"].startswith("/desk/record/")
    ]
    assert shown == [f"/desk/record/statements/{id}/" for id in reversed(ids)]
    assert first.mistakes == []


def test_what_was_retracted_needs_no_quotation(desk: Desk, reviewer: Client) -> None:
    desk.retract("statement", desk.ids["statement"])
    assert "None left" in reviewer.get("/desk/paraphrases/").content.decode()


def test_sources_without_a_text(desk: Desk, reviewer: Client) -> None:
    id = desk.published("source", title="Not captured")
    page = parse(reviewer.get("/desk/uncaptured/").content.decode())
    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert f"/desk/record/sources/{id}/" in hrefs
    assert f"/desk/record/sources/{desk.ids['source']}/" not in hrefs
    assert page.mistakes == []


def gaps_length(monkeypatch: object) -> None:
    """Two to a page."""
    monkeypatch.setattr(gaps, "PAGE_LENGTH", 2)  # type: ignore[attr-defined]
