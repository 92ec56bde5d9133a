"""Captures of pages, and what a page found proposes: whose it is, whether it is known already."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from negotiations.addresses import address_digests, host_of, site_of
from negotiations.desk_words import CaptureState, Role
from negotiations.models import Capture, Clipping, Publisher, Source
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.captures import CaptureRecord, KnownSource, Proposal
from negotiations.refusals import SENTENCES, Refusal, fill

_OVER = frozenset({CaptureState.DONE.value, CaptureState.FAILED.value})
# Among so many of the newest sources a host is looked for.
_LOOKED_AT = 2000


def capture(id: int, *, seat: Seat) -> CaptureRecord:
    """How far a capture is that this account asked for; refuses `not_found`.

    Six SQL queries when it is done.
    """
    row = Capture.objects.filter(pk=id, asked_by=seat.officer).first() if 0 < id < 2**63 else None
    if row is None:
        raise Refusal("not_found")
    words = SENTENCES.get(row.refusal)
    return CaptureRecord(
        id=row.pk,
        url=row.url,
        state=row.state,
        over=row.state in _OVER,
        asked_at=row.asked_at,
        attempts=row.turn,
        due_at=row.due_at,
        refusal=row.refusal or None,
        sentence_en=fill(words, row.facts, "en") if words else "",
        sentence_ko=fill(words, row.facts, "ko") if words else "",
        found=_proposal(row),
        source=row.source_id,
    )


def known_source(url: str, *, seat: Seat) -> KnownSource | None:
    """The source at this address, however it is written; one SQL query.

    Of a source that was corrected the newest published row, even where that withdrew it. Drafts
    are told to officers only.
    """
    known = Source.objects.filter(url_sha256__in=address_digests(url)).values("chain")
    rows = Source.objects.filter(chain__in=known).order_by("-ledger_number", "pk")
    found = list(rows.only("title", "url", "published_at", "ledger_number"))
    told = [row for row in found if row.published_at is not None]
    if not told and seat.may(Role.OFFICER):
        told = found
    return source_told(told[0]) if told else None


def source_told(row: Source) -> KnownSource:
    """A source in one line."""
    return KnownSource(
        id=row.pk, title=row.title, url=row.url, published=row.published_at is not None
    )


def _proposal(row: Capture) -> Proposal | None:
    if row.state != CaptureState.DONE or row.captured_at is None:
        return None
    fed_at, publisher = _fed(row)
    return Proposal(
        url=row.final_url,
        captured_at=row.captured_at,
        text=row.text,
        title=row.title,
        publisher=_publisher(row.final_url, row.publisher_name) or publisher,
        publisher_name=row.publisher_name,
        published_on=row.published_on,
        fed_at=fed_at,
        language=row.language,
    )


def _fed(row: Capture) -> tuple[datetime | None, str | None]:
    """What the feed said that led to it: when it was published, and whose the feed is."""
    clippings = Clipping.objects.filter(capture=row).order_by("reprints__taken_at")
    told = clippings.values_list("published_at", "reprints__feed__publisher__slug").first()
    return told or (None, None)


def _publisher(url: str, name: str) -> str | None:
    """Whose sources stand at that host, else at that site; else who goes by that name."""
    rows = Source.objects.filter(published_at__isnull=False).select_related("publisher")
    newest = rows.order_by("-published_lower", "-published_upper", "-ledger_number")
    known = list(newest.values_list("url", "publisher__slug")[:_LOOKED_AT])
    for place_of in (host_of, site_of):
        place = place_of(url)
        there = Counter(slug for of, slug in known if place and place_of(of) == place)
        if there:
            named = _named(name)
            return named if named in there else there.most_common(1)[0][0]
    return _named(name)


def _named(name: str) -> str | None:
    if not name:
        return None
    for column in ("name_ko", "name_en", "slug"):
        slugs = Publisher.objects.filter(**{f"{column}__iexact": name}).order_by("slug")
        if (slug := slugs.values_list("slug", flat=True).first()) is not None:
            return slug
    return None
