"""What has changed since a brief was made: acts, what stands elsewhere, rows overtaken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from negotiations.models import Clocks, LedgerNegotiation, Statement
from negotiations.models.published import later_rows
from negotiations.queries.assembly import MODELS
from negotiations.queries.elsewhere import (
    accounts_moved,
    dates_moved,
    elsewhere,
    moved,
    terms_moved,
    ties_moved,
)
from negotiations.queries.negotiations import find_whole
from negotiations.queries.pins import Pin, newest_pin
from negotiations.queries.said_later import said_later
from negotiations.queries.shapes.briefs import Brief
from negotiations.queries.shapes.handovers import Handover
from negotiations.queries.shapes.since import BriefSince, Overtaken

_MODELS: dict[str, Any] = {"statement": Statement, **MODELS}
_TOLD = JSONObject(
    id="pk", withdrawn="withdrawn", reason="correction_reason", number="ledger_number"
)


def since(told: Brief | Handover, *, pin: Pin, clocks: Clocks) -> BriefSince:
    """What has changed since `told` was made at `pin`, by the clocks of now.

    At most 24 SQL queries: five of them for rows overtaken, one for each noun.
    """
    whole = find_whole(told.negotiation, clocks=clocks)
    newest = newest_pin(clocks)
    acts = LedgerNegotiation.objects.filter(negotiation=whole.pk, number__gt=pin.number)
    found = elsewhere(whole, before=pin.clocks, after=clocks)
    agreements = {track.track.slug: track.agreement for track in told.tracks}
    differences: dict[str, Any] = {
        "acts": acts.filter(number__lte=newest.number).count(),
        "moved": moved(found.values(), agreements),
        "terms": terms_moved(found.values()),
        "dates": dates_moved(found, on=clocks.on),
        "ties": ties_moved(found),
        "accounts": accounts_moved(found.values(), whole.pk, clocks=clocks),
        "said": said_later(list(found), before=pin.clocks, after=clocks),
        "overtaken": tuple(_overtaken(told, pin=pin, clocks=clocks)),
    }
    return BriefSince(
        since=pin.number,
        since_at=told.as_of,
        ledger_number=max(newest.number, pin.number),
        changed=any(differences.values()),
        **differences,
    )


def _overtaken(told: Brief | Handover, *, pin: Pin, clocks: Clocks) -> Iterable[Overtaken]:
    """Rows in the order of the brief's endnotes, then of the acts that overtook them."""
    endnotes: dict[int, list[int]] = defaultdict(list)
    for note in told.notes:
        endnotes[note.statement].append(note.number)
    found = []
    for noun, ids in rows_of(told).items():
        for pk, later in _later(noun, ids, before=pin.clocks, clocks=clocks):
            found.append(_one(noun, pk, later, tuple(endnotes[pk]) if noun == "statement" else ()))
    return sorted(found, key=lambda one: (not one.endnotes, one.endnotes, one.number))


def _later(
    noun: str, ids: set[int], *, before: Clocks, clocks: Clocks
) -> Iterable[tuple[int, dict[str, Any]]]:
    """The newest told row in the place of each, where that was another one before, or none."""
    if not ids:
        return
    model = _MODELS[noun]
    was, now = (
        later_rows(model, told).order_by("-ledger_number").values(json=_TOLD)[:1]
        for told in (before, clocks)
    )
    rows = model.objects.filter(pk__in=ids).annotate(was=Subquery(was), now=Subquery(now))
    for pk, earlier, later in rows.exclude(now=None).values_list("pk", "was", "now"):
        if later != earlier:
            yield pk, later


def _one(noun: str, pk: int, later: dict[str, Any], endnotes: tuple[int, ...]) -> Overtaken:
    return Overtaken(
        noun=noun,
        id=pk,
        superseded_by=None if later["withdrawn"] else later["id"],
        retracted=later["withdrawn"],
        reason=later["reason"],
        number=later["number"],
        endnotes=endnotes,
    )


def rows_of(told: Brief | Handover) -> dict[str, set[int]]:
    """The ids of all rows that it tells, by noun."""
    rows: dict[str, set[int]] = {noun: set() for noun in _MODELS}
    rows["statement"] = {note.statement for note in told.notes}
    for track in told.tracks:
        readings = (reading.status_change for reading in track.readings)
        rows["status_change"] |= {pk for pk in (track.status_change, *readings) if pk}
    named = told.others if isinstance(told, Brief) else ()
    rows["status_change"] |= {other.status_change for other in named if other.status_change}
    rows["position"] = {p.position for term in told.terms for p in term.positions if p.position}
    rows["linkage"] = {tie.linkage for tie in told.ties}
    rows["milestone"] = {one.milestone for one in told.dates}
    if isinstance(told, Brief):
        for new in told.news:
            rows[new.noun].add(new.id)
    return rows
