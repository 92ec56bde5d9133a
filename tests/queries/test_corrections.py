"""Corrections and retractions beside what they replaced."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.ledger import corrections
from negotiations.queries.shapes import Entry, SourceRecord
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db

KINDS: dict[str, Any] = {
    "source": make.SourceFactory,
    "statement": make.StatementFactory,
    "status_change": make.StatusChangeFactory,
    "position": make.PositionFactory,
    "linkage": make.LinkageFactory,
    "account": make.AccountFactory,
    "milestone": make.MilestoneFactory,
}


@pytest.mark.parametrize("noun", KINDS)
@pytest.mark.parametrize("withdrawn", [False, True])
def test_each_noun_before_and_after(clocks: Clocks, noun: str, withdrawn: bool) -> None:
    wrong = KINDS[noun]()
    KINDS[noun]()
    right = KINDS[noun](supersedes=wrong, withdrawn=withdrawn)
    (found,) = corrections(clocks=clocks).results
    assert (found.noun, found.number) == (noun, right.ledger_number)
    assert (found.before.id, found.after.id) == (wrong.pk, right.pk)
    assert (found.retracted, found.reason) == (withdrawn, "A slip of the pen.")
    assert isinstance(found.after, SourceRecord if noun == "source" else Entry)
    assert found.at == right.published_at


def test_newest_first_in_pages_of_all_nouns(clocks: Clocks) -> None:
    wrong = {noun: factory() for noun, factory in KINDS.items()}
    right = [KINDS[noun](supersedes=row) for noun, row in wrong.items()]
    again = make.PositionFactory(supersedes=right[3])
    expected = [row.ledger_number for row in (again, *reversed(right))]
    found, cursor = [], None
    for _ in expected:
        page = corrections(clocks=clocks, limit=1, cursor=cursor)
        found += [correction.number for correction in page.results]
        cursor = page.next
    assert (found, cursor) == (expected, None)
    assert [c.number for c in corrections(clocks=clocks).results] == expected


def test_its_tracks(clocks: Clocks) -> None:
    track = make.TrackFactory()
    said = make.StatementFactory(tracks=[track])
    make.StatementFactory(tracks=[track], supersedes=said)
    tie = make.LinkageFactory(from_track=track)
    make.LinkageFactory(from_track=track, to_track=tie.to_track, supersedes=tie)
    source = make.SourceFactory()
    make.SourceFactory(supersedes=source)
    found = [[ref.slug for ref in c.tracks] for c in corrections(clocks=clocks).results]
    assert found == [[], [track.slug, tie.to_track.slug], [track.slug]]


def test_as_of_before_it_there_is_none() -> None:
    wrong = make.PositionFactory(published_at=datetime(2025, 10, 1, tzinfo=UTC))
    make.PositionFactory(supersedes=wrong)
    make.PositionFactory(supersedes=make.PositionFactory(), published_at=None)
    before = clocks_at("2025-10-14", as_of=datetime(2025, 10, 2, tzinfo=UTC))
    assert corrections(clocks=before).results == ()
    assert len(corrections(clocks=clocks_at("2025-10-14")).results) == 1


def test_of_what_was_not_known_there_is_no_correction() -> None:
    wrong = make.PositionFactory(known_on=date(2025, 10, 9))
    make.PositionFactory(supersedes=wrong, known_on=date(2025, 10, 1))
    assert corrections(clocks=clocks_at("2025-10-08")).results == ()
    assert len(corrections(clocks=clocks_at("2025-10-09")).results) == 1


def test_a_cursor_of_another_list_is_refused(clocks: Clocks) -> None:
    with pytest.raises(Refusal, match="not issued by this list"):
        corrections(clocks=clocks, cursor="x")
