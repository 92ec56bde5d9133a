"""Webhooks on the wire: signed, equal to the API, in the order of the tracks, until they arrive."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import Any

import pytest
from django.test import Client
from standardwebhooks import Webhook, WebhookVerificationError

from negotiations import operations
from negotiations.api.outgoing import told_acts
from negotiations.dispatch.webhooks import deliver_next, tell_acts
from negotiations.models import Delivery, Event, Person
from negotiations.operations import webhooks
from negotiations.operations.schedule import delay_after
from tests.dispatch.conftest import (
    OK,
    SECRET,
    Endpoints,
    pending,
    row,
    tell,
    tries,
    webhook,
    work,
)
from tests.loopback import reply
from tests.operations.desk import Desk, last_entry

BAD = reply(b"no", status="500 Internal Server Error")


def test_a_publication_is_told_signed_and_as_the_api_tells_it(
    desk: Desk, endpoints: Endpoints, client: Client
) -> None:
    webhook(desk, endpoints.answers("/in", OK))
    desk.published("status_change")
    work()
    (got,) = endpoints.received
    act = last_entry()
    told = Webhook(SECRET).verify(got.body, got.headers)
    assert got.headers["content-type"] == "application/json"
    assert got.id == f"msg_{act.number}_{act.hash[:16]}"
    answer = client.get(f"/api/v1/changes/?after={act.number - 1}&limit=1")
    data = got.body.partition(b'"data":')[2][:-1]
    assert answer.content == b'{"results":[' + data + b'],"next":null}\n'
    (change,) = answer.json()["results"]
    assert told == {
        "type": "status_change.published", "timestamp": change["at"], "data": change,
    }  # fmt: skip


def test_every_kind_of_act_is_told_as_the_api_tells_it(
    desk: Desk, endpoints: Endpoints, client: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://parley.example"
    webhook(desk, endpoints.answers("/in", OK))
    milestone = desk.published("milestone")
    desk.correct("milestone", milestone)
    statement = desk.published("statement")
    desk.published("position", basis=[statement])
    desk.retract("statement", statement)
    person = Person.objects.get(slug="cho")
    desk.act(
        operations.mend, noun="person", id=person.pk, seen=last_entry().number,
        values={"name_en": "Cho Hyun"},
    )  # fmt: skip
    desk.act(operations.check_track, track="talks/security")
    tell()
    for event in Event.objects.order_by("number"):
        answer = client.get(f"/api/v1/changes/?after={(event.number or 0) - 1}&limit=1")
        data = bytes(event.body).partition(b'"data":')[2][:-1]
        assert answer.content.startswith(b'{"results":[' + data + b"],"), event.type
    assert list(Event.objects.order_by("number").values_list("type", flat=True)) == [
        "milestone.published", "milestone.corrected", "statement.published", "position.published",
        "statement.retracted", "person.mended", "track.checked",
    ]  # fmt: skip


def test_another_secret_does_not_verify_it(desk: Desk, endpoints: Endpoints) -> None:
    webhook(desk, endpoints.answers("/in", OK))
    desk.published("status_change")
    work()
    (got,) = endpoints.received
    with pytest.raises(WebhookVerificationError):
        Webhook(webhooks.new_secret()).verify(got.body, got.headers)


def test_a_retry_has_the_same_id_and_bytes_and_one_success_is_recorded(
    desk: Desk, endpoints: Endpoints
) -> None:
    made = webhook(desk, endpoints.answers("/in", BAD, OK))
    desk.published("status_change")
    at = work()
    work(at + timedelta(seconds=6))
    first, second = endpoints.received
    assert (first.id, first.body) == (second.id, second.body)
    assert tries(made) == [(500, ""), (200, "")]
    work(at + timedelta(seconds=12))
    assert len(endpoints.received) == 2


@pytest.mark.parametrize(
    ("answer", "recorded"),
    [
        (reply(status="204 No Content"), (204, "")),
        (reply(status="302 Found", head="Location: /in\r\n"), (302, "")),
        (reply(status="404 Not Found"), (404, "")),
        (b"", (None, "connection_failed")),
        (b"nonsense\r\n\r\n", (None, "connection_failed")),
    ],
)
def test_2xx_alone_is_success(
    desk: Desk, endpoints: Endpoints, answer: bytes, recorded: tuple[int | None, str]
) -> None:
    made = webhook(desk, endpoints.answers("/in", answer))
    desk.published("status_change")
    work()
    assert tries(made) == [recorded]
    assert pending(made) == (0 if recorded[0] == 204 else 1)
    assert len(endpoints.received) == 1


def test_an_endpoint_that_hangs_is_left_after_a_while(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.server.url("/hangs"))
    endpoints.server.answers["/hangs"] = lambda _: endpoints.server.ended.wait(2)
    desk.published("status_change")
    work(seconds=0.2)
    assert tries(made) == [(None, "fetch_timed_out")]


def test_this_machine_is_not_reached_unless_it_is_allowed(
    desk: Desk, endpoints: Endpoints, settings: Any
) -> None:
    made = webhook(desk, endpoints.answers("/in", OK))
    settings.FETCH_ALLOW = []
    desk.published("status_change")
    work()
    assert tries(made) == [(None, "address_forbidden")]
    assert endpoints.received == []


def test_the_schedule_is_that_of_the_specification(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.answers("/in", BAD))
    desk.published("status_change")
    at = work()
    for attempts in range(1, 12):
        due = Delivery.objects.get().due_at - at
        seed = f"{made} {Event.objects.get().message_id}"
        assert abs(due - delay_after(attempts, seed=seed)) < timedelta(seconds=3)
        assert row(made).due_at == Delivery.objects.get().due_at
        assert deliver_next(now=at + due - timedelta(seconds=4)) is False
        assert len(endpoints.received) == attempts
        at = work(at + due)
        if row(made).state != "active":
            break
    assert (row(made).state, row(made).reason) == ("disabled", "endpoint_failing")


def test_the_order_is_kept_by_track_and_other_tracks_go_on(
    desk: Desk, endpoints: Endpoints
) -> None:
    webhook(desk, endpoints.answers("/in", BAD, OK), types=["status_change.published"])
    for track, headline in (("security", "1"), ("security", "2"), ("trade", "3")):
        desk.published("status_change", track=f"talks/{track}", headline_en=headline)
    at = work()
    assert _headlines(endpoints) == ["1", "3"]
    work(at + timedelta(seconds=6))
    assert _headlines(endpoints) == ["1", "3", "1", "2"]


def _headlines(endpoints: Endpoints) -> list[str]:
    return [json.loads(got.body)["data"]["record"]["headline_en"] for got in endpoints.received]


def test_what_fails_twice_in_a_row_rests_whatever_else_waits(
    desk: Desk, endpoints: Endpoints
) -> None:
    made = webhook(desk, endpoints.answers("/in", BAD), types=["status_change.published"])
    desk.published("status_change", track="talks/security")
    desk.published("status_change", track="talks/trade")
    desk.act(operations.check_track, track="talks/trade")
    at = work()
    assert len(endpoints.received) == 2
    desk.published("linkage")
    work(at + timedelta(seconds=3))
    assert len(endpoints.received) == 2
    assert row(made).misses == 2


def test_410_disables_at_once(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.answers("/in", reply(status="410 Gone")))
    desk.published("status_change")
    at = work()
    desk.published("status_change")
    work(at + timedelta(days=1))
    assert (row(made).state, row(made).reason) == ("disabled", "endpoint_gone")
    assert len(endpoints.received) == 1
    assert pending(made) == 2


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("120", 120), ("999999999", 86400), ("-1", 5), ("soon", 5), ("Mon, 99 Foo", 5), ("", 5)],
)
def test_retry_after_is_kept_within_bounds(
    desk: Desk, endpoints: Endpoints, asked: str, seconds: int
) -> None:
    head = f"Retry-After: {asked}\r\n"
    made = webhook(desk, endpoints.answers("/in", reply(status="503 Later", head=head)))
    desk.published("status_change")
    at = work()
    due = row(made).due_at
    assert due is not None
    assert timedelta(0) <= due - at - timedelta(seconds=seconds) < timedelta(seconds=3)


def test_retry_after_may_be_a_date_and_holds_for_what_comes_meanwhile(
    desk: Desk, endpoints: Endpoints
) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    busy = reply(status="429 Too Many Requests", head=f"Retry-After: {date}\r\n")
    webhook(desk, endpoints.answers("/in", busy, OK))
    desk.published("status_change", track="talks/security")
    at = work()
    desk.published("status_change", track="talks/trade")
    work(at + timedelta(minutes=9))
    assert len(endpoints.received) == 1
    work(at + timedelta(minutes=11))
    assert len(endpoints.received) == 3


def test_after_a_rotation_both_secrets_sign_for_a_day(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.answers("/in", OK))
    new, at = webhooks.new_secret(), datetime.now(UTC)
    webhooks.rotate_secret(by=desk.drafter, now=at, subscription=made, secret=new)
    desk.published("status_change")
    work(at)
    (got,) = endpoints.received
    assert len(got.headers["webhook-signature"].split(" ")) == 2
    for secret in (SECRET, new):
        Webhook(secret).verify(got.body, got.headers)
    webhooks.replay(by=desk.drafter, now=at, subscription=made, message_id=got.id)
    work(at + timedelta(hours=25))
    again = endpoints.received[-1]
    assert again.id == got.id
    assert len(again.headers["webhook-signature"].split(" ")) == 1


def test_a_secret_sealed_with_another_key_fails_and_says_so(
    desk: Desk, endpoints: Endpoints, settings: Any
) -> None:
    made = webhook(desk, endpoints.answers("/in", OK))
    settings.SECRET_KEY = "another"
    desk.published("status_change")
    work()
    assert tries(made) == [(None, "secret_unreadable")]
    assert SECRET not in row(made).secret


def test_the_beginning_of_the_answer_is_kept_as_text(desk: Desk, endpoints: Endpoints) -> None:
    made = webhook(desk, endpoints.answers("/in", reply(b"a\0\xff" + b"b" * 100_000)))
    desk.published("status_change")
    work()
    attempt = row(made).deliveries.get().tries.get()
    assert attempt.answer == f"a\N{REPLACEMENT CHARACTER}{'b' * 998}"
    assert attempt.latency_ms is not None


def test_drafts_and_work_are_told_to_nobody(desk: Desk, endpoints: Endpoints) -> None:
    webhook(desk, endpoints.answers("/in", OK))
    desk.draft("status_change", headline_en="Secret")
    work()
    assert endpoints.received == []
    assert Event.objects.count() == 0


def test_senders_are_asked_for_where_something_is_new_or_due_again(
    desk: Desk, endpoints: Endpoints
) -> None:
    webhook(desk, endpoints.answers("/in", BAD))
    now = datetime.now(UTC)
    asked = partial(tell_acts, render=told_acts)
    desk.published("status_change")
    assert asked(now=now) == 1
    assert asked(now=now) == 0
    assert asked(now=now, sweep=True) == 1
    deliver_next(now=now)
    assert asked(now=now, sweep=True) == 0
    assert asked(now=now + timedelta(seconds=9), sweep=True) == 1
