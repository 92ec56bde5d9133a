"""What the worker does every half minute, and once a night."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from negotiations import operations, tasks
from negotiations.api.nightly import names
from negotiations.models import (
    Answer,
    Attempt,
    Capture,
    EvidenceCheck,
    Feed,
    Heartbeat,
    JobRun,
    Notice,
    Release,
    Snapshot,
    StatusChange,
    Subscription,
)
from negotiations.operations.answers import KEPT_FOR, Kept, once
from negotiations.operations.captures import request_capture
from negotiations.operations.feeds import add_feed
from negotiations.operations.heartbeats import note_life
from negotiations.operations.rehashing import Rehashed
from negotiations.operations.webhooks import subscribe
from negotiations.queries.heartbeats import heard
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, Desk, last_entry
from tests.operations.subscribing import reader
from tests.operations.test_keeping import fetched
from tracker.celery import app

__all__ = ["db", "desk", "opened_desk"]


@pytest.fixture(autouse=True)
def _here_and_now() -> Iterator[None]:
    """Tasks run where they are called, without a broker."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def approved(desk: Desk, headline: str) -> int:
    """A draft approved for a moment that has come since."""
    draft = desk.draft("status_change", headline_en=headline).id
    desk.act(
        operations.approve_release, by=desk.reviewer, seen=last_entry().number,
        items=[{"noun": "status_change", "id": draft, "version": 1}],
        release_at=NOW + timedelta(hours=6),
    )  # fmt: skip
    return draft


def test_the_sweep_is_called_every_half_minute() -> None:
    assert settings.CELERY_BEAT_SCHEDULE["sweep"]["task"] == tasks.sweep.name
    assert settings.CELERY_BEAT_SCHEDULE["sweep"]["schedule"] == 30


@pytest.mark.parametrize(
    ("name", "task"), [("letters", tasks.write_letters), ("notices", tasks.notify)]
)
def test_mails_are_looked_for_every_half_minute_where_no_capture_stands_before_them(
    name: str, task: Any
) -> None:
    asked = settings.CELERY_BEAT_SCHEDULE[name]
    assert (asked["task"], asked["schedule"]) == (task.name, 30)
    assert settings.CELERY_TASK_ROUTES[task.name] == {"queue": "dispatch"}


def test_the_sweep_publishes_what_is_due(desk: Desk, client: Client) -> None:
    draft = approved(desk, "Zugzwang reached")
    assert "Zugzwang" not in client.get("/talks/security/").content.decode()
    tasks.sweep()
    row = StatusChange.objects.get(pk=draft)
    assert row.published_by_id == desk.reviewer.officer
    assert "Zugzwang" in client.get("/talks/security/").content.decode()


def test_the_sweep_holds_what_the_record_has_left_behind(desk: Desk, client: Client) -> None:
    draft = approved(desk, "Zugzwang reached")
    desk.published("status_change")
    tasks.sweep()
    assert StatusChange.objects.get(pk=draft).published_at is None
    assert (Release.objects.get().state, Release.objects.get().refusal) == ("held", "stale")
    assert "Zugzwang" not in client.get("/talks/security/").content.decode()


def test_the_sweep_tells_that_the_clock_goes(desk: Desk) -> None:  # noqa: ARG001
    tasks.sweep()
    assert (heard(now=timezone.now()).beat_age_seconds or 0) < 60
    assert Heartbeat.objects.get().kind == "beat"


def test_the_check_of_the_ledger_is_told_at_the_desk(desk: Desk) -> None:  # noqa: ARG001
    tasks.check_ledger()
    run, number = JobRun.objects.get(), last_entry().number
    assert (run.name, run.done, run.total, run.failed) == ("check_ledger", number, number, "")


def test_what_lies_ahead_is_left_alone(desk: Desk) -> None:
    approved(desk, "Zugzwang reached")
    Release.objects.update(release_at=NOW.replace(year=2099))
    tasks.sweep()
    assert Release.objects.get().state == "waiting"


def test_the_sweep_captures_page_after_page_until_none_waits(desk: Desk) -> None:
    for number in range(2):
        url = f"http://127.0.0.1/{number}"
        request_capture(by=desk.drafter, now=NOW, url=url)
    tasks.sweep()
    assert (
        list(Capture.objects.values_list("state", "refusal"))
        == [("failed", "address_forbidden")] * 2
    )


def test_letters_are_written_and_sent(desk: Desk) -> None:
    tasks.write_letters()
    reader()
    reader(about=["talks/security"])
    desk.published("status_change")
    tasks.write_letters()
    tasks.write_letters()
    assert [letter.to for letter in mail.outbox] == [["kim@paper.example"]] * 2


def test_polling_goes_on_feed_after_feed_until_none_is_due(desk: Desk) -> None:
    for number in range(2):
        url = f"http://127.0.0.{number + 1}/"
        add_feed(by=desk.drafter, now=NOW, negotiation="talks", url=url)
    tasks.poll()
    told = Feed.objects.values_list("turn", "failures", "refusal")
    assert list(told) == [(1, 1, "address_forbidden")] * 2


