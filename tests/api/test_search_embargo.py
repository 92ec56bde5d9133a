"""Drafts and embargoes are found the moment they are published, and leave no trace before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from negotiations.operations import approve_release
from negotiations.operations.releases import release_due
from tests.api.office import Office
from tests.api.test_search import ask, ids
from tests.operations.desk import last_entry

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 20, 3, tzinfo=UTC)


def test_drafts_and_embargoes_are_found_when_they_are_published_and_not_before(
    office: Office,
) -> None:
    """No result, no other bytes, no other tag; then at once, in the same second."""
    desk, words = office.desk, {"q": "xylophone 실로폰"}
    with time_machine.travel(NOW, tick=False):
        before = ask(**words)
        draft = desk.draft("statement", paraphrase_en="Xylophone.", paraphrase_ko="실로폰을 쳤다.")
        release_at = NOW + timedelta(hours=1)
        item = {"noun": "statement", "id": draft.id, "version": 1}
        approve_release(
            by=desk.reviewer, now=NOW, items=[item], release_at=release_at,
            seen=last_entry().number, confirmed=True,
        )  # fmt: skip
        after = ask(**words)
        assert (before.content, before["ETag"]) == (after.content, after["ETag"])
        assert after.json()["results"] == []
    with time_machine.travel(release_at, tick=False):
        release_due(now=release_at)
        assert ids(**words) == [str(draft.id)]
        assert ask(**words)["ETag"] != before["ETag"]
