"""What changed between two days, or two states of our record."""

from __future__ import annotations

from django.conf import settings

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS, FROM, SINCE, TO
from negotiations.api.reading import Read
from negotiations.queries import state_comparisons
from negotiations.queries.asked_spans import read_span
from negotiations.queries.shapes import StateComparison


class CompareNegotiation(Read):
    """What changed on a negotiation from one day to another, or since a number of the ledger.

    Two days are compared by what was public on each, as our record tells it now; with `since` our
    record is compared with itself. Each track that differs tells what was and what is.
    """

    tag = "Negotiations"
    shape = StateComparison
    parameters = (FROM, TO, SINCE, *CLOCKS)

    def answer(self, asked: Asked, *, negotiation: str) -> StateComparison:
        """The comparison of the negotiation of that slug."""
        return _compare(asked, negotiation, None)


class CompareTrack(Read):
    """What changed on one track from one day to another, or since a number of the ledger."""

    tag = "Tracks"
    shape = StateComparison
    parameters = (FROM, TO, SINCE, *CLOCKS)

    def answer(self, asked: Asked, *, negotiation: str, track: str) -> StateComparison:
        """The comparison of the track of that slug."""
        return _compare(asked, negotiation, track)


def _compare(asked: Asked, negotiation: str, track: str | None) -> StateComparison:
    values = asked.values
    span = read_span(
        from_day=values.get(FROM.name),
        to_day=values.get(TO.name),
        since=values.get(SINCE.name),
        given=[clock.name for clock in CLOCKS if clock.name in values],
        clocks=asked.clocks,
    )
    return state_comparisons.comparison(
        negotiation, track=track, span=span, zone=settings.DESK_ZONE
    )
