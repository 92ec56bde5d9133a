"""All rows of a noun, in pieces: what exports are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from negotiations.models import Clocks, LedgerEntry, Source, Statement, StatementTrack
from negotiations.queries import names, negotiations, people
from negotiations.queries.assembly import MODELS
from negotiations.queries.held import held
from negotiations.queries.ledger import members
from negotiations.queries.negotiations import find_whole
from negotiations.queries.paging import MOST
from negotiations.queries.pieces import tell
from negotiations.queries.record import of_negotiation
from negotiations.queries.shapes import Act, Sealed

RECORD = ("statement", "source", *MODELS)
# Told as it is now, without clocks.
TIMELESS = ("person", "party", "publisher")
REFERENCE = ("negotiation", *TIMELESS)
# Rows at a time: some two megabytes of JSON, whatever the size of the record.
CHUNK = 500


def chunks(
    noun: str, *, clocks: Clocks, negotiation: str | None = None, ahead: bool = False
) -> Iterator[list[Any]]:
    """What the lists of this noun (of RECORD or REFERENCE) tell, `CHUNK` rows at a time.

    With `ahead` also rows that hold, or were said, later than `on`: when their day comes, no act
    tells it to who has kept a copy from here on.

    Rows of the record by ledger number, as records or `Stored`; reference data by slug or code.
    `negotiation` (a slug, for rows of the record) keeps those that concern it; refuses `not_found`
    before the first chunk. Take all of it from one view of the database (`Standstill`), inside a
    transaction.
    """
    if noun in REFERENCE:
        return _reference(noun, clocks=clocks)
    found = None
    if negotiation is not None:
        found = find_whole(negotiation, clocks=clocks).pk
    return _record(noun, clocks=clocks, negotiation=found, ahead=ahead)


def reached(as_of: datetime) -> int:
    """The number of the newest public act by then; 0 before the first. One SQL query.

    An export as of that instant holds every act up to this number: instants never run backwards
    along the numbers.
    """
    acts = LedgerEntry.objects.filter(public=True, at__lte=as_of).order_by("-number")
    return acts.values_list("number", flat=True).first() or 0


def entries(*, to: int) -> Iterator[list[Act | Sealed]]:
    """All entries of the ledger up to this number, by number, `CHUNK` at a time.

    Public ones as acts, those on drafts as no more than number and hash. One SQL query, and one for
    each chunk.
    """
    rows = LedgerEntry.objects.filter(number__lte=to).order_by("number")
    found = rows.iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        tracks = names.tracks(pk for row in some if row.public for pk in row.track_ids)
        yield [
            Act(**members(row, tracks)) if row.public else Sealed(number=row.number, hash=row.hash)
            for row in some
        ]


def slugs(*, clocks: Clocks) -> tuple[str, ...]:
    """The slugs of all negotiations, in order; three SQL queries for every 200 of them."""
    found = _reference("negotiation", clocks=clocks)
    return tuple(row.slug for some in found for row in some)


def _record(
    noun: str, *, clocks: Clocks, negotiation: int | None, ahead: bool
) -> Iterator[list[Any]]:
    until = replace(clocks, on=date.max) if ahead else clocks
    rows = _visible(noun, clocks=until)
    if negotiation is not None:
        rows = rows.filter(_concerning(noun, negotiation, clocks=until))
    # A cursor on the server: neither side ever holds more than a piece.
    keys = rows.order_by("ledger_number").values_list("pk", flat=True)
    ids = keys.iterator(chunk_size=CHUNK)
    while some := list(islice(ids, CHUNK)):
        told = tell(noun, some, clocks=clocks)
        yield [told[pk] for pk in some]


def _visible(noun: str, *, clocks: Clocks) -> QuerySet[Any]:
    """The same rows as in the lists."""
    match noun:
        case "statement":
            return Statement.objects.visible(clocks).filter(said_lower__lte=clocks.on)
        case "source":
            return Source.objects.visible(clocks)
        case _:
            return held(MODELS[noun], clocks=clocks)


def _concerning(noun: str, negotiation: int, *, clocks: Clocks) -> Q:
    links = StatementTrack.objects.filter(statement=OuterRef("pk"), track__negotiation=negotiation)
    match noun:
        case "statement":
            return Q(Exists(links))
        case "source":
            # A statement stays with its source as it was; what is told is the source as corrected.
            said = _visible("statement", clocks=clocks).filter(Exists(links))
            return Q(chain__in=said.values("source__chain"))
        case _:
            return of_negotiation(noun, negotiation)


def _reference(noun: str, *, clocks: Clocks) -> Iterator[list[Any]]:
    pages: dict[str, Callable[..., Any]] = {
        "negotiation": partial(negotiations.list_negotiations, clocks=clocks),
        "person": people.list_people,
        "party": people.list_parties,
        "publisher": people.list_publishers,
    }
    cursor: str | None = None
    while True:
        page = pages[noun](limit=MOST, cursor=cursor)
        if page.results:
            yield list(page.results)
        if (cursor := page.next) is None:
            return
