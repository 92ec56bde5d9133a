"""Sources and their captures."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from negotiations.models import Clocks, Source
from negotiations.queries import lookups, names
from negotiations.queries.chains import published_members, with_successor
from negotiations.queries.paging import by_date, page_ids
from negotiations.queries.shapes import Page, SourceRecord
from negotiations.queries.utterances import newest_snapshot
from negotiations.refusals import Refusal

_ORDER = by_date("sources", "published")


def list_sources(
    *,
    clocks: Clocks,
    publisher: str | None = None,
    language: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[SourceRecord]:
    """Visible sources, newest first; two SQL queries and one for a named publisher.

    Refuses `bad_parameter` (an unknown publisher) and `bad_cursor`.
    """
    rows = Source.objects.visible(clocks)
    if (pk := lookups.publisher_id(publisher)) is not None:
        rows = rows.filter(publisher=pk)
    if language is not None:
        rows = rows.filter(language=lookups.plain(language))
    ids, following = page_ids(rows, order=_ORDER, limit=limit, cursor=cursor)
    records = build_sources(ids, clocks=clocks)
    return Page(results=tuple(records[pk] for pk in ids), next=following)


def source(id: int, *, clocks: Clocks) -> SourceRecord:
    """A told source, also where it was corrected; refuses `not_found`."""
    if not Source.objects.told(clocks).filter(pk=id).exists():
        raise Refusal("not_found")
    return build_sources([id], clocks=clocks)[id]


def build_sources(ids: Collection[int], *, clocks: Clocks) -> dict[int, SourceRecord]:
    """The records of these sources by id; one SQL query."""
    rows: Any = Source.objects.filter(pk__in=ids).select_related("publisher")
    rows = rows.annotate(
        reliability=names.reliability("publisher", on=clocks.on),
        capture=newest_snapshot("chain", "capture", clocks=clocks),
        captured_at=newest_snapshot("chain", "captured_at", clocks=clocks),
        sha256=newest_snapshot("chain", "sha256", clocks=clocks),
    )
    return {row.pk: _record(row) for row in with_successor(rows, clocks=clocks)}


def _record(row: Any) -> SourceRecord:
    return SourceRecord(
        **published_members(row),
        url=row.url,
        title=row.title,
        publisher=names.publisher_ref(row.publisher, reliability=row.reliability),
        language=row.language,
        published_on=row.published_on,
        capture=row.capture,
        captured_at=row.captured_at,
        sha256=row.sha256,
    )
