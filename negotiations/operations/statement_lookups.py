"""From what the arguments of a statement name to rows and texts: one by one, or all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from negotiations.models import Office, Party, Person, Snapshot, Source, Statement, Track
from negotiations.operations.finders import Finders
from negotiations.operations.lookups import find, office, party, person, track
from negotiations.operations.sources import snapshots_of
from negotiations.operations.texts import Searched
from negotiations.refusals import Refusal
from negotiations.sql import fetch


@dataclass(frozen=True, slots=True)
class KeptText:
    """The id of a snapshot, and its text."""

    snapshot: int
    searched: Searched


def source_of(id: int) -> Source:
    """The source of this id."""
    return find(Source, id, pk=id)


def statement_of(id: int) -> Statement:
    """The statement of this id."""
    return find(Statement, id, pk=id)


def optional_statement(id: int | None) -> Statement | None:
    """The same; None for None."""
    return None if id is None else statement_of(id)


def newest_snapshot(source: Source) -> Snapshot | None:
    """The text of a source that a quotation is looked for in; None while there is none."""
    return snapshots_of(source).order_by("-captured_at", "-id").first()


def kept_text(source: Source) -> KeptText | None:
    """The same, ready to be looked through."""
    newest = newest_snapshot(source)
    if newest is None:
        return None
    return KeptText(snapshot=newest.pk, searched=Searched(newest.text))


def utterance(repeats: int | None) -> Statement | None:
    """The statement that another one repeats; Refusal `repeats_a_repetition`."""
    if repeats is None:
        return None
    first = statement_of(repeats)
    if first.repeats_id is not None:
        raise Refusal("repeats_a_repetition", at="/repeats")
    return first


# Kind, id, name, what it belongs to; of a source its newest text, as `newest_snapshot` finds it.
_NAMED = """
SELECT 'source', cited.id, kept.text, kept.id, cited.chain, cited.published_at
    FROM negotiations_source cited LEFT JOIN LATERAL (
        SELECT text.id, text.text FROM negotiations_snapshot text
            JOIN negotiations_source own ON own.id = text.source_id
        WHERE own.chain = cited.chain AND (own.id = cited.id OR own.published_at IS NOT NULL)
        ORDER BY text.captured_at DESC, text.id DESC LIMIT 1) kept ON %(quoting)s
    WHERE cited.id = %(source)s
UNION ALL SELECT 'person', id, slug, NULL, NULL, NULL FROM negotiations_person
    WHERE slug = %(person)s
UNION ALL SELECT 'office', id, slug, NULL, NULL, NULL FROM negotiations_office
    WHERE slug = %(office)s
UNION ALL SELECT 'party', id, code, NULL, NULL, NULL FROM negotiations_party
    WHERE code = ANY(%(parties)s)
UNION ALL SELECT 'track', t.id, n.slug || '/' || t.slug, t.negotiation_id, NULL, NULL
    FROM negotiations_negotiation n JOIN negotiations_track t ON t.negotiation_id = n.id
    WHERE n.slug = ANY(%(negotiations)s) AND t.slug = ANY(%(tracks)s)
"""


def find_together(finders: Finders, given: Mapping[str, Any]) -> None:
    """Find in one query what one statement names, but for other statements.

    Whatever is not found here is looked for by its own name later, which tells what is wrong.
    """
    paths = [path.partition("/") for path in _keepable(given["tracks"])]
    named = {
        "source": given["source"] if abs(given["source"]) < 2**63 else None,
        "quoting": bool(given["quotation"]),
        "person": next(_keepable([given["speaker"]]), None),
        "office": next(_keepable([given["office_held"]]), None),
        "parties": [*_keepable(given["parties_for"]), *_keepable(given["about"])],
        "negotiations": [negotiation for negotiation, _, _ in paths],
        "tracks": [slug for _, _, slug in paths],
    }
    for kind, id, name, of, chain, published_at in fetch(_NAMED, named):
        match kind:
            case "source":
                source = _row(Source, id=id, published_at=published_at, chain=chain)
                finders.know(source_of, [(id, source)])
                kept = None if of is None else KeptText(snapshot=of, searched=Searched(name))
                finders.know(kept_text, [(source, kept)])
            case "person":
                finders.know(person, [(name, _row(Person, id=id))])
            case "office":
                finders.know(office, [(name, _row(Office, id=id))])
            case "party":
                finders.know(party, [(name, _row(Party, id=id))])
            case "track":
                finders.know(track, [(name, _row(Track, id=id, negotiation_id=of))])


def _row(model: Any, **values: Any) -> Any:
    """A row of which no more than this is needed; the rest is read when it is asked for.

    The values come in the order of the model's columns.
    """
    return model.from_db(DEFAULT_DB_ALIAS, list(values), list(values.values()))


def _keepable(texts: Iterable[str | None]) -> Iterator[str]:
    """Those that the database could hold: others it would not even look for."""
    return (text for text in texts if text and text.isprintable())
