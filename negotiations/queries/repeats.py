"""Statements of which the one at hand is likely another rendering."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from negotiations.desk_words import Role
from negotiations.models import Statement, StatementTrack
from negotiations.queries.captures import source_told
from negotiations.queries.lookups import plain
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.captures import LikelyRepeat

ALIKE = 70.0
_NEAR = timedelta(days=3)
_MOST = 200
# Of fewer words than these nearly every text holds all.
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What is known of the statement at hand: by whom, when, on which tracks, in which words.

    `speaker` and `office` are slugs, `tracks` are `negotiation/track` paths.
    """

    said_lower: date
    said_upper: date
    words: str
    speaker: str | None = None
    office: str | None = None
    tracks: Collection[str] = ()


def likely_repeats(
    spoken: Spoken, *, seat: Seat, besides: int | None = None, limit: int = 5
) -> tuple[LikelyRepeat, ...]:
    """What the same person or office said within three days, and what is put in like words.

    Like words are looked for among the newest statements of its tracks. Each is told as the
    utterance that others repeat, once. Drafts are told where the account is an officer; `besides`
    is left out. Three SQL queries and one for each track, at most 400 statements.
    """
    near = set(_of_voice(spoken))
    rows = _rows({*near, *_of_tracks(spoken)}, seat)
    rows |= _rows({row.repeats_id for row in rows.values() if row.repeats_id} - rows.keys(), seat)
    best: dict[int, LikelyRepeat] = {}
    for row in rows.values():
        told = rows.get(row.repeats_id or row.pk)
        score = _alike(spoken.words, row)
        if told is None or besides in (row.pk, told.pk) or not (row.pk in near or score >= ALIKE):
            continue
        one = _likely(told, score=score, same_voice=row.pk in near)
        known = best.get(told.pk)
        best[told.pk] = one if known is None or known.similarity < one.similarity else known
    ranked = sorted(best.values(), key=lambda one: (-one.similarity, -one.statement))
    return tuple(ranked[:limit])


def _span(spoken: Spoken) -> tuple[date, date]:
    lower = max(spoken.said_lower, date.min + _NEAR) - _NEAR
    return lower, min(spoken.said_upper, date.max - _NEAR) + _NEAR


def _of_voice(spoken: Spoken) -> Collection[int]:
    voice = Q()
    if spoken.speaker:
        voice |= Q(speaker__slug=plain(spoken.speaker))
    if spoken.office:
        voice |= Q(office__slug=plain(spoken.office))
    if not voice:
        return ()
    lower, upper = _span(spoken)
    rows = Statement.objects.filter(voice, said_lower__lte=upper, said_upper__gte=lower)
    return list(rows.order_by("-said_lower", "-pk").values_list("pk", flat=True)[:_MOST])


def _of_tracks(spoken: Spoken) -> Iterator[int]:
    _, upper = _span(spoken)
    for path in spoken.tracks:
        negotiation, _, slug = path.partition("/")
        links = StatementTrack.objects.filter(
            track__negotiation__slug=plain(negotiation),
            track__slug=plain(slug),
            said_lower__lte=upper,
        ).order_by("-said_lower", "-said_upper", "-ledger_number")
        yield from links.values_list("statement", flat=True)[: _MOST // len(spoken.tracks)]


def _rows(ids: Collection[int], seat: Seat) -> dict[int, Any]:
    """These statements as far as the account may see them and they still stand."""
    if not ids:
        return {}
    mine = StatementTrack.objects.filter(track__negotiation__slug__in=seat.where(Role.OFFICER))
    seen = Q(published_at__isnull=False) | Q(pk__in=mine.values("statement"))
    rows: Any = Statement.objects.filter(seen, pk__in=ids, withdrawn=False)
    rows = rows.exclude(superseded_by__published_at__isnull=False)
    return rows.select_related("source", "speaker", "office").in_bulk()


def _alike(words: str, row: Any) -> float:
    # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
    from rapidfuzz.utils import default_process

    wanted = default_process(words)
    texts = (row.quotation, row.paraphrase_en, row.paraphrase_ko)
    return max((_score(wanted, default_process(text)) for text in texts if text), default=0.0)


def _score(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio, token_set_ratio

    few = min(len(one.split()), len(other.split())) < _FEW
    return ratio(one, other) if few else token_set_ratio(one, other)


def _likely(row: Any, *, score: float, same_voice: bool) -> LikelyRepeat:
    person, office = row.speaker, row.office
    en = person.name_en if person else row.voice_en or (office.title_en if office else "")
    ko = person.name_ko if person else row.voice_ko or (office.title_ko if office else "")
    return LikelyRepeat(
        statement=row.pk,
        words_en=row.quotation or row.paraphrase_en or row.paraphrase_ko,
        words_ko=row.quotation or row.paraphrase_ko or row.paraphrase_en,
        said_on=row.said_on,
        name_en=en,
        name_ko=ko or en,
        source=source_told(row.source),
        published=row.published_at is not None,
        similarity=round(score / 100, 3),
        same_voice=same_voice,
    )
