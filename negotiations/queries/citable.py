"""Statements that a draft may cite: of its tracks, newest first, the desk's own drafts as well."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from negotiations.desk_words import Role
from negotiations.models import Statement, StatementTrack
from negotiations.queries.lookups import plain
from negotiations.queries.seats import Seat

MOST = 20
_SEARCHED = (
    "quotation", "paraphrase_en", "paraphrase_ko", "speaker__name_en", "speaker__name_ko",
    "office__title_en", "office__title_ko", "voice_en", "voice_ko", "source__title",
    "source__publisher__name_en", "source__publisher__name_ko",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Citable:
    """One statement in one line. `outdated`: it was corrected or retracted since."""

    id: int
    draft: bool
    outdated: bool
    words_en: str
    words_ko: str
    quoted: bool
    language: str
    speaker_en: str
    speaker_ko: str
    said_on: str
    kind: str
    attribution: str
    publisher_en: str
    publisher_ko: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What may be cited: `chosen` in the order asked for, then `others`; `more` were left out."""

    chosen: tuple[Citable, ...]
    others: tuple[Citable, ...]
    more: bool


def citable(
    tracks: Collection[str], *, seat: Seat, find: str = "", chosen: Collection[int] = ()
) -> Choice:
    """Statements of these `negotiation/track` paths in which every word of `find` occurs.

    Two SQL queries. What is `chosen` stays listed whatever is looked for. Of tracks of other
    negotiations than the account's nothing is told that is not published.
    """
    found = _found(tracks, seat=seat, find=find)
    wanted = dict.fromkeys([*chosen, *found])
    rows = {row.pk: row for row in _rows(wanted, seat)} if wanted else {}
    others = [pk for pk in found if pk in rows and pk not in set(chosen)]
    return Choice(
        chosen=tuple(_told(rows[pk]) for pk in dict.fromkeys(chosen) if pk in rows),
        others=tuple(_told(rows[pk]) for pk in others[:MOST]),
        more=len(found) > MOST,
    )


def _found(tracks: Collection[str], *, seat: Seat, find: str) -> list[int]:
    on = Q()
    held = seat.where(Role.OFFICER)
    for path in tracks:
        negotiation, _, slug = path.partition("/")
        if negotiation in held:
            on |= Q(track__negotiation__slug=negotiation, track__slug=plain(slug))
    if not on:
        return []
    links = StatementTrack.objects.filter(on, _searched(find), statement__withdrawn=False).exclude(
        statement__superseded_by__published_at__isnull=False
    )
    # As often as it bears on one of the tracks a statement comes up.
    newest = links.order_by("-said_lower", "-said_upper", "-ledger_number", "-statement_id")
    ids = newest.values_list("statement_id", flat=True)[: (MOST + 1) * len(tracks)]
    return list(dict.fromkeys(ids))[: MOST + 1]


def _searched(find: str) -> Q:
    wanted = Q()
    for word in plain(find).split()[:8]:
        one = Q()
        for column in _SEARCHED:
            one |= Q(**{f"statement__{column}__icontains": word})
        number = word.lstrip("#№")
        if number.isascii() and number.isdecimal() and len(number) < 19:
            one |= Q(statement=int(number))
        wanted &= one
    return wanted


def _rows(ids: Collection[int], seat: Seat) -> QuerySet[Any]:
    mine = StatementTrack.objects.filter(track__negotiation__slug__in=seat.where(Role.OFFICER))
    seen = Q(published_at__isnull=False) | Q(pk__in=mine.values("statement"))
    rows = Statement.objects.filter(seen, pk__in=[pk for pk in ids if 0 < pk < 2**63])
    return rows.select_related("source__publisher", "speaker", "office", "superseded_by")


def _told(row: Any) -> Citable:
    later = getattr(row, "superseded_by", None)
    person, office = row.speaker, row.office
    en = person.name_en if person else row.voice_en or (office.title_en if office else "")
    ko = person.name_ko if person else row.voice_ko or (office.title_ko if office else "")
    return Citable(
        id=row.pk, draft=row.published_at is None,
        outdated=row.withdrawn or bool(later and later.published_at),
        words_en=row.quotation or row.paraphrase_en or row.paraphrase_ko,
        words_ko=row.quotation or row.paraphrase_ko or row.paraphrase_en,
        quoted=bool(row.quotation), language=row.language, speaker_en=en, speaker_ko=ko or en,
        said_on=row.said_on, kind=row.kind, attribution=row.attribution,
        publisher_en=row.source.publisher.name_en, publisher_ko=row.source.publisher.name_ko,
        tier=row.source.publisher.tier,
    )  # fmt: skip
