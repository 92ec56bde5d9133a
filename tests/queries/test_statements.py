"""What was said: lists, filters, corrections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.statements import StatementFilters, list_statements, statement
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def ids(clocks: Clocks, *, limit: int = 50, **filters: Any) -> list[int]:
    """The ids of all pages."""
    found: list[int] = []
    cursor = None
    while True:
        page = list_statements(
            clocks=clocks, filters=StatementFilters(**filters), limit=limit, cursor=cursor
        )
        found += [record.id for record in page.results]
        cursor = page.next
        if cursor is None:
            return found


def test_newest_first_by_both_bounds_then_by_number(clocks: Clocks) -> None:
    track = make.TrackFactory()
    day = make.StatementFactory(tracks=[track], said_on="2025-10-03")
    month = make.StatementFactory(
        tracks=[track], said_lower=date(2025, 10, 3), said_upper=date(2025, 10, 31)
    )
    later = make.StatementFactory(tracks=[track], said_on="2025-10-03")
    older = make.StatementFactory(tracks=[track], said_on="2025-10-02")
    expected = [row.pk for row in (month, later, day, older)]
    assert ids(clocks) == expected
    assert ids(clocks, track=track.slug) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
@pytest.mark.parametrize("by_track", [True, False])
def test_pages_lose_and_repeat_nothing(clocks: Clocks, limit: int, by_track: bool) -> None:
    track = make.TrackFactory()
    for day in ("2025-10-01", "2025-10-02", "2025-10-02", "2025-10-02", "2025-10-03", "2025-10-03"):
        make.StatementFactory(tracks=[track], said_on=day)
    filters = {"track": track.slug} if by_track else {}
    whole = ids(clocks, **filters)
    assert len(whole) == 6
    assert ids(clocks, limit=limit, **filters) == whole


def test_a_page_stands_when_newer_statements_arrive(clocks: Clocks) -> None:
    make.StatementFactory(said_on="2025-10-01")
    make.StatementFactory(said_on="2025-10-02")
    first = list_statements(clocks=clocks, filters=StatementFilters(), limit=1)
    make.StatementFactory(said_on="2025-10-03")
    second = list_statements(clocks=clocks, filters=StatementFilters(), limit=1, cursor=first.next)
    assert [r.said_on for r in (*first.results, *second.results)] == ["2025-10-02", "2025-10-01"]
    assert second.next is None


def test_every_filter_keeps_what_it_names(clocks: Clocks) -> None:
    korea, america = make.PartyFactory(code="KR"), make.PartyFactory(code="US")
    track = make.TrackFactory()
    hit = make.StatementFactory(
        tracks=[track],
        parties=[korea],
        about=[america],
        kind="denies",
        said_on="2025-10-05",
    )
    make.StatementFactory(
        tracks=[make.TrackFactory()],
        parties=[america],
        about=[korea],
        speaker=make.PersonFactory(),
        said_on="2025-09-01",
    )
    for filters in (
        {"negotiation": track.negotiation.slug},
        {"track": track.slug},
        {"negotiation": track.negotiation.slug, "track": track.slug},
        {"party": "KR"},
        {"about": "US"},
        {"speaker": hit.speaker.slug},
        {"publisher": hit.source.publisher.slug},
        {"source": str(hit.source_id)},
        {"kind": "denies"},
        {"said_from": date(2025, 10, 5)},
        {"said_from": date(2025, 10, 5), "said_to": date(2025, 10, 5)},
        {"party": "KR", "kind": "denies", "track": track.slug},
    ):
        assert ids(clocks, **filters) == [hit.pk], filters
    assert ids(clocks, party="KR", kind="reports") == []


def test_days_take_in_vague_dates_that_may_be_among_them(clocks: Clocks) -> None:
    month = make.StatementFactory(said_lower=date(2025, 10, 1), said_upper=date(2025, 10, 31))
    window = {"said_from": date(2025, 10, 10), "said_to": date(2025, 10, 12)}
    assert ids(clocks, **window) == [month.pk]
    assert ids(clocks, said_from=date(2025, 11, 1)) == []


def test_days_that_end_before_they_begin_are_refused(clocks: Clocks) -> None:
    day = date(2025, 10, 10)
    assert ids(clocks, said_from=day, said_to=day) == []
    with pytest.raises(Refusal, match="it is before said_from, 2025-10-11") as refused:
        ids(clocks, said_from=date(2025, 10, 11), said_to=day)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "said_to")


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("negotiation", "nowhere", "there is no negotiation nowhere"),
        ("track", "nowhere", "there is no track nowhere"),
        ("party", "ZZ", "there is no party ZZ"),
        ("about", "ZZ", "there is no party ZZ"),
        ("speaker", "nobody", "there is no person nobody"),
        ("publisher", "none\0", "there is no publisher"),
        ("source", "0", "there is no source 0"),
        ("source", "1.5", "there is no source 1.5"),
        ("source", "9" * 30, "there is no source 9"),
        ("kind", "shouts", "shouts is not one of reports, "),
    ],
)
def test_a_filter_that_names_nothing_is_refused(
    clocks: Clocks, name: str, value: str, why: str
) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        list_statements(clocks=clocks, filters=StatementFilters(**{name: value}))
    assert (refused.value.code, refused.value.at) == ("bad_parameter", name)


def test_a_slug_that_two_negotiations_have_needs_the_negotiation(clocks: Clocks) -> None:
    one, other = (make.TrackFactory(slug="tariffs") for _ in range(2))
    hit = make.StatementFactory(tracks=[one])
    make.StatementFactory(tracks=[other])
    with pytest.raises(Refusal, match="name the negotiation"):
        ids(clocks, track="tariffs")
    assert ids(clocks, negotiation=one.negotiation.slug, track="tariffs") == [hit.pk]


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_limit_outside_its_bounds_is_refused(clocks: Clocks, limit: int) -> None:
    with pytest.raises(Refusal, match="1 to 200"):
        list_statements(clocks=clocks, filters=StatementFilters(), limit=limit)


def test_drafts_and_what_is_not_on_the_clocks_are_not_there() -> None:
    track = make.TrackFactory()
    make.StatementFactory(tracks=[track], published_at=None)
    late = make.StatementFactory(tracks=[track], known_on=date(2025, 10, 9), said_on="2025-10-01")
    for filters in ({}, {"track": track.slug}):
        assert ids(clocks_at("2025-10-08"), **filters) == []
        assert ids(clocks_at("2025-10-09"), **filters) == [late.pk]
        before = clocks_at("2025-10-09", as_of=datetime(2025, 10, 13, tzinfo=UTC))
        assert ids(before, **filters) == []
        unsaid = clocks_at("2025-09-30", known_by="2025-10-09")
        assert ids(unsaid, **filters) == []
    with pytest.raises(Refusal, match="nothing here"):
        statement(late.pk, clocks=clocks_at("2025-10-08"))


def test_a_corrected_statement_is_left_out_of_lists_and_still_told_on_its_own(
    clocks: Clocks,
) -> None:
    track = make.TrackFactory()
    wrong = make.StatementFactory(tracks=[track])
    right = make.StatementFactory(tracks=[track], supersedes=wrong)
    assert ids(clocks) == [right.pk]
    assert ids(clocks, track=track.slug) == [right.pk]
    old = statement(wrong.pk, clocks=clocks).statement
    new = statement(right.pk, clocks=clocks).statement
    assert (old.superseded_by, old.retracted) == (right.pk, False)
    assert (new.superseded_by, new.supersedes) == (None, wrong.pk)
    assert new.correction_reason == "A slip of the pen."


def test_a_retracted_statement_says_so(clocks: Clocks) -> None:
    wrong = make.StatementFactory()
    gone = make.StatementFactory(supersedes=wrong, withdrawn=True)
    assert ids(clocks) == []
    assert statement(wrong.pk, clocks=clocks).statement.retracted
    assert statement(gone.pk, clocks=clocks).statement.retracted


def test_a_correction_that_is_not_known_yet_is_not_told() -> None:
    wrong = make.StatementFactory()
    make.StatementFactory(supersedes=wrong, known_on=date(2025, 10, 9))
    assert statement(wrong.pk, clocks=clocks_at("2025-10-08")).statement.superseded_by is None
