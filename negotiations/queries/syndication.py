"""The newest public acts, each with the row it is about: what feeds tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Value

from negotiations.models import Clocks, LedgerEntry, Party, Source, Statement
from negotiations.queries import names
from negotiations.queries.act_lines import act_line
from negotiations.queries.assembly import MODELS, Records, assemble
from negotiations.queries.former_names import FormerNames
from negotiations.queries.ledger import members
from negotiations.queries.lookups import plain
from negotiations.queries.negotiations import find_whole
from negotiations.queries.shapes import Act, SourceRecord, StatementRecord, TrackRef
from negotiations.queries.shapes.syndication import Feed, Item
from negotiations.queries.states import find_track
from negotiations.queries.subjects import text_of
from negotiations.queries.syndication_walks import Asked, Scope, newest
from negotiations.refusals import Refusal
from negotiations.sql import fetch

_RECORD: dict[str, Any] = {"statement": Statement, "source": Source, **MODELS}
_OF_ROWS = ("publish", "correct", "retract")
_FIRST = """
    SELECT hash, at FROM negotiations_ledgerentry WHERE public ORDER BY number LIMIT 1
"""


def feed(
    *,
    clocks: Clocks,
    negotiation: str | None = None,
    track: str | None = None,
    party: str | None = None,
    noun: Sequence[str] = (),
    verb: Sequence[str] = (),
    kind: str | None = None,
    limit: int = 50,
) -> Feed:
    """The newest public acts of what is named (a track with its negotiation; nothing: the site).

    Of these nouns and verbs, and of this kind, where such are named: then the newest
    `syndication_walks.MOST` acts are looked through. Acts on rows that are not told under the
    clocks are left out; rows that were corrected and names that were mended since are told as they
    were. At most fifteen SQL queries. Refuses `not_found`.
    """
    place = _place(negotiation, track, party, clocks=clocks)
    entries = newest(place.scope, Asked(tuple(noun), tuple(verb), kind), limit=limit)
    ledger, began_at = _first()
    return Feed(
        title_en=place.title_en,
        title_ko=place.title_ko,
        ledger=ledger,
        began_at=began_at,
        items=tuple(_items(entries, clocks=clocks)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """What a feed is about."""

    scope: Scope
    title_en: str
    title_ko: str


def _place(
    negotiation: str | None, track: str | None, party: str | None, *, clocks: Clocks
) -> _Place:
    if negotiation is not None and track is not None:
        there = find_track(negotiation, track, clocks=clocks)
        scope = Scope(track=there.pk)
        return _Place(scope=scope, title_en=there.title_en, title_ko=there.title_ko)
    if negotiation is not None:
        whole = find_whole(negotiation, clocks=clocks)
        scope = Scope(negotiation=whole.pk)
        return _Place(scope=scope, title_en=whole.title_en, title_ko=whole.title_ko)
    if party is not None:
        found = Party.objects.filter(code=plain(party)).first()
        if found is None:
            raise Refusal("not_found")
        return _Place(scope=Scope(party=found.pk), title_en=found.name_en, title_ko=found.name_ko)
    return _Place(scope=Scope(), title_en="", title_ko="")


def _first() -> tuple[str, datetime | None]:
    rows = fetch(_FIRST)
    return rows[0] if rows else ("", None)


def _items(entries: Sequence[LedgerEntry], *, clocks: Clocks) -> Iterable[Item]:
    tracks = names.tracks(pk for entry in entries for pk in entry.track_ids)
    records = _records(entries, clocks=clocks)
    former = FormerNames(since=entries[-1].number if entries else 0)
    for entry in entries:
        act = _act(entry, tracks)
        noun, pk = _row(act)
        record = None if noun is None else getattr(records, noun).get(pk)
        if noun is None or record is not None:
            yield _item(former.at(entry.number, act), former.at(entry.number, record))


def _act(entry: LedgerEntry, tracks: dict[int, TrackRef]) -> Act:
    """The act; its tracks in an order that stays, whatever place they are given."""
    act = Act(**members(entry, tracks))
    return replace(act, tracks=tuple(sorted(act.tracks, key=lambda t: (t.negotiation, t.slug))))


def _row(act: Act) -> tuple[str | None, int | None]:
    """The row that an act is about, if it is one of the record."""
    if act.noun in _RECORD and act.verb in _OF_ROWS:
        return act.noun, act.object_id
    source = act.payload.get("source")
    if act.verb in ("capture_source", "recheck_source") and isinstance(source, int):
        return "source", source
    return None, None


def _item(act: Act, record: Any) -> Item:
    line_en, line_ko = act_line(act, record)
    document = record if isinstance(record, SourceRecord) else None
    return Item(
        act=act,
        line_en=line_en,
        line_ko=line_ko,
        reason=text_of(act.payload, "correction_reason"),
        statement=None if document else _said(record),
        source=document,
    )


def _said(record: Any) -> StatementRecord | None:
    if record is None or isinstance(record, StatementRecord):
        return record
    return record.basis[0] if record.basis else None


def _records(entries: Sequence[LedgerEntry], *, clocks: Clocks) -> Records:
    """The rows of these acts, as far as they are told."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        noun, pk = _row(Act(**members(entry, {})))
        if noun is not None and pk is not None:
            wanted[noun].add(pk)
    return assemble(clocks=clocks, **_told(wanted, clocks=clocks)) if wanted else Records()


def _told(wanted: dict[str, set[int]], *, clocks: Clocks) -> dict[str, list[int]]:
    first, *others = (
        _RECORD[noun]
        .objects.told(clocks)
        .filter(pk__in=ids)
        .annotate(told_as=Value(noun, output_field=CharField()), row=F("pk"))
        .values_list("told_as", "row")
        for noun, ids in wanted.items()
    )
    found: dict[str, list[int]] = defaultdict(list)
    for noun, pk in first.union(*others, all=True) if others else first:
        found[noun].append(pk)
    return found
