"""Events: one for each act that somebody wants, made once, for those who want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest

from negotiations import operations
from negotiations.event_types import DONE, EVENT_TYPES, UNTOLD, type_of
from negotiations.models import Delivery, Event, LedgerEntry, Subscription, Track
from negotiations.operations import webhooks
from negotiations.operations.events import fan_out
from tests.operations.desk import NOW, Desk


def _told(numbers: Sequence[int], _: datetime) -> Mapping[int, bytes]:
    return {number: b'{"number":%d}' % number for number in numbers}


def fan() -> int:
    """Make deliveries of the acts that are new."""
    return fan_out(now=NOW, render=_told)


def hook(desk: Desk, **fields: Any) -> int:
    """The id of a webhook; the ledger is read on."""
    made = webhooks.subscribe(
        **{
            "by": desk.drafter, "now": NOW, "name": "Wire", "url": "https://wire.example/in",
            "secret": webhooks.new_secret(), **fields,
        }
    )  # fmt: skip
    fan()
    return made


def types(subscription: int) -> list[str]:
    """What a webhook is told, in order."""
    rows = Delivery.objects.filter(subscription=subscription).order_by("pk")
    return list(rows.values_list("event__type", flat=True))


def happen(desk: Desk) -> None:
    """A party is mended, a track looked at, a status published on another."""
    party = LedgerEntry.objects.filter(noun="party").latest("number")
    desk.act(
        operations.mend, noun="party", id=party.object_id, seen=party.number,
        values={"name_en": "America"},
    )  # fmt: skip
    desk.act(operations.check_track, track="talks/trade")
    desk.published("status_change")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["party.mended", "track.checked", "status_change.published"]),
        ({"scope": "talks"}, ["track.checked", "status_change.published"]),
        ({"scope": "talks/trade"}, ["track.checked"]),
        ({"types": ["party.mended", "status_change.published"]},
         ["party.mended", "status_change.published"]),
        ({"scope": "talks/trade", "types": ["status_change.published"]}, []),
    ],
)  # fmt: skip
def test_a_webhook_is_told_what_it_asked_for(
    desk: Desk, fields: dict[str, Any], expected: list[str]
) -> None:
    made = hook(desk, **fields)
    happen(desk)
    fan()
    assert types(made) == expected
    assert Event.objects.count() == len(expected)


def test_acts_before_it_and_acts_read_twice_are_not_told(desk: Desk) -> None:
    first = hook(desk)
    desk.published("status_change")
    second = hook(desk, name="Later")
    assert fan() == 0
    assert (types(first), types(second)) == (["status_change.published"], [])


def test_an_act_that_nobody_wants_is_not_rendered(desk: Desk) -> None:
    hook(desk, types=["person.mended"])
    desk.published("status_change")
    assert fan_out(now=NOW, render=lambda _numbers, _: {}) == 1
    assert Event.objects.count() == 0


def test_what_cannot_be_rendered_is_made_the_next_time(desk: Desk) -> None:
    made = hook(desk)
    desk.published("status_change")
    with pytest.raises(KeyError):
        fan_out(now=NOW, render=lambda _numbers, _: {})
    assert types(made) == []
    fan()
    assert types(made) == ["status_change.published"]


def test_deliveries_are_ordered_by_tracks_else_by_negotiations(desk: Desk) -> None:
    hook(desk)
    happen(desk)
    fan()
    security, trade = Track.objects.order_by("slug").values_list("pk", flat=True)
    keys = Delivery.objects.order_by("pk").values_list("keys", flat=True)
    assert list(keys) == [[0], [trade], [security]]


def test_a_resting_endpoint_is_not_woken_by_news(desk: Desk) -> None:
    made = hook(desk)
    until = NOW.replace(year=2026)
    Subscription.objects.filter(pk=made).update(rests_until=until)
    desk.published("status_change")
    fan()
    assert Subscription.objects.get(pk=made).due_at == until


def test_every_verb_has_a_word_or_is_never_told() -> None:
    assert set(DONE) & UNTOLD == set()
    assert set(operations.VERBS) - set(DONE) - UNTOLD == set()


def test_every_public_act_has_a_type_of_the_table(desk: Desk) -> None:
    happen(desk)
    made = {
        type_of(act.noun, act.verb): act.verb for act in LedgerEntry.objects.filter(public=True)
    }
    assert set(made) - set(EVENT_TYPES) == set()
