"""Ties and common moves, as they are drawn between lanes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from negotiations.pages.axes import Scale
from negotiations.pages.connectors import drawn_moves, drawn_ties
from negotiations.pages.sheets import BASELINE, HEAD, PITCH
from negotiations.queries.shapes import Move, TrackRef

DAY = date(2025, 10, 1)
TRACKS = [TrackRef(negotiation="n", slug=s, title_en=s, title_ko=s) for s in ("a", "b", "c")]
SCALE = Scale(anchors=((date(2025, 9, 1), 0), (date(2025, 10, 31), 600)))
HINTS: Any = SimpleNamespace(
    on=date(2025, 10, 31), linkage=lambda _: "hint", move=lambda *_: "hint", moved=lambda _: "told"
)


def tie(start: int, end: int, **members: Any) -> Any:
    """A word on a tie between two of the tracks."""
    told = {"kind": "conditional_on", "standing": "asserted", **members}
    bounds = {"effective_lower": DAY, "effective_upper": DAY}
    return SimpleNamespace(from_track=TRACKS[start], to_track=TRACKS[end], **bounds, **told)


def draw(*ties: Any, moves: tuple[Move, ...] = ()) -> Any:
    """Lanes with these."""
    lanes = tuple(SimpleNamespace(track=track, bands=()) for track in TRACKS)
    return SimpleNamespace(lanes=lanes, linkages=ties, moves=moves)


def test_a_tie_leads_from_lane_to_lane_at_its_date():
    (down,) = drawn_ties(draw(tie(0, 2)), SCALE, HINTS)
    (up,) = drawn_ties(draw(tie(2, 0)), SCALE, HINTS)
    first, third = HEAD + BASELINE, HEAD + 2 * PITCH + BASELINE
    assert (down.start, down.stop) == (first + 4, third - 4)
    assert (up.start, up.stop) == (third - 4, first + 4)
    assert down.line == f"M{down.x} {down.start}V{down.stop}"
    assert SCALE.x(DAY) - 7 < down.x < SCALE.x(DAY)


def test_ties_of_one_day_stand_beside_each_other():
    places = [drawn.x for drawn in drawn_ties(draw(*[tie(0, 1)] * 5), SCALE, HINTS)]
    assert all(one - other >= 5 for one, other in pairwise(places))


def test_each_standing_has_a_shape_of_its_own():
    shapes = [
        drawn_ties(draw(tie(0, 1, **members)), SCALE, HINTS)[0]
        for members in (
            {},
            {"standing": "denied"},
            {"standing": "ended"},
            {"kind": "decoupled_from"},
            {"kind": "packaged_with"},
        )
    ]
    assert len({(one.line, one.ends, one.standing) for one in shapes}) == 5
    assert [one.mutual for one in shapes] == [False, False, False, True, True]


@pytest.mark.parametrize("day", [date(2025, 8, 31), date(2025, 11, 1)])
def test_what_is_outside_the_period_is_not_drawn(day):
    shown = draw(moves=(Move(on=day, tracks=tuple(TRACKS[:2]), statement=None),))
    assert drawn_moves(shown, SCALE, HINTS) == ()


def test_a_move_has_a_dot_on_each_of_its_lanes():
    move = Move(on=DAY, tracks=(TRACKS[2], TRACKS[0]), statement=7)
    (drawn,) = drawn_moves(draw(moves=(move,)), SCALE, HINTS)
    assert drawn.dots == (HEAD + BASELINE + 3, HEAD + 2 * PITCH + BASELINE + 3)
    assert (drawn.same_words, drawn.anchor) == (True, "moved-1")
