"""What was newly said: how much of it, and what of it weighs most."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.queries import newly_said as query
from negotiations.queries.newly_said import Said, newly_said
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
BEFORE, AFTER = clocks_at("2025-10-01"), clocks_at("2025-10-10")
NEW = date(2025, 10, 5)


@pytest.fixture
def track() -> Any:
    """A track."""
    return make.TrackFactory()


def said(track: Any, **members: Any) -> Any:
    """A statement on the track that became known between the two days."""
    return make.StatementFactory(tracks=[track], **{"known_on": NEW, **members})


def told(track: Any, *, bearing: tuple[int, ...] = (), **clocks: Any) -> Said:
    """What is told of the track."""
    asked = {"before": BEFORE, "after": AFTER, "since": None} | clocks
    return newly_said([track.pk], bearing=bearing, **asked).get(track.pk, Said())


def test_what_became_known_after_the_first_day_and_by_the_second_counts(track: Any) -> None:
    said(track, known_on=BEFORE.on)
    first, last = said(track, known_on=date(2025, 10, 2)), said(track, known_on=AFTER.on)
    said(track, known_on=date(2025, 10, 11))
    said(make.TrackFactory())
    assert told(track) == Said(2, False, (last.pk, first.pk))


def test_drafts_retractions_and_what_is_said_later_do_not_count(track: Any) -> None:
    said(track, known_on=None, published_at=None)
    wrong = said(track)
    said(track, supersedes=wrong, withdrawn=True)
    said(track, said_on="2025-10-11")
    said(track, published_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert told(track) == Said()


def test_another_version_of_what_was_known_before_is_nothing_new(track: Any) -> None:
    known = said(track, known_on=BEFORE.on)
    said(track, supersedes=known)
    fresh = said(track)
    mended = said(track, supersedes=fresh)
    assert told(track) == Said(1, False, (mended.pk,))


def test_the_weightiest_stand_first(track: Any) -> None:
    bears = said(track, credibility="5", attribution="media_report")
    original = said(track, credibility="6", attribution="media_report")
    firm = said(track, credibility="1", attribution="official_document")
    loose = said(track, credibility="1", attribution="media_report")
    again = said(track, credibility="1", attribution="official_document", repeats=firm)
    assert told(track, bearing=(bears.pk,)) == Said(5, False, (bears.pk, firm.pk, loose.pk))
    said(track, published_at=None, known_on=None)
    assert told(track) == Said(5, False, (firm.pk, loose.pk, bears.pk))
    assert {original.pk, again.pk}.isdisjoint(told(track).weightiest)


def test_it_counts_so_far_and_no_farther(track: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MOST_COUNTED", 2)
    for _ in range(5):
        said(track)
    assert (told(track).count, told(track).more) == (2, True)


def test_since_a_number_what_was_published_after_it_counts(track: Any) -> None:
    """Whenever it became known; the numbers of acts are those of the rows."""
    rows = [said(track, known_on=date(2025, 9, n), ledger_number=n) for n in (1, 2, 3)]
    mended = said(track, known_on=date(2025, 9, 1), ledger_number=4, supersedes=rows[0])
    for row in (*rows, mended):
        make.enter(tracks=[track], noun="statement", object_id=row.pk)
    assert told(track, since=1, before=AFTER) == Said(2, False, (rows[2].pk, rows[1].pk))
    assert told(track, since=0, before=AFTER).count == 3
    assert told(track, since=4, before=AFTER) == Said()


def test_since_a_number_so_many_acts_are_looked_through(
    track: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_COUNTED", 2)
    for number in (1, 2, 3, 4):
        row = said(track, ledger_number=number)
        noun = "statement" if number != 3 else "status_change"
        make.enter(tracks=[track], noun=noun, object_id=row.pk)
    assert (told(track, since=0).count, told(track, since=0).more) == (2, True)
    assert (told(track, since=2).count, told(track, since=2).more) == (2, False)
