"""An article comes in by a feed, becomes a statement and a status change, and is told by webhook.

The workers' own functions run where the test is; the newspaper and the endpoint are a real server,
the officers use the desk's pages in a browser of the test client.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from negotiations.api.outgoing import told_acts
from negotiations.dispatch.webhooks import deliver_next, tell_acts
from negotiations.intake.capture import capture_next
from negotiations.intake.polling import poll_next
from negotiations.models import Capture, Clipping, Delivery, Keyword, Snapshot, Source, Track
from negotiations.network import allowed_pairs
from negotiations.operations.feeds import add_feed
from negotiations.operations.webhooks import subscribe
from tests.journeys.world import World, world
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser
from tests.pages.desk.conftest import signed_in

__all__ = ["db", "desk", "opened_desk"]

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
TEXT = (
    "The alliance talks resumed in Washington on Monday, officials of both governments said.\n"
    "“We are close to an agreement on security,” the national security adviser told reporters.\n"
    "He added that the remaining questions would be settled by the two leaders at their meeting."
)
QUOTATION = "We are close to an agreement on security"


@pytest.fixture
def outside(settings: Any) -> Iterator[World]:
    """A newspaper and an endpoint that this process may reach."""
    with world() as made:
        settings.FETCH_ALLOW = [made.pair]
        yield made


@pytest.mark.usefixtures("client")
def test_an_article_becomes_a_webhook(desk: Desk, outside: World, client: Any) -> None:
    at, now = Browser(signed_in(desk.drafter)), timezone.now()
    allow = allowed_pairs([outside.pair])
    url = outside.url("/hook")
    subscribe(by=desk.drafter, now=now, name="all", url=url, secret=SECRET, allow=allow)
    Keyword.objects.create(track=Track.objects.get(slug="security"), word="alliance")
    outside.print_story("wire", "1", "Alliance talks resume", TEXT)
    add_feed(by=desk.reviewer, now=now, negotiation="talks", url=outside.url("/feed/wire"))

    # In: polled, folded, proposed.
    assert poll_next(now=now) is True
    clipping = Clipping.objects.get()
    assert clipping.proposed_tracks == [{"track": "security", "words": ["alliance"]}]

    # Taken up: its page is fetched, its source drafted with its text.
    progress = at.press(f"/desk/clippings/{clipping.pk}/", "accept")["Location"]
    assert capture_next(now=timezone.now()) is True
    assert Capture.objects.get().state == "done"
    publisher = desk.usual("source")["publisher"]
    form = {**at.filled(progress), "publisher": publisher, "published_on": "2025-10-13"}
    statement_form = at.send(progress, {**form, "language": "en"})["Location"]
    source, snapshot = Source.objects.order_by("-pk")[0], Snapshot.objects.order_by("-pk")[0]
    assert QUOTATION in snapshot.text

    # The statement's form has what the clipping proposes.
    filled = at.filled(statement_form)
    assert "talks/security" in str(filled["tracks"])

    # Said, judged, published by the second officer.
    desk.publish("source", source.pk, now=timezone.now())
    said = desk.published(
        "statement",
        source=source.pk,
        quotation=QUOTATION,
        now=timezone.now() + timedelta(minutes=1),
    )
    change = desk.published(
        "status_change",
        basis=[said],
        headline_en="Close",
        now=timezone.now() + timedelta(minutes=2),
    )

    # Out: signed, with the body that the API tells.
    later = timezone.now() + timedelta(minutes=3)
    tell_acts(now=later, render=told_acts)
    while deliver_next(now=later):
        pass
    assert not Delivery.objects.filter(done_at__isnull=True).exists()
    told = [hooks[0] for hooks in outside.told().values()]
    bodies = [Webhook(SECRET).verify(hook.body, hook.headers) for hook in told]
    assert [body["type"] for body in bodies][-2:] == [
        "statement.published", "status_change.published",
    ]  # fmt: skip
    last = bodies[-1]["data"]
    assert last["object_id"] == change
    answer = client.get(f"/api/v1/changes/?after={last['number'] - 1}&limit=1")
    assert json.loads(told[-1].body)["data"] == answer.json()["results"][0]
    assert (
        answer.content.decode()
        .split('"results":[', 1)[1]
        .startswith(told[-1].body.decode().split('"data":', 1)[1][:-1])
    )
