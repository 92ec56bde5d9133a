"""What readers subscribe to, and the acts that a letter tells of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from negotiations.models import Clocks, LedgerEntry, MailSubscription, Negotiation, Statement, Track
from negotiations.models.mailing import TOLD
from negotiations.queries import names
from negotiations.queries.act_lines import row_line
from negotiations.queries.assembly import MODELS
from negotiations.queries.entries import entry
from negotiations.queries.names import track_ref
from negotiations.queries.negotiations import in_tree_order
from negotiations.queries.pieces import assembled, records_of
from negotiations.queries.shapes.mailing import Line, MailSubscriptionRecord, News, Subject
from negotiations.queries.shapes.refs import TrackRef
from negotiations.refusals import Refusal

MOST_LINES = 50
_ROWS: dict[str, Any] = {"statement": Statement, **MODELS}


def subjects() -> tuple[Subject, ...]:
    """All that can be subscribed to, each negotiation before its tracks; two SQL queries."""
    tracks: dict[int, list[Track]] = defaultdict(list)
    for row in Track.objects.order_by("pk"):
        tracks[row.negotiation_id].append(row)
    return tuple(
        subject
        for row in Negotiation.objects.order_by("slug")
        for subject in _subjects(row, tracks[row.pk])
    )


def subscription(sha256: str) -> MailSubscriptionRecord:
    """The subscription whose token has this digest, in three SQL queries; refuses `link_unknown`.

    One that is over has no address.
    """
    row = MailSubscription.objects.filter(tokens__contains=[sha256]).first()
    if row is None:
        raise Refusal("link_unknown")
    return _told(row)


def subscription_of(id: int) -> MailSubscriptionRecord | None:
    """The same by its id; None where it is gone or over."""
    row = MailSubscription.objects.filter(pk=id, ended_at=None).first()
    return None if row is None else _told(row)


def news(subscription: int, *, after: int, through: int, clocks: Clocks) -> News:
    """The acts that concern a subscription with numbers after `after`, up to `through`.

    What was replaced or withdrawn since is told by the act that did so alone. At most 24 SQL
    queries, however many acts.
    """
    row = MailSubscription.objects.get(pk=subscription)
    concerning = Q(negotiation_ids__overlap=row.negotiation_ids)
    concerning |= Q(track_ids__overlap=row.track_ids)
    found = LedgerEntry.objects.filter(
        concerning, **TOLD, number__gt=after, number__lte=through
    ).order_by("-number")
    acts = list(found[:MOST_LINES])
    more = found.count() - len(acts) if len(acts) == MOST_LINES else 0
    return News(lines=tuple(_lines(acts, clocks=clocks)), more=more)


def _subjects(row: Negotiation, tracks: Collection[Track]) -> Iterable[Subject]:
    titles = {"negotiation_en": row.title_en, "negotiation_ko": row.title_ko}
    yield Subject(path=row.slug, track=None, depth=0, **titles)
    for track, depth in in_tree_order(tracks):
        ref = track_ref(track, negotiation=row.slug)
        yield Subject(path=f"{row.slug}/{track.slug}", track=ref, depth=depth, **titles)


def _told(row: MailSubscription) -> MailSubscriptionRecord:
    whole = Negotiation.objects.filter(pk__in=row.negotiation_ids).order_by("slug")
    tracks = names.tracks(row.track_ids).values()
    paths = (*whole.values_list("slug", flat=True), *(f"{t.negotiation}/{t.slug}" for t in tracks))
    return MailSubscriptionRecord(
        address=row.address,
        language=row.language,
        rhythm=row.rhythm,
        about=paths,
        asked_at=row.asked_at,
        confirmed_at=row.confirmed_at,
        over=row.ended_because,
    )


def _lines(acts: Collection[LedgerEntry], *, clocks: Clocks) -> Iterable[Line]:
    tracks = names.tracks(pk for act in acts for pk in act.track_ids)
    present, withdrawn = _present(acts, clocks), _withdrawn(acts, clocks)
    for act in acts:
        among = withdrawn if act.verb == "retract" else present
        record = among.get((act.noun, _row_of(act)))
        if record is not None:
            yield _line(act, record, tuple(t for pk, t in tracks.items() if pk in act.track_ids))


def _row_of(act: LedgerEntry) -> int:
    """The row that an act tells of: a withdrawal that which it withdrew."""
    return act.payload["supersedes"] if act.verb == "retract" else act.object_id


def _present(acts: Iterable[LedgerEntry], clocks: Clocks) -> dict[tuple[str, int], Any]:
    """What is told of published rows, as far as they still stand."""
    ids: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        if act.verb != "retract":
            ids[act.noun].add(act.object_id)
    standing = {
        noun: list(
            _ROWS[noun].objects.visible(clocks).filter(pk__in=pks).values_list("pk", flat=True)
        )
        for noun, pks in ids.items()
    }
    told = records_of(clocks=clocks, **standing)
    return {(noun, pk): one for noun in standing for pk, one in getattr(told, noun).items()}


def _withdrawn(acts: Iterable[LedgerEntry], clocks: Clocks) -> dict[tuple[str, int], Any]:
    ids: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        if act.verb == "retract":
            ids[act.noun].add(_row_of(act))
    return {
        (noun, pk): one
        for noun, pks in ids.items()
        for pk, one in assembled(noun, pks, clocks=clocks).items()
    }


def _line(act: LedgerEntry, record: Any, tracks: tuple[TrackRef, ...]) -> Line:
    told = entry(record)
    headline_en, headline_ko = row_line(record)
    return Line(
        number=act.number,
        verb=act.verb,
        noun=act.noun,
        tracks=tracks,
        headline_en=headline_en,
        headline_ko=headline_ko,
        speaker_en=told.speaker.name_en,
        speaker_ko=told.speaker.name_ko,
        reason=act.payload.get("correction_reason") or "",
        path=_path(act, tracks),
    )


def _path(act: LedgerEntry, tracks: tuple[TrackRef, ...]) -> str:
    if act.verb == "retract" or not (tracks or act.noun == "statement"):
        return "/corrections/" if act.verb == "retract" else "/changes/"
    if act.noun == "statement":
        return f"/statements/{act.object_id}/"
    return f"/{tracks[0].negotiation}/{tracks[0].slug}/#n{act.number}"
