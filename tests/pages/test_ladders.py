"""Where a stage stands on the ladder of its procedure."""

from __future__ import annotations

from negotiations.pages.ladders import ladder
from negotiations.vocabulary import Procedure, Stage


def test_the_stages_before_are_past_and_those_after_ahead() -> None:
    shown = ladder(procedure=Procedure.TREATY, stage=Stage.NEGOTIATING)
    assert (shown.position, shown.length, shown.off) == (3, 9, False)
    assert [rung.place for rung in shown.rungs] == ["past"] * 2 + ["here"] + ["ahead"] * 6
    assert Stage.ISSUED not in [rung.stage for rung in shown.rungs]


def test_a_stage_that_the_procedure_does_not_expect_is_shown_in_its_place() -> None:
    shown = ladder(procedure=Procedure.TREATY, stage=Stage.ISSUED)
    assert shown.length == 10
    assert shown.rungs[(shown.position or 0) - 1].stage == Stage.ISSUED


def test_off_the_ladder_no_rung_is_lit() -> None:
    shown = ladder(procedure=Procedure.TREATY, stage=Stage.SUSPENDED)
    assert (shown.position, shown.off) == (None, True)
    assert {rung.place for rung in shown.rungs} == {"ahead"}


def test_before_the_first_reading() -> None:
    shown = ladder(procedure=Procedure.TREATY, stage=None)
    assert (shown.position, shown.off) == (None, False)
