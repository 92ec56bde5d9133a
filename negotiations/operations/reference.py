"""Reference data: parties, negotiations, tracks, people, publishers, terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from negotiations.desk_words import Role
from negotiations.models import (
    Grade,
    Negotiation,
    Office,
    Party,
    Person,
    Publisher,
    Tenure,
    Term,
    Track,
)
from negotiations.operations.columns import check_columns, check_range
from negotiations.operations.content import content_of, noun_of
from negotiations.operations.dates import read_date, read_zone
from negotiations.operations.ledger import take_stamp
from negotiations.operations.lookups import (
    negotiation as find_negotiation,
)
from negotiations.operations.lookups import (
    office as find_office,
)
from negotiations.operations.lookups import (
    parties as find_parties,
)
from negotiations.operations.lookups import (
    party as find_party,
)
from negotiations.operations.lookups import (
    person as find_person,
)
from negotiations.operations.lookups import (
    publisher as find_publisher,
)
from negotiations.operations.lookups import (
    track as find_track,
)
from negotiations.operations.lookups import (
    word,
)
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal

# First parts of the site's own addresses: a negotiation of that name could not be reached.
RESERVED = frozenset(
    {
        "about", "admin", "api", "changes", "corrections", "desk", "embed", "en", "for-scripts",
        "health", "ko", "ledger", "metrics", "oembed", "parties", "people", "reports", "search",
        "sources", "statements", "static", "status-changes", "subscriptions", "trust", "vocabulary",
    }
)  # fmt: skip
# And of a negotiation's: its pages stand where its tracks do.
RESERVED_FOR_TRACKS = frozenset(
    {
        "board", "brief", "compare", "figures", "handover", "linkages", "meetings", "milestones",
        "positions", "timeline",
    }
)  # fmt: skip


def _register(
    model: type[models.Model],
    *,
    tracks: Sequence[Track] = (),
    negotiations: Sequence[int] = (),
    links: dict[str, Any] | None = None,
    **values: Any,
) -> Act:
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = clean(value, at=f"/{name}")
    row = model(**values)
    check_columns(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        name = values.get("slug") or values.get("code") or ""
        raise Refusal("duplicate", noun=noun_of(model), name=name) from error
    for name, linked in (links or {}).items():
        getattr(row, name).add(*linked)
    of = [row.pk] if isinstance(row, Negotiation) else list(negotiations)
    on = [row] if isinstance(row, Track) else list(tracks)
    return Act(
        noun=noun_of(row), object_id=row.pk, payload=content_of(row), public=True,
        tracks=on, negotiations=of,
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_party(
    *, by: Actor, now: datetime, code: str, name_en: str, name_ko: str,
    capital_en: str, capital_ko: str, zone: str,
) -> Act:  # fmt: skip
    """Add a party by its ISO 3166-1 code; `zone` is the IANA zone of its capital."""
    return _register(
        Party, code=code, name_en=name_en, name_ko=name_ko,
        capital_en=capital_en, capital_ko=capital_ko, zone=read_zone(zone),
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_negotiation(
    *, by: Actor, now: datetime, slug: str, title_en: str, title_ko: str, parties: Sequence[str],
    summary_en: str = "", summary_ko: str = "",
) -> Act:  # fmt: skip
    """Add a negotiation between parties (codes); Refusal `reserved_slug`, `duplicate`."""
    if slug in RESERVED:
        raise Refusal("reserved_slug", at="/slug", slug=slug)
    return _register(
        Negotiation, slug=slug, title_en=title_en, title_ko=title_ko, summary_en=summary_en,
        summary_ko=summary_ko, registered_at=take_stamp(now=now).at,
        links={"parties": find_parties(parties)},
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_track(
    *, by: Actor, now: datetime, negotiation: str, slug: str, title_en: str, title_ko: str,
    procedure: str, parent: str | None = None, headline: bool = False, parties: Sequence[str] = (),
    review_days: int = 7,
) -> Act:  # fmt: skip
    """Add a track; `parent` is a slug of the same negotiation, `parties` codes (empty: all).

    The desk means to look at it at least every `review_days`; Refusal `out_of_range`,
    `reserved_slug`.
    """
    if slug in RESERVED_FOR_TRACKS:
        raise Refusal("reserved_slug", at="/slug", slug=slug)
    check_range("review_days", review_days)
    of = find_negotiation(negotiation)
    return _register(
        Track, negotiation=of, slug=slug, title_en=title_en, title_ko=title_ko,
        procedure=word("procedure", procedure), headline=headline, review_days=review_days,
        registered_at=take_stamp(now=now).at,
        parent=find_track(f"{negotiation}/{parent}") if parent else None,
        position=Track.objects.filter(negotiation=of).count(),
        links={"parties": find_parties(parties)},
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_office(
    *, by: Actor, now: datetime, slug: str, title_en: str, title_ko: str, party: str | None = None
) -> Act:
    """Add an office: a post or an institution that speaks."""
    of = find_party(party) if party else None
    return _register(Office, slug=slug, title_en=title_en, title_ko=title_ko, party=of)


@operation(needs=Role.ADMIN)
def register_person(
    *, by: Actor, now: datetime, slug: str, name_en: str, name_ko: str, aliases: Sequence[str] = ()
) -> Act:
    """Add a person with other spellings of the name."""
    spellings = [clean(alias, at="/aliases") for alias in aliases]
    return _register(Person, slug=slug, name_en=name_en, name_ko=name_ko, aliases=spellings)


@operation(needs=Role.ADMIN)
def appoint(
    *, by: Actor, now: datetime, person: str, office: str, held_from: str = "", held_to: str = ""
) -> Act:
    """Say that a person holds an office from-to (EDTF; empty where not known)."""
    for bound in filter(None, (held_from, held_to)):
        read_date(bound)
    return _register(
        Tenure, person=find_person(person), office=find_office(office),
        held_from=held_from, held_to=held_to,
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_publisher(
    *, by: Actor, now: datetime, slug: str, name_en: str, name_ko: str, tier: str
) -> Act:
    """Add a publisher with its tier."""
    return _register(
        Publisher, slug=slug, name_en=name_en, name_ko=name_ko, tier=word("tier", tier)
    )


@operation(needs=Role.ADMIN)
def grade_publisher(
    *, by: Actor, now: datetime, publisher: str, reliability: str, graded_on: date
) -> Act:
    """Give a publisher an Admiralty letter from a day on."""
    return _register(
        Grade, publisher=find_publisher(publisher), graded_on=graded_on,
        reliability=word("reliability", reliability),
    )  # fmt: skip


@operation(needs=Role.ADMIN)
def register_term(
    *, by: Actor, now: datetime, track: str, slug: str, name_en: str, name_ko: str, unit: str
) -> Act:
    """Add a term: a point being bargained on a track."""
    on = find_track(track)
    return _register(
        Term, tracks=[on], track=on, slug=slug, name_en=name_en, name_ko=name_ko,
        unit=word("unit", unit), registered_at=take_stamp(now=now).at,
    )  # fmt: skip
