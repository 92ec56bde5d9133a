"""What differs between two states of a track: pure, and the same seen from either side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.contrasts import Contrast, HeldState, Pair, contrast
from negotiations.queries.milestones import Due
from negotiations.queries.readings import HeardReading

DAY = date(2025, 10, 1)
_days = st.integers(0, 5).map(lambda n: DAY + timedelta(days=n))
_ids = st.integers(1, 4)
STAGES = ("mooted", "negotiating", "signed")


def heard(pk: int) -> HeardReading:
    """A reading, which says the same whenever it is the same row."""
    stage = STAGES[pk % 3]
    momentum = ("steady", "stalled")[pk % 2]
    return HeardReading(pk, (), stage, momentum, "oral", "2025-10-01", DAY, "They talk", "협상 중")


def due(pk: int, slug: str = "apec") -> Due:
    """The row of a milestone; the first ones are open."""
    day = DAY + timedelta(days=pk)
    return Due(pk, "open" if pk < 4 else "met", day, day, (1,), (), slug)


_heard = st.none() | _ids.map(heard)
_slugs = st.sampled_from(["apec", "visit", "deadline"])
helds = st.builds(
    HeldState,
    on=_days,
    desk=_heard,
    voices=st.dictionaries(st.integers(1, 3), _heard, max_size=3),
    positions=st.dictionaries(st.tuples(_ids, _ids, st.booleans()), _ids, max_size=4),
    linkages=st.dictionaries(st.tuples(_ids, _ids, st.none() | _ids), _ids, max_size=4),
    milestones=st.dictionaries(_slugs, _ids, max_size=3).map(
        lambda rows: {slug: due(pk, slug) for slug, pk in rows.items()}
    ),
    accounts=st.dictionaries(st.tuples(_slugs, _slugs, _ids), _ids, max_size=4),
)
KINDS = ("readings", "positions", "linkages", "milestones", "accounts")


def turned(one: Contrast) -> dict[str, Any]:
    """The same seen from the other side, whatever the order of the pairs."""
    words = {name: Pair(pair.after, pair.before) for name, pair in one.words.items()}
    return {"words": words} | {
        kind: sorted(((p.after, p.before) for p in getattr(one, kind)), key=repr) for kind in KINDS
    }


def straight(one: Contrast) -> dict[str, Any]:
    """As it is, in the same form."""
    return {"words": dict(one.words)} | {
        kind: sorted(((p.before, p.after) for p in getattr(one, kind)), key=repr) for kind in KINDS
    }


@given(held=helds)
def test_nothing_differs_from_itself(held: HeldState) -> None:
    assert not contrast(held, held)


@given(before=helds, after=helds)
def test_turned_round_every_pair_is_turned_round(before: HeldState, after: HeldState) -> None:
    assert straight(contrast(after, before)) == turned(contrast(before, after))


@given(before=helds, after=helds)
def test_what_differs_is_what_stands_in_one_place_on_one_side_only(
    before: HeldState, after: HeldState
) -> None:
    found = contrast(before, after)
    for kind in ("positions", "linkages", "accounts"):
        was, now = getattr(before, kind), getattr(after, kind)
        same = {place for place in was if now.get(place) == was[place]}
        assert len(getattr(found, kind)) == len({*was, *now} - same)
        assert found.ids(kind, "before") == {was[place] for place in {*was} - same}
        assert found.ids(kind, "after") == {now[place] for place in {*now} - same}


def test_a_party_that_speaks_at_last_changes_what_they_come_to() -> None:
    before = HeldState(on=DAY, desk=heard(1), voices={1: heard(1), 2: None})
    after = HeldState(on=DAY, desk=heard(1), voices={1: heard(1), 2: heard(3)})
    found = contrast(before, after)
    assert found.readings == (Pair(None, 3),)
    assert found.words == {
        "agreement": Pair("one_sided", "contested"),
        "floor": Pair("negotiating", "mooted"),
    }


def test_a_new_row_that_says_the_same_is_told() -> None:
    found = contrast(HeldState(on=DAY, desk=heard(1)), HeldState(on=DAY, desk=heard(7)))
    assert (found.words, found.readings) == ({}, (Pair(1, 7),))


def test_a_day_that_passed_without_an_outcome_is_told() -> None:
    milestones = {"apec": due(2)}
    before = HeldState(on=DAY + timedelta(days=2), milestones=milestones)
    passed = HeldState(on=DAY + timedelta(days=3), milestones=milestones)
    assert contrast(before, passed).milestones == (Pair(2, 2),)
    assert not contrast(passed, HeldState(on=DAY + timedelta(days=9), milestones=milestones))


def test_a_milestone_with_an_outcome_does_not_pass() -> None:
    milestones = {"apec": due(4)}
    sides = (HeldState(on=DAY + timedelta(days=n), milestones=milestones) for n in (0, 30))
    assert not contrast(*sides)
