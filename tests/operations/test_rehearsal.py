"""What would be, without its being so."""

from __future__ import annotations

import pytest

from negotiations.operations.rehearsal import rehearse
from negotiations.refusals import Refusal
from tests.operations.desk import Desk, last_entry


def test_a_rehearsal_sees_the_record_after_the_act_and_leaves_it_as_it_was(desk: Desk) -> None:
    draft, before = desk.draft("status_change"), last_entry().number
    published = rehearse(
        lambda: desk.publish("status_change", draft.id),
        lambda receipt: desk.row("status_change", receipt.id).published_at,
    )
    assert published is not None
    assert desk.row("status_change", draft.id).published_at is None
    assert last_entry().number == before


def test_a_rehearsal_refuses_as_the_act_would(desk: Desk) -> None:
    draft = desk.draft("status_change")
    with pytest.raises(Refusal) as refused:
        rehearse(lambda: desk.publish("status_change", draft.id, seen=10**6), lambda _: None)
    assert refused.value.code == "unseen_number"
