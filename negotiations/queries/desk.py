"""Drafts in piles: what waits for an account at the desk, counted, begun, and page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value

from negotiations.desk_words import Review, Role
from negotiations.models import (
    Account,
    Linkage,
    Milestone,
    Position,
    Published,
    Remark,
    Source,
    Statement,
    StatementTrack,
    StatusChange,
)
from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.queries.drafts import drafts_named
from negotiations.queries.lookups import not_one_of
from negotiations.queries.paging import MOST, too_many
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import Page
from negotiations.queries.shapes.desk import DraftRow, Pile, WaitingDraft
from negotiations.refusals import Refusal

# Model, and the columns that lead to its negotiations (a statement goes through its tracks, a
# source belongs to none).
_NOUNS: Mapping[str, tuple[type[Published], tuple[str, ...]]] = {
    "source": (Source, ()),
    "statement": (Statement, ()),
    "status_change": (StatusChange, ("track__negotiation",)),
    "position": (Position, ("term__track__negotiation",)),
    "linkage": (Linkage, ("from_track__negotiation", "to_track__negotiation")),
    "milestone": (Milestone, ("negotiation",)),
    "account": (Account, ("track__negotiation",)),
}
# To review; sent back to me; mine in work; mine handed in; every draft.
PILES = ("review", "back", "mine", "handed", "all")
FRONT = ("review", "back", "mine")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a page of drafts begins."""

    at: datetime
    noun: str
    pk: int


def piles(seat: Seat, *, limit: int) -> dict[str, Pile]:
    """Each pile of FRONT with its newest drafts, and the sizes of the others.

    Three SQL queries, one for the remarks, and those of `drafts_named`, whatever the numbers.
    """
    sizes = _sizes(seat)
    arms = [_arm(noun, seat, pile)[:limit] for pile in FRONT for noun in _NOUNS]
    keys = sorted(arms[0].union(*arms[1:], all=True), key=lambda key: key[1:], reverse=True)
    first = {pile: [key for key in keys if key[0] == pile][:limit] for pile in FRONT}
    told = _told([key for pile in FRONT for key in first[pile]], seat)
    return {
        pile: Pile(
            count=sizes[pile],
            drafts=tuple(told[key[2:]] for key in first.get(pile, ()) if key[2:] in told),
        )
        for pile in PILES
    }


def draft_pile(
    seat: Seat,
    *,
    pile: str,
    noun: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[WaitingDraft]:
    """One pile, newest first, of one noun if asked; refuses `bad_parameter` and `bad_cursor`."""
    if pile not in PILES:
        raise not_one_of("pile", pile, PILES)
    if noun is not None and noun not in _NOUNS:
        raise not_one_of("noun", noun, _NOUNS)
    if not 1 <= limit <= MOST:
        raise too_many(MOST)
    name = f"drafts of {seat.officer}: {pile}"
    begin = _place(cursor, name=name) if cursor else None
    nouns = [noun] if noun else list(_NOUNS)
    arms = [_after(_arm(one, seat, pile), one, begin)[: limit + 1] for one in nouns]
    found = list(arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0])
    keys = sorted(found, key=lambda key: key[1:], reverse=True)[: limit + 1]
    told = _told(keys[:limit], seat)
    return Page(
        results=tuple(told[key[2:]] for key in keys[:limit] if key[2:] in told),
        next=_cursor(keys[limit - 1], name=name) if len(keys) > limit else None,
    )


def _arm(noun: str, seat: Seat, pile: str) -> QuerySet[Any]:
    """Pile, moment, noun and id of its drafts, newest first: one walk on the index of drafts."""
    role = Role.REVIEWER if pile == "review" else Role.OFFICER
    here = _where(noun, seat, role) & _is(pile, seat)
    rows = _NOUNS[noun][0]._default_manager.filter(here, published_at__isnull=True)
    told = rows.annotate(
        of=Value(pile, output_field=CharField()), told_as=Value(noun, output_field=CharField())
    )
    return told.order_by("-drafted_at", "-pk").values_list("of", "drafted_at", "told_as", "pk")


