"""The latest word of a voice about two tracks, told alike wherever ties are told."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from negotiations.models import Clocks
from negotiations.queries.asked_spans import read_span
from negotiations.queries.briefs import brief, handover
from negotiations.queries.linkages import linkages_of
from negotiations.queries.pins import newest_pin
from negotiations.queries.state_comparisons import comparison
from negotiations.queries.ties import TieWord, latest_ties
from negotiations.queries.tracks import track
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
PACKAGE, APART = "packaged_with", "decoupled_from"


@pytest.fixture
def ends() -> tuple[Any, Any]:
    """Two tracks of talks, of which Washington has said nothing."""
    negotiation = make.NegotiationFactory(slug="talks")
    return tuple(make.TrackFactory(negotiation=negotiation, slug=slug) for slug in "ab")


def tie(one: Any, kind: str, other: Any, on: str, code: str | None = "US") -> Any:
    """One word about two tracks, known on the day from which it holds."""
    return make.LinkageFactory(
        from_track=one, to_track=other, kind=kind, effective_on=on, known_on=on,
        according_to=make.PartyFactory(code=code) if code else None,
    )  # fmt: skip


@pytest.fixture(params=["from the same end", "from the other end"])
def later(request: pytest.FixtureRequest, ends: tuple[Any, Any]) -> tuple[int, int]:
    """Washington calls them a package, and later apart; the ids of both words."""
    one, other = ends
    first = tie(one, PACKAGE, other, "2025-10-01")
    if request.param == "from the other end":
        one, other = other, one
    return first.pk, tie(one, APART, other, "2025-10-10").pk


@pytest.mark.usefixtures("later")
def test_a_tie_that_was_taken_back_stands_in_no_brief() -> None:
    for day, standing in (("2025-10-09", [PACKAGE]), ("2025-10-11", [])):
        pin = newest_pin(clocks_at(day))
        assert [one.linkage_kind for one in brief("talks", pin=pin).ties] == standing
        assert [one.linkage_kind for one in handover("talks", pin=pin).ties] == standing


def test_a_comparison_tells_what_the_new_word_replaces(later: tuple[int, int]) -> None:
    clocks = clocks_at("2025-10-11")
    span = read_span(
        from_day="2025-10-05", to_day="2025-10-11", since=None, given=(), clocks=clocks
    )
    found = comparison("talks", span=span, zone=ZoneInfo("Asia/Seoul"))
    pairs = [
        (pair.before and pair.before.id, pair.after and pair.after.id)
        for one in found.tracks
        for pair in one.linkages
    ]
    assert pairs == [later, later]


def test_the_track_s_page_and_the_web_of_ties_tell_the_newest(later: tuple[int, int]) -> None:
    clocks = clocks_at("2025-10-11")
    (told,) = linkages_of("talks", clocks=clocks).ties
    assert [voice.latest.id for voice in told.voices] == [later[1]]
    for slug in "ab":
        assert [row.id for row in track("talks", slug, clocks=clocks).linkages] == [later[1]]


def test_each_voice_has_its_own_and_the_newest_comes_first(
    ends: tuple[Any, Any], clocks: Clocks
) -> None:
    one, other = ends
    washington = tie(one, PACKAGE, other, "2025-09-01")
    desk = tie(other, PACKAGE, one, "2025-09-03", code=None)
    seoul = tie(other, APART, one, "2025-09-02", code="KR")
    tie(one, APART, other, "2025-12-01", code="KR")
    found = latest_ties([other.pk], clocks=clocks)
    assert [word.pk for word in found] == [desk.pk, seoul.pk, washington.pk]
    assert found[1] == TieWord(
        seoul.pk, other.pk, one.pk, seoul.according_to_id, APART, seoul.standing
    )
    assert latest_ties([], clocks=clocks) == []


def test_a_tie_to_another_negotiation_stands_in_no_brief(ends: tuple[Any, Any]) -> None:
    tie(ends[0], PACKAGE, make.TrackFactory(), "2025-10-01")
    assert brief("talks", pin=newest_pin(clocks_at("2025-10-09"))).ties == ()
