"""What in the published record wants the desk's eye."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from negotiations.models import Capture, Clocks
from negotiations.queries import attention
from negotiations.queries.seats import Seat
from tests import factories as make
from tests.queries.test_desk import employ

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
FAR = {"effective_on": "2025-09-01"}


@pytest.fixture
def track() -> Any:
    """A track of a negotiation."""
    return make.TrackFactory()


@pytest.fixture
def officer(track: Any) -> Seat:
    """An officer of its negotiation."""
    return employ(track, "officer")


def due(officer: Seat, clocks: Clocks) -> list[str]:
    """The milestones that want an eye, by their days."""
    return [row.due_on for row in attention.milestones_due(officer, clocks=clocks)]


def test_the_tracks_of_the_officers_negotiations_alone(
    track: Any, officer: Seat, clocks: Clocks
) -> None:
    make.TrackFactory()
    assert [t.slug for t in attention.desk_tracks(officer, clocks=clocks)] == [track.slug]
    kept = attention.kept_negotiations(officer)
    assert list(kept) == [track.negotiation.slug]


def test_milestones_that_passed_or_come_within_fourteen_days(
    track: Any, officer: Seat, clocks: Clocks
) -> None:
    for number, day in enumerate(("2025-10-28", "2025-10-29", "2025-10-01")):
        make.MilestoneFactory(
            slug=f"m-{number}", tracks=[track], negotiation=track.negotiation, due_on=day, **FAR
        )
    assert due(officer, clocks) == ["2025-10-01", "2025-10-28"]


def test_a_milestone_with_an_outcome_or_a_new_date_wants_nothing(
    track: Any, officer: Seat, clocks: Clocks
) -> None:
    shared = {"tracks": [track], "negotiation": track.negotiation}
    for slug, later in (("a", {"outcome": "met"}), ("b", {"due_on": "2026-05-01"})):
        make.MilestoneFactory(slug=slug, due_on="2025-10-01", **shared, **FAR)
        make.MilestoneFactory(
            slug=slug, effective_on="2025-10-02", **{"due_on": "2025-10-01", **shared, **later}
        )
    assert due(officer, clocks) == []


def test_milestones_of_others_are_theirs(officer: Seat, clocks: Clocks) -> None:
    make.MilestoneFactory(due_on="2025-10-01", tracks=[make.TrackFactory()], **FAR)
    assert due(officer, clocks) == []


def test_paraphrases_are_counted_as_far_as_anybody_counts(
    track: Any, officer: Seat, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [make.StatementFactory(tracks=(track,)) for _ in range(3)]
    told = attention.paraphrases(officer, clocks=clocks, limit=2)
    assert (told.count, told.more) == (3, False)
    assert [row.id for row in told.rows] == [rows[2].pk, rows[1].pk]
    monkeypatch.setattr(attention, "COUNTED", 2)
    told = attention.paraphrases(officer, clocks=clocks, limit=2)
    assert (told.count, told.more) == (2, True)


def test_drafts_corrected_rows_and_others_tracks_are_no_paraphrases(
    track: Any, officer: Seat, clocks: Clocks
) -> None:
    before = make.StatementFactory(tracks=(track,))
    after = make.StatementFactory(tracks=(track,), supersedes=before, source=before.source)
    make.StatementFactory(tracks=(track,), published_at=None, known_on=None)
    make.StatementFactory(tracks=(make.TrackFactory(),))
    page = attention.paraphrase_list(officer, clocks=clocks)
    assert ([row.id for row in page.results], page.next) == ([after.pk], None)


def test_sources_without_a_text_that_are_cited_here_or_nowhere(
    track: Any, officer: Seat, clocks: Clocks
) -> None:
    here, nowhere, elsewhere, kept = (make.SourceFactory() for _ in range(4))
    make.StatementFactory(source=here, tracks=(track,))
    make.StatementFactory(source=elsewhere, tracks=(make.TrackFactory(),))
    make.SnapshotFactory(source=kept)
    told = attention.uncaptured(officer, clocks=clocks, limit=5)
    assert [row.id for row in told.rows] == [nowhere.pk, here.pk]


def test_a_text_kept_of_the_row_before_counts_for_its_correction(
    officer: Seat, clocks: Clocks
) -> None:
    before = make.SourceFactory()
    make.SnapshotFactory(source=before)
    make.SourceFactory(supersedes=before, url=before.url, url_sha256=before.url_sha256)
    assert attention.uncaptured(officer, clocks=clocks, limit=5).count == 0


def test_only_the_newest_sources_are_looked_through(
    officer: Seat, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention, "LOOKED_THROUGH", 1)
    _, newest = make.SourceFactory(), make.SourceFactory()
    page = attention.uncaptured_list(officer, clocks=clocks)
    assert [row.id for row in page.results] == [newest.pk]


def test_captures_under_way_or_lately_over(officer: Seat) -> None:
    def ask(state: str, days: int, **more: Any) -> Capture:
        at = NOW - timedelta(days=days)
        return Capture.objects.create(
            url=f"https://paper.example/{state}/{days}", asked_by_id=officer.officer, asked_at=at,
            due_at=at, state=state, **more,
        )  # fmt: skip

    shown = [ask("waiting", 0), ask("failed", 1), ask("done", 2), ask("running", 30)]
    ask("failed", 15)
    ask("done", 3, source=make.SourceFactory())
    found = attention.captures(officer, now=NOW, limit=10)
    assert [one.id for one in found] == [row.pk for row in shown]


def test_what_is_not_known_yet_wants_nothing(track: Any, officer: Seat, clocks: Clocks) -> None:
    make.StatementFactory(tracks=(track,), known_on=date(2025, 12, 1))
    assert attention.paraphrases(officer, clocks=clocks, limit=5).count == 0
