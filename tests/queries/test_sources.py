"""Sources with their publisher and captures."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from negotiations.models import Clocks
from negotiations.queries.sources import list_sources, source
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def test_newest_first_in_pages(clocks: Clocks) -> None:
    rows = [make.SourceFactory(published_on=f"2025-10-0{day}") for day in (1, 3, 2, 2)]
    expected = [rows[index].pk for index in (1, 3, 2, 0)]
    found, cursor = [], None
    for _ in expected:
        page = list_sources(clocks=clocks, limit=1, cursor=cursor)
        found += [record.id for record in page.results]
        cursor = page.next
    assert (found, cursor) == (expected, None)


def test_by_publisher_and_language(clocks: Clocks) -> None:
    hit = make.SourceFactory(language="ko")
    make.SourceFactory()
    for asked in ({"publisher": hit.publisher.slug}, {"language": "ko"}):
        found = list_sources(clocks=clocks, **asked)
        assert [record.id for record in found.results] == [hit.pk]
    assert list_sources(clocks=clocks, language="a\0b").results == ()
    with pytest.raises(Refusal, match="there is no publisher nowhere"):
        list_sources(clocks=clocks, publisher="nowhere")


def test_only_what_was_told() -> None:
    late = make.SourceFactory(known_on=date(2025, 10, 9))
    draft = make.SourceFactory(published_at=None)
    assert list_sources(clocks=clocks_at("2025-10-08")).results == ()
    assert len(list_sources(clocks=clocks_at("2025-10-09")).results) == 1
    for row in (late, draft):
        with pytest.raises(Refusal, match="nothing here"):
            source(row.pk, clocks=clocks_at("2025-10-08"))


def test_a_corrected_source_is_told_on_its_own(clocks: Clocks) -> None:
    wrong = make.SourceFactory()
    right = make.SourceFactory(supersedes=wrong, url=wrong.url)
    assert [record.id for record in list_sources(clocks=clocks).results] == [right.pk]
    assert source(wrong.pk, clocks=clocks).superseded_by == right.pk


def test_its_newest_capture_by_then() -> None:
    row = make.SourceFactory()
    at = datetime(2025, 10, 20, tzinfo=UTC)
    make.SnapshotFactory(source=row, captured_at=at, capture="transcribed", text="Once.")
    new = make.SnapshotFactory(source=row, captured_at=datetime(2025, 10, 22, tzinfo=UTC))
    before = source(
        row.pk, clocks=clocks_at("2025-10-14", as_of=datetime(2025, 10, 19, tzinfo=UTC))
    )
    assert (before.capture, before.captured_at, before.sha256) == (None, None, None)
    once = source(row.pk, clocks=clocks_at("2025-10-14", as_of=at))
    assert (once.capture, once.captured_at) == ("transcribed", at)
    assert source(row.pk, clocks=clocks_at("2025-10-14")).sha256 == new.sha256
