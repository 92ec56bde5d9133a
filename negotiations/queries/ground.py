"""What a change can be about: tracks, terms, milestones, voices; for the choices of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from negotiations.desk_words import Role
from negotiations.models import Account, Milestone, Party, Term, Track
from negotiations.queries.bodies import track_path
from negotiations.queries.seats import Seat
from negotiations.vocabulary import AccountBearing

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One choice: `key` is what verbs take, `of_*` what it stands under, `unit` a term's."""

    key: str
    title_en: str
    title_ko: str
    of_en: str = ""
    of_ko: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A milestone as it stands last: what a new row of it would begin with."""

    negotiation: str
    slug: str
    kind: str
    title_en: str
    title_ko: str
    due_on: str
    place_en: str
    place_ko: str
    tracks: tuple[str, ...]
    effective_lower: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of accounts, by the slug that puts them on one line."""

    slug: str
    topic_en: str
    topic_ko: str


def tracks_of(seat: Seat) -> tuple[Ground, ...]:
    """The tracks of the negotiations in which the account is an officer; one SQL query."""
    rows: Any = Track.objects.filter(negotiation__slug__in=seat.where(Role.OFFICER))
    rows = rows.select_related("negotiation").order_by("negotiation__slug", "position", "pk")
    return tuple(
        Ground(
            key=track_path(row), title_en=row.title_en, title_ko=row.title_ko,
            of_en=row.negotiation.title_en, of_ko=row.negotiation.title_ko,
        )
        for row in rows
    )  # fmt: skip


def terms_of(seat: Seat) -> tuple[Ground, ...]:
    """The terms of those tracks, each under its track; one SQL query."""
    rows: Any = Term.objects.filter(track__negotiation__slug__in=seat.where(Role.OFFICER))
    rows = rows.select_related("track__negotiation")
    return tuple(
        Ground(
            key=f"{track_path(row.track)}/{row.slug}", title_en=row.name_en, title_ko=row.name_ko,
            of_en=row.track.title_en, of_ko=row.track.title_ko, unit=row.unit,
        )
        for row in rows.order_by("track__negotiation__slug", "track__position", "track", "pk")
    )  # fmt: skip


def voices() -> tuple[Ground, ...]:
    """Every party by its code; one SQL query."""
    rows = Party.objects.order_by("code")
    return tuple(Ground(key=p.code, title_en=p.name_en, title_ko=p.name_ko) for p in rows)


def milestones_of(seat: Seat) -> tuple[Dated, ...]:
    """The published milestones of those negotiations, newest first; three SQL queries."""
    held: Any = Milestone.objects.filter(
        negotiation__slug__in=seat.where(Role.OFFICER), published_at__isnull=False, withdrawn=False
    )
    newest = held.order_by(
        "negotiation", "slug", "-effective_lower", "-effective_upper", "-ledger_number"
    ).distinct("negotiation", "slug")
    found = newest.select_related("negotiation").prefetch_related("tracks__negotiation")[:_MOST]
    return tuple(_dated(row) for row in sorted(found, key=lambda row: row.effective_lower)[::-1])


def accounts_of(seat: Seat, *, also: int | None = None) -> tuple[Ground, ...]:
    """The accounts of meetings there that tell something, drafts too, newest first, by their ids.

    Left out are those that were corrected or retracted, but for the one that is chosen `also`; one
    SQL query.
    """
    rows: Any = Account.objects.filter(track__negotiation__slug__in=seat.where(Role.OFFICER))
    stands = Q(withdrawn=False, superseded_by__isnull=True) | Q(pk=also)
    rows = rows.filter(stands, bearing=AccountBearing.TELLS.value).select_related("according_to")
    return tuple(
        Ground(
            key=str(row.pk), of_en=row.meeting, of_ko=row.meeting,
            title_en=f"{row.according_to.capital_en}: {row.topic_en} – {row.text_en or row.text_ko}"
            + ("" if row.published_at else " (draft)"),
            title_ko=f"{row.according_to.capital_ko}: {row.topic_ko} – {row.text_ko or row.text_en}"
            + ("" if row.published_at else "(초안)"),
        )
        for row in rows.order_by("-effective_lower", "-pk")[:_MOST]
    )  # fmt: skip


def topics_of(seat: Seat) -> tuple[Topic, ...]:
    """The topics of accounts there, each once as it was last named; one SQL query."""
    rows: Any = Account.objects.filter(track__negotiation__slug__in=seat.where(Role.OFFICER))
    named = rows.order_by("topic", "-pk").distinct("topic")[:_MOST]
    return tuple(Topic(slug=r.topic, topic_en=r.topic_en, topic_ko=r.topic_ko) for r in named)


def _dated(row: Any) -> Dated:
    return Dated(
        negotiation=row.negotiation.slug, slug=row.slug, kind=row.kind, title_en=row.title_en,
        title_ko=row.title_ko, due_on=row.due_on, place_en=row.place_en, place_ko=row.place_ko,
        tracks=tuple(track_path(track) for track in row.tracks.all()),
        effective_lower=row.effective_lower,
    )  # fmt: skip
