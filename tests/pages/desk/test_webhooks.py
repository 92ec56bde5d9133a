"""Webhooks at the desk: made, watched, paused, closed, and told again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.models import Attempt, Delivery, Negotiation, Subscription
from negotiations.operations import Actor, webhooks
from negotiations.operations.deliveries import hold_next, release
from negotiations.operations.events import fan_out
from negotiations.operations.posting import Outcome, begin, finish
from negotiations.operations.sealing import unseal
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse

LIST, NEW = "/desk/webhooks/", "/desk/webhooks/new/"
TYPED = {"name": "Wire", "url": "https://wire.example/in", "scope": "talks"}


@pytest.fixture
def admin(hire: Callable[[str], Actor]) -> Browser:
    """The browser of an admin of the talks."""
    return Browser(signed_in(hire("admin")))


def made(desk: Desk, **fields: Any) -> int:
    """The id of a webhook of the talks; the ledger is read on."""
    id = webhooks.subscribe(
        **{"by": desk.drafter, "now": timezone.now(), "secret": webhooks.new_secret(), **TYPED,
           **fields}
    )  # fmt: skip
    told()
    return id


def told() -> None:
    """Make deliveries of the acts that are new."""
    fan_out(now=timezone.now(), render=lambda numbers, _: dict.fromkeys(numbers, b"{}"))


def tried(*outcomes: Outcome) -> None:
    """One attempt after the other, as soon as each is due."""
    for outcome in outcomes:
        now = Subscription.objects.get().due_at
        assert now is not None
        hold = hold_next(now=now)
        assert hold is not None
        sending = begin(hold, now=now)
        assert sending is not None
        finish(sending, outcome, now=now)
        release(hold, now=now)


def page(id: int) -> str:
    """The address of a webhook."""
    return f"{LIST}{id}/"


def test_it_is_made_and_its_secret_is_shown_this_once(admin: Browser) -> None:
    typed = admin.filled(NEW, **TYPED, types=["track.checked", "status_change.published"])
    response = admin.send(NEW, typed, status=200)
    secret = parse(response.content.decode()).one("code", class_="token-secret").words
    row = Subscription.objects.get()
    assert unseal(row.secret) == secret
    assert (row.name, row.url, row.types) == (
        "Wire", "https://wire.example/in", ["status_change.published", "track.checked"],
    )  # fmt: skip
    assert secret not in admin.get(page(row.pk)).content.decode()
    again = admin.send(NEW, typed)
    assert again["Location"] == page(row.pk)
    assert "the secret was shown then" in words(admin.get(page(row.pk)))
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"url": "http://127.0.0.1/in"}, "is not an http or https address"),
        ({"url": "http://10.0.0.1/in"}, "is not an http or https address"),
        ({"name": ""}, "Name"),
        ({"types": ["draft.leaked"]}, "draft.leaked"),
        ({"scope": ""}, "You may not"),
        ({"scope": "nowhere"}, "nowhere"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    admin: Browser, typed: dict[str, Any], said: str
) -> None:
    response = admin.client.post(NEW, {**TYPED, "once": "a", **typed})
    assert response.status_code in {403, 422}
    assert said in refusals(response) or "scope" in typed
    assert Subscription.objects.count() == 0
    assert 'value="Wire"' in response.content.decode() or "name" in typed


def test_the_list_tells_how_each_goes(desk: Desk, admin: Browser) -> None:
    made(desk, scope="talks/trade", name="Trade desk")
    desk.published("status_change", track="talks/trade")
    told()
    row = admin.read(LIST).all("tr")[1].words
    for said in ("Trade desk", "Talks / Talks", "active", "1", "never"):
        assert said in row
    tried(Outcome(latency_ms=5, status=500))
    assert "failing" in admin.read(LIST).all("tr")[1].words
    assert admin.read("/ko" + LIST).mistakes == []


def test_an_admin_sees_those_of_the_negotiation_and_a_superuser_all(
    desk: Desk, admin: Browser, drafter: Client
) -> None:
    Negotiation.objects.create(
        slug="others", title_en="Others", title_ko="다른", registered_at=timezone.now()
    )
    other, whole = made(desk, scope="others", name="Other"), made(desk, scope="", name="All acts")
    own = made(desk)
    assert [row.words.split()[0] for row in admin.read(LIST).all("tr")[1:]] == ["Wire"]
    assert len(Browser(drafter).read(LIST).all("tr")) == 4
    for id in (other, whole):
        admin.get(page(id), status=404)
        assert admin.client.post(page(id), {"action": "close"}).status_code == 404
    admin.get(page(own))


def test_attempts_stand_with_status_latency_and_answer(desk: Desk, admin: Browser) -> None:
    id = made(desk)
    desk.published("status_change")
    told()
    tried(
        Outcome(latency_ms=1234, status=503, answer="<b>busy</b>"),
        Outcome(latency_ms=7, refusal="host_not_found"),
        Outcome(latency_ms=9, status=204),
    )
    markup = admin.read(page(id))
    rows = [row.words for row in markup.all("tr")[1:]]
    assert "204" in rows[0]
    assert "there is no such host" in rows[1]
    for said in ("status_change.published", "msg_", "503", "1,234 ms", "<b>busy</b>"):
        assert said in rows[2]
    assert markup.mistakes == []
    assert admin.read("/ko" + page(id)).mistakes == []


def test_why_nothing_is_sent_any_more_is_said(desk: Desk, admin: Browser) -> None:
    id = made(desk)
    desk.published("status_change")
    told()
    tried(Outcome(latency_ms=1, status=410))
    said = words(admin.get(page(id)))
    assert "disabled: the endpoint answered 410" in said
    admin.press(page(id), "resume")
    assert Subscription.objects.get().state == "active"
    Subscription.objects.update(aside="worker_lost", due_at=None)
    assert "the sender died over it" in words(admin.get(page(id)))
    admin.press(page(id), "resume")
    assert Subscription.objects.get().aside == ""


def test_the_buttons_do_what_they_say(desk: Desk, admin: Browser) -> None:
    id = made(desk)
    for action, state in (("pause", "paused"), ("resume", "active")):
        admin.press(page(id), action)
        assert Subscription.objects.get().state == state
    admin.press(page(id), "test")
    assert Delivery.objects.get().event.type == "webhook.test"
    before = Subscription.objects.get().secret
    response = admin.press(page(id), "rotate", status=200)
    secret = parse(response.content.decode()).one("code", class_="token-secret").words
    row = Subscription.objects.get()
    assert (unseal(row.secret), row.old_secret) == (secret, before)
    assert "The old secret signs along until" in words(admin.get(page(id)))
    admin.press(page(id), "close")
    said = words(admin.get(page(id)))
    assert "closed" in said
    assert "Send a test event" not in said


def test_an_act_sent_twice_is_done_once(desk: Desk, admin: Browser) -> None:
    id = made(desk)
    typed = {**admin.filled(page(id)), "action": "test"}
    admin.send(page(id), typed)
    admin.send(page(id), typed)
    assert Delivery.objects.count() == 1


def _replayed(admin: Browser, id: int, *, status: int = 303, **asked: str) -> Any:
    once = {"once": repr(asked), "action": "replay", "zone": "UTC"}
    return admin.send(page(id), {**once, **asked}, status=status)


def test_events_are_sent_again_by_id_or_by_time(desk: Desk, admin: Browser) -> None:
    id = made(desk)
    desk.published("status_change")  # its act is of 2025-10-14T03:00Z
    told()
    tried(Outcome(latency_ms=9, status=200))
    message = Delivery.objects.get().event.message_id
    for asked in (
        {"message_id": message},
        {"since": "2025-10-14T03:00", "until": "2025-10-14T03:01"},
        {"since": "2025-10-14T12:00", "zone": "Asia/Seoul"},
    ):
        _replayed(admin, id, **asked)
        assert Delivery.objects.get().done_at is None
        tried(Outcome(latency_ms=9, status=200))
    assert "1 event is sent again." in words(admin.get(page(id)))
    assert Attempt.objects.filter(status=200).count() == 4


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"message_id": "msg_\0"}, {"message_id": "msg_no"}, {"since": "2030-01-01T00:00"},
        {"since": "yesterday"}, {"since": "9999-12-31T23:59", "zone": "America/New_York"},
        {"since": "2025-01-01T00:00", "zone": "nowhere"},
    ],
)  # fmt: skip
def test_what_cannot_be_sent_again_is_said(
    desk: Desk, admin: Browser, asked: dict[str, str]
) -> None:
    id = made(desk)
    desk.published("status_change")
    told()
    assert refusals(_replayed(admin, id, status=422, **asked)) != ""


@pytest.mark.parametrize("path", [LIST, "{one}"])
def test_more_rows_take_no_more_queries(desk: Desk, admin: Browser, path: str) -> None:
    counts = []
    admin.get(LIST)  # what a session reads once
    for number in (1, 3):
        id = made(desk, name=f"Wire {number}")
        for _ in range(number):
            desk.published("status_change")
        told()
        now = timezone.now() + timedelta(seconds=number)
        Attempt.objects.bulk_create(Attempt(delivery=one, at=now) for one in Delivery.objects.all())
        with CaptureQueriesContext(connection) as queries:
            admin.get(path.format(one=page(id)))
        counts.append(len(queries))
    assert counts[0] == counts[1]
