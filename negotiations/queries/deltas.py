"""Every public act with what it means for a copy of the present record.

A copy holds what is visible of each noun under the default clocks. Applied in order, the acts lead
from nothing to exactly that: whatever changes how a row is told, or whether, is an act, and each
says which rows those are. All rows are told as they are now, so the order of the acts matters only
for what is gone; a row that a later act of the page tells again is told there alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

from django.db.models import CharField, F, Value

from negotiations.models import Clocks, LedgerEntry, Source, Statement
from negotiations.queries import names, resting, touches
from negotiations.queries.assembly import MODELS
from negotiations.queries.ledger import entries_after, latest_number, members, scope_of
from negotiations.queries.lookups import unreadable
from negotiations.queries.negotiations import told_negotiations
from negotiations.queries.people import told_parties, told_people, told_publishers
from negotiations.queries.pieces import told_of
from negotiations.queries.shapes import Change, Gone, Page, Renewal
from negotiations.queries.touches import Touch
from negotiations.refusals import Refusal

# Rows of a noun that one page tells again; beyond, the whole noun is rather fetched anew.
_MOST_ON_A_PAGE = 400
_GENESIS = "0" * 64
_FIRST_ZONE = timezone(timedelta(hours=14))
_RECORD: dict[str, Any] = {"statement": Statement, "source": Source, **MODELS}
Told = dict[str, dict[Any, Any]]


def changes(
    *,
    clocks: Clocks,
    after: int = 0,
    hash: str | None = None,
    limit: int = 50,
    negotiation: str | None = None,
    track: str | None = None,
) -> Page[Change]:
    """Public acts with a higher number, oldest first; `next` is the `after` of the next page.

    `clocks` are the default ones. `hash` is what the reader holds as that of the act `after`.
    At most 20 SQL queries, however many acts of whatever verbs; refuses `bad_parameter`,
    `number_ahead` (no act has that number yet) and `other_ledger` (another act has it here).
    """
    scope = scope_of(negotiation=negotiation, track=track)
    if hash is not None and after == 0 and hash != _GENESIS:
        raise unreadable(
            "hash",
            "it is that of the act whose number is `after`; send that, too",
            "번호 `after`의 행위가 가진 해시입니다. 번호도 보내십시오",
        )
    if hash is not None and hash != _hash_of(after):
        raise Refusal("other_ledger", at="hash", number=after)
    found = entries_after(scope, after=after, limit=limit)
    if not found and after > 0 and after > (newest := latest_number()):
        raise Refusal("number_ahead", at="after", number=newest)
    shown = found[:limit]
    return Page(
        results=tuple(_told(shown, clocks=_caught_up(clocks, shown))),
        next=str(shown[-1].number) if len(found) > limit else None,
    )


def changes_alone(numbers: Sequence[int], *, clocks: Clocks) -> tuple[Change, ...]:
    """These public acts, each as `changes` tells it on a page of its own; by number.

    At most 20 SQL queries for all of them.
    """
    acts = LedgerEntry.objects.filter(public=True, number__in=numbers).order_by("number")
    entries = list(acts)
    return tuple(_told(entries, clocks=_caught_up(clocks, entries), alone=True))


def _hash_of(number: int) -> str | None:
    if number == 0:
        return _GENESIS
    acts = LedgerEntry.objects.filter(number=number, public=True)
    return acts.values_list("hash", flat=True).first()


def _caught_up(clocks: Clocks, entries: Sequence[LedgerEntry]) -> Clocks:
    """The clocks moved on to the last of these acts.

    A writer's clock may be ahead of ours, and an act that is told without its row is never told
    again.
    """
    if not entries:
        return clocks
    last = entries[-1].at
    first_day = last.astimezone(_FIRST_ZONE).date()
    return replace(clocks, as_of=max(clocks.as_of, last), known_by=max(clocks.known_by, first_day))


def _told(
    entries: Sequence[LedgerEntry], *, clocks: Clocks, alone: bool = False
) -> Iterable[Change]:
    tracks = names.tracks(pk for entry in entries for pk in entry.track_ids)
    own = [touches.own(entry) for entry in entries]
    found = _renewed(entries, clocks=clocks)
    pages = [[one] for one in found] if alone else [found]
    renewed = [some for page in pages for some in _last_of_each(_bounded(page))]
    told = _records([*filter(None, own), *(one for some in renewed for one in some)], clocks)
    for entry, row, others in zip(entries, own, renewed, strict=True):
        left = touches.gone(entry)
        yield Change(
            **members(entry, tracks),
            record=told[row.noun].get(row.key) if row is not None else None,
            gone=() if left is None else (Gone(noun=entry.noun, id=left),),
            renews=tuple(_renewals(others, told)),
        )


def _renewed(entries: Sequence[LedgerEntry], *, clocks: Clocks) -> list[list[Touch]]:
    """What each of these acts makes to be told differently, beside its own row."""
    said = {pk for entry in entries if (pk := touches.statement_of(entry)) is not None}
    read = {pk for entry in entries if (pk := touches.source_of(entry)) is not None}
    resting_on = resting.resting_on(said, clocks=clocks)
    told_of = resting.told_of(read, clocks=clocks)
    renewed = []
    for entry in entries:
        rows: dict[str, set[int]] = {}
        if (pk := touches.statement_of(entry)) is not None:
            rows = resting_on.get(pk, {})
        if (pk := touches.source_of(entry)) is not None:
            rows = told_of.get(pk, {})
        found = [one for noun, ids in rows.items() for one in _rows(noun, ids)]
        here = touches.own(entry)
        named = touches.named_within(entry, today=clocks.on)
        renewed.append([one for one in (*found, *named) if one != here])
    return renewed


def _rows(noun: str, ids: set[int]) -> list[Touch]:
    if len(ids) > resting.MOST:
        return [Touch(noun=noun)]
    return [Touch(noun=noun, key=id) for id in sorted(ids)]


def _bounded(renewed: list[list[Touch]]) -> list[list[Touch]]:
    """With whole nouns where a page would tell too many rows."""
    rows: dict[str, set[Any]] = defaultdict(set)
    for one in (one for some in renewed for one in some):
        rows[one.noun].add(one.key)
    many = {noun for noun, keys in rows.items() if len(keys) > _MOST_ON_A_PAGE}
    return [
        list(dict.fromkeys(Touch(noun=t.noun, on=t.on) if t.noun in many else t for t in some))
        for some in renewed
    ]


def _last_of_each(renewed: list[list[Touch]]) -> list[list[Touch]]:
    """Each row once, where the last act touches it; none before the whole noun is told anew."""
    seen: set[Touch] = set()
    kept = []
    for some in reversed(renewed):
        kept.append([t for t in some if t not in seen and Touch(noun=t.noun) not in seen])
        seen.update(some)
    return kept[::-1]


def _records(wanted: Iterable[Touch], clocks: Clocks) -> Told:
    """What is told now of these rows, by noun and key; rows that are not visible are left out."""
    keys: dict[str, set[Any]] = defaultdict(set)
    for one in wanted:
        if one.key is not None:
            keys[one.noun].add(one.key)
    told: Told = defaultdict(dict)
    rows = _visible({noun: keys[noun] for noun in _RECORD if keys[noun]}, clocks)
    records = told_of(clocks=clocks, **rows)
    told.update({noun: getattr(records, noun) for noun in rows})
    told["negotiation"] = told_negotiations(keys["negotiation"], clocks=clocks)
    told["person"] = told_people(keys["person"])
    told["party"] = told_parties(keys["party"])
    told["publisher"] = told_publishers(keys["publisher"])
    return told


def _visible(keys: dict[str, set[int]], clocks: Clocks) -> dict[str, list[int]]:
    if not keys:
        return {}
    first, *others = (
        _RECORD[noun]
        .objects.visible(clocks)
        .filter(pk__in=ids)
        .annotate(told_as=Value(noun, output_field=CharField()), row=F("pk"))
        .values_list("told_as", "row")
        for noun, ids in keys.items()
    )
    found: dict[str, list[int]] = defaultdict(list)
    for noun, pk in first.union(*others, all=True) if others else first:
        found[noun].append(pk)
    return found


def _renewals(wanted: Iterable[Touch], told: Told) -> Iterable[Renewal]:
    for one in wanted:
        record = told[one.noun].get(one.key)
        if record is not None or one.key is None:
            yield Renewal(noun=one.noun, record=record, address=None, on=one.on)
