"""Status changes, positions, linkages, milestones and accounts, each with its evidence."""

from __future__ import annotations

from negotiations.api import filters
from negotiations.api.asking import Asked
from negotiations.api.parameters import Parameter
from negotiations.api.reading import Read
from negotiations.queries import record
from negotiations.queries.pieces import tell
from negotiations.queries.record import RecordFilters
from negotiations.queries.shapes import (
    AccountRecord,
    LinkageRecord,
    MilestoneRecord,
    Page,
    PositionRecord,
    StatusChangeRecord,
)


def _taking(*own: Parameter) -> tuple[Parameter, ...]:
    """The parameters of a list of the record that has these filters of its own."""
    common = (*filters.CLOCKS, *filters.PAGING, filters.NEGOTIATION, filters.TRACK)
    return (*common, *own, filters.EFFECTIVE_FROM, filters.EFFECTIVE_TO)


class ListStatusChanges(Read):
    """Readings of where tracks stand, latest effective first.

    `according_to` is a party, or null for the desk's own reading.
    """

    tag = "The record"
    shape = Page[StatusChangeRecord]
    parameters = _taking(filters.READER, filters.STAGE, filters.MOMENTUM)

    def answer(self, asked: Asked) -> Page[StatusChangeRecord]:
        """One page of them."""
        wanted = RecordFilters(**asked.filters)
        return record.list_status_changes(
            clocks=asked.clocks, filters=wanted, **asked.paging, tell=tell
        )


class ShowStatusChange(Read):
    """One reading of where a track stands."""

    tag = "The record"
    shape = StatusChangeRecord
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> StatusChangeRecord:
        """The reading of that id."""
        return record.status_change(id, clocks=asked.clocks)


class ListPositions(Read):
    """What parties say the terms are, latest effective first."""

    tag = "The record"
    shape = Page[PositionRecord]
    parameters = _taking(filters.CLAIMANT, filters.STANDING)

    def answer(self, asked: Asked) -> Page[PositionRecord]:
        """One page of them."""
        wanted = RecordFilters(**asked.filters)
        return record.list_positions(clocks=asked.clocks, filters=wanted, **asked.paging, tell=tell)


class ShowPosition(Read):
    """What one party says a term is."""

    tag = "The record"
    shape = PositionRecord
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> PositionRecord:
        """The position of that id."""
        return record.position(id, clocks=asked.clocks)


class ListLinkages(Read):
    """How tracks are tied to each other, latest effective first.

    `track` finds ties from and to it.
    """

    tag = "The record"
    shape = Page[LinkageRecord]
    parameters = _taking(filters.READER, filters.LINKAGE_KIND, filters.LINKAGE_STANDING)

    def answer(self, asked: Asked) -> Page[LinkageRecord]:
        """One page of them."""
        wanted = RecordFilters(**asked.filters)
        return record.list_linkages(clocks=asked.clocks, filters=wanted, **asked.paging, tell=tell)


class ShowLinkage(Read):
    """One tie between two tracks."""

    tag = "The record"
    shape = LinkageRecord
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> LinkageRecord:
        """The tie of that id."""
        return record.linkage(id, clocks=asked.clocks)


class ListMilestones(Read):
    """Meetings, deadlines and targets, latest effective first; each new date is a row."""

    tag = "The record"
    shape = Page[MilestoneRecord]
    parameters = _taking(filters.MILESTONE_KIND, filters.OUTCOME)

    def answer(self, asked: Asked) -> Page[MilestoneRecord]:
        """One page of them."""
        wanted = RecordFilters(**asked.filters)
        return record.list_milestones(
            clocks=asked.clocks, filters=wanted, **asked.paging, tell=tell
        )


class ShowMilestone(Read):
    """One date of a milestone and what became of it."""

    tag = "The record"
    shape = MilestoneRecord
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> MilestoneRecord:
        """The row of that id."""
        return record.milestone(id, clocks=asked.clocks)


class ListAccounts(Read):
    """What parties' accounts of meetings say by topic, latest effective first.

    `bearing` is `omits` only where an officer read the account and confirmed that it is silent.
    """

    tag = "The record"
    shape = Page[AccountRecord]
    parameters = _taking(filters.CLAIMANT, filters.BEARING, filters.MEETING, filters.TOPIC)

    def answer(self, asked: Asked) -> Page[AccountRecord]:
        """One page of them."""
        wanted = RecordFilters(**asked.filters)
        return record.list_accounts(clocks=asked.clocks, filters=wanted, **asked.paging, tell=tell)


class ShowAccount(Read):
    """What one party's account of a meeting says on one topic."""

    tag = "The record"
    shape = AccountRecord
    parameters = filters.CLOCKS

    def answer(self, asked: Asked, *, id: int) -> AccountRecord:
        """The account of that id."""
        return record.account(id, clocks=asked.clocks)
