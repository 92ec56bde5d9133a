"""Status changes: strict about evidence, liberal about path."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.desk import Desk, refuses


@pytest.fixture
def paper(desk: Desk) -> int:
    """A published statement that is a document."""
    return desk.published("statement", attribution="official_document")


@pytest.fixture
def rumour(desk: Desk) -> int:
    """A published statement from an unreliable source."""
    return desk.published("statement", source=desk.published("source", publisher="rumours"))


@pytest.mark.parametrize(
    ("stage", "basis"),
    [
        ("signed", "none"), ("signed", "oral"), ("in_force", "oral"),
        ("in_force", "one_party_document"), ("in_force", "joint_document"),
    ],
)  # fmt: skip
def test_the_desk_enters_a_stage_on_its_paper_only(
    desk: Desk, paper: int, stage: str, basis: str
) -> None:
    with refuses("document_missing", at="/documentary_basis"):
        desk.draft("status_change", stage=stage, documentary_basis=basis, basis=[paper])


@pytest.mark.parametrize("stage", ["signed", "in_force"])
def test_a_party_claims_what_it_claims(desk: Desk, stage: str) -> None:
    id = desk.published("status_change", stage=stage, according_to="US")
    assert desk.row("status_change", id).stage == stage


def test_a_paper_stands_in_the_basis(desk: Desk, paper: int) -> None:
    with refuses("paper_not_in_basis", at="/basis"):
        desk.draft("status_change", documentary_basis="joint_document")
    both = [desk.ids["statement"], paper]
    draft = desk.draft("status_change", documentary_basis="joint_document", basis=both)
    assert desk.publish("status_change", draft.id).id == draft.id


@pytest.mark.parametrize("noun", ["status_change", "position", "linkage", "milestone", "account"])
def test_an_unreliable_source_moves_nothing_alone(desk: Desk, rumour: int, noun: str) -> None:
    desk.meeting()  # accounts are of one
    with refuses("unreliable_alone", at="/basis"):
        desk.draft(noun, basis=[rumour])
    row = desk.published(noun, basis=[rumour, desk.ids["statement"]])
    assert desk.row(noun, row).basis_id == rumour


@pytest.mark.parametrize("noun", ["status_change", "position", "linkage", "milestone", "account"])
def test_something_bears_a_row_out(desk: Desk, noun: str) -> None:
    desk.meeting()  # accounts are of one
    with refuses("no_basis", at="/basis"):
        desk.draft(noun, basis=[])
    with refuses("no_such_row"):
        desk.draft(noun, basis=[desk.ids["statement"], 10**30])


def test_one_statement_named_twice_is_one(desk: Desk) -> None:
    row = desk.row(
        "status_change", desk.draft("status_change", basis=[desk.ids["statement"]] * 2).id
    )
    assert list(row.further_basis.all()) == []


@pytest.mark.parametrize(
    ("first", "second", "move"),
    [
        ("mooted", "negotiating", "skip"),
        ("negotiating", "exploratory", "regress"),
        ("suspended", "negotiating", "reopen"),
    ],
)
def test_an_unusual_move_says_why_and_is_flagged(
    desk: Desk, first: str, second: str, move: str
) -> None:
    desk.published("status_change", stage=first)
    later: dict[str, Any] = {"stage": second, "effective_on": "2025-10-03"}
    with refuses("unusual_move", at="/reason_en"):
        desk.draft("status_change", **later)
    id = desk.published("status_change", **later, reason_ko="사정이 있었다.")
    assert desk.row("status_change", id).unusual == move


@pytest.mark.parametrize(
    "other",
    [
        {"according_to": "KR"},
        {"track": "talks/trade"},
        {"effective_on": "2025-10-01"},
    ],
)
def test_only_the_same_voice_on_the_same_track_before_counts(
    desk: Desk, other: dict[str, Any]
) -> None:
    desk.published("status_change", stage="mooted")
    id = desk.published("status_change", **{"effective_on": "2025-10-03", **other})
    assert desk.row("status_change", id).unusual == ""


def test_what_was_corrected_or_retracted_counts_no_more(desk: Desk) -> None:
    first = desk.published("status_change", stage="mooted")
    corrected = desk.correct("status_change", first, stage="exploratory")
    assert desk.row("status_change", corrected).unusual == ""
    next_one = desk.published("status_change", effective_on="2025-10-03")
    assert desk.row("status_change", next_one).unusual == ""
    desk.retract("status_change", next_one)
    with refuses("unusual_move"):
        desk.draft("status_change", effective_on="2025-10-04", stage="text_agreed")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("track", "talks/none", "no_such_row"), ("according_to", "XX", "no_such_row"),
        ("dissent", [0], "no_such_row"), ("stage", "stalled", "unknown_word"),
        ("momentum", "fast", "unknown_word"), ("documentary_basis", "rumour", "unknown_word"),
        ("effective_on", "soon", "bad_date"), ("headline_en", "x" * 201, "too_long"),
        ("headline_ko", "", "missing_text"), ("note_en", "\x00", "bad_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(desk: Desk, field: str, value: Any, code: str) -> None:
    with refuses(code):
        desk.draft("status_change", **{field: value})


def test_the_desk_takes_no_law_from_a_leak(desk: Desk) -> None:
    leak = desk.published("statement", attribution="leaked_document")
    with refuses("paper_not_in_basis", at="/basis"):
        desk.draft("status_change", stage="in_force", documentary_basis="legal_act", basis=[leak])
