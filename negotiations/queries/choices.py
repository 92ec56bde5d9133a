"""What pickers of the desk offer: people, offices, publishers, parties, tracks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from negotiations.desk_words import Role
from negotiations.models import Office, Party, Person, Publisher, Tenure, Track
from negotiations.queries.names import party_ref, track_ref
from negotiations.queries.negotiations import in_tree_order
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.refs import PartyRef, TrackRef

_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that can be picked; `value` is what a verb takes, `others` are further names."""

    value: str
    name_en: str
    name_ko: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackChoice:
    """A track, by the path that verbs take, at its depth below the others of its negotiation."""

    path: str
    negotiation_en: str
    negotiation_ko: str
    track: TrackRef
    depth: int


def people() -> tuple[Choice, ...]:
    """Everybody who speaks, by slug; one SQL query."""
    return tuple(
        Choice(value=p.slug, name_en=p.name_en, name_ko=p.name_ko, others=tuple(p.aliases))
        for p in Person.objects.order_by("slug")
    )


def offices() -> tuple[Choice, ...]:
    """All offices, by slug; one SQL query."""
    return tuple(_office(row) for row in Office.objects.order_by("slug"))


def publishers() -> tuple[Choice, ...]:
    """All publishers, by slug; one SQL query."""
    return tuple(
        Choice(value=p.slug, name_en=p.name_en, name_ko=p.name_ko)
        for p in Publisher.objects.order_by("slug")
    )


def parties(seat: Seat) -> tuple[PartyRef, ...]:
    """All parties, those of the account's negotiations first; two SQL queries at most."""
    rows = list(Party.objects.order_by("code"))
    ours = set(
        Party.objects.filter(negotiations__slug__in=seat.roles).values_list("code", flat=True)
    )
    rows.sort(key=lambda row: row.code not in ours)
    return tuple(party_ref(row) for row in rows)


def tracks(seat: Seat, *, also: Collection[str] = ()) -> tuple[TrackChoice, ...]:
    """The tracks of the negotiations in which the account is an officer, as a tree.

    `also` names further ones by path: what a row stands on already stays among the choices. One SQL
    query.
    """
    wanted = Q(negotiation__slug__in=seat.where(Role.OFFICER))
    for path in also:
        of, _, slug = path.partition("/")
        wanted |= Q(negotiation__slug=of, slug=slug)
    rows = Track.objects.filter(wanted).select_related("negotiation")
    by_negotiation: dict[Any, list[Track]] = {}
    for row in rows.order_by("negotiation__slug", "pk"):
        by_negotiation.setdefault(row.negotiation, []).append(row)
    return tuple(_tracks(by_negotiation))


def offices_held(person: str, *, lower: date, upper: date) -> tuple[Choice, ...]:
    """The offices that a person may have held between two days, newest first; one SQL query.

    An unknown bound of a tenure excludes nothing.
    """
    held = Tenure.objects.filter(person__slug=person).select_related("office")
    found = {
        tenure.office.slug: _office(tenure.office)
        for tenure in held.order_by("-held_from", "pk")
        if _reaches(tenure, lower.isoformat(), upper.isoformat())
    }
    return tuple(found.values())


def _office(row: Office) -> Choice:
    return Choice(value=row.slug, name_en=row.title_en, name_ko=row.title_ko)


def _tracks(by_negotiation: dict[Any, list[Track]]) -> Iterable[TrackChoice]:
    for negotiation, rows in by_negotiation.items():
        for track, depth in in_tree_order(rows):
            yield TrackChoice(
                path=f"{negotiation.slug}/{track.slug}",
                negotiation_en=negotiation.title_en,
                negotiation_ko=negotiation.title_ko,
                track=track_ref(track, negotiation=negotiation.slug),
                depth=depth,
            )


def _reaches(tenure: Tenure, lower: str, upper: str) -> bool:
    begins = "" if tenure.held_from.startswith("..") else _edge(tenure.held_from, last=False)
    ends = "" if tenure.held_to.endswith("..") else _edge(tenure.held_to, last=True)
    # As texts, to the precision that the bound has: a year compares as a year.
    return begins <= upper[: len(begins)] and (not ends or lower[: len(ends)] <= ends)


def _edge(edtf: str, *, last: bool) -> str:
    found = _DATE.findall(edtf)
    return found[-1 if last else 0] if found else ""
