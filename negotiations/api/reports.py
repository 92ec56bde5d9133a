"""Reports of errors, as everybody is told of them. They are sent by a form alone."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import PAGING, REPORT_STATE
from negotiations.api.reading import Read
from negotiations.queries import reports
from negotiations.queries.ledger import Latest
from negotiations.queries.shapes import Page, ReportRecord, ReportSums


class _ReadReports(Read):
    """A report changes without an act of the ledger, so its answers have tags of their own."""

    tag = "Reports of errors"

    def latest(self) -> Latest:
        """The newest act, and how often reports have changed."""
        return reports.latest()


class ListReports(_ReadReports):
    """Reports of errors, newest first, with the desk's answers; what readers wrote is not told.

    An error is reported on the page `/reports/new/?about=statement:12`, by people: there is no
    POST for programs.
    """

    shape = Page[ReportRecord]
    parameters = (*PAGING, REPORT_STATE)

    def answer(self, asked: Asked) -> Page[ReportRecord]:
        """One page of them."""
        return reports.reports(clocks=asked.clocks, **asked.filters, **asked.paging)


class ShowReportSums(_ReadReports):
    """How many reports there are by state, and how long answers take."""

    shape = ReportSums
    parameters = ()

    def answer(self, asked: Asked) -> ReportSums:  # noqa: ARG002 (the same whatever is asked)
        """The sums."""
        return reports.sums()


class ShowReport(_ReadReports):
    """One report of an error, by its number."""

    shape = ReportRecord
    parameters = ()

    def answer(self, asked: Asked, *, id: int) -> ReportRecord:
        """The report of that number."""
        return reports.report(id, clocks=asked.clocks)
