"""What was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from negotiations.models import Clocks, Snapshot, Source, Statement, StatementTrack
from negotiations.queries import lookups
from negotiations.queries.assembly import MODELS, assemble
from negotiations.queries.paging import by_date, page_ids
from negotiations.queries.pieces import Teller, records
from negotiations.queries.shapes import Page, StatementDetail, StatementRecord
from negotiations.queries.timelines import statements_of
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
    """Visible statements said by `on`, newest first; two SQL queries and one a named filter, three
    more for what has no piece. `tell` says in which form.

    Refuses `bad_parameter` (a filter that names nothing there is) and `bad_cursor`.
    """
    negotiation = lookups.negotiation_id(filters.negotiation, clocks=clocks)
    track = lookups.track_id(filters.track, negotiation=negotiation, clocks=clocks)
    wanted = _wanted(filters, negotiation=None if track else negotiation, clocks=clocks)
    if track is not None:
        rows: QuerySet[Any] = statements_of(track, clocks=clocks, wanted=wanted)
        column = "statement_id"
    else:
        rows, column = Statement.objects.visible(clocks).filter(wanted), "pk"
        rows = rows.filter(said_lower__lte=clocks.on)
    ids, following = page_ids(rows, order=_ORDER, limit=limit, cursor=cursor, column=column)
    told = tell("statement", ids, clocks=clocks)
    return Page(results=tuple(told[pk] for pk in ids), next=following)


def statement(id: int, *, clocks: Clocks) -> StatementDetail:
    """A told statement in its context, also where it was corrected; refuses `not_found`."""
    told = Statement.objects.told(clocks).filter(pk=id)
    row = told.select_related("repeats", "translates").first()
    if row is None:
        raise Refusal("not_found")
    relatives = _relatives(row)
    renderings = _renderings(row, relatives, clocks=clocks)
    cited = used_by([pk for pk, chain in relatives.items() if chain == row.chain], clocks=clocks)
    found = assemble(
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


def _wanted(filters: StatementFilters, *, negotiation: int | None, clocks: Clocks) -> Q:
    """The filters other than the track, refused where they name nothing there is."""
    kind = lookups.word(filters.kind, StatementKind, name="kind")
    wanted = Q()
    for column, value in {
        "parties": lookups.party_id(filters.party),
        "about": lookups.party_id(filters.about, name="about"),
    }.items():
        if value is not None:
            through = getattr(Statement, column).through.objects
            wanted &= Q(Exists(through.filter(statement=OuterRef("pk"), party=value)))
    if negotiation is not None:
        links = StatementTrack.objects.filter(statement=OuterRef("pk"))
        wanted &= Q(Exists(links.filter(track__negotiation=negotiation)))
    plain = {
        "speaker": lookups.person_id(filters.speaker),
        "source__publisher": lookups.publisher_id(filters.publisher),
        "source__chain": _source_chain(filters.source, clocks=clocks),
        "kind": kind,
        "said_upper__gte": filters.said_from,
        "said_lower__lte": filters.said_to,
    }
    return wanted & Q(**{name: value for name, value in plain.items() if value is not None})


def _source_chain(text: str | None, *, clocks: Clocks) -> Any:
    # A statement stays with the source as it was; the corrected source finds it, too.
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    chain = Source.objects.told(clocks).filter(pk=number).values_list("chain", flat=True).first()
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
