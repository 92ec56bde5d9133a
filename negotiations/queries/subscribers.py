"""Who reads by mail, for admins: how many, and the letters that could not be sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from negotiations.desk_words import Role
from negotiations.models import Letter, MailSubscription, Negotiation, Track
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.mailing import LetterAside, Readers
from negotiations.refusals import SENTENCES, fill
from negotiations.sql import fetch

_MOST = 100
# A subscription counts once in each negotiation that it is about, wholly or in part.
_COUNTS = """
    SELECT within.negotiation, row.rhythm, row.confirmed_at IS NOT NULL, count(*)
    FROM negotiations_mailsubscription row CROSS JOIN LATERAL (
        SELECT unnest(row.negotiation_ids) negotiation UNION
        SELECT negotiation_id FROM negotiations_track WHERE id = ANY(row.track_ids)) within
    WHERE row.ended_at IS NULL GROUP BY 1, 2, 3
"""


def readers(seat: Seat) -> tuple[Readers, ...]:
    """Readers of the negotiations of which the account is an admin; two SQL queries."""
    rhythms: dict[int, dict[str, int]] = defaultdict(dict)
    unconfirmed: dict[int, int] = defaultdict(int)
    for negotiation, rhythm, confirmed, count in fetch(_COUNTS):
        if confirmed:
            rhythms[negotiation][rhythm] = count
        else:
            unconfirmed[negotiation] += count
    ruled = Negotiation.objects.filter(slug__in=seat.where(Role.ADMIN)).order_by("slug")
    return tuple(
        Readers(
            negotiation=row.slug,
            title_en=row.title_en,
            title_ko=row.title_ko,
            rhythms=rhythms[row.pk],
            unconfirmed=unconfirmed[row.pk],
        )
        for row in ruled
    )


def letters_aside(seat: Seat) -> tuple[LetterAside, ...]:
    """Letters that were set aside, newest first: of subscriptions that are only about negotiations
    of which the account is an admin. Three SQL queries.
    """
    found = Letter.objects.exclude(aside="").select_related("subscription").order_by("-pk")
    rows = list(found.defer("text", "html")[:_MOST])
    tracks = {pk for row in rows for pk in row.subscription.track_ids}
    of = dict(Track.objects.filter(pk__in=tracks).values_list("pk", "negotiation_id"))
    slugs = seat.where(Role.ADMIN)
    ruled = set(Negotiation.objects.filter(slug__in=slugs).values_list("pk", flat=True))
    return tuple(_aside(row) for row in rows if _within(row.subscription, of) <= ruled)


def letters_waiting() -> int:
    """How many letters wait to be sent, or to be tried again; one SQL query."""
    return Letter.objects.filter(due_at__isnull=False).count()


def masked(address: str) -> str:
    """An address that its owner recognises, and nobody else can write to."""
    local, at, host = address.rpartition("@")
    return f"{local[:1]}…{at}{host}"


def _within(row: MailSubscription, of: Mapping[int, int]) -> set[int]:
    return {*row.negotiation_ids, *(of[pk] for pk in row.track_ids if pk in of)}


def _aside(row: Letter) -> LetterAside:
    words = SENTENCES.get(row.aside)
    return LetterAside(
        id=row.pk,
        kind=row.kind,
        subject=row.subject,
        address=masked(row.subscription.address),
        made_at=row.made_at,
        attempts=row.attempts,
        code=row.aside,
        sentence_en=fill(words, row.facts, "en") if words else "",
        sentence_ko=fill(words, row.facts, "ko") if words else "",
    )
