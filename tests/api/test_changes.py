"""The ledger as told to the outside."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from negotiations.operations.ledger import append, take_stamp
from tests import factories
from tests.api.rows import Rows

CHANGES = "/api/v1/changes/"


@pytest.mark.usefixtures("rows")
def test_follow_along(reader: Client) -> None:
    """After the last number there is nothing; after a new act there is that act."""
    last = reader.get(CHANGES).json()["results"][-1]["number"]
    assert reader.get(CHANGES, {"after": last}).json() == {"results": [], "next": None}

    factories.enter(public=False)
    factories.enter()
    told = reader.get(CHANGES, {"after": last}).json()["results"]

    assert [act["number"] for act in told] == [last + 2]


def test_narrowed_to_a_track(reader: Client, rows: Rows) -> None:
    """Acts that touch one track."""
    factories.enter()

    assert len(reader.get(CHANGES).json()["results"]) == 2
    told = reader.get(CHANGES, {"negotiation": "rok-us", "track": "currency-swap"}).json()
    assert [act["tracks"][0]["slug"] for act in told["results"]] == [rows.tracks[0].slug]


@pytest.mark.parametrize("after", ["-1", "1.5", "01", "9" * 19, "٣"])
def test_after_is_a_number(reader: Client, after: str) -> None:
    """Plain digits that a bigint holds."""
    assert reader.get(CHANGES, {"after": after}).json()["at"] == "after"


def test_a_script_can_check_the_hash(reader: Client) -> None:
    """By the recipe of the README, from the JSON alone."""
    last = reader.get("/api/v1/health/").json()["ledger_number"]
    officer = factories.OfficerFactory()
    with transaction.atomic():
        append(
            stamp=take_stamp(now=datetime(2025, 10, 14, 3, tzinfo=UTC)),
            officer=officer.pk,  # type: ignore[attr-defined]
            verb="publish",
            noun="statement",
            object_id=1,
            role="reviewer",
            public=True,
            payload={"quotation": "통화 스와프", "amount": "8.2", "n": [1, None, True]},
        )
    (act,) = reader.get(CHANGES, {"after": last}).json()["results"]

    names = ("number", "verb", "noun", "object_id", "at", "role", "payload")
    told = {name: act[name] for name in names}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256((act["previous_hash"] + text).encode()).hexdigest() == act["hash"]
