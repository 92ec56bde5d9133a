"""Sources and their captures."""

from __future__ import annotations

from negotiations.models import Clocks, Source
from negotiations.queries import lookups
from negotiations.queries.documents import build_sources
from negotiations.queries.paging import by_date, page_ids
from negotiations.queries.pieces import Teller, records
from negotiations.queries.shapes import Page, SourceRecord
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
    if not Source.objects.told(clocks).filter(pk=id).exists():
        raise Refusal("not_found")
    return build_sources([id], clocks=clocks)[id]
