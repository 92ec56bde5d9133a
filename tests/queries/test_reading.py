"""Sources as officers read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.queries.reading import newest_sources, read_source
from negotiations.refusals import Refusal
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import NOW, TEXT, Desk, capture

__all__ = ["db", "desk", "opened_desk"]


def test_a_source_is_read_with_its_newest_text(desk: Desk, django_assert_num_queries: Any) -> None:
    id = desk.ids["source"]
    assert (read_source(id).text, read_source(id).published) == (TEXT, True)
    capture(desk, id, text="Newer.")
    with django_assert_num_queries(2):
        told = read_source(id)
    assert (told.text, told.capture, told.captured) == ("Newer.", "transcribed", True)


def test_a_draft_without_a_text_is_read_as_well(desk: Desk) -> None:
    told = read_source(desk.draft("source").id)
    assert (told.published, told.captured, told.text, told.captured_at) == (False, False, "", None)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("id", [0, 999_999, 2**63, 10**30])
def test_what_is_not_there_is_refused(id: int) -> None:
    with pytest.raises(Refusal) as refused:
        read_source(id)
    assert refused.value.code == "not_found"


def test_the_correction_of_a_source_has_its_text(desk: Desk) -> None:
    corrected = desk.correct("source", desk.ids["source"], url="https://paper.example/other")
    assert read_source(corrected).text == TEXT


def test_the_newest_come_first_each_source_once(desk: Desk, django_assert_num_queries: Any) -> None:
    first, draft = desk.ids["source"], desk.draft("source", now=NOW + timedelta(hours=1)).id
    with django_assert_num_queries(1):
        assert [one.id for one in newest_sources()] == [draft, first]
    assert [one.id for one in newest_sources(captured=False)] == [draft]
    assert [one.id for one in newest_sources(captured=True)] == [first]
    later = desk.correct("source", first, url="https://paper.example/other")
    assert [one.id for one in newest_sources(captured=True)] == [later]
    desk.retract("source", later)
    assert [one.id for one in newest_sources()] == [draft]
