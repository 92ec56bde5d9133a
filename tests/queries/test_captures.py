"""Captures as the officer sees them, and what a page found proposes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.addresses import address_digest
from negotiations.models import Capture
from negotiations.queries.captures import capture, known_source
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.captures import KnownSource, Proposal
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
URL = "https://www.paper.example/close"


def _seat(officer: int = 0, role: str = "officer") -> Seat:
    return Seat(officer=officer, name="Kim", superuser=False, roles={"talks": role})


def _capture(**columns: Any) -> tuple[int, Seat]:
    officer = make.OfficerFactory()
    usual = {"url": URL, "asked_by": officer, "asked_at": NOW, "due_at": NOW}
    return Capture.objects.create(**{**usual, **columns}).pk, _seat(officer.pk)


def _done(**columns: Any) -> Proposal | None:
    found = {"state": "done", "final_url": URL, "captured_at": NOW, "text": "They are close."}
    id, seat = _capture(**{**found, **columns})
    return capture(id, seat=seat).found


def test_a_capture_that_waits_tells_so() -> None:
    id, seat = _capture()
    told = capture(id, seat=seat)
    assert (told.state, told.over, told.refusal, told.found) == ("waiting", False, None, None)
    assert (told.url, told.asked_at, told.sentence_en, told.source) == (URL, NOW, "", None)


def test_a_capture_that_failed_says_why_in_both_languages() -> None:
    facts = {"host": "paper.example", "status": 404}
    id, seat = _capture(state="failed", refusal="fetch_failed", facts=facts)
    told = capture(id, seat=seat)
    assert (told.over, told.refusal) == (True, "fetch_failed")
    assert told.sentence_en == "paper.example answered 404 instead of a document."
    assert told.sentence_ko == "paper.example에서 문서 대신 상태 코드를 보냈습니다: 404."


def test_a_capture_that_is_tried_again_says_when_and_why() -> None:
    id, seat = _capture(refusal="fetch_timed_out", facts={"host": "a.example"}, turn=1)
    told = capture(id, seat=seat)
    assert (told.over, told.attempts, told.due_at) == (False, 1, NOW)
    assert told.sentence_en == "a.example did not answer in time."


def test_what_was_found_is_proposed() -> None:
    columns = {"title": "Close", "publisher_name": "The Unknown", "published_on": "2025-10-01"}
    assert _done(**columns, language="en") == Proposal(
        url=URL, captured_at=NOW, text="They are close.", title="Close", publisher=None,
        publisher_name="The Unknown", published_on="2025-10-01", language="en",
    )  # fmt: skip


@pytest.mark.parametrize("id", [0, -1, 10**30, 404])
def test_what_is_not_there_is_not_found(id: int) -> None:
    with pytest.raises(Refusal) as refused:
        capture(id, seat=_seat())
    assert refused.value.code == "not_found"


def test_the_capture_of_another_officer_is_not_found() -> None:
    id, _ = _capture()
    with pytest.raises(Refusal) as refused:
        capture(id, seat=_seat(make.OfficerFactory().pk))
    assert refused.value.code == "not_found"


def test_a_capture_is_told_in_a_few_queries(query_count: Callable[..., int]) -> None:
    officer = make.OfficerFactory()
    row = Capture.objects.create(
        url=URL, asked_by=officer, asked_at=NOW, due_at=NOW, state="done", final_url=URL,
        captured_at=NOW, text="a", publisher_name="nobody",
    )  # fmt: skip
    assert query_count(lambda: capture(row.pk, seat=_seat(officer.pk))) == 6


class TestThePublisher:
    """Proposed by the host, else by name."""

    def _source(self, url: str, slug: str, **columns: Any) -> None:
        publisher = make.PublisherFactory(slug=slug, name_en=slug.title(), name_ko=f"{slug} 신문")
        make.SourceFactory(url=url, publisher=publisher, **columns)

    def _proposed(self, name: str = "") -> str | None:
        found = _done(publisher_name=name)
        assert found is not None
        return found.publisher

    def test_is_whose_sources_stand_at_that_host(self) -> None:
        self._source("https://paper.example/1", "paper")
        self._source("https://news.paper.example/1", "news")
        assert self._proposed("News") == "paper"

    def test_is_else_whose_sources_stand_at_that_site(self) -> None:
        self._source("https://news.paper.example/1", "news")
        self._source("https://paper.example.org/1", "other")
        assert self._proposed() == "news"

    def test_is_the_one_named_where_several_share_the_host(self) -> None:
        self._source("https://paper.example/1", "one")
        self._source("https://paper.example/2", "two")
        assert self._proposed("TWO") == "two"

    def test_is_else_the_one_of_that_name_in_either_language(self) -> None:
        make.PublisherFactory(slug="yonhap", name_en="Yonhap", name_ko="연합뉴스")
        assert self._proposed("연합뉴스") == self._proposed("yonhap") == "yonhap"
        assert self._proposed("nobody") is None

    def test_of_a_draft_is_not_looked_at(self) -> None:
        self._source("https://paper.example/1", "paper", published_at=None)
        assert self._proposed() is None


class TestKnownSources:
    """The same document at the same address, however it is written."""

    def test_an_address_written_otherwise_is_known(self) -> None:
        source = make.SourceFactory(url=URL, url_sha256=address_digest(URL))
        known = KnownSource(id=source.pk, title=source.title, url=URL, published=True)
        other = "http://WWW.paper.example:80/close?utm_source=mail#top"
        assert known_source(other, seat=_seat()) == known_source(URL, seat=_seat()) == known
        assert known_source("https://paper.example/other", seat=_seat()) is None

    def test_a_source_from_before_is_known_as_it_was_typed(self) -> None:
        url = "https://PAPER.example/a?utm_source=mail"
        source = make.SourceFactory(url=url)
        told = known_source(url, seat=_seat())
        assert told is not None
        assert told.id == source.pk

    def test_a_draft_is_known_to_officers_alone(self) -> None:
        source = make.SourceFactory(url_sha256=address_digest(URL), published_at=None)
        told = known_source(URL, seat=_seat())
        assert told is not None
        assert (told.id, told.published) == (source.pk, False)
        assert known_source(URL, seat=_seat(role="reader")) is None

    def test_of_a_corrected_source_the_newest_published_row_is_told(self) -> None:
        source = make.SourceFactory(url_sha256=address_digest(URL))
        later = make.SourceFactory(supersedes=source, url="https://paper.example/moved")
        make.SourceFactory(supersedes=later, published_at=None)
        told = known_source(URL, seat=_seat())
        assert told is not None
        assert told.id == later.pk
