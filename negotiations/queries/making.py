"""What pieces are made of: rows as they are told when everything is known, and how long that holds.

A piece tells a row under clocks that stand at their ends, and says from when on nothing of it has
changed: the row itself, its evidence and what replaced that, letters of its publishers, texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from negotiations.models import Clocks, Grade, Snapshot, Source, Statement, StatementTrack
from negotiations.queries.assembly import MODELS, assemble

LAST = Clocks(
    on=date.max, known_by=date.max, known_at=None, as_of=datetime(9999, 12, 30, tzinfo=UTC)
)
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_HERE = Path(__file__).parent.parent
# What the JSON of a record depends on beside the rows.
_PROGRAM = ("queries", "models", "vocabulary.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """From when on, on each clock, something is told as it is told last."""

    on: date = date.min
    known: date = date.min
    as_of: datetime = _FIRST
    refs: frozenset[str] = frozenset()

    def also(self, other: Since) -> Since:
        """When both hold."""
        return Since(
            on=max(self.on, other.on),
            known=max(self.known, other.known),
            as_of=max(self.as_of, other.as_of),
            refs=self.refs | other.refs,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A row ready to become a piece."""

    number: int
    noun: str
    id: int
    record: Any
    since: Since


@cache
def program() -> str:
    """A digest of what makes records out of rows: pieces of another release are not told."""
    digest = hashlib.sha256()
    for part in _PROGRAM:
        place = _HERE / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else (place,):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def make(noun: str, ids: Collection[int]) -> list[Made]:
    """These rows as they are told last, but those that were corrected or retracted by now.

    Nine SQL queries at most, however many rows.
    """
    records: Mapping[int, Any] = getattr(assemble(clocks=LAST, **{noun: ids}), noun)
    since = _SINCE[noun](ids) if noun in _SINCE else _evidenced_since(noun, ids)
    return [
        Made(
            number=record.ledger_number,
            noun=noun,
            id=pk,
            record=record,
            since=since[pk].also(Since(known=record.known_on, as_of=record.published_at)),
        )
        for pk, record in sorted(records.items())
        if record.superseded_by is None and not record.retracted
    ]


def _sources_since(ids: Collection[int]) -> dict[int, Since]:
    rows = Source.objects.filter(pk__in=ids).annotate(**_of_source("chain", "publisher"))
    return {row.pk: _since_source(row, source=row.pk, publisher=row.publisher_id) for row in rows}


def _statements_since(ids: Collection[int]) -> dict[int, Since]:
    rows: Any = Statement.objects.filter(pk__in=ids)
    rows = rows.select_related("source", "repeats", "translates").annotate(
        **_of_source("source__chain", "source__publisher"),
        party_ids=_linked(Statement.parties.through, "party_id"),
        about_ids=_linked(Statement.about.through, "party_id"),
        track_ids=_linked(StatementTrack, "track_id"),
    )
    return {row.pk: _since_statement(row) for row in rows}


def _since_statement(row: Any) -> Since:
    refs = {
        *(f"party:{pk}" for pk in (*row.party_ids, *row.about_ids)),
        *(f"track:{pk}" for pk in row.track_ids),
        *([f"person:{row.speaker_id}"] if row.speaker_id else ()),
        *([f"office:{row.office_id}"] if row.office_id else ()),
    }
    since = _since_source(row, source=row.source_id, publisher=row.source.publisher_id)
    for other in filter(None, (row.repeats, row.translates)):
        since = since.also(Since(known=other.known_on, as_of=other.published_at))
    return replace(since, refs=since.refs | refs)


def _evidenced_since(noun: str, ids: Collection[int]) -> dict[int, Since]:
    """When the row's evidence, and whatever took the place of that, was told for good."""
    rows = list(_evidenced(noun, ids))
    cited = {row.pk: {row.basis_id, *row.further_ids, *_dissent(row)} for row in rows}
    statements = {pk for pks in cited.values() for pk in pks}
    chains = dict(Statement.objects.filter(pk__in=statements).values_list("pk", "chain"))
    members: dict[Any, list[tuple[int, date, datetime]]] = {}
    published = Q(published_at__isnull=False, chain__in=set(chains.values()))
    told = Statement.objects.filter(published)
    for chain, *when in told.values_list("chain", "pk", "known_on", "published_at"):
        members.setdefault(chain, []).append(tuple(when))
    evidence = _statements_since(statements)
    found = {}
    for row in rows:
        since = Since(refs=frozenset(_refs(row)))
        for pk in cited[row.pk]:
            since = since.also(evidence[pk])
            for member, known, at in members[chains[pk]]:
                refs = frozenset([f"statement:{member}"])
                since = since.also(Since(known=known, as_of=at, refs=refs))
        found[row.pk] = since
    return found


def _evidenced(noun: str, ids: Collection[int]) -> Any:
    model, owner = MODELS[noun], noun.replace("_", "")
    rows = model.objects.filter(pk__in=ids).annotate(
        further_ids=_linked(model.further_basis.through, "statement_id", owner)
    )
    if noun == "status_change":
        rows = rows.annotate(dissent_ids=_linked(model.dissent.through, "statement_id", owner))
    if noun == "position":
        rows = rows.select_related("term")
    if noun == "milestone":
        rows = rows.annotate(track_ids=_linked(model.tracks.through, "track_id", owner))
    return rows


def _dissent(row: Any) -> Iterable[int]:
    return getattr(row, "dissent_ids", ())


def _refs(row: Any) -> Iterable[str]:
    if getattr(row, "according_to_id", None):
        yield f"party:{row.according_to_id}"
    if hasattr(row, "term_id"):
        yield from (f"term:{row.term_id}", f"track:{row.term.track_id}")
    tracks = (getattr(row, name, None) for name in ("track_id", "from_track_id", "to_track_id"))
    yield from (f"track:{pk}" for pk in (*tracks, *getattr(row, "track_ids", ())) if pk)


def _of_source(chain: str, publisher: str) -> dict[str, Any]:
    """Columns: when the newest letter and the newest text of a source came."""
    grades = Grade.objects.filter(publisher=OuterRef(publisher)).order_by("-graded_on")
    kept = Snapshot.objects.filter(
        source__chain=OuterRef(chain), source__published_at__isnull=False
    )
    texts = kept.order_by().values("source__chain")
    newest = texts.annotate(at=Max(Greatest("recorded_at", "source__published_at")))
    return {
        "graded_on": Subquery(grades.values("graded_on")[:1]),
        "kept_at": Subquery(newest.values("at")),
    }


def _since_source(row: Any, *, source: int, publisher: int) -> Since:
    return Since(
        on=row.graded_on or date.min,
        as_of=row.kept_at or _FIRST,
        refs=frozenset([f"source:{source}", f"publisher:{publisher}"]),
    )


def _linked(through: Any, column: str, owner: str = "statement") -> ArraySubquery:
    links = through.objects.filter(**{owner: OuterRef("pk")})
    return ArraySubquery(links.order_by(column).values(column))


_SINCE: Mapping[str, Callable[[Collection[int]], dict[int, Since]]] = {
    "source": _sources_since,
    "statement": _statements_since,
}
