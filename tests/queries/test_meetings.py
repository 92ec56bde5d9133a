"""Meetings, and the accounts of one of them side by side, under the three clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.meetings import list_meetings, meeting, told_meetings
from negotiations.queries.negotiations import negotiation
from negotiations.queries.shapes import Meeting, TopicLine
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db
DRAFT: dict[str, Any] = {
    "published_at": None, "published_by": None, "ledger_number": None, "known_on": None,
}  # fmt: skip
SILENT = {"bearing": "omits"}


@pytest.fixture
def track() -> Any:
    """A track of a negotiation of two, with a summit on 1 September."""
    parties = [
        make.PartyFactory(code="KR", capital_en="Seoul"),
        make.PartyFactory(code="US", capital_en="Washington"),
    ]
    negotiation = make.NegotiationFactory(slug="talks", parties=parties)
    track = make.TrackFactory(negotiation=negotiation)
    held(track)
    return track


def held(track: Any, slug: str = "summit", **fields: Any) -> Any:
    """A meeting."""
    usual = {"kind": "meeting", "due_on": "2025-09-01", "effective_on": "2025-09-01"}
    return make.MilestoneFactory(tracks=[track], slug=slug, **{**usual, **fields})


def account(track: Any, code: str, **fields: Any) -> Any:
    """What a party's account says."""
    return make.AccountFactory(track=track, according_to=make.PartyFactory(code=code), **fields)


def asked(clocks: Clocks) -> Meeting:
    return meeting("talks", "summit", clocks=clocks)


def line(clocks: Clocks) -> TopicLine:
    (found,) = asked(clocks).lines
    return found


def test_both_accounts_stand_on_one_line(track: Any, clocks: Clocks) -> None:
    seoul, washington = account(track, "KR"), account(track, "US", text_en="All was opened.")
    found = line(clocks)
    assert (found.verdict, found.told_by, found.left_out_by) == ("told_by_both", ("KR", "US"), ())
    assert [cell.party.code for cell in found.cells] == ["KR", "US"]
    told = [cell.account.id for cell in found.cells if cell.account]
    assert told == [seoul.pk, washington.pk]
    assert (found.topic_en, found.track.slug) == ("Rice market", track.slug)


@pytest.mark.parametrize("numbers", [(100_001, 100_002), (100_002, 100_001)])
def test_the_account_that_was_published_last_names_the_topic(
    track: Any, clocks: Clocks, numbers: tuple[int, int]
) -> None:
    """Whichever was drafted first."""
    other = make.TrackFactory(negotiation=track.negotiation)
    seoul, washington = numbers
    account(track, "KR", topic_en="Rice", ledger_number=seoul)
    account(other, "US", topic_en="Rice quotas", ledger_number=washington)
    found = line(clocks)
    expected = ("Rice", track.slug) if seoul > washington else ("Rice quotas", other.slug)
    assert (found.topic_en, found.track.slug) == expected


def test_it_names_its_negotiation_as_that_tells_itself(track: Any, clocks: Clocks) -> None:
    told = negotiation("talks", clocks=clocks)
    assert meeting("talks", "summit", clocks=clocks).negotiation == told
    assert told_meetings("talks", clocks=clocks, limit=50, cursor=None) == (
        told,
        list_meetings("talks", clocks=clocks),
    )
    assert track.negotiation.slug == told.slug


def test_of_a_party_without_an_account_nothing_is_claimed(track: Any, clocks: Clocks) -> None:
    account(track, "US")
    found = line(clocks)
    assert (found.verdict, found.told_by, found.left_out_by) == ("told_by_one", ("US",), ())
    assert found.cells[0].account is None


def test_an_omission_is_told_as_one(track: Any, clocks: Clocks) -> None:
    account(track, "KR"), account(track, "US", **SILENT)
    found = line(clocks)
    assert (found.verdict, found.told_by, found.left_out_by) == ("omitted", ("KR",), ("US",))


def test_what_contradicts_comes_first_then_as_the_board_has_it(track: Any, clocks: Clocks) -> None:
    other = make.TrackFactory(negotiation=track.negotiation, position=30_000)
    account(track, "US", topic="a-one-sided")
    account(other, "US", topic="b-later-track")
    for topic in ("c-both", "d-contradicted"):
        seoul = account(other, "KR", topic=topic)
        against = seoul if topic == "d-contradicted" else None
        account(other, "US", topic=topic, contradicts=against)
    told = [one.topic for one in asked(clocks).lines]
    assert told == ["d-contradicted", "c-both", "a-one-sided", "b-later-track"]


def test_a_contradiction_outlives_the_correction_of_either(track: Any, clocks: Clocks) -> None:
    seoul = account(track, "KR")
    washington = account(track, "US", contradicts=seoul)
    account(track, "KR", supersedes=seoul)
    assert line(clocks).verdict == "contradicted"
    account(track, "US", supersedes=washington, contradicts=seoul)
    assert line(clocks).verdict == "contradicted"


