"""What has changed since a brief was made: acts, tracks that moved, rows that were overtaken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from negotiations.models import Clocks, LedgerNegotiation, Statement
from negotiations.models.published import later_rows
from negotiations.queries.agreements import verdict
from negotiations.queries.assembly import MODELS
from negotiations.queries.negotiations import find_whole
from negotiations.queries.pins import newest_pin
from negotiations.queries.shapes.briefs import Brief
from negotiations.queries.shapes.handovers import Handover
from negotiations.queries.shapes.since import BriefSince, Moved, Overtaken
from negotiations.queries.states import Standing, standings, tracks_of

_MODELS: dict[str, Any] = {"statement": Statement, **MODELS}


def since(told: Brief | Handover, *, clocks: Clocks) -> BriefSince:
    """What has changed since `told` was made, by the clocks of now.

    At most eleven SQL queries, one for each noun that it tells among them.
    """
    whole = find_whole(told.negotiation, clocks=clocks)
    pin = newest_pin(clocks)
    acts = LedgerNegotiation.objects.filter(negotiation=whole.pk, number__gt=told.ledger_number)
    there = {
        one.track.slug: one for one in standings(tracks_of(whole, clocks=clocks), clocks=clocks)
    }
    return BriefSince(
        since=told.ledger_number,
        since_at=told.as_of,
        ledger_number=max(pin.number, told.ledger_number),
        acts=acts.filter(number__lte=pin.number).count(),
        moved=tuple(_moved(told, there)),
        overtaken=tuple(_overtaken(told, clocks=clocks)),
    )


def _moved(told: Brief | Handover, there: dict[str, Standing]) -> Iterable[Moved]:
    for before in told.tracks:
        now = there.get(before.track.slug)
        if now is None:
            continue
        stages = tuple(heard.stage if heard else None for heard in now.voices.values())
        after = (
            now.desk.stage if now.desk else None,
            now.desk.momentum if now.desk else None,
            verdict(stages).agreement,
        )
        if after != (before.stage, before.momentum, before.agreement):
            yield Moved(
                track=before.track,
                stage_before=before.stage,
                stage=after[0],
                momentum_before=before.momentum,
                momentum=after[1],
                agreement_before=before.agreement,
                agreement=after[2],
            )


def _overtaken(told: Brief | Handover, *, clocks: Clocks) -> Iterable[Overtaken]:
    """Rows in the order of the brief's endnotes, then of the acts that overtook them."""
    endnotes: dict[int, list[int]] = defaultdict(list)
    for note in told.notes:
        endnotes[note.statement].append(note.number)
    found = []
    for noun, ids in rows_of(told).items():
        for pk, later in _later(noun, ids, clocks=clocks):
            if later["number"] > told.ledger_number:
                found.append(
                    _one(noun, pk, later, tuple(endnotes[pk]) if noun == "statement" else ())
                )
    return sorted(found, key=lambda one: (not one.endnotes, one.endnotes, one.number))


def _later(noun: str, ids: set[int], *, clocks: Clocks) -> Iterable[tuple[int, dict[str, Any]]]:
    if not ids:
        return
    model = _MODELS[noun]
    newest = later_rows(model, clocks).order_by("-ledger_number")
    told = newest.values(
        json=JSONObject(
            id="pk", withdrawn="withdrawn", reason="correction_reason", number="ledger_number"
        )
    )
    rows = model.objects.filter(pk__in=ids).annotate(later=Subquery(told[:1]))
    yield from rows.exclude(later=None).values_list("pk", "later")


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
    rows["position"] = {p.position for term in told.terms for p in term.positions if p.position}
    rows["linkage"] = {tie.linkage for tie in told.ties}
    rows["milestone"] = {one.milestone for one in told.dates}
    if isinstance(told, Brief):
        for new in told.news:
            rows[new.noun].add(new.id)
    return rows
