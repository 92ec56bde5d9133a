"""The matrix of a negotiation, and its figures over time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.queries import positions
from negotiations.refusals import Refusal
from tests import factories as make
from tests.queries.test_terms import says

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole() -> Any:
    """A negotiation with two tracks, the second of which is the headline."""
    return make.NegotiationFactory(slug="rok-us")


@pytest.fixture
def autos(whole: Any) -> Any:
    """Its first track's one term."""
    return make.TermFactory(track=make.TrackFactory(negotiation=whole, slug="autos"), slug="rate")


@pytest.fixture
def budget(whole: Any) -> Any:
    """Its headline's one term."""
    track = make.TrackFactory(negotiation=whole, slug="defence", headline=True)
    return make.TermFactory(track=track, slug="budget")


def rows(matrix: Any) -> list[tuple[str, str, str]]:
    """Track, term and comparison."""
    return [(t.track.slug, m.slug, m.comparison) for t in matrix.tracks for m in t.terms]


def test_terms_come_by_track_in_the_order_of_the_board(autos, budget, clocks):
    says(autos, "KR", 15)
    says(autos, "US", 25)
    says(budget, "KR", "8.2")
    says(budget, "JP", 2)
    told = positions.matrix("rok-us", clocks=clocks)
    assert rows(told) == [
        ("defence", "budget", "one_sided"),
        ("autos", "rate", "apart"),
    ]
    assert [party.code for party in told.parties] == ["KR", "US", "JP"]
    assert (told.terms, [t.slug for t in told.term_tracks]) == (2, ["defence", "autos"])


def test_it_is_narrowed_to_a_track_and_to_what_differs(autos, budget, clocks):
    says(autos, "KR", 15)
    says(autos, "US", 25)
    says(budget, "KR", "8.2")
    one = positions.matrix("rok-us", clocks=clocks, track="defence")
    apart = positions.matrix("rok-us", clocks=clocks, differing=True)
    none = positions.matrix("rok-us", clocks=clocks, track="defence", differing=True)
    assert [t.track.slug for t in one.tracks] == ["defence"]
    assert [t.track.slug for t in apart.tracks] == ["autos"]
    assert (none.tracks, none.terms, len(none.term_tracks)) == ((), 2, 2)


def test_the_same_figure_of_different_force_differs(autos, clocks):
    says(autos, "KR", 15, standing="agreed")
    says(autos, "US", 15, standing="demanded")
    told = positions.matrix("rok-us", clocks=clocks, differing=True)
    assert rows(told) == [("autos", "rate", "same")]


@pytest.mark.usefixtures("autos")
def test_a_term_of_which_nobody_has_spoken_is_not_there(clocks):
    told = positions.matrix("rok-us", clocks=clocks)
    assert (told.tracks, told.terms, told.term_tracks) == ((), 0, ())


@pytest.mark.usefixtures("autos")
@pytest.mark.parametrize("ask", [positions.matrix, positions.figures])
def test_what_is_not_there_is_refused(ask, clocks):
    with pytest.raises(Refusal) as unknown:
        ask("nowhere", clocks=clocks)
    with pytest.raises(Refusal) as track:
        ask("rok-us", clocks=clocks, track="nowhere")
    assert (unknown.value.code, track.value.code) == ("not_found", "bad_parameter")


def lines(figures: Any) -> list[tuple[str, bool, list[tuple[int, str, str | None]]]]:
    """Of the first term: party, law, and of each step the amount and its days."""
    return [
        (
            line.party.code,
            line.legal,
            [
                (int(s.position.amount), s.since.isoformat(), s.until and s.until.isoformat())
                for s in line.steps
            ],
        )
        for line in figures.tracks[0].terms[0].lines
    ]


def test_steps_follow_each_other_party_by_party(autos, clocks):
    says(autos, "US", 25, "2025-07-07", standing="announced")
    says(autos, "US", 15, "2025-07-30", standing="agreed")
    says(autos, "KR", 12, "2025-07-31", standing="demanded")
    says(autos, "KR", 15, "2025-07-31", standing="agreed")
    says(autos, "US", 25, "2025-07-31", standing="in_force")
    told = positions.figures("rok-us", clocks=clocks)
    assert lines(told) == [
        ("KR", False, [(12, "2025-07-31", "2025-07-31"), (15, "2025-07-31", None)]),
        ("US", False, [(25, "2025-07-07", "2025-07-30"), (15, "2025-07-30", None)]),
        ("US", True, [(25, "2025-07-31", None)]),
    ]
    assert told.tracks[0].terms[0].numeric


def test_contested_stretches_are_those_of_the_bargained_figures(autos, clocks):
    says(autos, "KR", 15, "2025-09-01")
    says(autos, "US", 25, "2025-09-05")
    says(autos, "US", 15, "2025-09-20")
    says(autos, "US", 25, "2025-10-01")
    spans = positions.figures("rok-us", clocks=clocks).tracks[0].terms[0].contested
    assert [(span.since, span.until) for span in spans] == [
        (date(2025, 9, 5), date(2025, 9, 20)),
        (date(2025, 10, 1), None),
    ]


def test_a_term_in_words_is_no_figure(autos, clocks):
    says(autos, "KR", None, text_en="unlimited", text_ko="무제한")
    (term,) = positions.figures("rok-us", clocks=clocks).tracks[0].terms
    assert not term.numeric


def test_an_open_beginning_stands_no_later_than_what_follows(autos, clocks):
    make.PositionFactory(
        term=autos,
        according_to=make.PartyFactory(code="KR"),
        amount=10,
        effective_on="../2025-10-10",
        effective_lower=date.min,
        effective_upper=date(2025, 10, 10),
    )
    says(autos, "KR", 15, "2025-09-01")
    told = positions.figures("rok-us", clocks=clocks)
    assert lines(told) == [
        ("KR", False, [(10, "2025-09-01", "2025-09-01"), (15, "2025-09-01", None)])
    ]


def test_the_car_tariff_takes_its_step_when_it_becomes_known(autos):
    """Announced on 3 December, in force from 1 November."""
    law: dict[str, Any] = {"standing": "in_force", "known_on": date(2025, 8, 1)}
    says(autos, "US", 25, "2025-07-31", **law)
    late = {"known_on": date(2025, 12, 3), "published_at": datetime(2025, 12, 3, tzinfo=UTC)}
    says(autos, "US", 15, "2025-11-01", **law | late)
    assert lines(positions.figures("rok-us", clocks=make.clocks_at("2025-11-15"))) == [
        ("US", True, [(25, "2025-07-31", None)])
    ]
    assert lines(positions.figures("rok-us", clocks=make.clocks_at("2025-12-10"))) == [
        ("US", True, [(25, "2025-07-31", "2025-11-01"), (15, "2025-11-01", None)])
    ]


@pytest.mark.parametrize("ask", [positions.matrix, positions.figures])
def test_thirty_terms_cost_as_much_as_one(ask, whole, autos, clocks, query_count):
    says(autos, "KR", 15)
    says(autos, "US", 25)
    once = query_count(lambda: ask("rok-us", clocks=clocks))
    for number in range(29):
        term = make.TermFactory(track=make.TrackFactory(negotiation=whole), slug=f"t{number}")
        says(term, "KR", number)
    assert query_count(lambda: ask("rok-us", clocks=clocks)) == once
