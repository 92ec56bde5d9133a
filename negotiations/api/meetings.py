"""Meetings, and both accounts of one of them side by side."""

from __future__ import annotations

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, PAGING
from negotiations.api.reading import Read
from negotiations.queries import meetings
from negotiations.queries.pieces import tell, told_of
from negotiations.queries.shapes import Meeting, MeetingSummary, Page


class ListMeetings(Read):
    """The meetings of a negotiation, latest date first, and how the accounts of them compare.

    Each tells how many topics are `contradicted`, `omitted`, `told_by_both`, `told_by_one` and
    `untold`.
    """

    tag = "Negotiations"
    shape = Page[MeetingSummary]
    parameters = (*CLOCKS, *PAGING)

    def answer(self, asked: Asked, *, negotiation: str) -> Page[MeetingSummary]:
        """One page of them."""
        return meetings.list_meetings(negotiation, clocks=asked.clocks, **asked.paging, tell=tell)


class ShowMeeting(Read):
    """One meeting: what each party's account says of it, by topic.

    A cell whose `account` is null claims nothing: the party's account on that topic is not on
    record. Only one whose `bearing` is `omits` says that the account leaves the topic out.
    """

    tag = "Negotiations"
    shape = Meeting
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str, meeting: str) -> Meeting:
        """The meeting of that slug."""
        return meetings.meeting(negotiation, meeting, clocks=asked.clocks, tell=told_of)
