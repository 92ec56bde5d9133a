"""Reports as everybody is told of them, and as the desk reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from negotiations.desk_words import Role
from negotiations.models import ErrorReport
from negotiations.queries.report_subjects import Named, subject, subjects
from negotiations.queries.reports import (
    desk_report,
    desk_reports,
    latest,
    open_reports,
    report,
    reports,
    sums,
)
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import ReportSubject, ReportSums
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import reports as sent

pytestmark = pytest.mark.django_db
AT = make.clocks_at("2026-01-01")
DAY = timedelta(days=1)


@pytest.fixture
def change() -> Any:
    """A published status change, by which a report is answered in its place."""
    return make.StatusChangeFactory(headline_en="Agreed", headline_ko="합의")


def seat(*slugs: str) -> Seat:
    """An officer of these negotiations."""
    roles = dict.fromkeys(slugs, Role.OFFICER.value)
    return Seat(officer=make.OfficerFactory().pk, name="Kim", superuser=False, roles=roles)


def test_a_report_tells_what_it_is_about_and_nothing_that_was_written(change: Any) -> None:
    row = sent.report(change, text="The minister takes bribes.")
    told = report(row.pk, clocks=AT)
    assert told.about == ReportSubject(
        noun="status_change", id=change.pk, key=f"status_change:{change.pk}", title_en="Agreed",
        title_ko="합의", negotiation=change.track.negotiation.slug, track=change.track.slug,
        ledger_number=change.ledger_number, superseded_by=None, retracted=False,
    )  # fmt: skip
    assert (told.kind, told.state, told.answered_at) == ("wrong_date", "received", None)
    assert "bribes" not in repr(told)


def test_every_kind_of_row_has_its_place(change: Any) -> None:
    rows = [make.StatementFactory(), make.SourceFactory(), make.PositionFactory(),
            make.LinkageFactory(), make.MilestoneFactory(), make.AccountFactory(), change,
            change.track]  # fmt: skip
    told = [report(sent.report(row).pk, clocks=AT).about for row in rows]
    assert [(one.id, bool(one.title_en)) for one in told] == [(row.pk, True) for row in rows]
    assert [subject(one.key, clocks=AT) for one in told] == told


@pytest.mark.parametrize(
    "key",
    ["", "statement", "statement:", "statement:0", "statement:01", "statement:１", "statement:1 ",
     "statement:1\n", "person:1", "track:1", "track:a/b/c", "statement:-1", "__class__:1",
     f"statement:{'9' * 19}"],
)  # fmt: skip
def test_what_names_nothing_cannot_be_read(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        subject(key, clocks=AT)
    assert refused.value.code == "bad_parameter"


def test_a_draft_is_as_unknown_as_what_there_is_not() -> None:
    draft = make.StatementFactory(published_at=None, published_by=None, ledger_number=None)
    refusals = []
    for key in (f"statement:{draft.pk}", "statement:999999", "track:no/where"):
        with pytest.raises(Refusal) as refused:
            subject(key, clocks=AT)
        refusals.append((refused.value.code, refused.value.facts))
    assert refusals == [("not_found", {})] * 3


def test_what_became_of_the_row_is_told() -> None:
    first: Any = make.StatementFactory()
    newer: Any = make.StatementFactory(supersedes=first)
    (told,) = subjects([Named("statement", first.pk)], clocks=AT).values()
    assert (told.superseded_by, told.retracted) == (newer.pk, False)


def test_reports_come_newest_first_a_page_at_a_time(change: Any) -> None:
    rows = [sent.report(change, text=str(n)).pk for n in range(5)]
    told, cursor = [], None
    for _ in range(3):
        page = reports(clocks=AT, limit=2, cursor=cursor)
        told += [one.id for one in page.results]
        cursor = page.next
    assert (told, cursor) == (rows[::-1], None)


def test_reports_by_state(change: Any) -> None:
    waiting = sent.report(change)
    done = sent.answered(make.OfficerFactory(), change)
    assert [one.id for one in reports(clocks=AT, state="received").results] == [waiting.pk]
    assert [one.id for one in reports(clocks=AT, state="not_a_mistake").results] == [done.pk]
    with pytest.raises(Refusal, match="not one of received"):
        reports(clocks=AT, state="forgotten")


def test_many_reports_cost_as_many_queries_as_one(
    change: Any, query_count: Callable[..., int]
) -> None:
    costs = []
    for _ in range(2):
        costs.append(query_count(lambda: reports(clocks=AT)))
        for row in (make.StatusChangeFactory(), make.StatusChangeFactory()):
            sent.report(row)
    sent.report(change)
    assert costs[0] <= costs[1] == query_count(lambda: reports(clocks=AT))


def test_sums_count_states_and_leave_abuse_out_of_the_median(change: Any) -> None:
    officer = make.OfficerFactory()
    assert sums() == ReportSums(total=0, states=dict.fromkeys(sums().states, 0), median_days=None)
    for days in (1, 3, 8):
        row = sent.answered(officer, change)
        ErrorReport.objects.filter(pk=row.pk).update(answered_at=row.received_at + days * DAY)
    sent.answered(officer, change, state="refused", text="")
    sent.report(change)
    told = sums()
    assert (told.total, told.median_days) == (5, 3.0)
    assert {state: n for state, n in told.states.items() if n} == {
        "received": 1, "not_a_mistake": 3, "refused": 1,
    }  # fmt: skip


def test_the_tag_changes_with_every_report_and_every_change_of_one(change: Any) -> None:
    tags = [latest().hash]
    row = sent.report(change)
    tags.append(latest().hash)
    ErrorReport.objects.filter(pk=row.pk).update(version=2)
    tags.append(latest().hash)
    assert len(set(tags)) == 3
    assert latest().hash == tags[-1]


def test_the_desk_reads_those_of_its_negotiations(change: Any) -> None:
    here = change.track.negotiation
    mine = sent.report(change, negotiation_ids=[here.pk], text="Friday.")
    free = sent.report(change, negotiation_ids=[])
    other = sent.report(change, negotiation_ids=[make.NegotiationFactory().pk])
    officer = seat(here.slug)
    assert [one.record.id for one in desk_reports(officer, clocks=AT).results] == [free.pk, mine.pk]
    assert open_reports(officer) == 2
    assert desk_report(mine.pk, seat=officer, clocks=AT).text == "Friday."
    for id in (other.pk, 0, 2**70):
        with pytest.raises(Refusal, match="nothing here"):
            desk_report(id, seat=officer, clocks=AT)


def test_piles_of_the_desk(change: Any) -> None:
    officer = seat(change.track.negotiation.slug)
    waiting = sent.report(change)
    taken = sent.report(change, state="looked_at", taken_by_id=officer.officer)
    done = sent.answered(make.OfficerFactory(), change)
    piles = {
        pile: [one.record.id for one in desk_reports(officer, clocks=AT, pile=pile).results]
        for pile in ("open", "mine", "answered")
    }
    assert piles == {"open": [taken.pk, waiting.pk], "mine": [taken.pk], "answered": [done.pk]}
