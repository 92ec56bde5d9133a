"""For the desk: pages that want an eye, damaged copies, and what is kept of a source's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from negotiations.desk_words import Role
from negotiations.models import (
    Archive,
    Clocks,
    Damage,
    EvidenceCheck,
    Snapshot,
    Source,
    Statement,
)
from negotiations.queries.evidence import evidence_of
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.evidence import DamagedCopy, Kept, WatchedPage
from negotiations.refusals import SENTENCES, Refusal, fill
from negotiations.vocabulary import EvidenceState

# So many nights without an answer are worth a word.
UNREACHABLE = 5
_WRONG = [EvidenceState.MOVED.value, EvidenceState.ALTERED.value, EvidenceState.GONE.value]
_MOST = 200


def watched_pages(
    seat: Seat, *, clocks: Clocks, unseen: bool = False, limit: int = _MOST
) -> tuple[WatchedPage, ...]:
    """Pages that moved, changed, are gone or cannot be seen, newest finding first; six SQL queries.

    Of sources that the account's negotiations rest on, or none does. `unseen`: without those that
    an officer has taken note of.
    """
    silent = Q(failures__gte=UNREACHABLE) | ~Q(aside="")
    found = Q(state__in=_WRONG) & (~Q(seen=F("told")) if unseen else Q())
    rows = EvidenceCheck.objects.filter(found | silent, _theirs(seat)).select_related("source")
    shown = list(rows.order_by(F("since").desc(nulls_last=True), "-pk")[:limit])
    chains = {row.source_id: row.chain for row in shown}
    told = evidence_of(chains, clocks=clocks) if chains else {}
    return tuple(_page(row, told) for row in shown)


def damaged_copies() -> tuple[DamagedCopy, ...]:
    """Kept copies that lost their digest, newest first; one SQL query. Drafts' copies as well."""
    rows = Damage.objects.select_related("snapshot__source").defer("snapshot__text")
    return tuple(
        DamagedCopy(
            source=row.snapshot.source_id,
            title=row.snapshot.source.title,
            part=row.part,
            snapshot=row.snapshot_id,
            found_at=row.found_at,
        )
        for row in rows.order_by("-found_at", "-pk")[:_MOST]
    )


def kept(source: int) -> Kept:
    """What is kept of the page of a source beside its text; three SQL queries."""
    row = Source.objects.get(pk=source)
    archive = _archives(row).defer("warc").first()
    checked = EvidenceCheck.objects.filter(chain=row.chain).values_list("checked_at", flat=True)
    return Kept(
        archived=archive is not None,
        html=archive.html if archive else "",
        final_url=archive.final_url if archive else "",
        captured_at=archive.captured_at if archive else None,
        checked_at=checked.first(),
    )


def warc(source: int) -> bytes:
    """The answer that the newest text of a source was taken from; refuses `not_found`."""
    row = Source.objects.get(pk=source)
    found = _archives(row).values_list("warc", flat=True).first()
    if found is None:
        raise Refusal("not_found")
    return bytes(found)


def _archives(source: Source) -> QuerySet[Archive]:
    texts = Snapshot.objects.of(source)
    newest = Archive.objects.filter(snapshot__in=texts.values("pk"))
    return newest.order_by("-captured_at", "-pk")


def _theirs(seat: Seat) -> Exists | Q:
    """Cited in a negotiation of the account's, or nowhere."""
    cited = Statement.objects.filter(source__chain=OuterRef("chain"), published_at__isnull=False)
    here = cited.filter(tracks__negotiation__slug__in=seat.where(Role.OFFICER))
    return Q(Exists(here)) | Q(~Exists(cited))


def _page(row: EvidenceCheck, told: dict[int, Any]) -> WatchedPage:
    words = SENTENCES.get(row.aside or row.refusal)
    return WatchedPage(
        check=row.pk,
        source=row.source_id,
        title=row.source.title,
        url=row.source.url,
        evidence=told[row.source_id],
        checked_at=row.checked_at,
        failures=row.failures,
        aside=bool(row.aside),
        seen=row.seen == row.told,
        sentence_en=fill(words, row.facts, "en") if words else "",
        sentence_ko=fill(words, row.facts, "ko") if words else "",
    )
