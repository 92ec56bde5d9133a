"""What is held of many tracks at once, against the state of each that its page shows."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.meetings import meeting
from negotiations.queries.negotiations import find_whole
from negotiations.queries.sides import held_by
from negotiations.queries.states import tracks_of
from negotiations.queries.tracks import track
from tests import factories as make
from tests.factories import clocks_at
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db
THEN = [clocks_at(day) for day in ("2025-09-01", "2025-09-30", "2025-10-14", "2025-12-01")]


def held(negotiation: str, clocks: Clocks) -> dict[str, Any]:
    """What is held of each track, by its slug."""
    rows = tracks_of(find_whole(negotiation, clocks=clocks), clocks=clocks)
    found = held_by(rows, clocks=clocks)
    return {row.slug: found[row.pk] for row in rows}


@pytest.fixture
def _talks() -> None:
    shown = scene()
    make.PositionFactory(term=shown.term, standing="in_force", amount=2)
    make.PositionFactory(term=shown.term, standing="in_force", amount=3, known_on="2025-11-01")
    make.LinkageFactory(from_track=shown.tariffs, to_track=shown.track)
    make.LinkageFactory(from_track=shown.tariffs, to_track=shown.track, standing="ended")
    make.MilestoneFactory(tracks=[shown.tariffs], known_on=None, published_at=None)
    make.AccountFactory(track=shown.tariffs, text_en="Anew.", effective_on="2025-10-05")
    make.AccountFactory(track=shown.tariffs, topic="cars", bearing="omits", known_on="2025-11-01")
    make.AccountFactory(track=shown.tariffs, topic="ships", known_on=None, published_at=None)


@pytest.mark.usefixtures("_talks")
@pytest.mark.parametrize("clocks", THEN, ids=lambda one: str(one.on))
def test_it_is_what_the_page_of_each_track_shows(clocks: Clocks) -> None:
    for slug, one in held("rok-us", clocks).items():
        page = track("rok-us", slug, clocks=clocks)
        assert (one.desk and one.desk.id) == (page.latest and page.latest.id)
        assert [heard and heard.id for heard in one.voices.values()] == [
            reading.latest and reading.latest.id for reading in page.readings
        ]
        assert list(one.positions.values()) == [p.id for t in page.terms for p in t.positions]
        assert list(one.linkages.values()) == [linkage.id for linkage in page.linkages]
        assert [due.id for due in one.milestones.values()] == [m.latest.id for m in page.milestones]


@pytest.mark.usefixtures("_talks")
@pytest.mark.parametrize("day", ["2025-10-03", "2025-10-14", "2025-12-01"])
def test_accounts_are_those_that_the_page_of_their_meeting_shows(day: str) -> None:
    clocks = clocks_at(day)
    shown = (
        cell.account
        for line in meeting("rok-us", "summit", clocks=clocks).lines
        for cell in line.cells
    )
    found = held("rok-us", clocks)
    assert sorted(found["tariffs"].accounts.values()) == sorted(one.id for one in shown if one)
    assert found["security"].accounts == {}


def test_a_tie_stands_at_both_tracks(clocks: Clocks) -> None:
    linkage = make.LinkageFactory()
    both = held(linkage.from_track.negotiation.slug, clocks)
    assert [list(one.linkages.values()) for one in both.values()] == [[linkage.pk], [linkage.pk]]
