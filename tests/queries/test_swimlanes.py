"""Lanes by party and period, with who is silent, what moved together and how tracks are tied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiations.models import Clocks, Track
from negotiations.queries.lanes import busy
from negotiations.queries.layouts import layout
from negotiations.queries.shapes import Lanes
from negotiations.queries.silences import QUIET, silences
from negotiations.queries.swimlanes import lanes_of
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at
from tests.queries.test_clocks_oracle import CALM

DAY = timedelta(days=1)
FIRST = date(2025, 1, 1)
days = st.integers(0, 300).map(lambda n: FIRST + n * DAY)


@pytest.fixture
def track(db: None) -> Any:  # noqa: ARG001 (rows need the database)
    """A track between Seoul and Washington."""
    parties = [make.PartyFactory(code=code) for code in ("KR", "US")]
    return make.TrackFactory(negotiation=make.NegotiationFactory(parties=parties))


def asked(track: Track, clocks: Clocks, **members: Any) -> Lanes:
    return lanes_of(layout(track.negotiation.slug, clocks=clocks), **members)


def says(track: Track, on: str, *codes: str) -> Any:
    parties = [make.PartyFactory(code=code) for code in codes]
    return make.StatementFactory(tracks=[track], said_on=on, parties=parties)


def test_a_party_s_readings_stand_in_place_of_the_desk_s(track: Track, clocks: Clocks) -> None:
    seoul = make.PartyFactory(code="KR")
    make.StatusChangeFactory(track=track, stage="mooted")
    make.StatusChangeFactory(track=track, stage="signed", according_to=seoul)
    says(track, "2025-10-02", "US")
    mine = says(track, "2025-10-03", "KR")
    shown = asked(track, clocks, party="KR")
    (lane,) = shown.lanes
    assert shown.according_to is not None
    assert shown.according_to.code == "KR"
    assert [band.stage for band in lane.bands] == ["signed"]
    assert [tick.statement_ids for tick in lane.ticks] == [(mine.pk,)]
    assert [band.stage for band in asked(track, clocks).lanes[0].bands] == ["mooted"]


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"party": "FR"}, "FR is not one of KR, US"),
        ({"since": date(2025, 10, 2), "until": date(2025, 10, 1)}, "before since"),
    ],
)
def test_what_is_no_party_and_no_period_is_refused(
    track: Track, clocks: Clocks, members: Any, why: str
) -> None:
    with pytest.raises(Refusal, match=why):
        asked(track, clocks, **members)


def test_a_period_narrows_everything(track: Track, clocks: Clocks) -> None:
    other = make.TrackFactory(negotiation=track.negotiation)
    for stage, day in (("mooted", "01"), ("exploratory", "03"), ("negotiating", "05")):
        on = f"2025-10-{day}"
        make.StatusChangeFactory(track=track, stage=stage, effective_on=on)
        make.LinkageFactory(from_track=track, to_track=other, effective_on=on)
        says(track, on)
    shown = asked(track, clocks, since=date(2025, 10, 2), until=date(2025, 10, 4))
    lane = shown.lanes[0]
    assert [band.stage for band in lane.bands] == ["mooted", "exploratory"]
    assert [tick.on.day for tick in lane.ticks] == [3]
    assert [linkage.effective_on for linkage in shown.linkages] == ["2025-10-03"]
    assert (shown.busy_since, shown.busy_until) == (date(2025, 10, 1), date(2025, 10, 5))


def test_what_was_said_by_a_day_after_the_period_is_not_in_it(track: Track, clocks: Clocks) -> None:
    for day in (3, 5):
        make.StatementFactory(
            tracks=[track], said_on=f"../2025-10-0{day}",
            said_lower=date.min, said_upper=date(2025, 10, day),
        )  # fmt: skip
    shown = asked(track, clocks, until=date(2025, 10, 4))
    assert [tick.on.day for tick in shown.lanes[0].ticks] == [3]


def test_of_many_ties_the_newest_of_the_period_are_told_and_since_when_all_are(
    track: Track, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.queries.lanes.MOST_LINKAGES", 2)
    other = make.TrackFactory(negotiation=track.negotiation)
    for day in (1, 2, 3, 4):
        on = f"2025-10-0{day}"
        make.LinkageFactory(from_track=track, to_track=other, effective_on=on)

    def told(until: int) -> tuple[list[int], date | None]:
        shown = asked(track, clocks, until=date(2025, 10, until))
        return [one.effective_lower.day for one in shown.linkages], shown.linkages_since

    assert told(until=4) == ([3, 4], date(2025, 10, 3))
    assert told(until=2) == ([1, 2], None)


def test_each_party_s_last_word_is_told(track: Track) -> None:
    says(track, "2025-09-01", "KR", "US")
    last = says(track, "2025-10-01", "KR")
    (lane,) = asked(track, clocks_at("2025-10-11")).lanes
    told = [(word.party.code, word.said_on, word.days) for word in lane.last_words]
    assert told == [("KR", date(2025, 10, 1), 10), ("US", date(2025, 9, 1), 40)]
    assert lane.last_words[0].statement == last.pk
    make.StatementFactory(tracks=[track], supersedes=last, said_on="2025-10-01")
    (lane,) = asked(track, clocks_at("2025-10-11")).lanes
    assert lane.last_words[0].said_on == date(2025, 9, 1)


def test_a_party_is_heard_where_it_is_read_though_its_words_are_filed_elsewhere(
    track: Track,
) -> None:
    elsewhere = make.TrackFactory(negotiation=track.negotiation)
    word = says(elsewhere, "2025-09-20", "US")
    make.StatusChangeFactory(track=track, according_to=make.PartyFactory(code="US"), basis=word)
    says(track, "2025-09-10", "KR")
    lane = asked(track, clocks_at("2025-10-11")).lanes[0]
    told = {word.party.code: (word.said_on, word.statement) for word in lane.last_words}
    assert told["US"] == (date(2025, 9, 20), word.pk)


def test_never_is_said_of_what_was_looked_through(
    track: Track, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.queries.utterance_days.MOST_STATEMENTS", 1)
    monkeypatch.setattr("negotiations.queries.utterance_days.LEAST_A_LANE", 1)
    says(track, "2025-09-01", "KR")
    assert asked(track, clocks).lanes[0].last_words[1].looked_since is None
    says(track, "2025-09-02", "KR")
    assert asked(track, clocks).lanes[0].last_words[1].looked_since == date(2025, 9, 2)


def speaks_weekly(track: Track) -> None:
    """Washington is read once, in March, and speaks every week of the two months after it."""
    washington = make.PartyFactory(code="US")
    make.StatusChangeFactory(track=track, according_to=washington, effective_on="2025-03-01")
    for week in range(9):
        says(track, str(date(2025, 3, 3) + 7 * week * DAY), "US")


def quiet(track: Track, on: str) -> list[tuple[date, date | None]]:
    (lane,) = asked(track, clocks_at(on, known_by="2025-12-01"), party="US").lanes
    return [(one.since, one.until) for one in lane.silences]


def test_words_that_have_no_room_on_a_lane_are_no_silence(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.queries.utterance_days.MOST_STATEMENTS", 2)
    monkeypatch.setattr("negotiations.queries.utterance_days.LEAST_A_LANE", 2)
    speaks_weekly(track)
    assert quiet(track, "2025-05-01") == []
    assert quiet(track, "2025-06-28") == [(date(2025, 4, 28), None)]


def test_before_what_is_looked_through_nobody_is_said_to_be_silent(
    track: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("negotiations.queries.utterance_days.MOST_HEARD", 2)
    monkeypatch.setattr("negotiations.queries.utterance_days.LEAST_HEARD", 2)
    speaks_weekly(track)
    assert quiet(track, "2025-05-01") == []
    for day in ("2025-05-01", "2025-06-30"):
        says(track, day, "KR")
    # Of its weeks nothing is at hand any more: it is silent from where the look ends.
    assert quiet(track, "2025-06-30") == [(date(2025, 4, 29), None)]


def test_a_party_asked_for_costs_one_query_more_for_any_number_of_tracks(
    track: Track, clocks: Clocks, query_count: Any
) -> None:
    for number in range(2):
        says(track, f"2025-09-0{number + 1}", "US")
    desk, one = (query_count(lambda p=p: asked(track, clocks, party=p)) for p in (None, "US"))
    says(make.TrackFactory(negotiation=track.negotiation), "2025-10-01", "US")
    assert query_count(lambda: asked(track, clocks, party="US")) == one == desk + 1


def test_tracks_that_change_on_one_day_are_told_with_the_words_they_share(
    track: Track, clocks: Clocks
) -> None:
    others = [make.TrackFactory(negotiation=track.negotiation) for _ in range(2)]
    shared = says(track, "2025-10-01")
    make.StatusChangeFactory(track=track, basis=shared)
    assert asked(track, clocks).moves == ()
    make.StatusChangeFactory(track=others[0], further_basis=[shared])
    (move,) = asked(track, clocks).moves
    assert (move.statement, len(move.tracks)) == (shared.pk, 2)
    make.StatusChangeFactory(track=others[1])
    told = [(move.statement, len(move.tracks)) for move in asked(track, clocks).moves]
    assert told == [(None, 3), (shared.pk, 2)]


def test_evidence_that_is_not_known_yet_is_not_named(track: Track) -> None:
    early = make.StatementFactory(tracks=[track], known_on=date(2025, 10, 1))
    late = make.StatementFactory(tracks=[track], known_on=date(2025, 10, 9))
    make.StatusChangeFactory(track=track, basis=late, further_basis=[early])
    (then,) = asked(track, clocks_at("2025-10-05")).lanes[0].bands
    (now,) = asked(track, clocks_at("2025-10-10")).lanes[0].bands
    assert then.statement_ids == (early.pk,)
    assert now.statement_ids == (late.pk, early.pk)


def test_every_word_on_a_tie_stands_at_its_date(track: Track, clocks: Clocks) -> None:
    other = make.TrackFactory(negotiation=track.negotiation)
    ends = {"from_track": track, "to_track": other}
    for day, standing in (("01", "asserted"), ("03", "denied"), ("05", "ended")):
        make.LinkageFactory(**ends, standing=standing, effective_on=f"2025-10-{day}")
    make.LinkageFactory(**ends, published_at=None)
    shown = asked(track, clocks)
    assert [linkage.standing for linkage in shown.linkages] == ["asserted", "denied", "ended"]
    assert asked(track, clocks, party="US").linkages == ()


@settings(CALM)
@given(spoken=st.sets(days, max_size=8), heard=st.sets(days, max_size=8), on=days)
def test_silence_is_every_long_pause_since_the_track_was_spoken_of(
    spoken: set[date], heard: set[date], on: date
) -> None:
    spoken, heard = {d for d in spoken if d <= on}, {d for d in heard if d <= on}
    first = min(spoken | heard, default=None)
    found = silences(spoken, since=first, on=on)
    quiet = {
        day
        for one in found
        for day in (one.since + n * DAY for n in range(1, ((one.until or on) - one.since).days))
    }
    assert not quiet & spoken
    for day in (FIRST + n * DAY for n in range(1, (on - FIRST).days)):
        if first is None or day <= first or day in spoken:
            continue
        since = max((d for d in spoken if d < day), default=first)
        until = min((d for d in spoken if d > day), default=on)
        assert (day in quiet) == (until - since >= QUIET), day


@settings(CALM)
@given(st.lists(days, min_size=1, max_size=12))
def test_the_busy_stretch_is_the_shortest_that_holds_nine_tenths(all_days: list[date]) -> None:
    since, until = busy(all_days)
    assert since is not None
    assert until is not None
    wanted = -(-len(all_days) * 9 // 10)

    def held(first: date, last: date) -> int:
        return sum(first <= day <= last for day in all_days)

    lengths = [b - a for a in all_days for b in all_days if held(a, b) >= wanted]
    assert held(since, until) >= wanted
    assert until - since == min(lengths)
