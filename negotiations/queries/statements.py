"""What was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Q
from django.db.models.functions import Substr

from negotiations.models import Clocks, Snapshot, Statement
from negotiations.models.published import later_rows
from negotiations.queries import lookups
from negotiations.queries.assembly import MODELS, assemble
from negotiations.queries.cursors import write_cursor
from negotiations.queries.documents import source_chain
from negotiations.queries.paging import begin, by_date
from negotiations.queries.pieces import Teller, records, records_of
from negotiations.queries.shapes import Page, StatementDetail, StatementRecord, Stored
from negotiations.queries.statement_rows import newest_rows
from negotiations.queries.usages import usages, used_by
from negotiations.refusals import Refusal
from negotiations.vocabulary import StatementKind

_ORDER = by_date("statements", "said")
_CONTEXT = 1_000
_MOST_RENDERINGS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilters:
    """What to look for: slugs and codes, a source's id, days of which any may be the day."""

    negotiation: str | None = None
    track: str | None = None
    party: str | None = None
    about: str | None = None
    speaker: str | None = None
    publisher: str | None = None
    source: str | None = None
    kind: str | None = None
    said_from: date | None = None
    said_to: date | None = None


def list_statements(
    *,
    clocks: Clocks,
    filters: StatementFilters,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[StatementRecord]:
    """Visible statements said by `on`, newest first; one SQL query and one a named filter (none
    for negotiation and track together), four more for what has no piece. `tell` says in which form.

    Refuses `bad_parameter` (a filter that names nothing there is, days in the wrong order) and
    `bad_cursor`.
    """
    after = begin(order=_ORDER, limit=limit, cursor=cursor)
    wanted = _wanted(filters, clocks=clocks)
    page = _page(wanted, clocks=clocks, limit=limit, after=after, tell=tell)
    if not page.results:
        lookups.place(filters.negotiation, filters.track, clocks=clocks)
    return page


def taken_from(
    chain: Any, *, clocks: Clocks, limit: int, cursor: str | None
) -> Page[StatementRecord]:
    """The same of a source whose chain was found: those that were taken from it."""
    after = begin(order=_ORDER, limit=limit, cursor=cursor)
    return _page({"source": chain}, clocks=clocks, limit=limit, after=after, tell=records)


def _page(
    wanted: dict[str, Any],
    *,
    clocks: Clocks,
    limit: int,
    after: tuple[Any, ...] | None,
    tell: Teller,
) -> Page[StatementRecord]:
    rows = newest_rows(wanted, clocks=clocks, most=limit + 1, after=after)
    ids = [pk for pk, *_ in rows[:limit]]
    pieces = {pk: Stored(body) for pk, _, body in rows[:limit] if body is not None}
    told = tell("statement", ids, clocks=clocks, at_hand=pieces)
    return Page(
        results=tuple(told[pk] for pk in ids),
        next=write_cursor(name=_ORDER.name, key=rows[limit - 1][1]) if len(rows) > limit else None,
    )


def statement(id: int, *, clocks: Clocks) -> StatementDetail:
    """A told statement in its context, also where it was corrected; refuses `not_found`."""
    told = Statement.objects.told(clocks).annotate(
        replaced=Exists(later_rows(Statement, clocks)),
    )
    row = told.filter(pk=id).select_related("repeats", "translates").first()
    if row is None:
        raise Refusal("not_found")
    relatives = _relatives(row)
    renderings = _renderings(row, relatives, clocks=clocks)
    cited = used_by([pk for pk, chain in relatives.items() if chain == row.chain], clocks=clocks)
    # What was replaced is told from the rows; there is no piece that says so.
    tell = assemble if row.replaced or row.withdrawn else records_of
    found = tell(
        clocks=clocks,
        statement=[id, *renderings],
        **{kind: [pk for k, _, pk in cited if k == kind] for kind in MODELS},
    )
    before, after = _context(row)
    return StatementDetail(
        statement=found.statement[id],
        before=before,
        after=after,
        renderings=tuple(found.statement[pk] for pk in renderings),
        used_by=usages(cited, records=found),
    )


def _wanted(filters: StatementFilters, *, clocks: Clocks) -> dict[str, Any]:
    """What narrows, by name; refused where it names nothing there is."""
    lookups.in_order(filters.said_from, filters.said_to, noun="said")
    named = {
        **_place(filters, clocks=clocks),
        "party": lookups.party_id(filters.party),
        "about": lookups.party_id(filters.about, name="about"),
        "speaker": lookups.person_id(filters.speaker),
        "publisher": lookups.publisher_id(filters.publisher),
        "source": chain_named(filters.source, clocks=clocks),
        "kind": lookups.word(filters.kind, StatementKind, name="kind"),
        "said_from": filters.said_from,
        "said_to": filters.said_to,
    }
    return {name: value for name, value in named.items() if value is not None}


def _place(filters: StatementFilters, *, clocks: Clocks) -> dict[str, Any]:
    if filters.negotiation is not None and filters.track is not None:
        both = lookups.plain(filters.negotiation), lookups.plain(filters.track)
        return dict(zip(("named_negotiation", "named_track"), both, strict=True))
    negotiation, track = lookups.place(filters.negotiation, filters.track, clocks=clocks)
    # The track tells the negotiation as well.
    return {"negotiation": negotiation if track is None else None, "track": track}


def chain_named(text: str | None, *, clocks: Clocks) -> Any:
    """The chain behind the filter `source`, an id; refuses `bad_parameter`."""
    # A statement stays with the source as it was; the corrected source finds it, too.
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    chain = source_chain(number, clocks=clocks)
    if chain is None:
        raise lookups.unreadable(
            "source",
            f"there is no source {lookups.shown(text)}",
            f"{lookups.shown(text)}번 출처는 없습니다",
        )
    return chain


def _relatives(row: Any) -> dict[int, Any]:
    """Ids and chains of the statement, the one it repeats and the one it translates."""
    chains = {row.chain, *(kin.chain for kin in (row.repeats, row.translates) if kin)}
    return dict(Statement.objects.filter(chain__in=chains).values_list("pk", "chain"))


def _renderings(row: Any, relatives: dict[int, Any], *, clocks: Clocks) -> list[int]:
    kin = Q(pk__in=relatives) | Q(repeats__in=relatives) | Q(translates__in=relatives)
    others = Statement.objects.visible(clocks).filter(kin).exclude(chain=row.chain)
    newest = others.order_by("-said_lower", "-said_upper", "-ledger_number")
    return list(newest.values_list("pk", flat=True)[:_MOST_RENDERINGS])


def _context(row: Any) -> tuple[str, str]:
    """The snapshot's text around the quotation, cut between words; empty for a paraphrase."""
    if row.snapshot_id is None:
        return "", ""
    start = max(row.start - _CONTEXT, 0)
    # SQL counts characters from one.
    before, after = (
        Snapshot.objects.annotate(
            before=Substr("text", start + 1, row.start - start),
            after=Substr("text", row.end + 1, _CONTEXT + 1),
        )
        .values_list("before", "after")
        .get(pk=row.snapshot_id)
    )
    if start:
        before = re.sub(r"^\S*\s*", "", before) or before
    if len(after) > _CONTEXT:
        after = re.sub(r"\s*\S*$", "", after) or after
    return before, after
