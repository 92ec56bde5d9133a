"""Webhooks set up: by admins of what they are about, with addresses that may be reached."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import Delivery, LedgerEntry, Membership, Subscription
from negotiations.operations import Actor, webhooks
from negotiations.operations.posting import finish
from negotiations.operations.sealing import unseal
from tests import factories as make
from tests.operations.desk import NOW, Desk, refuses
from tests.operations.test_deliveries import WELL, begun, hooked, told

__all__ = ["hooked"]


def subscribe(by: Actor, **fields: Any) -> int:
    """The id of a webhook."""
    return webhooks.subscribe(
        **{
            "by": by, "now": NOW, "name": "Wire", "url": "https://wire.example/in",
            "secret": webhooks.new_secret(), **fields,
        }
    )  # fmt: skip


def admin() -> Actor:
    """An admin of the talks."""
    officer = make.OfficerFactory()
    membership = Membership.objects.select_related("negotiation").get()
    Membership.objects.create(officer=officer, negotiation=membership.negotiation, role="admin")
    return Actor(officer=officer.pk)


def test_a_secret_is_what_the_specification_wants_and_kept_sealed(desk: Desk) -> None:
    secret = webhooks.new_secret()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    row = Subscription.objects.get(pk=subscribe(desk.drafter, secret=secret))
    assert secret not in row.secret
    assert unseal(row.secret) == secret


def test_what_another_key_sealed_is_not_opened_unless_that_is_a_fallback(
    desk: Desk, settings: Any
) -> None:
    row = Subscription.objects.get(pk=subscribe(desk.drafter, secret="whsec_MfKQ"))
    settings.SECRET_KEY, old = "another", settings.SECRET_KEY
    with refuses("secret_unreadable"):
        unseal(row.secret)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(row.secret) == "whsec_MfKQ"


@pytest.mark.parametrize(
    "url",
    [
        "", "wire.example", "ftp://wire.example/", "http://", "https://u:p@wire.example/",
        "http://127.0.0.1/", "http://10.1.2.3/", "http://[::1]/", "http://[fe80::1%25x]/",
        "http://localhost/", "http://a.localhost/", "http://169.254.169.254/latest",
        "https://wire.example:8443/", "http://2130706433/", f"https://wire.example/{'x' * 2000}",
        "https://wire.example/a b", "http://[nonsense/", "http://wire.example:99999/",
    ],
)  # fmt: skip
def test_an_address_that_the_fetcher_would_not_reach_is_refused(desk: Desk, url: str) -> None:
    with refuses("bad_url", at="/url"):
        subscribe(desk.drafter, url=url)


@pytest.mark.parametrize(
    ("fields", "code", "at"),
    [
        ({"name": " "}, "missing_text", "/name"),
        ({"name": "x" * 81}, "too_long", "/name"),
        ({"name": "\0"}, "bad_text", "/name"),
        ({"types": ["draft.leaked"]}, "unknown_word", "/types"),
        ({"scope": "nowhere"}, "no_such_row", None),
        ({"scope": "talks/nothing"}, "no_such_row", None),
        ({"scope": "\0"}, "no_such_row", None),
    ],
)
def test_what_cannot_be_is_refused(
    desk: Desk, fields: dict[str, Any], code: str, at: str | None
) -> None:
    with refuses(code, at=at):
        subscribe(desk.drafter, **fields)


def test_an_admin_rules_the_webhooks_of_the_negotiation_and_no_others(desk: Desk) -> None:
    own, whole = admin(), subscribe(desk.drafter)
    made = subscribe(own, scope="talks/trade")
    with refuses("not_allowed"):
        subscribe(own)
    for verb in (webhooks.pause_webhook, webhooks.close_webhook):
        with refuses("not_allowed"):
            verb(by=own, subscription=whole)
        with refuses("not_allowed"):
            verb(by=desk.reviewer, subscription=made)
    webhooks.close_webhook(by=own, subscription=made)
    with refuses("not_allowed"):
        subscribe(desk.reviewer, scope="talks")


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        (webhooks.pause_webhook, {}),
        (webhooks.resume_webhook, {"now": NOW}),
        (webhooks.rotate_secret, {"now": NOW, "secret": "whsec_MfKQ"}),
        (webhooks.close_webhook, {}),
        (webhooks.send_test, {"now": NOW}),
        (webhooks.replay, {"now": NOW, "message_id": "msg_1"}),
    ],
)
def test_nothing_is_done_to_a_closed_one(desk: Desk, verb: Any, fields: dict[str, Any]) -> None:
    made = subscribe(desk.drafter)
    webhooks.close_webhook(by=desk.drafter, subscription=made)
    with refuses("subscription_over"):
        verb(by=desk.drafter, subscription=made, **fields)
    with refuses("no_such_row"):
        verb(by=desk.drafter, subscription=2**70, **fields)


def test_a_test_event_is_due_at_once_and_waits_for_nothing(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    begun()
    Subscription.objects.update(leased_until=None)
    Delivery.objects.update(due_at=NOW + timedelta(hours=1))
    id = webhooks.send_test(by=desk.drafter, now=NOW, subscription=hooked)
    _, sending = begun()
    assert sending.message_id == id
    assert re.fullmatch(r"msg_test_[0-9a-f]{32}", id)
    assert sending.body == (
        b'{"type":"webhook.test","timestamp":"2025-10-14T03:00:00.000000Z",'
        b'"data":{"subscription":"%d"}}' % hooked
    )


def test_nothing_is_tested_where_nothing_is_sent(desk: Desk, hooked: int) -> None:
    webhooks.pause_webhook(by=desk.drafter, subscription=hooked)
    with refuses("subscription_paused"):
        webhooks.send_test(by=desk.drafter, now=NOW, subscription=hooked)
    assert Delivery.objects.count() == 0


def test_what_was_told_is_told_again_under_its_id_by_id_or_by_time(desk: Desk, hooked: int) -> None:
    desk.published("status_change")
    told()
    hold, sending = begun()
    finish(sending, WELL, now=NOW)
    again = {"by": desk.drafter, "now": NOW, "subscription": hooked}
    assert begun_again(again, message_id=f" {sending.message_id} ") == sending.message_id
    assert begun_again(again, since=NOW, until=NOW + timedelta(seconds=1)) == sending.message_id
    assert begun_again(again, since=NOW) == sending.message_id, hold


def begun_again(again: dict[str, Any], **asked: Any) -> str:
    """The id of what is sent after a replay."""
    assert webhooks.replay(**again, **asked) == 1
    Subscription.objects.update(leased_until=None)
    _, sending = begun()
    finish(sending, WELL, now=NOW)
    return sending.message_id


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"message_id": "msg_0"}, {"message_id": "\0"}, {"since": NOW, "until": NOW},
        {"since": NOW + timedelta(seconds=1)}, {"until": NOW + timedelta(days=1)},
    ],
)  # fmt: skip
def test_nothing_to_replay_is_said(desk: Desk, hooked: int, asked: dict[str, Any]) -> None:
    desk.published("status_change")
    told()
    with refuses("nothing_to_replay"):
        webhooks.replay(by=desk.drafter, now=NOW, subscription=hooked, **asked)


def test_no_act_of_configuration_is_in_the_ledger(desk: Desk, hooked: int) -> None:
    before = LedgerEntry.objects.count()
    webhooks.pause_webhook(by=desk.drafter, subscription=hooked)
    webhooks.resume_webhook(by=desk.drafter, now=NOW, subscription=hooked)
    assert LedgerEntry.objects.count() == before
