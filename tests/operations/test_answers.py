"""The same request under the same key is done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Answer, Source
from negotiations.operations.answers import KEPT_FOR, Kept, forget_answers, once
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, Desk, refuses


def _ask(desk: Desk, key: str = "k", asked: bytes = b"POST /", **fields: Any) -> Kept:
    def answer() -> Kept:
        receipt = desk.draft("source", **fields)
        return Kept(status=201, headers={"ETag": '"v1"'}, body=str(receipt.id).encode())

    return once(officer=desk.drafter.officer, key=key, asked=asked, now=NOW, answer=answer)


def test_a_copy_gets_the_same_answer_and_does_nothing(desk: Desk) -> None:
    before = Source.objects.count()
    assert _ask(desk) == _ask(desk)
    assert Source.objects.count() == before + 1


def test_a_key_stands_for_one_request(desk: Desk) -> None:
    _ask(desk)
    with refuses("key_reused"):
        _ask(desk, asked=b"POST /other")


def test_a_key_is_the_officers_own(desk: Desk) -> None:
    first = _ask(desk)
    other = Desk(drafter=desk.reviewer, reviewer=desk.drafter, ids=desk.ids)
    assert _ask(other, asked=b"POST /other") != first


def test_what_is_refused_is_not_kept(desk: Desk) -> None:
    with pytest.raises(Refusal):
        _ask(desk, url="nowhere")
    assert Answer.objects.count() == 0
    assert _ask(desk).status == 201


def test_old_answers_are_forgotten(desk: Desk) -> None:
    _ask(desk)
    assert forget_answers(now=NOW + KEPT_FOR) == 0
    assert forget_answers(now=NOW + KEPT_FOR + timedelta(seconds=1)) == 1


def test_an_act_and_its_answer_stand_or_fall_together(desk: Desk) -> None:
    before = Source.objects.count()

    def answer() -> Kept:
        desk.draft("source")
        raise Refusal("busy")

    with pytest.raises(Refusal):
        once(officer=desk.drafter.officer, key="k", asked=b"", now=NOW, answer=answer)
    assert (Source.objects.count(), operations.VERBS["draft_source"].__name__) == (
        before, "draft_source",
    )  # fmt: skip
