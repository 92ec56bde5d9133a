"""What stands in a brief and in a handover, and what has no room."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.briefs import brief, handover
from negotiations.queries.pins import newest_pin
from negotiations.queries.shapes.briefs import LeftOut
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def told(clocks: Clocks, slug: str = "rok-us") -> Any:
    return brief(slug, pin=newest_pin(clocks))


def taken_over(clocks: Clocks, slug: str = "rok-us") -> Any:
    return handover(slug, pin=newest_pin(clocks))


@pytest.mark.usefixtures("shown")
def test_a_track_is_told_with_what_each_party_says_where_they_are_not_at_one(clocks):
    (security,) = told(clocks).tracks

    assert (security.track.slug, security.stage) == ("security", "agreed_in_principle")
    assert [(r.party.code, r.stage, r.notes) for r in security.readings] == [
        ("KR", "agreed_in_principle", (1,)),
        ("US", None, ()),
    ]
    assert security.new is True


def test_parties_that_are_at_one_are_told_by_the_desk_alone(shown, clocks):
    make.StatusChangeFactory(
        track=shown.track,
        according_to=make.PartyFactory(code="US"),
        stage="agreed_in_principle",
        basis=shown.paraphrased,
    )

    assert told(clocks).tracks[0].readings == ()
    assert told(clocks).concordant == 1


def test_every_claim_has_an_endnote_numbered_as_the_page_goes(shown, clocks):
    page = told(clocks)

    assert [note.number for note in page.notes] == list(range(1, len(page.notes) + 1))
    assert page.tracks[0].notes == (1,)
    assert page.notes[0].statement == shown.quoted.pk
    assert page.notes[0].quotation == "not optimistic,"
    cited = {
        n
        for part in (page.tracks, page.ties, page.dates, page.news)
        for one in part
        for n in one.notes
    } | {n for term in page.terms for one in term.positions for n in one.notes}
    assert cited == {note.number for note in page.notes}


def test_endnotes_are_numbered_in_the_order_in_which_the_page_cites_them(shown, clocks):
    """Tracks, terms, dates, ties, news: as the sheet has them, on paper and on the screen."""
    make.LinkageFactory(
        from_track=shown.track, to_track=shown.tariffs, kind="precondition_for",
        effective_on="2025-10-05",
    )  # fmt: skip
    make.MilestoneFactory(tracks=[shown.track], due_on="2025-11-20")
    page = told(clocks)
    cited = [
        number
        for one in (*page.tracks, *page.terms, *page.dates, *page.ties, *page.news)
        for part in (one, *getattr(one, "readings", ()), *getattr(one, "positions", ()))
        for number in getattr(part, "notes", ())
    ]

    assert page.dates
    assert page.ties
    assert list(dict.fromkeys(cited)) == [note.number for note in page.notes]


def test_an_endnote_tells_the_admiralty_code(shown, clocks):
    note = told(clocks).notes[0]

    assert (note.reliability, note.credibility) == ("B", shown.quoted.credibility)
    publisher = shown.quoted.source.publisher
    for letter, day in {"C": "2025-10-01", "F": "2025-11-01"}.items():
        make.GradeFactory(publisher=publisher, reliability=letter, graded_on=day)
    assert told(clocks).notes[0].reliability == "C"


def test_a_claim_cites_what_still_stands_and_is_quoted(shown, clocks):
    row = make.StatusChangeFactory(
        track=shown.tariffs, basis=shown.paraphrased, further_basis=[shown.quoted]
    )

    tariffs = next(one for one in told(clocks).tracks if one.status_change == row.pk)
    assert [told(clocks).notes[n - 1].statement for n in tariffs.notes] == [shown.quoted.pk]


@pytest.mark.parametrize(
    ("kind", "standing", "held"),
    [
        ("precondition_for", "asserted", 1),
        ("precondition_for", "denied", 0),
        ("precondition_for", "ended", 0),
        ("decoupled_from", "asserted", 0),
        ("implements", "asserted", 0),
    ],
)
def test_only_a_tie_that_holds_something_up_is_told(shown, clocks, kind, standing, held):
    make.LinkageFactory(
        from_track=shown.track, to_track=shown.tariffs, kind=kind, standing=standing,
        basis=shown.quoted, effective_on="2025-10-05",
    )  # fmt: skip

    assert len(told(clocks).ties) == held


@pytest.mark.usefixtures("shown")
def test_a_date_that_passed_without_an_outcome_is_overdue():
    early, late = (told(clocks_at(day)).dates for day in ("2025-10-14", "2025-11-02"))

    assert [(one.due_on, one.overdue) for one in early] == [("2025-10-31", False)]
    assert [(one.due_on, one.overdue) for one in late] == [("2025-10-31", True)]


def test_a_date_that_slipped_is_told_after_those_that_are_open_even_when_it_is_over(shown):
    rows = {"2025-09-01": "open", "2025-09-25": "open"}
    said = {"tracks": [shown.track], "negotiation": shown.negotiation, "slug": "deadline"}
    for number, (due, outcome) in enumerate(rows.items()):
        make.MilestoneFactory(
            due_on=due, outcome=outcome, effective_on=f"2025-08-0{number + 1}", **said
        )
    make.MilestoneFactory(due_on="2025-09-25", outcome="met", effective_on="2025-09-25", **said)
    page = told(clocks_at("2025-10-14"))

    first, last = page.dates
    assert (first.due_on, first.outcome, first.moved.least) == ("2025-10-31", "open", 46)
    assert (last.slug, last.outcome, last.moved.least) == ("deadline", "met", 24)
    assert len(last.notes) == 2


def test_a_date_that_was_kept_at_once_is_not_told(shown, clocks):
    make.MilestoneFactory(tracks=[shown.track], slug="kept", due_on="2025-09-25", outcome="met")

    assert [one.due_on for one in told(clocks).dates] == ["2025-10-31"]


def test_news_are_those_of_a_fortnight_that_stand_nowhere_else(shown):
    make.PositionFactory(
        term=shown.term, according_to=make.PartyFactory(code="KR"), amount=9,
        basis=shown.quoted, effective_on="2025-09-20",
    )  # fmt: skip

    then = told(clocks_at("2025-10-14"))
    assert (then.news, then.left_out.news) == ((), 0)
    (news,) = told(clocks_at("2025-10-03")).news
    assert (news.noun, news.amount, news.party.code) == ("position", 9, "KR")


@pytest.mark.usefixtures("shown")
def test_before_anything_was_known_there_is_nothing():
    page = told(clocks_at("2025-01-01"))

    assert (page.tracks, page.terms, page.ties, page.dates, page.news, page.notes) == ((),) * 6
    assert (page.unknown, page.left_out, page.last_said_on) == (2, LeftOut(tracks=2), None)
    assert [(one.status_change, one.stage) for one in page.others] == [(None, None)] * 2


def test_nothing_that_is_a_draft_or_waits_is_told(shown, clocks):
    before = told(clocks)
    for row in ({"published_at": None}, {"published_at": clocks.as_of.replace(year=2027)}):
        make.StatusChangeFactory(track=shown.tariffs, basis=shown.quoted, **row)
        make.PositionFactory(term=shown.term, basis=shown.quoted, **row)
        make.MilestoneFactory(tracks=[shown.track], basis=shown.quoted, **row)
        make.StatementFactory(tracks=[shown.track], **row)

    assert told(clocks) == before


def test_of_48_tracks_headline_tracks_come_first_then_the_newest(clocks):
    negotiation = make.NegotiationFactory(slug="talks")
    for number in range(48):
        track = make.TrackFactory(
            negotiation=negotiation, slug=f"t{number}", headline=number in (7, 9), position=number
        )
        day = f"2025-09-{number % 28 + 1:02d}"
        make.StatusChangeFactory(track=track, effective_on=day)
    page = told(clocks, "talks")

    slugs = [one.track.slug for one in page.tracks]
    others = sorted({*range(48)} - {7, 9}, key=lambda number: (-(number % 28), number))
    assert slugs == ["t7", "t9", *(f"t{number}" for number in others)][: len(slugs)]
    assert len(slugs) > 6
    assert page.left_out.tracks == 48 - len(slugs)
    named = [one.track.slug for one in page.others]
    assert [*slugs, *named] == ["t7", "t9", *(f"t{number}" for number in others)]
    assert {one.stage for one in page.others} == {"negotiating"}


def test_names_that_have_no_room_are_counted(clocks):
    negotiation = make.NegotiationFactory(slug="talks")
    for number in range(60):
        make.TrackFactory(negotiation=negotiation, title_en=f"{number} and a name that is long")
    page = told(clocks, "talks")

    assert 20 < len(page.others) < page.left_out.tracks == 60


def test_a_headline_track_without_a_reading_is_told_as_such(shown, clocks):
    track = make.TrackFactory(negotiation=shown.negotiation, slug="lead", headline=True)

    first = told(clocks).tracks[0]
    assert (first.track.slug, first.status_change, first.agreement) == (track.slug, None, "unknown")


def test_a_negotiation_without_tracks_is_told(clocks):
    make.NegotiationFactory(slug="empty")

    assert told(clocks, "empty").tracks == taken_over(clocks, "empty").tracks == ()


def test_what_is_not_there_is_refused(clocks):
    with pytest.raises(Refusal) as refused:
        told(clocks, "nowhere")
    assert refused.value.code == "not_found"


def test_one_item_and_three_cost_the_same(clocks, django_assert_max_num_queries):
    def fill(times: int) -> None:
        for number in range(times):
            track = make.TrackFactory(negotiation=whole, slug=f"n{track_count()}{number}")
            said = make.StatementFactory(
                tracks=[track], parties=[make.PartyFactory(code="KR")], kind="offers"
            )
            for code in (None, "KR", "US"):
                party = make.PartyFactory(code=code) if code else None
                make.StatusChangeFactory(track=track, according_to=party, basis=said)
            make.PositionFactory(term=make.TermFactory(track=track), basis=said)
            make.MilestoneFactory(tracks=[track], basis=said)
            make.LinkageFactory(from_track=track, basis=said, kind="precondition_for")

    def track_count() -> int:
        return whole.tracks.count()

    whole = make.NegotiationFactory(slug="talks")
    costs = []
    for times in (1, 3):
        fill(times)
        with django_assert_max_num_queries(60) as asked:
            told(clocks, "talks")
        with django_assert_max_num_queries(60) as asked_more:
            taken_over(clocks, "talks")
        costs.append((len(asked), len(asked_more)))
    assert costs[0] == costs[1] == (23, 25)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("compose", [told, taken_over])
def test_meetings_are_named_of_which_accounts_contradict_each_other(clocks, compose):
    (found,) = compose(clocks).contradictions

    assert (found.meeting, found.title_en, found.topics_in_all) == ("summit", "Summit", 1)
    assert [topic.topic for topic in found.topics] == ["rice-market"]
