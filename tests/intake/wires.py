"""Feeds on a server of this machine, and rows of feeds that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.models import Feed, HostTurn
from tests import factories as make
from tests.loopback import reply
from tests.standing import lasting

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
ITEM = "<item><guid>{0}</guid><title>Story {0}</title><link>https://a.example/{0}</link></item>"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """Rows that other connections see."""
    with lasting(django_db_blocker):
        yield


def rss(*numbers: int, title: str = "The wire") -> bytes:
    """A feed of these stories."""
    items = "".join(ITEM.format(number) for number in numbers)
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}'
        "</channel></rss>"
    ).encode()


def answer(*numbers: int, head: str = "") -> bytes:
    """It, as a server sends it."""
    return reply(rss(*numbers), kind="application/rss+xml", head=head)


def watch(url: str, **columns: Any) -> int:
    """A feed that is due, with an id that adds nothing to its waits."""
    host = url.split("/")[2]
    HostTurn.objects.get_or_create(host=host, defaults={"next_at": NOW})
    number = Feed.objects.count() + 1
    usual = {"id": 1000 * number, "kind": "feed", "due_at": NOW, "url_sha256": f"{number:064}"}
    return Feed.objects.create(
        **{**usual, **columns}, url=url, host=host, negotiation=make.NegotiationFactory(),
        added_by=make.OfficerFactory(), added_at=NOW,
    ).pk  # fmt: skip


def row(id: int, *names: str) -> tuple[Any, ...]:
    """Columns of a feed."""
    return Feed.objects.values_list(*names).get(pk=id)
