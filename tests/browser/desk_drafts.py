"""Puts drafts of every state on the desk, so that its pages can be looked at.

Run as a process of its own against the site's database; prints the path of one page of each kind.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from typing import Any

import django

from tests.browser.officers import OFFICER, REVIEWER

_DAY, _WORDS = "2025-10-16", "the ministry will explain the arrangement to parliament"
_TEXT = f"A ministry is asked.\n\n“We hope that {_WORDS}”, the minister said on Thursday."

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def main() -> None:
    """Write them through the write door, by the two officers."""
    django.setup()
    from django.utils import timezone  # needs the settings

    print(json.dumps(_paths(timezone.now())))


def _paths(now: datetime) -> dict[str, str]:
    from negotiations import models, operations  # needs the settings
    from negotiations.operations.captures import request_capture
    from negotiations.operations.feeds import add_feed, pause_feed

    officer, reviewer = (
        operations.Actor(officer=models.Officer.objects.get(username=one.username).pk)
        for one in (OFFICER, REVIEWER)
    )
    as_officer = {"by": officer, "now": now}
    status = operations.draft_status_change(**as_officer, **_change("investment"))
    named = {"noun": "status_change", "id": status.id, "version": 1}
    operations.submit_draft(**as_officer, **named)
    back = operations.draft_status_change(**as_officer, **_change("currency-swap"))
    operations.send_back(
        by=reviewer, now=now, noun="status_change", id=back.id, version=1,
        note="The headline says more than the minister did.\n\nSay what he said.",
    )  # fmt: skip
    said_before = models.Statement.objects.filter(
        tracks__slug="currency-swap", published_at__isnull=False
    )
    last = said_before.latest("pk")
    gone = operations.draft_retraction(
        **as_officer, noun="statement", id=last.pk, correction_reason="It was said of another swap."
    )
    source = operations.draft_source(
        **as_officer, url="https://example.org/drafts", title="A ministry is asked",
        publisher="korea-net", language="en", published_on=_DAY,
    )  # fmt: skip
    operations.capture_source(
        **as_officer, source=source.id, text=_TEXT, captured_at=now,
        capture="transcribed",
    )  # fmt: skip
    said = operations.draft_statement(
        **as_officer, source=source.id, tracks=["rok-us/currency-swap"], said_on=_DAY,
        zone="Asia/Seoul", kind="reports", language="en", speaker="koo-yun-cheol",
        quotation=_WORDS, parties_for=["KR"],
    )  # fmt: skip
    held = operations.draft_position(**as_officer, **_position())
    operations.approve_release(
        by=reviewer, now=now, seen=_latest(), release_at=now + timedelta(days=2),
        items=[{"noun": "position", "id": held.id, "version": 1}],
    )  # fmt: skip
    failed = request_capture(by=reviewer, now=now, url="http://127.0.0.1:9/nothing")
    feed = add_feed(
        by=reviewer, now=now, negotiation="rok-us", url="http://127.0.0.1:9/a-feed-with-a-long-name"
    )
    pause_feed(by=reviewer, feed=add_feed(
        by=reviewer, now=now, negotiation="rok-us", kind="page", url="http://127.0.0.1:9/",
        title="News of a ministry",
    ))  # fmt: skip
    caught = _catch(feed, now)
    operations.issue_token(
        **as_officer, name="Evening summary", scopes=["read", "draft"],
        expires_at=now + timedelta(days=90), secret="parley_of_this_test",
    )  # fmt: skip
    track = "track=rok-us%2Fcurrency-swap"
    return {
        "desk": "/desk/",
        "drafts": "/desk/drafts/",
        "drafts sent back": "/desk/drafts/?pile=back",
        "tracks": "/desk/tracks/",
        "paraphrases": "/desk/paraphrases/",
        "uncaptured": "/desk/uncaptured/",
        "finding": "/desk/finding/?address=nowhere",
        "record": f"/desk/record/statements/{last.pk}/",
        "tokens": "/desk/tokens/",
        "releases": "/desk/releases/",
        "jobs": "/desk/jobs/",
        "status draft": f"/desk/drafts/status-changes/{status.id}/",
        "sent back": f"/desk/drafts/status-changes/{back.id}/",
        "statement draft": f"/desk/drafts/statements/{said.id}/",
        "source draft": f"/desk/drafts/sources/{source.id}/",
        "retraction draft": f"/desk/drafts/statements/{gone.id}/",
        "edit": f"/desk/drafts/status-changes/{back.id}/edit/",
        "edit statement": f"/desk/drafts/statements/{said.id}/edit/",
        "together": f"/desk/publication/?items=status_change:{status.id},statement:{said.id}",
        "new statement": f"/desk/statements/new/?source={source.id}",
        "new statement of what": "/desk/statements/new/",
        "begin": "/desk/sources/new/",
        "sources": "/desk/sources/",
        "transcription": "/desk/sources/transcription/",
        "text": f"/desk/sources/{source.id}/text/",
        "new status": f"/desk/status-changes/new/?{track}&basis={last.pk}",
        "new position": f"/desk/positions/new/?{track}",
        "new linkage": f"/desk/linkages/new/?{track}",
        "new milestone": f"/desk/milestones/new/?{track}",
        "new account": f"/desk/accounts/new/?{track}",
        "correction": f"/desk/statements/{last.pk}/correction/",
        "retraction": f"/desk/statements/{last.pk}/retraction/",
        "feeds": "/desk/feeds/rok-us/",
        "new feed": "/desk/feeds/rok-us/new/",
        "import of feeds": "/desk/feeds/rok-us/import/",
        "feed": f"/desk/feed/{feed}/",
        "failed capture": f"/desk/captures/{failed}/",
        "clippings": "/desk/clippings/",
        "clipping": f"/desk/clippings/{caught}/",
        "keywords": "/desk/keywords/rok-us/",
    }


def _catch(feed: int, now: datetime) -> int:
    """A story with a reprint, which names a track and a person."""
    from django.db import transaction  # needs the settings

    from negotiations.models import Clipping
    from negotiations.operations.catching import Caught, take_in

    told = {"title": "통화스와프 협의 막바지, 구윤철 부총리", "text": _TEXT, "language": "ko"}
    urls = ("https://a.example/1", "https://b.example/2")
    with transaction.atomic():
        items = [Caught(key=url, url=url, **told) for url in urls]
        take_in(feed=feed, now=now, items=items)
    return Clipping.objects.latest("pk").pk


def _change(track: str) -> dict[str, Any]:
    """The track as it stands, said once more."""
    from negotiations import models

    stood = models.StatusChange.objects.filter(
        track__slug=track, according_to=None, published_at__isnull=False
    ).latest("pk")
    told = ("stage", "momentum", "documentary_basis", "headline_en", "headline_ko")
    return {name: getattr(stood, name) for name in told} | {
        "track": f"rok-us/{track}", "effective_on": "2025-10-14", "basis": [stood.basis_id],
        "reason_en": "Nothing has moved since.",
    }  # fmt: skip


def _position() -> dict[str, Any]:
    from negotiations import models

    stood = models.Position.objects.filter(published_at__isnull=False).exclude(text_en="").first()
    assert stood
    told = ("text_en", "text_ko", "qualifier", "standing", "amount", "amount_to")
    track = stood.term.track
    return {name: getattr(stood, name) for name in told} | {
        "term": f"{track.negotiation.slug}/{track.slug}/{stood.term.slug}",
        "according_to": stood.according_to.code,
        "effective_on": "2025-10-14",
        "basis": [stood.basis_id],
    }


def _latest() -> int:
    from negotiations.queries import ledger

    return ledger.latest_number()


if __name__ == "__main__":
    main()
