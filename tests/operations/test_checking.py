"""Checked, nothing new."""

from __future__ import annotations

from negotiations import operations
from tests.operations.desk import Desk, last_entry, refuses


def test_having_looked_is_a_public_act_on_the_track(desk: Desk) -> None:
    receipt = desk.act(operations.check_track, track="talks/security")
    entry = last_entry()
    assert (entry.verb, entry.noun, entry.object_id) == ("check_track", "track", receipt.id)
    assert (entry.public, entry.payload) == (True, {"track": "talks/security"})
    assert entry.track_ids == [receipt.id]


def test_having_looked_makes_nobodys_publication_stale(desk: Desk) -> None:
    draft = desk.draft("status_change")
    seen = last_entry().number
    desk.act(operations.check_track, track="talks/security")
    assert desk.publish("status_change", draft.id, seen=seen).id == draft.id


def test_a_track_that_is_not_there_is_not_checked(desk: Desk) -> None:
    with refuses("no_such_row"):
        desk.act(operations.check_track, track="talks/none")
