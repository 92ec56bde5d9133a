"""The ledger as told to the outside."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
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


def test_a_number_that_is_ahead_is_refused(reader: Client) -> None:
    """So that who has a copy of what was lost here learns of it."""
    ahead = factories.enter().number + 1
    factories.enter(public=False)
    refused = reader.get(CHANGES, {"after": ahead})
    assert (refused.status_code, refused.json()["code"]) == (400, "number_ahead")
    assert reader.get(CHANGES, {"after": ahead, "wait": 30}).json() == refused.json()


def test_another_ledger_is_told_by_its_hash(reader: Client) -> None:
    """The hash of the number that a reader kept."""
    entry = factories.enter()
    asked = {"after": entry.number, "hash": entry.hash}
    assert reader.get(CHANGES, asked).json()["results"] == []
    refused = reader.get(CHANGES, {**asked, "hash": "0" * 64})
    assert (refused.status_code, refused.json()["code"]) == (400, "other_ledger")


def test_a_whole_noun_is_told_by_the_address_of_its_export(reader: Client, settings: Any) -> None:
    """As the reader can follow it."""
    before = factories.enter().number
    factories.enter(verb="mend", noun="term")
    path = "/api/v1/export/positions.ndjson"
    for limit, site in ((1, ""), (2, "https://parley.example")):
        settings.SITE_URL = site
        (act,) = reader.get(CHANGES, {"after": before, "limit": limit}).json()["results"]
        address = (site or "http://testserver") + path
        assert act["renews"] == [
            {"noun": "position", "record": None, "address": address, "on": None}
        ]


def test_another_day_may_tell_rows_differently(reader: Client) -> None:
    """A publisher's letter begins to count on its day, without an act."""
    factories.enter()
    tags = set()
    for day in (1, 2):
        with time_machine.travel(datetime(2026, 3, day, 12, tzinfo=UTC), tick=False):
            tags.add(reader.get(CHANGES)["ETag"])
    assert len(tags) == 2


@pytest.mark.parametrize("wait", ["31", "-1", "0.5", ""])
def test_nobody_waits_longer_than_thirty_seconds(reader: Client, wait: str) -> None:
    """Whole seconds."""
    assert reader.get(CHANGES, {"wait": wait}).json()["at"] == "wait"


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
            negotiation_ids=[],
            track_ids=[],
            payload={"quotation": "통화 스와프", "amount": "8.2", "n": [1, None, True]},
        )
    (act,) = reader.get(CHANGES, {"after": last}).json()["results"]

    names = ("number", "verb", "noun", "object_id", "at", "role", "payload")
    told = {name: act[name] for name in names}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256((act["previous_hash"] + text).encode()).hexdigest() == act["hash"]
