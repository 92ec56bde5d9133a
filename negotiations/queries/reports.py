"""Reports of errors: everybody's list of them, and the desk's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from negotiations.desk_words import Role
from negotiations.models import Clocks, ErrorReport, Negotiation
from negotiations.queries import ledger, lookups
from negotiations.queries.paging import Order, page_rows
from negotiations.queries.report_subjects import Named, subjects
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import Page
from negotiations.queries.shapes.reports import DeskReport, ReportRecord, ReportSums
from negotiations.refusals import Refusal
from negotiations.sql import fetch, fetch_first
from negotiations.trust_words import OPEN_REPORTS, ReportState

_NEWEST = Order(name="reports", columns=("pk",), kinds=(int,))
PILES = ("open", "mine", "answered")
_SUMS = """
    SELECT state, count(*) FROM negotiations_errorreport GROUP BY state
"""
_MEDIAN = """
    SELECT EXTRACT(EPOCH FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - received_at)
        )::float8 / 86400
    FROM negotiations_errorreport WHERE answered_at IS NOT NULL AND state <> 'refused'
"""
_LATEST = """
    SELECT newest.number, newest.at, newest.hash, stand.reports, stand.changes
    FROM (SELECT count(*) AS reports, COALESCE(sum(version), 0)::bigint AS changes
            FROM negotiations_errorreport) stand
        LEFT JOIN LATERAL (SELECT number, at, hash FROM negotiations_ledgerentry
            WHERE public ORDER BY number DESC LIMIT 1) newest ON true
"""


def latest() -> ledger.Latest:
    """The newest act, its hash lengthened by how often reports have changed. One SQL query.

    Answers with reports are tagged by it, for those change without an act.
    """
    ((number, at, hash, count, changes),) = fetch_first(_LATEST)
    return ledger.Latest(number=number or 0, at=at, hash=f"{hash or ''}:{count}:{changes}")


def reports(
    *, clocks: Clocks, state: str | None = None, limit: int = 50, cursor: str | None = None
) -> Page[ReportRecord]:
    """All reports, or those in a state, newest first; nine SQL queries at most.

    `clocks` tell what became of the rows that they are about. Refuses `bad_parameter` and
    `bad_cursor`.
    """
    known = lookups.word(state, ReportState, name="state")
    rows = _rows() if known is None else _rows().filter(state=known)
    order = replace(_NEWEST, name=f"reports {known or ''}".strip())
    found, following = page_rows(rows, order=order, limit=limit, cursor=cursor)
    return Page(results=tuple(_told(found, clocks=clocks)), next=following)


def report(id: int, *, clocks: Clocks) -> ReportRecord:
    """One report by its number; refuses `not_found`."""
    row = _rows().filter(pk=id).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    return next(iter(_told([row], clocks=clocks)))


def sums() -> ReportSums:
    """How many there are by state, and how long answers take; two SQL queries."""
    counted: dict[str, int] = dict(fetch(_SUMS))
    ((median,),) = fetch(_MEDIAN)
    return ReportSums(
        total=sum(counted.values()),
        states={state.value: counted.get(state.value, 0) for state in ReportState},
        median_days=None if median is None else round(median, 1),
    )


def desk_reports(
    seat: Seat, *, clocks: Clocks, pile: str = "open", limit: int = 30, cursor: str | None = None
) -> Page[DeskReport]:
    """A pile of the reports that the account may answer, newest first; refuses `bad_cursor`."""
    rows = _of(seat).filter(_pile(pile, seat))
    order = replace(_NEWEST, name=f"reports of {seat.officer}: {pile}")
    found, following = page_rows(rows, order=order, limit=limit, cursor=cursor)
    return Page(results=tuple(_at_desk(found, clocks=clocks)), next=following)


def desk_report(id: int, *, seat: Seat, clocks: Clocks) -> DeskReport:
    """One of them; refuses `not_found` where the account is no officer of its negotiation."""
    row = _of(seat).filter(pk=id).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    return next(iter(_at_desk([row], clocks=clocks)))


def open_reports(seat: Seat) -> int:
    """How many wait for an answer; two SQL queries."""
    return _of(seat).filter(_pile("open", seat)).count()


def _rows() -> QuerySet[Any]:
    return ErrorReport.objects.defer("text", "source_url")


def _of(seat: Seat) -> QuerySet[Any]:
    rows = ErrorReport.objects.select_related("taken_by", "answered_by")
    held = list(
        Negotiation.objects.filter(slug__in=seat.where(Role.OFFICER)).values_list("pk", flat=True)
    )
    return rows.filter(Q(negotiation_ids__overlap=held) | Q(negotiation_ids=[]))


def _pile(pile: str, seat: Seat) -> Q:
    waiting = Q(state__in=OPEN_REPORTS)
    match pile:
        case "mine":
            return waiting & Q(taken_by=seat.officer)
        case "answered":
            return ~waiting
    return waiting


def _told(rows: Sequence[Any], *, clocks: Clocks) -> Iterable[ReportRecord]:
    about = subjects([Named(row.noun, row.object_id) for row in rows], clocks=clocks)
    for row in rows:
        yield ReportRecord(
            id=row.pk, about=about[Named(row.noun, row.object_id)], kind=row.kind, state=row.state,
            received_at=row.received_at, answered_at=row.answered_at, answer_en=row.answer_en,
            answer_ko=row.answer_ko, correction=row.correction, duplicate_of=row.duplicate_of_id,
        )  # fmt: skip


def _at_desk(rows: Sequence[Any], *, clocks: Clocks) -> Iterable[DeskReport]:
    for row, record in zip(rows, _told(rows, clocks=clocks), strict=True):
        yield DeskReport(
            record=record, version=row.version, text=row.text, source_url=row.source_url,
            language=row.language, taken_by=_name(row.taken_by), answered_by=_name(row.answered_by),
        )  # fmt: skip


def _name(officer: Any) -> str:
    return "" if officer is None else officer.first_name or officer.username