def test_a_correction_may_take_the_judgement_back(track: Any, clocks: Clocks) -> None:
    seoul = account(track, "KR")
    washington = account(track, "US", contradicts=seoul)
    account(track, "US", supersedes=washington)
    assert line(clocks).verdict == "told_by_both"


def test_a_retraction_ends_it(track: Any, clocks: Clocks) -> None:
    seoul = account(track, "KR")
    account(track, "US", contradicts=seoul)
    account(track, "KR", supersedes=seoul, withdrawn=True)
    assert (line(clocks).verdict, line(clocks).cells[0].account) == ("told_by_one", None)


def test_a_newer_account_is_not_contradicted_by_what_was_said_before(
    track: Any, clocks: Clocks
) -> None:
    seoul = account(track, "KR")
    account(track, "US", contradicts=seoul)
    newer = account(track, "KR", effective_on="2025-10-05", text_en="It was opened after all.")
    assert line(clocks).verdict == "told_by_both"
    told = line(clocks).cells[0].account
    assert told is not None
    assert told.id == newer.pk
    assert line(clocks_at("2025-10-04")).verdict == "contradicted"


def test_drafts_are_told_to_nobody(track: Any, clocks: Clocks) -> None:
    seoul = account(track, "KR")
    account(track, "US", contradicts=seoul, **DRAFT)
    held(track, slug="secret", **DRAFT)
    assert line(clocks).verdict == "told_by_one"
    (told,) = list_meetings("talks", clocks=clocks).results
    assert (told.meeting.slug, told.topics, told.told_by_one) == ("summit", 1, 1)
    with pytest.raises(Refusal, match="nothing here"):
        meeting("talks", "secret", clocks=clocks)


def test_each_clock_hides_what_comes_after_it(track: Any, clocks: Clocks) -> None:
    account(track, "KR")
    account(track, "US", effective_on="2025-10-10", known_on=date(2025, 10, 10))
    assert line(clocks).verdict == "told_by_both"
    assert line(clocks_at("2025-10-09")).verdict == "told_by_one"
    before = replace(clocks, as_of=datetime(2000, 1, 1, tzinfo=UTC))
    with pytest.raises(Refusal, match="nothing here"):
        asked(before)


def test_a_party_that_is_none_of_the_negotiation_has_a_column_of_its_own(
    track: Any, clocks: Clocks
) -> None:
    account(track, "KR"), account(track, "JP")
    found = asked(clocks)
    assert [party.code for party in found.parties] == ["KR", "US", "JP"]
    assert found.lines[0].told_by == ("KR", "JP")


def test_earlier_dates_of_a_meeting_stay_visible(track: Any, clocks: Clocks) -> None:
    held(track, due_on="2025-09-20", effective_on="2025-09-02")
    held(track, due_on="2025-09-20", effective_on="2025-09-20", outcome="met")
    found = asked(clocks)
    assert (found.meeting.due_on, found.meeting.outcome) == ("2025-09-20", "met")
    assert [slip.due_on for slip in found.slips] == ["2025-09-01"]


@pytest.mark.parametrize("slug", ["nowhere", "deadline", "a\x00b", "x" * 500])
def test_what_is_no_meeting_is_not_found(track: Any, clocks: Clocks, slug: str) -> None:
    make.MilestoneFactory(tracks=[track], slug="deadline")
    with pytest.raises(Refusal, match="nothing here"):
        meeting("talks", slug, clocks=clocks)


def test_meetings_are_listed_latest_first_in_pages(track: Any, clocks: Clocks) -> None:
    for day in (3, 2):
        held(track, slug=f"on-{day}", due_on=f"2025-10-0{day}")
    make.MilestoneFactory(tracks=[track], slug="deadline")
    held(make.TrackFactory(), slug="elsewhere")
    found, cursor = [], None
    while True:
        page = list_meetings("talks", clocks=clocks, limit=1, cursor=cursor)
        found += [one.meeting.slug for one in page.results]
        if (cursor := page.next) is None:
            break
    assert found == ["on-3", "on-2", "summit"]


def test_topics_are_counted_by_verdict(track: Any, clocks: Clocks) -> None:
    seoul = account(track, "KR", topic="a")
    account(track, "US", topic="a", contradicts=seoul)
    account(track, "KR", topic="b"), account(track, "US", topic="b", **SILENT)
    account(track, "KR", topic="c"), account(track, "US", topic="c")
    account(track, "KR", topic="d")
    account(track, "KR", topic="e", **SILENT)
    (told,) = list_meetings("talks", clocks=clocks).results
    counted = (
        told.topics, told.contradicted, told.omitted, told.told_by_both, told.told_by_one,
        told.untold,
    )  # fmt: skip
    assert counted == (5, 1, 1, 1, 1, 1)


def test_a_negotiation_without_meetings_has_none(clocks: Clocks) -> None:
    make.NegotiationFactory(slug="quiet")
    assert list_meetings("quiet", clocks=clocks).results == ()
    with pytest.raises(Refusal, match="nothing here"):
        list_meetings("nowhere", clocks=clocks)
