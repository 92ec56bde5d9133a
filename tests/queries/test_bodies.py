"""A row as the arguments that would draft it again."""

from __future__ import annotations

import pytest

from negotiations.operations.content import content_of
from negotiations.queries.bodies import body_of
from negotiations.queries.drafts import draft
from negotiations.queries.seats import seat
from negotiations.refusals import Refusal
from tests.operations.desk import DRAFTS, Desk, open_desk

_FULL = {
    "statement": {
        "quotation": "We are close to a deal.", "note_en": "A note", "said_phrase": "Wednesday",
        "tracks": ["talks/security", "talks/trade"],
    },
    "position": {"amount": "15.5", "amount_to": "20"},
    "status_change": {"dissent": [1], "reason_en": "Why"},
}  # fmt: skip


@pytest.fixture
def desk(db: None) -> Desk:  # noqa: ARG001
    return open_desk()


@pytest.mark.parametrize("noun", DRAFTS)
def test_the_verb_makes_the_same_row_of_a_body(desk: Desk, noun: str) -> None:
    fields = dict(_FULL.get(noun, {}))
    if noun == "status_change":
        fields["dissent"] = [desk.ids["statement"]]
    first = desk.draft(noun, **fields)
    before = content_of(desk.row(noun, first.id))
    told = draft(noun, first.id, seat=seat(desk.drafter.officer))
    again = desk.act(DRAFTS[noun], **told.body, amends=first.id, version=told.row.version)
    row = desk.row(noun, again.id)
    assert content_of(row) == before
    assert body_of(noun, row) == dict(told.body)


def test_a_draft_is_not_found_by_who_is_no_officer_there(desk: Desk) -> None:
    from negotiations.models import Officer

    stranger = Officer.objects.create(username="stranger")
    made = desk.draft("statement")
    with pytest.raises(Refusal) as refused:
        draft("statement", made.id, seat=seat(stranger.pk))
    assert refused.value.code == "not_found"
