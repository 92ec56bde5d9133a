"""The words of the field, and which moves each procedure expects."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from negotiations.vocabulary import (
    LADDER,
    OFF_LADDER,
    PATHS,
    VOCABULARIES,
    Procedure,
    Stage,
    UnusualMove,
    unusual_move,
)

S = Stage


def test_the_ladder_and_what_is_off_it_are_all_stages() -> None:
    assert [*LADDER, *sorted(OFF_LADDER)] == [*list(Stage)[:10], *sorted(list(Stage)[10:])]


@pytest.mark.parametrize(("procedure", "left_out"), [
    (Procedure.TREATY, {S.ISSUED}),
    (Procedure.EXECUTIVE_AGREEMENT, {S.ISSUED, S.DOMESTIC_PROCEDURE}),
    (Procedure.POLITICAL_DOCUMENT, {S.SIGNED, S.DOMESTIC_PROCEDURE, S.IN_FORCE}),
    (Procedure.CENTRAL_BANK_ARRANGEMENT, {S.ISSUED, S.DOMESTIC_PROCEDURE}),
])  # fmt: skip
def test_a_procedure_leaves_stages_out(procedure: Procedure, left_out: set[Stage]) -> None:
    assert set(LADDER) - set(PATHS[procedure]) == left_out


@pytest.mark.parametrize("procedure", Procedure)
def test_each_step_of_a_path_is_usual(procedure: Procedure) -> None:
    path = PATHS[procedure]
    steps = pairwise(path)
    assert [unusual_move(procedure, before, after) for before, after in steps] == [None] * (
        len(path) - 1
    )


@pytest.mark.parametrize(("procedure", "after"), list(product(Procedure, Stage)))
def test_a_record_may_begin_anywhere(procedure: Procedure, after: Stage) -> None:
    assert unusual_move(procedure, None, after) is None


@pytest.mark.parametrize(("procedure", "stage"), list(product(Procedure, Stage)))
def test_to_stay_is_usual(procedure: Procedure, stage: Stage) -> None:
    assert unusual_move(procedure, stage, stage) is None


@pytest.mark.parametrize(("procedure", "before"), list(product(Procedure, LADDER)))
def test_to_leave_the_ladder_is_usual(procedure: Procedure, before: Stage) -> None:
    assert {unusual_move(procedure, before, after) for after in OFF_LADDER} == {None}


@pytest.mark.parametrize(
    ("procedure", "before"), list(product(Procedure, [*sorted(OFF_LADDER), S.COMPLETED]))
)
def test_to_come_back_is_a_reopening(procedure: Procedure, before: Stage) -> None:
    after = {unusual_move(procedure, before, stage) for stage in LADDER if stage != before}
    assert after == {UnusualMove.REOPEN}


@pytest.mark.parametrize("procedure", Procedure)
def test_down_the_ladder_is_a_regress(procedure: Procedure) -> None:
    downward = [
        unusual_move(procedure, before, after)
        for before, after in product(LADDER[:-1], LADDER)
        if LADDER.index(after) < LADDER.index(before)
    ]
    assert set(downward) == {UnusualMove.REGRESS}


@pytest.mark.parametrize(
    ("procedure", "before", "after", "move"),
    [
        (Procedure.TREATY, S.TEXT_AGREED, S.SIGNED, None),
        (Procedure.TREATY, S.TEXT_AGREED, S.ISSUED, UnusualMove.SKIP),
        (Procedure.TREATY, S.SIGNED, S.IN_FORCE, UnusualMove.SKIP),
        (Procedure.EXECUTIVE_AGREEMENT, S.SIGNED, S.IN_FORCE, None),
        (Procedure.EXECUTIVE_AGREEMENT, S.SIGNED, S.DOMESTIC_PROCEDURE, UnusualMove.SKIP),
        (Procedure.POLITICAL_DOCUMENT, S.TEXT_AGREED, S.ISSUED, None),
        (Procedure.POLITICAL_DOCUMENT, S.ISSUED, S.COMPLETED, None),
        (Procedure.POLITICAL_DOCUMENT, S.ISSUED, S.SIGNED, UnusualMove.SKIP),
        (Procedure.CENTRAL_BANK_ARRANGEMENT, S.EXPLORATORY, S.NEGOTIATING, None),
        (Procedure.CENTRAL_BANK_ARRANGEMENT, S.MOOTED, S.NEGOTIATING, UnusualMove.SKIP),
        (Procedure.CENTRAL_BANK_ARRANGEMENT, S.TEXT_AGREED, S.IN_FORCE, UnusualMove.SKIP),
    ],
)
def test_a_move_is_usual_or_named(
    procedure: Procedure, before: Stage, after: Stage, move: UnusualMove | None
) -> None:
    assert unusual_move(procedure, before, after) == move


def test_words_fit_their_columns() -> None:
    assert {w for words in VOCABULARIES.values() for w in words if len(w.value) > 32} == set()
