"""Mails about disabled webhooks: one each, again only where no server took it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from negotiations.dispatch.notices import send_next_notice
from negotiations.models import Notice, Officer, Subscription
from tests.dispatch.conftest import Endpoints, webhook, work
from tests.loopback import reply
from tests.operations.desk import Desk


@pytest.fixture
def disabled(desk: Desk, endpoints: Endpoints, settings: Any) -> Subscription:
    """A webhook whose endpoint is gone; its owner has an address."""
    settings.SITE_URL = "https://parley.example"
    Officer.objects.filter(pk=desk.drafter.officer).update(email="kim@desk.example")
    made = webhook(desk, endpoints.answers("/in", reply(status="410 Gone")), name="Two\nlines")
    desk.published("status_change")
    work()
    return Subscription.objects.get(pk=made)


def test_the_owner_is_told_once_in_both_languages(disabled: Subscription) -> None:
    now = Notice.objects.get().made_at
    assert send_next_notice(now=now) is True
    assert send_next_notice(now=now + timedelta(days=1)) is False
    (sent,) = mail.outbox
    assert sent.to == ["kim@desk.example"]
    assert sent.subject == "Parley: webhook disabled / 웹훅 중단 – Two lines"
    for words in ("is disabled", "answered 410", "410으로 답했습니다", disabled.url,
                  f"https://parley.example/desk/webhooks/{disabled.pk}/"):  # fmt: skip
        assert words in str(sent.body)
    assert Notice.objects.get().sent_at == now


def test_a_server_out_of_reach_is_tried_again(disabled: Subscription, settings: Any) -> None:
    now = Notice.objects.get().made_at
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_next_notice(now=now) is True
    assert Notice.objects.get().sent_at is None, disabled
    settings.EMAIL_BACKEND = backend
    assert send_next_notice(now=now + timedelta(minutes=9)) is False
    assert send_next_notice(now=now + timedelta(minutes=10)) is True
    assert len(mail.outbox) == 1


def test_who_has_no_address_finds_it_at_the_desk(disabled: Subscription) -> None:
    Officer.objects.update(email="")
    now = Notice.objects.get().made_at
    assert send_next_notice(now=now) is True
    assert mail.outbox == []
    assert Notice.objects.get().due_at is None, disabled
