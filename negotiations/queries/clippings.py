"""The queue of what feeds caught, for the officers of its negotiations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from negotiations.addresses import address_digests
from negotiations.desk_words import ClippingState, Role
from negotiations.models import Clipping, Officer, Person, Reprint, Source, Track
from negotiations.queries import names
from negotiations.queries.lookups import plain
from negotiations.queries.paging import Order, page_rows
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import Page, TrackRef
from negotiations.queries.shapes.clippings import (
    ClippingRecord,
    Hints,
    Print,
    ProposedSpeaker,
    ProposedTrack,
)
from negotiations.refusals import Refusal

# Ids are given in the order in which stories are caught.
_NEWEST = Order(name="clippings", columns=("pk",), kinds=(int,))
PILES = ("open", "mine", "snoozed", "decided")
# Of each story so many other prints are told, and so many letters.
_MOST_PRINTS = 50


def clippings(
    seat: Seat, *, now: datetime, pile: str = "open", negotiation: str = "", track: str = "",
    cursor: str | None = None, limit: int = 30,
) -> Page[ClippingRecord]:  # fmt: skip
    """A pile of clippings, the newest first: `open`, `mine` (open, given to the account),
    `snoozed`, `decided`.

    Five SQL queries; `track` is a slug. Refuses `bad_cursor`.
    """
    rows = _of(seat).filter(_pile(pile, seat, now))
    if negotiation:
        rows = rows.filter(negotiation__slug=plain(negotiation))
    if track:
        rows = rows.filter(proposed_tracks__contains=[{"track": plain(track)}])
    found, onward = page_rows(rows, order=_NEWEST, limit=limit, cursor=cursor)
    return Page(results=tuple(_told(found, seat)), next=onward)


def open_count(seat: Seat, *, now: datetime, most: int = 1000) -> int:
    """How many wait, counted up to `most`; one SQL query."""
    return _of(seat).filter(_pile("open", seat, now)).values("pk")[:most].count()


def clipping(id: int, *, seat: Seat) -> ClippingRecord:
    """One clipping; refuses `not_found` where the account is no officer of its negotiation."""
    row = _of(seat).filter(pk=id).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    return next(iter(_told([row], seat)))


def officers_of(negotiation: str) -> tuple[tuple[int, str], ...]:
    """Who may be given a clipping of this negotiation: ids and names; one SQL query."""
    roles = [role.value for role in (Role.OFFICER, Role.REVIEWER, Role.ADMIN)]
    held = Q(memberships__negotiation__slug=negotiation, memberships__role__in=roles)
    rows = Officer.objects.filter(held, is_active=True).order_by("username").distinct()
    return tuple((row.pk, row.first_name or row.username) for row in rows)


def hints_for(source: int) -> Hints | None:
    """What the clipping of a source proposes for its statements; None where there is none.

    The day is the source's own, where it names one: never one that was cast through UTC. Two SQL
    queries.
    """
    of = Source.objects.filter(pk=source).only("url", "published_lower", "published_upper").first()
    if of is None:
        return None
    taken = Q(capture__source=source) | Q(url_sha256__in=address_digests(of.url))
    rows = Clipping.objects.filter(taken, state=ClippingState.ACCEPTED.value)
    row = rows.select_related("negotiation").order_by("-decided_at").first()
    if row is None:
        return None
    people = [one["person"] for one in row.proposed_speakers]
    day = of.published_lower if of.published_lower == of.published_upper else None
    return Hints(
        tracks=tuple(f"{row.negotiation.slug}/{one['track']}" for one in row.proposed_tracks),
        speaker=people[0] if len(people) == 1 else "",
        said_on=day.isoformat() if day else "",
    )


def _of(seat: Seat) -> QuerySet[Clipping]:
    rows = Clipping.objects.filter(negotiation__slug__in=seat.where(Role.OFFICER))
    return rows.select_related("negotiation", "assigned_to", "decided_by")


def _pile(pile: str, seat: Seat, now: datetime) -> Q:
    new, snoozed = ClippingState.NEW.value, ClippingState.SNOOZED.value
    awake = Q(state=new) | Q(state=snoozed, snoozed_until__lte=now)
    match pile:
        case "mine":
            return awake & Q(assigned_to=seat.officer)
        case "snoozed":
            return Q(state=snoozed, snoozed_until__gt=now)
        case "decided":
            return ~Q(state__in=[new, snoozed])
    return awake


def _told(rows: Sequence[Clipping], seat: Seat) -> Iterable[ClippingRecord]:
    tracks = _tracks(rows)
    slugs = {one["person"] for row in rows for one in row.proposed_speakers}
    people = {one.slug: one for one in Person.objects.filter(slug__in=slugs)}
    prints = _prints(rows)
    for row in rows:
        yield ClippingRecord(
            id=row.pk, version=row.version, negotiation=row.negotiation.slug, state=row.state,
            url=row.url, title=row.title, text=row.text, language=row.language,
            publisher_name=row.publisher_name, published_at=row.published_at,
            caught_at=row.caught_at, tracks=tuple(_proposed(row, tracks)),
            speakers=tuple(_speakers(row, people)),
            prints=tuple(prints[row.pk].values())[:_MOST_PRINTS], reprints=len(prints[row.pk]),
            assigned_to=row.assigned_to_id, assigned_name=_name(row.assigned_to),
            snoozed_until=row.snoozed_until, decided_by=_name(row.decided_by),
            decided_at=row.decided_at, reason=row.reason,
            # A capture is told to whoever asked for it.
            capture=row.capture_id if row.decided_by_id == seat.officer else None,
        )  # fmt: skip


def _tracks(rows: Sequence[Clipping]) -> dict[tuple[int, str], TrackRef]:
    slugs = {one["track"] for row in rows for one in row.proposed_tracks}
    of = {row.negotiation_id for row in rows}
    keys = Track.objects.filter(negotiation__in=of, slug__in=slugs)
    ids = {pk: (negotiation, slug) for pk, negotiation, slug in keys.values_list(
        "pk", "negotiation", "slug"
    )}  # fmt: skip
    return {ids[pk]: ref for pk, ref in names.tracks(ids).items()}


def _proposed(row: Clipping, tracks: dict[tuple[int, str], TrackRef]) -> Iterable[ProposedTrack]:
    for one in row.proposed_tracks:
        if (ref := tracks.get((row.negotiation_id, one["track"]))) is not None:
            yield ProposedTrack(track=ref, words=tuple(one["words"]))


def _speakers(row: Clipping, people: dict[str, Any]) -> Iterable[ProposedSpeaker]:
    for one in row.proposed_speakers:
        if (who := people.get(one["person"])) is not None:
            yield ProposedSpeaker(
                slug=who.slug, name_en=who.name_en, name_ko=who.name_ko, word=one["word"]
            )


def _prints(rows: Sequence[Clipping]) -> Mapping[int, Mapping[str, Print]]:
    """The other prints of each story: those at another address than its own, each address once."""
    found: dict[int, dict[str, Print]] = defaultdict(dict)
    own = {row.pk: row.url for row in rows}
    reprints = Reprint.objects.filter(clipping__in=own).order_by("taken_at", "pk")
    for one in reprints:
        if one.url != own[one.clipping_id]:
            found[one.clipping_id].setdefault(one.url, Print(
                url=one.url, title=one.title, publisher_name=one.publisher_name,
                published_at=one.published_at,
            ))  # fmt: skip
    return found


def _name(officer: Any) -> str:
    return "" if officer is None else officer.first_name or officer.username
