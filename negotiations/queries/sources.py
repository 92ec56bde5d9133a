"""Sources and their captures."""

from __future__ import annotations

from typing import Any

from negotiations.models import Clocks, Source
from negotiations.queries import lookups
from negotiations.queries.documents import build_sources, source_chain
from negotiations.queries.evidence import evidence_of
from negotiations.queries.paging import by_date, page_ids
from negotiations.queries.pieces import Teller, records
from negotiations.queries.shapes import Page, SourceEvidence, SourceRecord, StatementRecord
from negotiations.queries.statements import taken_from
from negotiations.refusals import Refusal

_ORDER = by_date("sources", "published")


def list_sources(
    *,
    clocks: Clocks,
    publisher: str | None = None,
    language: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    tell: Teller = records,
) -> Page[SourceRecord]:
    """Visible sources, newest first; two SQL queries and one for a named publisher, one more for
    what has no piece. `tell` says in which form.

    Refuses `bad_parameter` (an unknown publisher) and `bad_cursor`.
    """
    rows = Source.objects.visible(clocks)
    if (pk := lookups.publisher_id(publisher)) is not None:
        rows = rows.filter(publisher=pk)
    if language is not None:
        rows = rows.filter(language=lookups.plain(language))
    ids, following = page_ids(rows, order=_ORDER, limit=limit, cursor=cursor)
    told = tell("source", ids, clocks=clocks)
    return Page(results=tuple(told[pk] for pk in ids), next=following)


def source(id: int, *, clocks: Clocks) -> SourceRecord:
    """A told source, also where it was corrected; refuses `not_found`."""
    _chain(id, clocks=clocks)
    return build_sources([id], clocks=clocks)[id]


def source_with_statements(
    id: int, *, clocks: Clocks, limit: int, cursor: str | None
) -> tuple[SourceRecord, Page[StatementRecord], SourceEvidence]:
    """The same with what was taken from it, and with how it was found again.

    It is looked up once. Refuses `not_found` and `bad_cursor`.
    """
    chain = _chain(id, clocks=clocks)
    return (
        build_sources([id], clocks=clocks)[id],
        taken_from(chain, clocks=clocks, limit=limit, cursor=cursor),
        evidence_of({id: chain}, clocks=clocks)[id],
    )


def _chain(id: int, *, clocks: Clocks) -> Any:
    chain = source_chain(id, clocks=clocks)
    if chain is None:
        raise Refusal("not_found")
    return chain
