"""Sources as officers read them: drafts as well, with the whole text that was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from negotiations.models import Publisher, Snapshot, Source
from negotiations.queries.names import publisher_ref
from negotiations.queries.shapes.refs import PublisherRef
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """A source at the desk. `text` is empty, and `captured_at` null, while none was kept."""

    id: int
    title: str
    url: str
    publisher: PublisherRef
    language: str
    published_on: str
    published: bool
    captured: bool
    capture: str = ""
    captured_at: datetime | None = None
    text: str = ""


def read_source(id: int) -> ReadSource:
    """A source with its newest text, in two SQL queries; refuses `not_found`."""
    row = None if id > 2**63 - 1 else _sources().filter(pk=id).first()
    if row is None:
        raise Refusal("not_found")
    newest = Snapshot.objects.of(row).order_by("-captured_at", "-pk").first()
    if newest is None:
        return _read(row, captured=False)
    return _read(
        row,
        captured=True,
        capture=newest.capture,
        captured_at=newest.captured_at,
        text=newest.text,
    )


def newest_sources(*, captured: bool | None = None, limit: int = 50) -> tuple[ReadSource, ...]:
    """The sources drafted last, without their texts; one SQL query.

    `captured` keeps those that have a text, or those that have none.
    """
    first = Q(supersedes__isnull=True) | Q(published_at__isnull=False)
    corrected = Q(superseded_by__published_at__isnull=False)
    rows = _sources().filter(first, withdrawn=False).exclude(corrected)
    if captured is not None:
        rows = rows.filter(captured=captured)
    return tuple(
        _read(row, captured=row.captured) for row in rows.order_by("-drafted_at", "-pk")[:limit]
    )


def _sources() -> Any:
    kept = Snapshot.objects.filter(source__chain=OuterRef("chain"))
    return Source.objects.select_related("publisher").annotate(captured=Exists(kept))


def _read(row: Any, **kept: Any) -> ReadSource:
    publisher: Publisher = row.publisher
    return ReadSource(
        id=row.pk,
        title=row.title,
        url=row.url,
        publisher=publisher_ref(publisher, reliability=None),
        language=row.language,
        published_on=row.published_on,
        published=row.published_at is not None,
        **kept,
    )
