"""Rows of every noun, published and not, and raw SQL against them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from negotiations.models import (
    Capture,
    Clipping,
    ErrorReport,
    EvidenceCheck,
    Feed,
    Heartbeat,
    Letter,
    MailSubscription,
    Published,
    Release,
    Source,
    Subscription,
    Track,
)
from negotiations.operations.drafting import NOUNS
from tests.operations.desk import NOW, Desk

# The links of each noun: where it has one, the row that is published here has one too.
LINKS = [
    (noun, field.name)
    for noun, model in NOUNS.items()
    for field in model._meta.many_to_many
]  # fmt: skip


@dataclass
class Rows:
    """Ids of a published row and of a draft of each noun."""

    desk: Desk
    published: dict[str, int]
    drafts: dict[str, int]


def make_rows(desk: Desk) -> Rows:
    """Make them, through the operations."""
    more = desk.published("statement")
    against = desk.published("statement")
    basis = [desk.ids["statement"], more]
    rows = Rows(desk, {"source": desk.ids["source"], "statement": more}, {})
    for noun in NOUNS:
        with_links: dict[str, Any] = {} if noun in ("source", "statement") else {"basis": basis}
        if noun == "status_change":
            with_links["dissent"] = [against]
        if noun not in rows.published:
            rows.published[noun] = desk.published(noun, **with_links)
        rows.drafts[noun] = desk.draft(noun, **with_links).id
    officer = desk.drafter.officer
    Heartbeat.objects.create(name="a@box:1", kind="worker", at=NOW)
    Capture.objects.create(url="https://a.example", asked_by_id=officer, asked_at=NOW, due_at=NOW)
    Release.objects.create(
        items=[], approved_by_id=officer, approved_at=NOW, release_at=NOW, seen=0
    )
    there = Track.objects.latest("pk").negotiation_id
    Feed.objects.create(
        negotiation_id=there, kind="feed", url="https://a.example", url_sha256="a" * 64,
        added_by_id=officer, added_at=NOW,
    )  # fmt: skip
    Clipping.objects.create(
        negotiation_id=there, url="https://a.example", url_sha256="a" * 64, title="A",
        caught_at=NOW, bands=[],
    )  # fmt: skip
    Subscription.objects.create(
        name="Wire", url="https://a.example", owner_id=officer, made_at=NOW, after=0
    )
    source = Source.objects.get(pk=desk.ids["source"])
    EvidenceCheck.objects.create(chain=source.chain, source=source, host="paper.example")
    told = MailSubscription.objects.create(
        address="kim@paper.example", language="en", rhythm="daily", tokens=[], asked_at=NOW
    )
    Letter.objects.create(subscription=told, kind="news", made_at=NOW)
    ErrorReport.objects.create(
        noun="source", object_id=source.pk, kind="other", language="en", received_at=NOW
    )
    # What is still to be checked would stand in the way of TRUNCATE.
    execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return rows


def execute(sql: str, *values: Any) -> None:
    """Raw SQL, in a savepoint of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def is_refused(sql: str, *values: Any, why: str) -> None:
    """The database refuses this, for this reason."""
    with pytest.raises(DatabaseError, match=why):
        execute(sql, *values)


def table(model: type[models.Model]) -> str:
    """The name of its table."""
    return model._meta.db_table


def through(noun: str, link: str) -> tuple[str, str]:
    """The link table of a noun, and its column that points to the noun."""
    field: Any = NOUNS[noun]._meta.get_field(link)
    return field.remote_field.through._meta.db_table, field.m2m_column_name()


def copy_is_refused(model: type[models.Model], id: int, *, why: str, **changes: Any) -> None:
    """The database takes no row like this one with these changes."""
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    picked = ", ".join("%s" if name in changes else f'"{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    values = [changes[name] for name in columns if name in changes]
    sql = f"INSERT INTO {table(model)} ({names}) SELECT {picked} FROM {table(model)} WHERE id = %s"  # noqa: S608
    is_refused(sql, *values, id, why=why)


def all_published() -> Iterator[type[Published]]:
    """Every model that can be published, whether anybody thought of it or not."""
    waiting = [Published]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if not model._meta.abstract:
            yield model