def _is(pile: str, seat: Seat) -> Q:
    """What makes a draft that the account may see part of a pile."""
    mine = Q(drafted_by=seat.officer)
    match pile:
        case "review":
            return Q(review=Review.SUBMITTED.value) & ~mine
        case "back":
            return Q(review=Review.SENT_BACK.value) & mine
        case "mine":
            return Q(review="") & mine
        case "handed":
            return Q(review=Review.SUBMITTED.value) & mine
        case _:
            return Q(pk__isnull=False)


def _where(noun: str, seat: Seat, role: Role) -> Q:
    """Rows of the negotiations in which the account has the role."""
    if seat.superuser:
        return Q()
    if noun == "source":
        return Q() if seat.may(role) else Q(pk__in=())
    if noun == "statement":
        held = {"track__negotiation__slug__in": seat.where(role)}
        return Q(Exists(StatementTrack.objects.filter(statement=OuterRef("pk"), **held)))
    here = Q()
    for path in _NOUNS[noun][1]:
        here |= Q(**{f"{path}__slug__in": seat.where(role)})
    return here


def _sizes(seat: Seat) -> dict[str, int]:
    """How many drafts are in each pile; one SQL query a role."""
    others = PILES[1:]
    return _count(seat, Role.REVIEWER, PILES[:1]) | _count(seat, Role.OFFICER, others)


def _count(seat: Seat, role: Role, piles: Sequence[str]) -> dict[str, int]:
    counts = {f"n_{pile}": Count("pk", filter=_is(pile, seat)) for pile in piles}
    arms = [
        model._default_manager.filter(_where(noun, seat, role), published_at__isnull=True)
        .annotate(told_as=Value(noun, output_field=CharField()))
        .values("told_as")
        .annotate(**counts)
        .values_list(*counts)
        for noun, (model, _) in _NOUNS.items()
    ]
    counted = list(arms[0].union(*arms[1:], all=True))
    return {pile: sum(row[place] for row in counted) for place, pile in enumerate(piles)}


def _told(keys: Sequence[Any], seat: Seat) -> dict[tuple[str, int], WaitingDraft]:
    """The drafts behind these keys, each with the last remark on it."""
    rows = drafts_named([(noun, pk) for _, _, noun, pk in keys], seat=seat)
    remarks = _remarks(rows)
    return {
        (row.noun, row.id): WaitingDraft(row=row, remark=remarks.get((row.noun, row.id), ""))
        for row in rows
    }


def _remarks(rows: Sequence[DraftRow]) -> dict[tuple[str, int], str]:
    """Why drafts that were sent back were, by their newest remark; one SQL query."""
    wanted = Q(pk__in=())
    for row in rows:
        if row.review == Review.SENT_BACK:
            wanted |= Q(noun=row.noun, object_id=row.id)
    told = Remark.objects.filter(wanted).order_by("pk").values_list("noun", "object_id", "text")
    return {(noun, pk): text for noun, pk, text in told}


def _after(rows: QuerySet[Any], noun: str, begin: _Place | None) -> QuerySet[Any]:
    """The rows of one noun that come after a place in the order of moment, noun and id."""
    if begin is None:
        return rows
    at_once = Q(drafted_at=begin.at) & {
        -1: Q(), 0: Q(pk__lt=begin.pk), 1: Q(pk__in=()),
    }[(noun > begin.noun) - (noun < begin.noun)]  # fmt: skip
    return rows.filter(Q(drafted_at__lt=begin.at) | at_once)


def _cursor(key: Any, *, name: str) -> str:
    _, at, noun, pk = key
    return write_cursor(name=name, key=(at.isoformat(), noun, pk))


def _place(cursor: str, *, name: str) -> _Place:
    at, noun, pk = read_cursor(cursor, name=name, kinds=(str, str, int))
    try:
        return _Place(at=datetime.fromisoformat(at), noun=noun, pk=pk)
    except ValueError:
        raise Refusal("bad_cursor", at="cursor") from None
