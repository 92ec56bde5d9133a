"""Sources: drafting one, and keeping its text."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Min

from negotiations.addresses import address_digest, address_digests, host_of, site_of
from negotiations.desk_words import Role
from negotiations.models import Snapshot, Source, StatementTrack
from negotiations.operations.dates import read_date
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.ledger import take_stamp
from negotiations.operations.likeness import keep_fingerprint
from negotiations.operations.lookups import find, word
from negotiations.operations.lookups import publisher as find_publisher
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor, require
from negotiations.operations.texts import blank, clean, keepable
from negotiations.refusals import Refusal
from negotiations.vocabulary import Capture


@operation(needs=Role.OFFICER)
def draft_source(
    *,
    by: Actor,
    now: datetime,
    url: str,
    title: str,
    publisher: str,
    language: str,
    published_on: str,
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft a source: one document at one http(s) address.

    `published_on` is EDTF, also to the minute with an offset; `language` a BCP 47 tag. Raises
    Refusal `bad_url`, `duplicate` (the address is known, if written otherwise), `bad_date`.
    """
    dated = read_date(published_on)
    values: dict[str, Any] = {
        "url": read_address(url),
        "title": clean(title, at="/title"),
        "publisher": find_publisher(publisher),
        "language": clean(language, at="/language"),
        "published_on": dated.text,
        "published_lower": dated.lower,
        "published_upper": dated.upper,
        "published_instant": dated.instant,
    }
    values["url_sha256"] = address_digest(values["url"])
    digests = address_digests(values["url"])
    known = Source.objects.filter(url_sha256__in=digests, supersedes__isnull=True)
    if supersedes is None and known.exclude(pk=amends).exists():
        raise Refusal("duplicate", at="/url", noun="source", name=url[:200])
    if amends is not None:
        _keep_host(amends, values["url"])
    return drafted(
        new_draft(
            Source,
            by=by,
            now=now,
            place=Place(supersedes, correction_reason, amends, version),
            values=values,
            links={},
        )
    )


def _keep_host(amends: int, url: str) -> None:
    """Refusal `other_address`: what was fetched from one host does not become another's text."""
    fetched = Snapshot.objects.filter(source=amends, capture=Capture.FETCHED.value)
    row = Source.objects.filter(pk=amends).first()
    if row is not None and site_of(row.url) != site_of(url) and fetched.exists():
        raise Refusal("other_address", at="/url", host=host_of(row.url))


def read_address(url: str) -> str:
    """An http(s) address of a document; Refusal `bad_url`, also for one that holds a password."""
    address = clean(url, at="/url")
    try:
        parts = urlsplit(address)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        whole = whole and parts.username is None
    except ValueError:
        whole = False
    if not whole or any(character.isspace() for character in address):
        raise Refusal("bad_url", at="/url", url=url[:200])
    return address


@operation(needs=Role.OFFICER)
def capture_source(
    *,
    by: Actor,
    now: datetime,
    source: int,
    text: str,
    captured_at: datetime,
    capture: str,
    waiver: str = "",
) -> Act:
    """Keep the text of a source as it was found at `captured_at` (fetched or transcribed).

    The text is kept in Unicode NFC; offsets of quotations count its code points. With a source that
    is published already the text is part of the record at once, by one officer: that takes the role
    of reviewer wherever the source is cited, and a written `waiver`, which is public (rule 4;
    otherwise Refusal `own_draft`). With a draft it makes a new version of it, which the receipt
    tells. Raises also `missing_text`, `captured_in_future`, `captured_too_early`.
    """
    row = find(Source, source, pk=source)
    kept = keepable(text, at="/text")
    if blank(kept):
        raise Refusal("missing_text", at="/text", name="text")
    public, reason = row.published_at is not None, clean(waiver, at="/waiver")
    if public:
        require(by, Role.REVIEWER).within(cited_in(row))
        if not reason:
            raise Refusal("own_draft", at="/waiver")
    else:
        # Whoever was to judge the draft saw it with another text, or with none.
        row.version, row.review = row.version + 1, ""
        row.save(update_fields=["version", "review"])
    recorded_at = take_stamp(now=now).at
    if captured_at > recorded_at:
        raise Refusal("captured_in_future", at="/captured_at")
    if _day_everywhere(captured_at) < row.published_lower:
        raise Refusal("captured_too_early", at="/captured_at", published_on=row.published_on)
    snapshot = Snapshot.objects.create(
        source=row,
        text=kept,
        sha256=hashlib.sha256(kept.encode()).hexdigest(),
        captured_at=captured_at,
        recorded_at=recorded_at,
        capture=word("capture", capture),
    )
    keep_fingerprint(snapshot)
    told = {"source": row.pk, "sha256": snapshot.sha256, "capture": capture, "waiver": reason}
    payload = told if public else {}
    return Act(
        noun="snapshot", object_id=snapshot.pk, payload=payload, public=public, version=row.version
    )


def cited_in(source: Source) -> set[int]:
    """The negotiations whose record rests on a document."""
    cited = StatementTrack.objects.filter(
        statement__source__chain=source.chain, statement__published_at__isnull=False
    )
    return set(cited.values_list("track__negotiation", flat=True))


def snapshots_of(source: Source) -> models.QuerySet[Snapshot]:
    """The kept texts of a document; a correction of its row does not lose them."""
    return Snapshot.objects.of(source)


def known(source: Source, *, now: datetime) -> tuple[date, datetime | None]:
    """From when a source could be known: the day, and the instant where it is dated so.

    A source dated vaguely is known for sure at its upper bound, or when we captured it if that was
    before. Raises Refusal `published_in_future`: nothing can be known before its day comes, and the
    day comes first at UTC+14.
    """
    day = source.published_upper
    first_captured = snapshots_of(source).aggregate(at=Min("captured_at"))["at"]
    if first_captured is not None:
        day = min(day, _day_everywhere(first_captured))
    instant = source.published_instant
    if day > _day_everywhere(now) or (instant is not None and instant > now):
        raise Refusal("published_in_future", at="/published_on")
    return day, source.published_instant if day == source.published_upper else None


def _day_everywhere(moment: datetime) -> date:
    """The latest day that any clock on earth shows at a moment (UTC+14): never too early."""
    return (moment.astimezone(UTC) + timedelta(hours=14)).date()
