"""The page of the workers' work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from negotiations.desk_words import Part
from negotiations.models import Feed, JobRun, LedgerMark, Negotiation, Subscription
from negotiations.operations import Actor
from negotiations.operations.captures import request_capture
from negotiations.operations.heartbeats import BEAT, note_life
from negotiations.pages.desk.ages import age
from negotiations.pages.desk.jobs import named, signs
from negotiations.queries.heartbeats import HeardWorkers
from tests.operations.desk import NOW, Desk
from tests.operations.works import feed
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

PAGE = "/desk/jobs/"


@pytest.fixture(autouse=True)
def _no_broker(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "memory://"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0 s"), (119.9, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"),
     (172_799, "47 h"), (172_800, "2 d"), (8_640_000, "100 d")],
)  # fmt: skip
def test_an_age_in_the_fewest_words(seconds: float, told: str) -> None:
    assert age(seconds) == told


@pytest.mark.parametrize(
    ("life", "reach", "well"),
    [
        (HeardWorkers(workers=2, beat_age_seconds=12), "reachable", [True, True, True]),
        (HeardWorkers(workers=1, beat_age_seconds=90), "unknown", [True, True]),
        (HeardWorkers(workers=0, beat_age_seconds=91), "unreachable", [False, False, False]),
        (HeardWorkers(workers=0, beat_age_seconds=None), "unknown", [False, False]),
    ],
)
def test_health_in_words(life: HeardWorkers, reach: str, well: list[bool]) -> None:
    assert [is_well for is_well, _ in signs(life, reach=reach)] == well


def test_health_names_figures() -> None:
    told = [
        words
        for _, words in signs(HeardWorkers(workers=2, beat_age_seconds=300), reach="reachable")
    ]
    assert told == [
        "2 workers are at work.",
        "The clock that starts what is periodic was last heard of 5 min ago.",
        "The broker can be reached.",
    ]


def test_a_kind_without_a_name_goes_by_its_own() -> None:
    assert (named("feed"), named("newsletter")) == ("Feeds to look at", "newsletter")


def test_the_page_tells_of_everything(desk: Desk, drafter: Client) -> None:
    now = timezone.now()
    note_life(name="a@box:1", now=now)
    note_life(name=BEAT, kind=Part.BEAT, now=now)
    request_capture(by=desk.reviewer, now=now, url="https://a.example/theirs")
    five = now - timedelta(minutes=5)
    JobRun.objects.create(name="rebuild", begun_at=five, moved_at=now, done=10, total=4000)
    JobRun.objects.create(
        name="export", begun_at=now - timedelta(minutes=9), moved_at=now, ended_at=now,
        failed="OSError",
    )  # fmt: skip
    LedgerMark.objects.create(name="webhooks", number=0)
    row = feed(desk)
    page = Browser(drafter).read(PAGE)
    (bar,) = page.all("progress")
    assert (bar.attributes["max"], bar.attributes["value"]) == ("4000", "10")
    told = words(Browser(drafter).get(PAGE))
    for one in (
        "1 worker is at work.", "running for 5 min", "10 of 4,000", "failed after 9 min (OSError)",
        "https://a.example/theirs", "entries of the ledger", f"Feeds to look at {row.pk}",
        "https://paper.example/feed/1", "Three workers died over this one",
    ):  # fmt: skip
        assert one in told, one


def test_an_admin_tries_again_what_was_set_aside(desk: Desk, drafter: Client) -> None:
    row = feed(desk)
    browser = Browser(drafter)
    answer = browser.send(PAGE, browser.filled(PAGE))
    assert answer["Location"] == PAGE
    assert Feed.objects.get(pk=row.pk).aside == ""
    assert "It is due now" in words(browser.get(PAGE))
    assert "Set aside" not in words(browser.get(PAGE))


def test_what_another_has_tried_already_is_refused_in_words(desk: Desk, drafter: Client) -> None:
    row, browser = feed(desk), Browser(drafter)
    typed = browser.filled(PAGE)
    Feed.objects.filter(pk=row.pk).update(aside="")
    answer = browser.send(PAGE, typed, status=409)
    assert "somebody has tried it again already" in refusals(answer)


def test_an_officer_sees_their_own_and_presses_nothing(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    feed(desk)
    others = Negotiation.objects.create(
        slug="others", title_en="O", title_ko="O", registered_at=NOW
    )
    feed(desk, 2, negotiation=others)
    request_capture(by=desk.reviewer, now=NOW, url="https://a.example/theirs")
    officer = hire("officer")
    request_capture(by=officer, now=NOW, url="https://a.example/mine")
    browser = Browser(signed_in(officer))
    told = words(browser.get(PAGE))
    shown = [text in told for text in ("/feed/1", "/feed/2", "/mine", "/theirs", "Try again")]
    assert shown == [True, False, True, False, False]
    typed = {"kind": "feed", "id": Feed.objects.earliest("pk").pk, "once": "x"}
    assert browser.client.post(PAGE, typed).status_code == 403
    assert Feed.objects.filter(aside="").count() == 0


def test_a_page_costs_the_same_for_one_and_for_three(desk: Desk, drafter: Client) -> None:
    drafter.get(PAGE)  # which renews the session
    costs = []
    for number in range(3):
        now = NOW + timedelta(minutes=number)
        feed(desk, number)
        request_capture(by=desk.reviewer, now=now, url=f"https://a.example/{number}")
        JobRun.objects.create(name=f"job {number}", begun_at=now, moved_at=now)
        LedgerMark.objects.create(name=f"reader {number}", number=number)
        with CaptureQueriesContext(connection) as asked:
            drafter.get(PAGE)
        costs.append(len(asked))
    assert costs == [costs[0]] * 3


def test_the_desk_leads_to_it_and_it_speaks_korean(desk: Desk, drafter: Client) -> None:  # noqa: ARG001
    links = {a.attributes["href"] for a in Browser(drafter).read("/ko/desk/").all("a")}
    assert f"/ko{PAGE}" in links
    assert "소식이 있는 작업자가 없습니다" in words(Browser(drafter).get(f"/ko{PAGE}"))


def test_a_webhook_of_all_negotiations_is_the_admins_affair(
    desk: Desk, drafter: Client, hire: Callable[[str], Actor]
) -> None:
    """It belongs to no negotiation: an officer does not see it, an admin tries it again."""
    Subscription.objects.create(
        url="https://wire.example/in", name="Wire", owner_id=desk.drafter.officer, made_at=NOW,
        after=0, aside="worker_lost", lost=3,
    )  # fmt: skip
    assert "Wire active" not in words(Browser(signed_in(hire("officer"))).get(PAGE))
    browser = Browser(drafter)
    assert "Wire active" in words(browser.get(PAGE))
    browser.send(PAGE, browser.filled(PAGE))
    assert Subscription.objects.get().aside == ""
