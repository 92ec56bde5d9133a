"""Sources and their captures as records."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from negotiations.models import Clocks, Source
from negotiations.queries import names
from negotiations.queries.chains import published_members, with_successor
from negotiations.queries.shapes import SourceRecord
from negotiations.queries.utterances import newest_snapshot


def source_chain(id: int, *, clocks: Clocks) -> Any:
    """The chain of a told source, also where it was corrected; None where there is none.

    One SQL query.
    """
    if not 0 < id < 2**63:
        return None
    return Source.objects.told(clocks).filter(pk=id).values_list("chain", flat=True).first()


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