def test_the_nightly_files_are_written_once_a_night() -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["export"]
    assert (asked["task"], asked["schedule"].hour) == (tasks.export.name, {19})


@pytest.mark.drill
@pytest.mark.parametrize("well", [True, False])
@pytest.mark.django_db
def test_the_nightly_files_are_written_beside_the_worker(
    well: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """In a process of its own; one that fails is told."""
    name = connection.settings_dict["NAME"] if well else "no_such_database"
    address = re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", os.environ["DATABASE_URL"], count=1)
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("EXPORT_ROOT", str(tmp_path))
    tasks.export()
    for thread in threading.enumerate():
        if thread.name.endswith("(_watch)"):
            thread.join(60)
    assert len(names(tmp_path)) == int(well)
    assert ("were not written" in caplog.text) is not well


def test_the_tidying_is_called_once_a_night() -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["tidy"]
    assert (asked["task"], asked["schedule"].hour) == (tasks.tidy.name, {18})


def test_the_tidying_drops_old_answers_and_keeps_new_ones(desk: Desk) -> None:
    now, officer = timezone.now(), desk.drafter.officer
    for key, at in (("old", now - KEPT_FOR - timedelta(minutes=1)), ("new", now)):
        once(officer=officer, key=key, asked=b"", now=at, answer=lambda: Kept(status=200))
    tasks.tidy()
    assert list(Answer.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.django_db
def test_the_tidying_drops_old_signs_of_life_and_runs() -> None:
    now = timezone.now()
    for days in (0, 2):
        note_life(name=f"worker {days}", now=now - timedelta(days=days))
    for days in (60, 1):
        begun = now - timedelta(days=days)
        JobRun.objects.create(name="export", begun_at=begun, moved_at=begun)
    tasks.tidy()
    assert (Heartbeat.objects.get().name, JobRun.objects.count()) == ("worker 0", 1)


@pytest.mark.django_db
def test_the_tidying_drops_sessions_that_ended_and_keeps_the_others() -> None:
    now, minute = timezone.now(), timedelta(minutes=1)
    for key, ends in (("ended", now - minute), ("open", now + minute)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    tasks.tidy()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_what_tells_the_outside_has_a_worker_of_its_own_and_is_called_every_five_seconds() -> None:
    asked = settings.CELERY_BEAT_SCHEDULE["tell"]
    assert (asked["task"], asked["schedule"]) == (tasks.tell.name, 5)
    for task in (tasks.tell, tasks.deliver, tasks.write_letters, tasks.send_letters, tasks.notify):
        assert settings.CELERY_TASK_ROUTES[task.name] == {"queue": "dispatch"}


def test_new_acts_are_told_and_sent(desk: Desk) -> None:
    made = subscribe(
        by=desk.drafter, now=NOW, name="Wire", url="https://wire.example/", secret="whsec_MfKQ"
    )
    tasks.tell()
    desk.published("status_change")
    Subscription.objects.filter(pk=made).update(url="http://127.0.0.1/")
    tasks.tell()
    assert list(Attempt.objects.values_list("refusal", flat=True)) == ["address_forbidden"]


def test_who_must_know_is_mailed(desk: Desk) -> None:
    made = subscribe(
        by=desk.drafter, now=NOW, name="Wire", url="https://wire.example/", secret="whsec_MfKQ"
    )
    Notice.objects.create(subscription_id=made, reason="endpoint_gone", made_at=NOW, due_at=NOW)
    tasks.notify()
    assert Notice.objects.get().sent_at is not None


@pytest.mark.parametrize(
    ("name", "task"),
    [
        ("keep-night", tasks.keep_night),
        ("rehash", tasks.rehash),
        ("check-ledger", tasks.check_ledger),
    ],
)
def test_a_lost_message_costs_no_night(name: str, task: Any) -> None:
    asked = settings.CELERY_BEAT_SCHEDULE[name]
    assert (asked["task"], asked["schedule"].hour) == (task.name, set(range(17, 24)))


@pytest.mark.parametrize("name", ["rehash", "check_ledger"])
@pytest.mark.usefixtures("desk")
def test_a_nightly_job_runs_once_a_night(name: str) -> None:
    for _ in range(2):
        getattr(tasks, name)()
    assert JobRun.objects.filter(name=name).count() == 1


def test_pages_that_are_due_are_looked_at(desk: Desk) -> None:
    source = fetched(desk, url="http://127.0.0.1/look")
    tasks.keep_night()
    EvidenceCheck.objects.update(due_at=NOW)
    tasks.keep()
    row = EvidenceCheck.objects.get(source=source)
    assert (row.refusal, row.failures, row.due_at) == ("address_forbidden", 1, None)


def test_a_damaged_copy_is_an_error_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = Snapshot.objects.get(source=desk.ids["source"]).pk
    damaged = Rehashed(checked=1, damaged=(("text", snapshot),))
    monkeypatch.setattr(tasks, "rehash_kept", lambda **_: damaged)
    tasks.rehash()
    errors = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert errors == [f"the text kept of snapshot {snapshot} is damaged"]
