"""What briefs and handovers claim although all evidence for it was retracted: they say so."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.queries.briefs import brief, handover
from negotiations.queries.encoding import encode
from negotiations.queries.pins import newest_pin
from tests import factories as make
from tests.operations.desk import Desk, open_desk
from tests.queries.test_brief_permanence import default_clocks, pinned

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """Washington's position on cars rests on one statement alone."""
    desk = open_desk()
    desk.ids["status_change"] = desk.published("status_change")
    desk.ids["alone"] = desk.published("statement", paraphrase_en="Cars at fifteen.")
    desk.ids["position"] = desk.published("position", basis=[desk.ids["alone"]])
    return desk


def now(compose: Any) -> Any:
    return compose("talks", pin=newest_pin(default_clocks()))


def marked(told: Any) -> list[tuple[int, bool]]:
    """The statement that the position is cited from, and whether its endnote says it is gone."""
    notes = {note.number: note for note in told.notes}
    cited = [n for term in told.terms for one in term.positions for n in one.notes]
    return [(notes[n].statement, notes[n].retracted) for n in cited]


@pytest.mark.parametrize("compose", [brief, handover])
@pytest.mark.parametrize("pieces", [False, True])
def test_an_endnote_tells_that_its_statement_was_retracted_from_that_act_on(desk, compose, pieces):
    before = now(compose)
    assert marked(before) == [(desk.ids["alone"], False)]

    desk.retract("statement", desk.ids["alone"])
    if pieces:
        make.pieces()

    after = now(compose)
    assert [gone for _, gone in marked(after)] == [True]
    assert [note.retracted for note in after.notes].count(True) == 1
    assert encode(compose("talks", pin=pinned(before))) == encode(before)
    assert encode(compose("talks", pin=pinned(after))) == encode(after)


@pytest.mark.parametrize("compose", [brief, handover])
def test_what_another_statement_still_holds_up_is_cited_from_that(desk, compose):
    """Even from one that was corrected since, rather than from the one that is gone."""
    other = desk.published("statement", paraphrase_en="Fifteen it is.")
    desk.correct("position", desk.ids["position"], basis=[desk.ids["alone"], other])
    desk.retract("statement", desk.ids["alone"])
    desk.correct("statement", other, paraphrase_en="It is fifteen.")

    assert [gone for _, gone in marked(now(compose))] == [False]


def test_a_track_that_is_told_by_name_alone_says_so_too(shown, clocks):
    alone = make.StatementFactory(tracks=[shown.track])
    for number in range(40):
        track = make.TrackFactory(negotiation=shown.negotiation, slug=f"t{number}")
        make.StatusChangeFactory(
            track=track, headline_en="Word " * 40, effective_on=f"2025-09-{1 + number // 2:02}",
            basis=shown.quoted if number else alone,
        )  # fmt: skip
    others = brief("rok-us", pin=newest_pin(clocks)).others
    named = {one.track.slug: one.evidence_retracted for one in others}
    assert named["t0"] is False

    make.StatementFactory(supersedes=alone, withdrawn=True, tracks=[shown.track])

    others = brief("rok-us", pin=newest_pin(clocks)).others
    assert {one.track.slug: one.evidence_retracted for one in others} == {**named, "t0": True}
