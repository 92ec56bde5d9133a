"""How the pages of many sources were found again, in one query: as each of them tells at length."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from negotiations.queries.evidence import source_evidence
from negotiations.queries.healths import healths, healths_of
from negotiations.queries.shapes import SourceHealth
from negotiations.queries.utterances import build_statements
from tests import factories as make
from tests.factories.archives import found
from tests.factories.published import PUBLISHED_AT
from tests.pages.scenes import quotation

pytestmark = pytest.mark.django_db
FOUND_AT = PUBLISHED_AT + timedelta(days=30)
AT = make.clocks_at("2026-01-01")


def test_what_nobody_asks_for_costs_nothing(query_count: Callable[..., int]) -> None:
    assert query_count(lambda: healths([], clocks=AT)) == 0


def test_one_query_tells_of_all(query_count: Callable[..., int]) -> None:
    sources = [make.SnapshotFactory().source.pk for _ in range(3)]
    assert query_count(lambda: healths(sources, clocks=AT)) == 1
    assert healths(sources, clocks=AT) == {
        pk: SourceHealth(source=pk, state="intact", since=None, altered=()) for pk in sources
    }


def test_altered_words_are_named_by_their_statements() -> None:
    one, other = quotation(), quotation()
    source = one.source
    passages = [{"statement": one.pk, "found": ""}, {"statement": other.pk, "found": "soon"}]
    found(source.pk, "altered", now=FOUND_AT, passages=passages)
    assert healths([source.pk], clocks=AT)[source.pk] == SourceHealth(
        source=source.pk, state="altered", since=FOUND_AT, altered=(one.pk, other.pk)
    )


def test_words_stay_altered_where_what_is_around_them_is_corrected() -> None:
    one = quotation(paraphrase_en="The swap is close.")
    found(one.source.pk, "altered", now=FOUND_AT, passages=[{"statement": one.pk, "found": ""}])
    corrected = quotation(source=one.source, supersedes=one, paraphrase_en="It is not.")
    make.StatementFactory(source=one.source, supersedes=corrected, quotation="")
    told = healths([one.source.pk], clocks=AT)[one.source.pk]
    assert sorted(told.altered) == [one.pk, corrected.pk]


@pytest.mark.parametrize("day", ["2025-11-12", "2025-11-13", "2026-01-01"])
def test_it_says_what_the_source_says_on_every_day(day: str) -> None:
    fetched, typed, bare = (
        make.SnapshotFactory().source, make.SnapshotFactory(capture="transcribed").source,
        make.SourceFactory(),
    )  # fmt: skip
    newer: Any = make.SourceFactory(supersedes=fetched, title="Mended")
    found(fetched.pk, "gone", now=FOUND_AT)
    found(newer.pk, "moved", now=FOUND_AT + timedelta(days=9), address="https://a.example/")
    clocks = make.clocks_at(day)
    told = healths([fetched.pk, typed.pk, bare.pk, newer.pk], clocks=clocks)
    for pk, one in told.items():
        whole = source_evidence(pk, clocks=clocks)
        assert (one.state, one.since) == (whole.state, whole.since)


def test_sources_are_found_wherever_they_stand() -> None:
    statement, other = make.StatementFactory(), make.StatementFactory()
    records = build_statements([statement.pk, other.pk], clocks=AT)
    told = healths_of({"no": 1}, [(records[statement.pk],)], records[other.pk], None, clocks=AT)
    assert set(told) == {statement.source.pk, other.source.pk}
