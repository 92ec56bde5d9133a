"""What is published, unless `published_at=None`: sources and statements.

Links (tracks, parties) are made while the row is still a draft, as the database asks.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from negotiations import models
from tests.factories.reference import (
    LONG_AGO,
    Linked,
    OfficerFactory,
    PersonFactory,
    PublisherFactory,
)

PUBLISHED_AT = datetime(2025, 10, 14, 3, tzinfo=UTC)
KNOWN_ON = date(2025, 10, 1)
_numbers = count(1)


def next_number() -> int:
    """A ledger number that no row has yet."""
    return next(_numbers)


class PublishedFactory(Linked):
    """What is published: drafted with its links, then published by another officer.

    `supersedes` puts a row into the chain of another, with a reason.
    """

    class Meta:
        abstract = True

    drafted_by = factory.SubFactory(OfficerFactory)
    drafted_at = LONG_AGO
    published_at = PUBLISHED_AT
    known_on = KNOWN_ON
    known_at = None
    supersedes = None
    chain = factory.LazyAttribute(lambda o: o.supersedes.chain if o.supersedes else uuid4())
    correction_reason = factory.LazyAttribute(
        lambda o: "A slip of the pen." if o.supersedes else ""
    )

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        published = {name: kwargs.pop(name) for name in ("published_at", "known_on", "known_at")}
        number = kwargs.pop("ledger_number", None) or next_number()
        row = super()._create(model_class, *args, **kwargs)
        if published["published_at"] is not None:
            cls._publish(row, ledger_number=number, **published)
        return row

    @classmethod
    def _publish(cls, row: Any, **members: Any) -> None:
        row.published_by = OfficerFactory()
        for name, value in members.items():
            setattr(row, name, value)
        row.save()


class SourceFactory(PublishedFactory):
    """An article."""

    class Meta:
        model = models.Source

    url = factory.Sequence(lambda n: f"https://paper.example/{n}")
    url_sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.url.encode()).hexdigest())
    title = "An article"
    publisher = factory.SubFactory(PublisherFactory)
    language = "en"
    published_on = "2025-10-01"
    published_lower = factory.LazyAttribute(lambda o: date.fromisoformat(o.published_on))
    published_upper = factory.SelfAttribute("published_lower")


class SnapshotFactory(DjangoModelFactory[models.Snapshot]):
    """The text of a source."""

    class Meta:
        model = models.Snapshot

    source = factory.SubFactory(SourceFactory)
    text = "He said that they had agreed. More later."
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.text.encode()).hexdigest())
    captured_at = PUBLISHED_AT
    recorded_at = factory.SelfAttribute("captured_at")
    capture = "fetched"


class StatementFactory(PublishedFactory):
    """A paraphrase of what somebody said; `tracks` are linked with the sort key."""

    class Meta:
        model = models.Statement

    _links = ("parties", "about")
    source = factory.SubFactory(SourceFactory)
    speaker = factory.SubFactory(PersonFactory)
    paraphrase_en = "They have agreed."
    paraphrase_ko = "합의했다."
    said_on = "2025-10-01"
    said_lower = factory.LazyAttribute(lambda o: date.fromisoformat(o.said_on))
    said_upper = factory.SelfAttribute("said_lower")
    zone = "Asia/Seoul"
    kind = "reports"
    modality = "asserted"
    attribution = "on_record"
    credibility = "2"
    language = "en"
    tracks: tuple[models.Track, ...] = ()

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        tracks = kwargs.pop("tracks")
        number = kwargs.setdefault("ledger_number", next_number())
        published_at, kwargs["published_at"] = kwargs["published_at"], None
        known = {name: kwargs[name] for name in ("known_on", "known_at")}
        row = super()._create(model_class, *args, **kwargs)
        for track in tracks:
            models.StatementTrack.objects.create(
                statement=row,
                track=track,
                said_lower=row.said_lower,
                said_upper=row.said_upper,
            )
        if published_at:
            sealed = {"ledger_number": number, "published_at": published_at, **known}
            models.StatementTrack.objects.filter(statement=row).update(
                **sealed, chain=row.chain, withdrawn=row.withdrawn
            )
            cls._publish(row, **sealed)
        return row
