"""Drafts, as the desk sees them; nobody else does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from negotiations.desk_words import Role
from negotiations.models import (
    Account,
    Linkage,
    Milestone,
    Position,
    Published,
    Remark,
    Source,
    Statement,
    StatusChange,
    Track,
)
from negotiations.queries.bodies import body_of
from negotiations.queries.figures import figure_en, figure_ko
from negotiations.queries.names import track_ref
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.desk import DraftDetail, DraftRow, RemarkRecord
from negotiations.queries.shapes.refs import TrackRef
from negotiations.refusals import Refusal

_TRACKS = Prefetch("tracks", Track.objects.select_related("negotiation").order_by("pk"))
# Model, paths to the negotiations it belongs to, what comes with it, what is prefetched.
_NOUNS: Mapping[str, tuple[type[Published], tuple[str, ...], tuple[str, ...], tuple[Any, ...]]] = {
    "source": (Source, (), ("publisher",), ()),
    "statement": (
        Statement, ("tracks__negotiation",), ("speaker", "office"), (_TRACKS, "parties", "about"),
    ),
    "status_change": (
        StatusChange, ("track__negotiation",), ("track__negotiation", "according_to"),
        ("further_basis", "dissent"),
    ),
    "position": (
        Position, ("term__track__negotiation",), ("term__track__negotiation", "according_to"),
        ("further_basis",),
    ),
    "linkage": (
        Linkage, ("from_track__negotiation", "to_track__negotiation"),
        ("from_track__negotiation", "to_track__negotiation", "according_to"), ("further_basis",),
    ),
    "milestone": (Milestone, ("negotiation",), ("negotiation",), (_TRACKS, "further_basis")),
    "account": (
        Account, ("track__negotiation",), ("track__negotiation", "according_to"),
        ("further_basis",),
    ),
}  # fmt: skip
NOUNS = tuple(_NOUNS)


def draft_rows(
    noun: str, seat: Seat, *, review: Sequence[str] | None, mine: bool | None
) -> QuerySet[Any]:
    """The drafts of a noun that an account may see, for the queries of this floor."""
    rows = _visible(noun, seat).filter(published_at__isnull=True)
    if review is not None:
        rows = rows.filter(review__in=review)
    if mine is not None:
        own = {"drafted_by": seat.officer}
        rows = rows.filter(**own) if mine else rows.exclude(**own)
    return rows


def draft(noun: str, id: int, *, seat: Seat) -> DraftDetail:
    """One draft in full, or a published row as what a correction begins with.

    Refuses `not_found` for what is not there and for what the account may not see.
    """
    if noun not in _NOUNS or id > 2**63 - 1:
        raise Refusal("not_found")
    row: Any = _visible(noun, seat).filter(pk=id).first()
    if row is None:
        raise Refusal("not_found")
    remarks = Remark.objects.filter(noun=noun, object_id=id).select_related("by").order_by("pk")
    return DraftDetail(
        row=_row(noun, row, seat),
        body=body_of(noun, row),
        remarks=tuple(
            RemarkRecord(version=r.version, by=_name(r.by), at=r.at, text=r.text) for r in remarks
        ),
        published=row.published_at is not None,
    )


def drafts_named(items: Iterable[tuple[str, int]], *, seat: Seat) -> tuple[DraftRow, ...]:
    """These drafts, in the order named; one SQL query a noun, and two for its links.

    Left out is what is no draft (any longer) and what the account may not see.
    """
    wanted = list(dict.fromkeys(items))
    found: dict[tuple[str, int], DraftRow] = {}
    for noun in NOUNS:
        ids = [id for of, id in wanted if of == noun and 0 < id < 2**63]
        if ids:
            rows = _visible(noun, seat).filter(pk__in=ids, published_at__isnull=True)
            found |= {(noun, row.pk): _row(noun, row, seat) for row in rows}
    return tuple(found[key] for key in wanted if key in found)


def _visible(noun: str, seat: Seat) -> QuerySet[Any]:
    model, paths, joined, prefetched = _NOUNS[noun]
    rows: QuerySet[Any] = model._default_manager.select_related("drafted_by", *joined)
    rows = rows.prefetch_related(*prefetched)
    if seat.superuser:
        return rows
    if not paths:
        return rows if seat.may(Role.OFFICER) else rows.none()
    held = Q()
    for path in paths:
        held |= Q(**{f"{path}__slug__in": seat.where(Role.OFFICER)})
    return rows.filter(pk__in=model._default_manager.filter(held).values("pk"))


def _row(noun: str, row: Any, seat: Seat) -> DraftRow:
    title = _TITLES[noun](row)
    return DraftRow(
        noun=noun, id=row.pk, version=row.version, review=row.review,
        title_en=title[0], title_ko=title[1], kind=_kind(row), tracks=_tracks(row),
        drafted_by=_name(row.drafted_by), drafted_at=row.drafted_at,
        mine=row.drafted_by_id == seat.officer, supersedes=row.supersedes_id,
        withdrawn=row.withdrawn,
    )  # fmt: skip


def _name(officer: Any) -> str:
    return str(officer.first_name or officer.username)


def _kind(row: Any) -> str:
    return str(getattr(row, "stage", "") or getattr(row, "kind", "") or getattr(row, "bearing", ""))


def _tracks(row: Any) -> tuple[TrackRef, ...]:
    match row:
        case Statement() | Milestone():
            tracks = list(row.tracks.all())
        case StatusChange() | Account():
            tracks = [row.track]
        case Position():
            tracks = [row.term.track]
        case Linkage():
            tracks = [row.from_track, row.to_track]
        case _:
            tracks = []
    return tuple(track_ref(track, negotiation=track.negotiation.slug) for track in tracks)


def _words(row: Statement) -> tuple[str, str]:
    en = row.quotation or row.paraphrase_en or row.paraphrase_ko
    return en, row.quotation or row.paraphrase_ko or row.paraphrase_en


def _figures(row: Position) -> tuple[str, str]:
    told: dict[str, Any] = {
        "amount": row.amount, "amount_to": row.amount_to, "unit": row.term.unit,
        "qualifier": row.qualifier,
    }  # fmt: skip
    en = figure_en(**told, text=row.text_en or row.text_ko)
    ko = figure_ko(**told, text=row.text_ko or row.text_en)
    return f"{row.term.name_en}: {en}", f"{row.term.name_ko}: {ko}"


def _ends(row: Linkage) -> tuple[str, str]:
    one, other = row.from_track, row.to_track
    return f"{one.title_en} → {other.title_en}", f"{one.title_ko} → {other.title_ko}"


def _topics(row: Account) -> tuple[str, str]:
    party = row.according_to
    return f"{party.capital_en}: {row.topic_en}", f"{party.capital_ko}: {row.topic_ko}"


_TITLES: Mapping[str, Any] = {
    "source": lambda row: (row.title, row.title),
    "statement": _words,
    "status_change": lambda row: (row.headline_en, row.headline_ko),
    "position": _figures,
    "linkage": _ends,
    "milestone": lambda row: (row.title_en, row.title_ko),
    "account": _topics,
}
