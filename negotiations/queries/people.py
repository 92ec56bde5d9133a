"""People, parties and publishers: reference data, the same under all clocks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from negotiations.models import Party, Person, Publisher, Tenure
from negotiations.queries import names
from negotiations.queries.lookups import plain
from negotiations.queries.paging import by_name, page_rows
from negotiations.queries.shapes import (
    Page,
    PartyRef,
    PersonRecord,
    PublisherRef,
    TenureRecord,
)
from negotiations.refusals import Refusal

_PEOPLE = by_name("people", "slug")
_PARTIES = by_name("parties", "code")
_PUBLISHERS = by_name("publishers", "slug")


def list_people(*, limit: int = 50, cursor: str | None = None) -> Page[PersonRecord]:
    """People with their offices, by slug; two SQL queries."""
    rows, following = page_rows(Person.objects.all(), order=_PEOPLE, limit=limit, cursor=cursor)
    return Page(results=tuple(_people(rows)), next=following)


def person(slug: str) -> PersonRecord:
    """One person; refuses `not_found`."""
    (found,) = _people([_one(Person.objects.filter(slug=plain(slug)))])
    return found


def list_parties(*, limit: int = 50, cursor: str | None = None) -> Page[PartyRef]:
    """Parties by code; one SQL query."""
    rows, following = page_rows(Party.objects.all(), order=_PARTIES, limit=limit, cursor=cursor)
    return Page(results=tuple(names.party_ref(row) for row in rows), next=following)


def party(code: str) -> PartyRef:
    """One party; refuses `not_found`."""
    return names.party_ref(_one(Party.objects.filter(code=plain(code))))


def list_publishers(*, limit: int = 50, cursor: str | None = None) -> Page[PublisherRef]:
    """Publishers with their newest letter, by slug; one SQL query."""
    rows, following = page_rows(_graded(), order=_PUBLISHERS, limit=limit, cursor=cursor)
    refs = (names.publisher_ref(row, reliability=row.reliability) for row in rows)
    return Page(results=tuple(refs), next=following)


def publisher(slug: str) -> PublisherRef:
    """One publisher with its newest letter; refuses `not_found`."""
    row = _one(_graded().filter(slug=plain(slug)))
    return names.publisher_ref(row, reliability=row.reliability)


def told_people(slugs: Collection[str]) -> dict[str, PersonRecord]:
    """These people by slug; two SQL queries."""
    rows = list(Person.objects.filter(slug__in=slugs)) if slugs else []
    return {record.slug: record for record in (_people(rows) if rows else ())}


def told_parties(codes: Collection[str]) -> dict[str, PartyRef]:
    """These parties by code; one SQL query."""
    rows = Party.objects.filter(code__in=codes) if codes else ()
    return {row.code: names.party_ref(row) for row in rows}


def told_publishers(slugs: Collection[str]) -> dict[str, PublisherRef]:
    """These publishers with their newest letter, by slug; one SQL query."""
    rows = _graded().filter(slug__in=slugs) if slugs else ()
    return {row.slug: names.publisher_ref(row, reliability=row.reliability) for row in rows}


def build_people(ids: Collection[int]) -> dict[int, PersonRecord]:
    """The records of these people by id; two SQL queries."""
    rows = list(Person.objects.filter(pk__in=ids))
    return dict(zip((row.pk for row in rows), _people(rows), strict=True))


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Refusal("not_found")
    return found


def _graded() -> Any:
    return Publisher.objects.annotate(reliability=names.reliability("pk", on=None))


def _people(rows: Collection[Person]) -> list[PersonRecord]:
    held: dict[int, list[TenureRecord]] = {row.pk: [] for row in rows}
    tenures = Tenure.objects.filter(person__in=held).select_related("office__party")
    for tenure in tenures.order_by("-held_from", "pk"):
        held[tenure.person_id].append(_tenure(tenure))
    return [
        PersonRecord(
            slug=row.slug,
            name_en=row.name_en,
            name_ko=row.name_ko,
            aliases=tuple(row.aliases),
            tenures=tuple(held[row.pk]),
        )
        for row in rows
    ]


def _tenure(tenure: Any) -> TenureRecord:
    office = tenure.office
    return TenureRecord(
        office=office.slug,
        title_en=office.title_en,
        title_ko=office.title_ko,
        party=office.party.code if office.party else None,
        held_from=tenure.held_from,
        held_to=tenure.held_to,
    )
