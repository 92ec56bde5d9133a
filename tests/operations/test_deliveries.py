"""Deliveries: leased by subscription, counted before they are sent, given up when they kill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations.models import Attempt, Delivery, Event, Notice, Subscription
from negotiations.operations import webhooks
from negotiations.operations.deliveries import (
    KEPT_FOR,
    MOST_HELD,
    MOST_SICK,
    due_now,
    forget_deliveries,
    hold_next,
    release,
)
from negotiations.operations.events import fan_out
from negotiations.operations.posting import LEASE, Hold, Outcome, Sending, begin, finish
from negotiations.operations.schedule import PATIENCE
from tests.operations.desk import NOW, Desk

WELL = Outcome(latency_ms=12, status=200)
BADLY = Outcome(latency_ms=12, status=500)
STEP = timedelta(minutes=1)


def told() -> int:
    """Make deliveries of the acts that are new."""
    return fan_out(now=NOW, render=lambda numbers, _: dict.fromkeys(numbers, b"{}"))


@pytest.fixture
def hooked(desk: Desk) -> int:
    """A webhook for status changes."""
    made = webhooks.subscribe(
        by=desk.drafter, now=NOW, name="Wire", url="https://wire.example/in",
        secret=webhooks.new_secret(), types=["status_change.published"],
    )  # fmt: skip
    told()
    return made


def begun(*, now: object = NOW) -> tuple[Hold, Sending]:
    """A turn with its first post begun."""
    hold = hold_next(now=now)  # type: ignore[arg-type]
    assert hold is not None
    sending = begin(hold, now=now)  # type: ignore[arg-type]
    assert sending is not None
    return hold, sending


def test_a_subscription_has_one_sender_at_a_time(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    assert due_now(now=NOW) == 1
    begun()
    assert (hold_next(now=NOW), due_now(now=NOW)) == (None, 0), hooked


def test_others_find_their_work_while_one_is_taken(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    webhooks.subscribe(
        by=desk.drafter, now=NOW, name="Two", url="https://two.example/", secret="whsec_MfKQ",
    )  # fmt: skip
    desk.published("status_change")
    told()
    holds = [hold_next(now=NOW) for _ in range(3)]
    assert [hold is not None for hold in holds] == [True, True, False], hooked


def test_a_turn_ends_when_nothing_waits_and_the_next_act_is_due_again(
    desk: Desk, hooked: int
) -> None:
    desk.published("status_change")
    told()
    hold, sending = begun()
    assert finish(sending, WELL, now=NOW)
    assert begin(hold, now=NOW) is None
    assert release(hold, now=NOW) is False
    assert Subscription.objects.get(pk=hooked).due_at is None
    desk.published("status_change")
    told()
    assert due_now(now=NOW) == 1


def test_what_comes_in_during_a_turn_is_not_forgotten(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    hold, sending = begun()
    desk.published("status_change")
    told()
    finish(sending, WELL, now=NOW)
    assert release(hold, now=NOW) is True
    assert due_now(now=NOW) == 1, hooked


def test_a_late_result_is_dropped_and_the_success_is_recorded_once(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    _, late = begun()
    after = NOW + LEASE
    _, sending = begun(now=after)
    assert finish(late, WELL, now=after) is False
    assert finish(sending, WELL, now=after) is True
    assert finish(late, WELL, now=after) is False
    assert list(Attempt.objects.order_by("pk").values_list("status", "refusal")) == [
        (None, "worker_lost"), (200, ""),
    ]  # fmt: skip
    assert Delivery.objects.get().done_at == after, hooked


def test_what_kills_three_senders_is_set_aside_and_the_rest_goes_on(
    desk: Desk, hooked: int
) -> None:
    desk.published("status_change")
    desk.published("status_change")
    told()
    poison, after = Delivery.objects.order_by("pk")
    for turn in range(3):
        _, sending = begun(now=NOW + turn * LEASE)
        assert sending.delivery == poison.pk
    hold, sending = begun(now=NOW + 3 * LEASE)
    assert sending.delivery == after.pk
    assert finish(sending, WELL, now=NOW + 3 * LEASE)
    release(hold, now=NOW + 3 * LEASE)
    poison.refresh_from_db()
    assert (poison.aside, poison.lost) == ("worker_lost", 3)
    row = Subscription.objects.get(pk=hooked)
    assert (row.state, row.aside, row.lost) == ("active", "", 0)


def test_a_death_is_forgiven_by_the_next_answer(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    begun()
    hold, sending = begun(now=NOW + LEASE)
    assert Delivery.objects.get().lost == 1
    finish(sending, BADLY, now=NOW + LEASE)
    assert Delivery.objects.get().lost == 0
    release(hold, now=NOW + LEASE)
    assert Subscription.objects.get(pk=hooked).lost == 0


def test_a_paused_webhook_is_not_sent_to_and_nothing_is_lost(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    hold, sending = begun()
    webhooks.pause_webhook(by=desk.drafter, subscription=hooked)
    finish(sending, BADLY, now=NOW)
    assert begin(hold, now=NOW + STEP) is None
    release(hold, now=NOW)
    desk.published("status_change")
    told()
    assert hold_next(now=NOW + STEP) is None
    webhooks.resume_webhook(by=desk.drafter, now=NOW, subscription=hooked)
    begun()


def test_a_webhook_closed_in_mid_post_takes_no_harm(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    hold, sending = begun()
    webhooks.close_webhook(by=desk.drafter, subscription=hooked)
    assert finish(sending, WELL, now=NOW) is False
    assert release(hold, now=NOW) is False
    row = Subscription.objects.get(pk=hooked)
    assert (row.state, row.secret, row.due_at) == ("closed", "", None)


def test_five_days_of_failure_disable_it_with_one_mail(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    at = NOW
    while Subscription.objects.get(pk=hooked).state == "active":
        hold, sending = begun(now=at)
        finish(sending, BADLY, now=at)
        release(hold, now=at)
        at = Subscription.objects.get(pk=hooked).due_at or at
    row = Subscription.objects.get(pk=hooked)
    assert (row.reason, row.failing_since) == ("endpoint_failing", NOW)
    last = Attempt.objects.latest("pk").at - NOW
    assert PATIENCE <= last < PATIENCE + timedelta(days=2)
    assert Notice.objects.values_list("reason", "due_at").get()[0] == "endpoint_failing"
    assert Delivery.objects.get().done_at is None


def test_an_event_that_is_never_taken_is_given_up_while_others_arrive(
    desk: Desk, hooked: int
) -> None:
    desk.published("status_change")
    told()
    stuck = Delivery.objects.get()
    at = NOW
    while Delivery.objects.get(pk=stuck.pk).done_at is None:
        hold, sending = begun(now=at)
        finish(sending, BADLY, now=at)
        # Another one arrives in between.
        Subscription.objects.filter(pk=hooked).update(failing_since=None, misses=0)
        release(hold, now=at)
        at = Subscription.objects.get(pk=hooked).due_at or at
    stuck.refresh_from_db()
    assert stuck.aside == "event_given_up"
    assert Subscription.objects.get(pk=hooked).state == "active"


def test_those_that_fail_never_take_all_senders(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    usual = Subscription.objects.get(pk=hooked)
    for number in range(MOST_SICK):
        Subscription.objects.create(
            name=f"sick {number}", url="https://sick.example/", owner=usual.owner, made_at=NOW,
            after=0, misses=3, due_at=NOW - STEP,
        )  # fmt: skip
    Subscription.objects.filter(pk=hooked).update(delivered_at=NOW)
    for _ in range(MOST_SICK):
        assert hold_next(now=NOW) is not None
    Subscription.objects.create(
        name="one more", url="https://sick.example/", owner=usual.owner, made_at=NOW, after=0,
        misses=3, due_at=NOW - STEP,
    )  # fmt: skip
    hold = hold_next(now=NOW)
    assert hold is not None
    assert hold.subscription == hooked


def test_slow_endpoints_leave_threads_to_other_work(hooked: int) -> None:
    owner = Subscription.objects.get(pk=hooked).owner
    for number in range(MOST_HELD + 1):
        Subscription.objects.create(
            name=f"slow {number}", url="https://slow.example/", owner=owner, made_at=NOW, after=0,
            due_at=NOW - STEP, delivered_at=NOW,
        )  # fmt: skip
    holds = [hold_next(now=NOW) for _ in range(MOST_HELD + 1)]
    assert [hold is None for hold in holds] == [False] * MOST_HELD + [True]
    assert hold_next(now=NOW + LEASE) is not None


def test_old_deliveries_are_forgotten_and_what_waits_is_not(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    _, sending = begun()
    finish(sending, WELL, now=NOW)
    desk.published("status_change")
    told()
    forget_deliveries(now=NOW + KEPT_FOR)
    assert Delivery.objects.count() == 2
    forget_deliveries(now=NOW + KEPT_FOR + STEP)
    assert Delivery.objects.get().done_at is None
    assert Event.objects.count() == 1, hooked
