"""What parties hold a term to be: line by line, and how long they have been apart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries import terms, tracks
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> Any:
    """A term of a track between Seoul and Washington."""
    return make.TermFactory(track=make.TrackFactory(slug="autos"), slug="rate")


def says(term: Any, party: str, amount: object, on: str = "2025-10-01", **members: Any) -> Any:
    """A party's position, known on the day from which it holds."""
    given = {"known_on": date.fromisoformat(on[:10]), "standing": "demanded", **members}
    return make.PositionFactory(
        term=term,
        according_to=make.PartyFactory(code=party),
        amount=amount,
        effective_on=on,
        **given,
    )


def told(term: Any, clocks: Clocks) -> Any:
    """The term as its track tells it."""
    track = tracks.track(term.track.negotiation.slug, term.track.slug, clocks=clocks)
    return track.terms[0]


def test_days_apart_are_counted_from_the_position_that_made_it_so(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    says(term, "US", 25, "2025-10-02")
    now = told(term, clocks)
    assert (now.comparison, now.since_on, now.days, now.days_at_least) == (
        "apart",
        "2025-10-02",
        12,
        False,
    )


def test_saying_the_same_again_does_not_wind_the_clock_back(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    says(term, "US", 25, "2025-10-02")
    says(term, "US", 25, "2025-10-10", standing="threatened")
    now = told(term, clocks)
    assert (now.since_on, now.days, now.mixed_standing) == ("2025-10-02", 12, True)


def test_the_clock_is_that_of_the_day_asked_about(term):
    says(term, "KR", 15, "2025-09-20")
    says(term, "US", 25, "2025-10-02")
    says(term, "US", 15, "2025-10-09")
    then = told(term, make.clocks_at("2025-10-05"))
    now = told(term, make.clocks_at("2025-10-14"))
    assert (then.comparison, then.days) == ("apart", 3)
    assert (now.comparison, now.since_on) == ("same", "2025-10-09")


def test_a_vague_date_makes_it_at_least(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    says(
        term,
        "US",
        25,
        "2025-10-01",
        effective_upper=date(2025, 10, 4),
    )
    now = told(term, clocks)
    assert (now.days, now.days_at_least) == (10, True)


def test_an_open_beginning_counts_from_the_last_day_it_can_have_begun(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    make.PositionFactory(
        term=term,
        according_to=make.PartyFactory(code="US"),
        amount=25,
        standing="demanded",
        effective_on="../2025-10-10",
        effective_lower=date.min,
        effective_upper=date(2025, 10, 10),
    )
    now = told(term, clocks)
    assert (now.comparison, now.since_on, now.days) == ("apart", "../2025-10-10", 4)


def test_law_is_not_bargained_with(term, clocks):
    says(term, "KR", 15)
    says(term, "US", 25, standing="in_force")
    now = told(term, clocks)
    assert now.comparison == "one_sided"
    assert [p.standing for p in now.positions] == ["demanded", "in_force"]


def test_what_is_withdrawn_is_held_no_longer(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    says(term, "US", 25, "2025-10-02")
    says(term, "US", 25, "2025-10-08", standing="withdrawn")
    now = told(term, clocks)
    assert (now.comparison, now.since_on) == ("one_sided", "2025-10-08")


def test_others_than_the_parties_of_the_track_do_not_count(term, clocks):
    says(term, "KR", 15)
    says(term, "US", 15)
    says(term, "JP", 30)
    now = told(term, clocks)
    assert now.comparison == "same"
    assert len(now.positions) == 3


def test_corrections_and_drafts_leave_no_trace(term, clocks):
    says(term, "KR", 15, "2025-09-20")
    wrong = says(term, "US", 25, "2025-10-02")
    says(term, "US", 15, "2025-10-02", supersedes=wrong)
    says(term, "US", 99, "2025-10-03", published_at=None)
    says(term, "US", 98, "2025-10-03", published_at=datetime(2026, 10, 20, tzinfo=UTC))
    now = told(term, clocks)
    assert (now.comparison, now.since_on) == ("same", "2025-10-02")


def test_of_a_long_line_the_newest_are_at_hand(term, monkeypatch):
    monkeypatch.setattr(terms, "MOST_STEPS", 2)
    for day in ("01", "03", "05"):
        says(term, "KR", 15, f"2025-10-{day}")
    says(term, "US", 25, "2025-10-02")
    now = told(term, make.clocks_at("2025-10-14"))
    assert (now.comparison, now.since_on, now.days_at_least) == ("apart", "2025-10-03", True)


def test_the_car_tariff_is_known_later_than_it_took_effect(term):
    """Announced on 3 December, in force from 1 November."""
    law: dict[str, Any] = {"standing": "in_force", "known_on": date(2025, 8, 1)}
    december = datetime(2025, 12, 3, tzinfo=UTC)
    says(term, "US", 25, "2025-07-31", **law)
    late = law | {"known_on": date(2025, 12, 3), "published_at": december}
    says(term, "US", 15, "2025-11-01", **late)
    for day, amounts in (("2025-11-15", [25]), ("2025-12-10", [15])):
        now = told(term, make.clocks_at(day))
        assert [p.amount for p in now.positions] == amounts
