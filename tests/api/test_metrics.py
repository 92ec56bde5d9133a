"""What a Prometheus server is told, and who may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as families

from negotiations.api import metrics
from negotiations.desk_words import Part
from negotiations.models import Capture, JobRun, LedgerEntry
from negotiations.operations.captures import request_capture
from negotiations.operations.following import reading_on
from negotiations.operations.heartbeats import BEAT, note_life
from negotiations.replicas import STANDING, Standing
from tests.api.office import Office

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
KINDS = {"capture", "evidencecheck", "feed", "letter", "notice", "release", "subscription"}
TOKEN = "correct horse battery staple"


def told(client: Client, **meta: Any) -> dict[tuple[str, str], float]:
    """Every sample of ours by its name and the value of its one label, but for the requests."""
    response = client.get("/metrics", **meta)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=")
    found = [s for family in families(response.content.decode()) for s in family.samples]
    return {
        (s.name.removeprefix("parley_"), "".join(s.labels.values())): s.value
        for s in found
        if s.name.startswith("parley_") and "request_seconds" not in s.name
    }


@time_machine.travel(NOON, tick=False)
def test_everything_that_is_told(reader: Client, office: Office, settings: Any) -> None:
    """And that it can be read back."""
    settings.CELERY_BROKER_URL = "memory://"
    ago = timedelta(seconds=30)
    note_life(name="a@box:1", now=NOON - ago)
    note_life(name=BEAT, kind=Part.BEAT, now=NOON - ago)
    request_capture(by=office.desk.drafter, now=NOON - ago, url="https://a.example/")
    with reading_on("webhooks"):
        pass
    JobRun.objects.create(name="export", begun_at=NOON - ago, moved_at=NOON, ended_at=NOON)
    newest = LedgerEntry.objects.latest("number")
    public = LedgerEntry.objects.filter(public=True).latest("number")
    assert told(reader) == {
        ("database_up", ""): 1,
        ("ledger_number", ""): newest.number,
        ("ledger_public_number", ""): public.number,
        ("workers", ""): 1,
        ("beat_age_seconds", ""): 30,
        **{("work_due", kind): float(kind == "capture") for kind in KINDS},
        **{("work_age_seconds", kind): 30.0 if kind == "capture" else 0 for kind in KINDS},
        **{("work_set_aside", kind): 0 for kind in KINDS - {"release"}},
        ("reader_behind_acts", "webhooks"): 0,
        ("reader_age_seconds", "webhooks"): 0,
        ("job_ended_timestamp_seconds", "export"): NOON.timestamp(),
    }


def test_a_draft_is_an_act_but_no_public_one(reader: Client, office: Office) -> None:
    before = told(reader)
    office.desk.draft("statement")
    after = told(reader)
    assert after["ledger_number", ""] == before["ledger_number", ""] + 1
    assert after["ledger_public_number", ""] == before["ledger_public_number", ""]


def test_requests_are_told_as_well(reader: Client, office: Office) -> None:  # noqa: ARG001
    reader.get("/api/v1/vocabulary/")
    text = reader.get("/metrics/").content.decode()
    line = 'parley_request_seconds_count{method="GET",route="api_vocabulary",status="2xx"} '
    assert line in text


def test_a_database_that_is_away_hides_no_requests(
    reader: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/valkey.sock"

    def fail() -> int:
        raise OperationalError("gone")

    monkeypatch.setattr(metrics, "newest_number", fail)
    assert told(reader) == {("database_up", ""): 0, ("broker_up", ""): 0}


@pytest.mark.parametrize(("lag", "more"), [(None, {}), (1.5, {("replica_lag_seconds", ""): 1.5})])
def test_a_replica_is_told_of_where_there_is_one(lag: float | None, more: Any) -> None:
    standing = Standing(state="in_use", lag_seconds=lag)
    found = {(g.samples[0].name.removeprefix("parley_"), ""): g.samples[0].value
             for g in metrics._replica(standing)}  # fmt: skip
    assert found == {("replica_in_use", ""): 1, **more}
    assert STANDING == "parley.replica"


def test_the_number_of_queries_is_the_same_for_one_and_for_three(
    reader: Client, office: Office, query_count: Any
) -> None:
    costs = []
    for size in (1, 2):
        for number in range(size):
            request_capture(
                by=office.desk.drafter, now=NOON, url=f"https://{size}.example/{number}"
            )
            note_life(name=f"{size} {number}", now=NOON)
            with reading_on(f"{size} {number}"):
                pass
        costs.append(query_count(lambda: reader.get("/metrics")))
    assert Capture.objects.count() == 3
    assert costs == [8, 8]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("meta", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "127.0.0.2"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.7"}, 403),
        ({"REMOTE_ADDR": "2001:db8::1"}, 403),
        ({"REMOTE_ADDR": ""}, 403),
        # A proxy on this machine that nobody said is to be believed.
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, 403),
    ],
)
def test_without_a_token_this_machine_alone_is_told(meta: dict[str, str], status: int) -> None:
    answer = Client().get("/metrics", **meta)
    assert answer.status_code == status
    assert answer["Cache-Control"].endswith("no-store")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"), [("127.0.0.1", 200), ("10.0.0.7", 403), ("127.0.0.1, 10.0.0.7", 403)]
)
def test_behind_a_proxy_its_word_counts(settings: Any, sent: str, status: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert Client().get("/metrics", HTTP_X_FORWARDED_FOR=sent).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"),
    [(f"Bearer {TOKEN}", 200), (TOKEN, 403), (f"Bearer {TOKEN}x", 403), ("", 403), ("é", 403)],
)
def test_with_a_token_it_is_needed_from_everywhere(settings: Any, sent: str, status: int) -> None:
    settings.METRICS_TOKEN = TOKEN
    headers = {"authorization": sent} if sent else {}
    for address in ("127.0.0.1", "10.0.0.7"):
        assert Client(headers=headers).get("/metrics", REMOTE_ADDR=address).status_code == status


def test_the_refusal_says_what_is_needed(client: Client) -> None:
    answer = client.get("/metrics", REMOTE_ADDR="10.0.0.7", headers={"accept-language": "ko"})
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer["Content-Language"]) == ("metrics_closed", "ko")


def test_metrics_are_only_read(client: Client) -> None:
    assert client.post("/metrics").json()["code"] == "method_not_allowed"
