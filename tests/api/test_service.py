"""The service itself: words, description, health."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from negotiations.api import service
from negotiations.desk_words import Part
from negotiations.operations.heartbeats import BEAT, note_life
from negotiations.vocabulary import VOCABULARIES, Stage
from tests.api.rows import Rows

HEALTH = "/api/v1/health/"
NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)


def test_every_word_in_both_languages(reader: Client) -> None:
    """All words of all vocabularies, stages in the order of the ladder."""
    words = reader.get("/api/v1/vocabulary/").json()["results"]

    assert len(words) == sum(len(vocabulary) for vocabulary in VOCABULARIES.values())
    stages = [word["word"] for word in words if word["vocabulary"] == "stage"]
    assert stages == [stage.value for stage in Stage]
    for word in words:
        assert all(word[name] for name in ("label_en", "label_ko", "definition_en"))


def test_words_and_description_cost_no_query(
    reader: Client, django_assert_num_queries: object
) -> None:
    """They change with the program only."""
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert reader.get("/api/v1/vocabulary/").status_code == 200
        assert reader.get("/api/v1/schema/").status_code == 200


def test_health(reader: Client, rows: Rows) -> None:
    """Well, with the newest public number; never from a cache."""
    response = reader.get(HEALTH)

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response.json()["ok"] is True
    assert response.json()["database"] == "reachable"
    assert response.json()["ledger_number"] == len(rows.tracks)
    assert response.json()["replica"] is None


def test_health_without_a_database(
    reader: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """503 in the same shape, so that a probe can read why."""

    def fail() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(service, "latest_number", fail)
    settings.CELERY_BROKER_URL = "memory://"
    response = reader.get(HEALTH)

    assert response.status_code == 503
    assert response.json() == {
        "ok": False,
        "database": "unreachable",
        "broker": "unknown",
        "workers": None,
        "beat_age_seconds": None,
        "outbox_age_seconds": None,
        "ledger_number": None,
        "replica": None,
    }


def test_broker_out_of_reach_stops_no_reader(reader: Client, settings: Settings) -> None:
    """Told, and no more."""
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/valkey.sock"
    response = reader.get(HEALTH)

    assert (response.status_code, response.json()["broker"]) == (200, "unreachable")


def _work(reader: Client) -> tuple[int | None, int | None, int | None]:
    told = reader.get(HEALTH).json()
    return told["workers"], told["beat_age_seconds"], told["outbox_age_seconds"]


@pytest.mark.usefixtures("rows")
@time_machine.travel(NOON, tick=False)
def test_health_of_a_site_on_which_nothing_has_run(reader: Client) -> None:
    """No workers, a clock that was never heard of, and nothing to do."""
    assert _work(reader) == (0, None, 0)


@pytest.mark.usefixtures("rows")
@time_machine.travel(NOON, tick=False)
def test_health_counts_the_workers_of_the_last_minute(reader: Client) -> None:
    """And says how long ago the clock was heard of, however long."""
    for name, seconds in (("a@box:1", 0), ("b@box:2", 59), ("gone@box:3", 60)):
        note_life(name=name, now=NOON - timedelta(seconds=seconds))
    note_life(name=BEAT, kind=Part.BEAT, now=NOON - timedelta(hours=1))
    assert _work(reader) == (2, 3600, 0)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("path", ["/health", "/health/"])
def test_the_short_address_tells_the_same(reader: Client, path: str) -> None:
    """For probes; it, too, is never kept and never turned elsewhere."""
    with time_machine.travel(NOON, tick=False):
        short, long = reader.get(path), reader.get(HEALTH)
    assert (short.status_code, short["Cache-Control"]) == (200, "no-store")
    assert short.content == long.content


def test_the_short_address_tells_of_a_database_that_is_away(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 by the same rule, without asking anything else of it."""

    def fail() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(service, "latest_number", fail)
    monkeypatch.setattr(service, "heard", None)
    answer = reader.get("/health")
    assert (answer.status_code, answer.json()["workers"]) == (503, None)


@pytest.mark.parametrize("method", ["post", "delete"])
def test_health_is_only_read(reader: Client, method: str) -> None:
    """No way in here, either."""
    assert getattr(reader, method)(HEALTH).status_code == 405


def test_health_takes_no_parameters(reader: Client) -> None:
    """As strict as the others."""
    assert reader.get(HEALTH, {"deep": "1"}).status_code == 400
