"""What a change can be about."""

from __future__ import annotations

import pytest

from negotiations.queries.ground import milestones_of, terms_of, tracks_of, voices
from negotiations.queries.seats import Seat
from tests import factories as make

pytestmark = pytest.mark.django_db
SEAT = Seat(officer=1, name="A", superuser=False, roles={"talks": "officer", "other": "reader"})


def test_tracks_are_those_of_ones_negotiations() -> None:
    talks = make.NegotiationFactory(slug="talks", title_en="Talks")
    make.TrackFactory(slug="trade", negotiation=talks, position=2)
    make.TrackFactory(slug="security", negotiation=talks, position=1)
    make.TrackFactory(negotiation=make.NegotiationFactory(slug="other"))
    assert [(one.key, one.of_en) for one in tracks_of(SEAT)] == [
        ("talks/security", "Talks"), ("talks/trade", "Talks"),
    ]  # fmt: skip


def test_terms_stand_under_their_track_with_their_unit() -> None:
    track = make.TrackFactory(slug="trade", negotiation=make.NegotiationFactory(slug="talks"))
    make.TermFactory(track=track, slug="cars")
    (told,) = terms_of(SEAT)
    assert (told.key, told.of_en, told.unit) == ("talks/trade/cars", "Trade", "percent")


def test_voices_are_the_parties() -> None:
    make.PartyFactory(code="US")
    make.PartyFactory(code="KR")
    assert [one.key for one in voices()] == ["KR", "US"]


def test_a_milestone_is_told_by_its_newest_date() -> None:
    track = make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"))
    make.MilestoneFactory(tracks=[track], slug="apec", due_on="2025-10-31")
    make.MilestoneFactory(
        tracks=[track], slug="apec", due_on="2025-11-01", effective_on="2025-10-05"
    )
    make.MilestoneFactory(tracks=[track], slug="visit", published_at=None, known_on=None)
    (told,) = milestones_of(SEAT)
    assert (told.slug, told.due_on, told.tracks) == ("apec", "2025-11-01", (f"talks/{track.slug}",))
