"""Negotiations on paper: briefs and handovers, and what has changed since one was made."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings

from negotiations.api.asking import Asked
from negotiations.api.filters import CLOCKS
from negotiations.api.reading import Read
from negotiations.queries.briefs import brief, handover
from negotiations.queries.clocks import Clocks, today, worded
from negotiations.queries.pins import Pin, newest_pin, pin_at
from negotiations.queries.shapes.briefs import Brief
from negotiations.queries.shapes.handovers import Handover
from negotiations.queries.shapes.since import BriefSince
from negotiations.queries.since import since


class ShowBrief(Read):
    """A negotiation on one page: where it stands, who differs, by how much, what comes next.

    What it tells is that of the newest act by `as_of`. `address` names the page that tells the same
    for ever, and its twin here, whose bytes have the SHA-256 that is printed on the brief.
    """

    tag = "Negotiations"
    shape = Brief
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str) -> Brief:
        """The brief as of now, or of the clocks."""
        return brief(negotiation, pin=_newest(asked))


class ShowHandover(Read):
    """A negotiation for whoever takes it over: open questions, dates, last words, what is owed.

    Its address and its SHA-256 are as those of a brief.
    """

    tag = "Negotiations"
    shape = Handover
    parameters = CLOCKS

    def answer(self, asked: Asked, *, negotiation: str) -> Handover:
        """The handover as of now, or of the clocks."""
        return handover(negotiation, pin=_newest(asked))


def _newest(asked: Asked) -> Pin:
    """The newest act, with the clocks that are stamped on paper."""
    known = asked.values.get("known_by") is not None
    return newest_pin(worded(asked.clocks, asked=known, zone=settings.DESK_ZONE))


class _Fixed(Read):
    """A route whose address names the act at which the record's clock stands."""

    tag: ClassVar[str] = "Negotiations"
    parameters = CLOCKS[:2]

    def pin(self, asked: Asked, number: int) -> Pin:
        """The act, with the clocks that were given."""
        on, known = (asked.values.get(clock.name) is not None for clock in CLOCKS[:2])
        return pin_at(
            number,
            on=asked.clocks.on if on else None,
            known_by=asked.clocks.known_by if known else None,
            known_at=asked.clocks.known_at if known else None,
            zone=settings.DESK_ZONE,
        )


class ShowFixedBrief(_Fixed):
    """The brief as it was at an act of the ledger: the same bytes for ever.

    Names of people, parties and tracks are those of then. Clocks that are left out stand on the
    day of the act, where the desk is. `form` is the number of the rules of its composition.
    """

    shape = Brief

    def answer(self, asked: Asked, *, negotiation: str, number: int) -> Brief:
        """The brief of that number."""
        return brief(negotiation, pin=self.pin(asked, number))


class ShowFixedHandover(_Fixed):
    """The handover as it was at an act of the ledger: the same bytes for ever."""

    shape = Handover

    def answer(self, asked: Asked, *, negotiation: str, number: int) -> Handover:
        """The handover of that number."""
        return handover(negotiation, pin=self.pin(asked, number))


class ShowSinceBrief(_Fixed):
    """What has changed since that brief: acts, what stands elsewhere, rows overtaken.

    Also without any act, where the brief is asked about the past: what its clocks tell is compared
    with what those of now do.
    """

    shape = BriefSince

    def answer(self, asked: Asked, *, negotiation: str, number: int) -> BriefSince:
        """From the brief of that number to now."""
        pin = self.pin(asked, number)
        return since(brief(negotiation, pin=pin), pin=pin, clocks=self._now(asked))

    def _now(self, asked: Asked) -> Clocks:
        return today(now=self.now, as_of=asked.clocks.as_of, zone=settings.DESK_ZONE)


class ShowSinceHandover(ShowSinceBrief):
    """What has changed since that handover, as of a brief."""

    def answer(self, asked: Asked, *, negotiation: str, number: int) -> BriefSince:
        """From the handover of that number to now."""
        pin = self.pin(asked, number)
        return since(handover(negotiation, pin=pin), pin=pin, clocks=self._now(asked))
