"""What a second officer weighs beside a draft: its evidence in place, and what else happened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q, Value
from django.db.models.functions import Greatest, Substr

from negotiations.models import LedgerEntry, Snapshot, Statement
from negotiations.queries.ledger import changes_on
from negotiations.queries.seats import Seat
from negotiations.queries.shapes import Act, TrackRef
from negotiations.vocabulary import Capture

_AROUND = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotation in the text that it was taken from; `cut_*`: the text goes on there."""

    before: str
    quotation: str
    after: str
    cut_before: bool
    cut_after: bool
    transcribed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptText:
    """The text of a draft source as it will be kept; `mine`: this account brought it in."""

    source: int
    url: str
    text: str
    transcribed: bool
    mine: bool


def passages(statements: Collection[int]) -> dict[int, Passage]:
    """The quotations of these statements in their place, drafts too; one SQL query.

    What has no quotation is left out.
    """
    begin = Greatest(F("start") - _AROUND, Value(0))
    rows: Any = Statement.objects.filter(pk__in=set(statements), snapshot__isnull=False)
    rows = rows.annotate(
        begin=begin,
        # SQL counts characters from one.
        before=Substr("snapshot__text", begin + 1, F("start") - begin),
        after=Substr("snapshot__text", F("end") + 1, _AROUND + 1),
        capture=F("snapshot__capture"),
    )
    told = rows.values_list("pk", "quotation", "begin", "before", "after", "capture")
    return {pk: _passage(*row) for pk, *row in told}


def _passage(quotation: str, begin: int, before: str, after: str, capture: str) -> Passage:
    cut = len(after) > _AROUND
    return Passage(
        before=re.sub(r"^\S*\s*", "", before) or before if begin else before,
        quotation=quotation,
        after=re.sub(r"\s*\S*$", "", after) or after if cut else after,
        cut_before=begin > 0,
        cut_after=cut,
        transcribed=capture == Capture.TRANSCRIBED,
    )


def kept_texts(sources: Collection[int], *, seat: Seat) -> tuple[KeptText, ...]:
    """The newest text of each of these sources; two SQL queries."""
    rows = Snapshot.objects.filter(source__in=sources).order_by("source", "-captured_at", "-pk")
    newest = list(rows.select_related("source").distinct("source"))
    acts = LedgerEntry.objects.filter(noun="snapshot", object_id__in=[row.pk for row in newest])
    mine = set(acts.filter(by=seat.officer).values_list("object_id", flat=True))
    return tuple(
        KeptText(
            source=row.source_id, url=row.source.url, text=row.text, mine=row.pk in mine,
            transcribed=row.capture == Capture.TRANSCRIBED,
        )
        for row in newest
    )  # fmt: skip


def changed_since(
    items: Iterable[tuple[str, int]], tracks: Iterable[TrackRef], *, limit: int = 20
) -> tuple[Act, ...]:
    """What was published on these tracks since the first of these drafts was last written.

    Newest first; four SQL queries.
    """
    of = Q()
    for noun, id in items:
        of |= Q(noun=noun, object_id=id)
    if not of:
        return ()
    acts = LedgerEntry.objects.filter(of).exclude(verb__in=("submit_draft", "send_back"))
    newest = acts.values("noun", "object_id").annotate(newest=Max("number"))
    written = min((row["newest"] for row in newest), default=0)
    places = {(track.negotiation, track.slug) for track in tracks}
    return changes_on(places, after=written, limit=limit)
