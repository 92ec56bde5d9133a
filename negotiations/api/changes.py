"""The ledger as told to the outside: what changed, and what was put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked
from negotiations.api.filters import AFTER, CLOCKS, HASH, NEGOTIATION, PAGING, TRACK, WAIT
from negotiations.api.nouns import export_address
from negotiations.api.reading import Read, absolute
from negotiations.api.waiting import wait_for_news
from negotiations.queries import deltas, ledger
from negotiations.queries.shapes import Change, Correction, Page, Renewal

_LIMIT = PAGING[0]
# How long to stay away, in seconds, when too many wait already.
_LATER = "5"


class ListChanges(Read):
    """Every public act after a ledger number, oldest first: keep the last number and ask again.

    `next` is null when you have them all. Numbers have gaps where acts on drafts were, and never
    change their order. With `record`, `gone` and `renews` the acts lead a copy to exactly the
    present record (README, *Keeping a copy in step*). With `wait` an answer without acts is held
    back until there is one, and If-None-Match is compared after that; where too many wait already
    it comes at once, with Retry-After.
    """

    tag = "The ledger"
    shape = Page[Change]
    parameters = (AFTER, HASH, WAIT, _LIMIT, NEGOTIATION, TRACK)
    next_by = "after"

    def get(self, request: Request, **path: str) -> Response:
        """Wait where that was asked for; then answer as any other list does."""
        asked = super()._read(request, timezone.now())
        seconds = asked.values.get(WAIT.name, 0)
        placed = seconds == 0 or _wait(request, asked, seconds)
        response = super().get(request, **path)
        if seconds:
            # A copy of an empty answer would be handed out without any waiting.
            response["Cache-Control"] = "no-store"
        if not placed:
            response["Retry-After"] = _LATER
        return response

    def _read(self, request: Request, now: datetime, reached: datetime | None = None) -> Asked:
        """As asked, but for `wait`: it is no part of the answer."""
        asked = super()._read(request, now, reached)
        kept = {name: value for name, value in asked.values.items() if name != WAIT.name}
        return replace(asked, values=kept)

    def _etag(self, request: Request, asked: Asked, latest: ledger.Latest) -> str:
        """Another one on another day: a publisher's letter may begin to count on it."""
        values = {**asked.values, "today": asked.clocks.on}
        return super()._etag(request, replace(asked, values=values), latest)

    def answer(self, asked: Asked) -> Page[Change]:
        """One page of acts."""
        return deltas.changes(clocks=asked.clocks, **asked.values)

    def _with_next(self, request: Request, asked: Asked, answer: Any) -> Any:
        """With the address of the next page, and of each noun that is to be fetched anew."""
        page = super()._with_next(request, asked, answer)
        return replace(page, results=tuple(_addressed(request, one) for one in page.results))


def _wait(request: Request, asked: Asked, seconds: int) -> bool:
    given = asked.values
    scope = ledger.scope_of(negotiation=given.get("negotiation"), track=given.get("track"))
    return wait_for_news(request, scope, after=given.get(AFTER.name, 0), seconds=seconds)


def _addressed(request: Request, change: Change) -> Change:
    if not any(one.record is None for one in change.renews):
        return change

    def told(one: Renewal) -> Renewal:
        if one.record is not None:
            return one
        return replace(one, address=absolute(request, export_address(one.noun)))

    return replace(change, renews=tuple(map(told, change.renews)))


class ListCorrections(Read):
    """Corrections and retractions, newest first, each beside what it replaced."""

    tag = "The ledger"
    shape = Page[Correction]
    parameters = (*CLOCKS, *PAGING)

    def answer(self, asked: Asked) -> Page[Correction]:
        """One page of them."""
        return ledger.corrections(clocks=asked.clocks, **asked.paging)
