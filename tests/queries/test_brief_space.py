"""How much of a brief is told: as much as a page holds, each part by its share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from negotiations.queries.brief_space import Part, Space, chosen, lines, width


def part(heights: list[float], share: float) -> Part:
    return Part(wanted=heights, share=share, height=lambda one: one, cited=lambda _: ())


def test_what_a_part_leaves_of_its_share_goes_to_the_others() -> None:
    parts = {"few": part([10], 0.5), "many": part([10] * 20, 0.5)}

    told = chosen(parts, Space(100))
    assert {name: len(one) for name, one in told.items()} == {"few": 1, "many": 9}


def test_what_is_spared_is_left_for_something_else() -> None:
    space = Space(100)

    assert len(chosen({"many": part([10] * 20, 1)}, space, spare=30)["many"]) == 7
    assert space.left == 30


def test_an_endnote_takes_room_once() -> None:
    said: Any = SimpleNamespace(
        id=1, quotation=None, paraphrase_en="They met.", paraphrase_ko="만났다.", place_en="",
        place_ko="",
        speaker=SimpleNamespace(name_en="A", name_ko="가", office_en="", office_ko=""),
        source=SimpleNamespace(
            id=1, title="Title", publisher=SimpleNamespace(name_en="P", name_ko="피")
        ),
    )  # fmt: skip
    space = Space(100)
    both = Part(wanted=[1, 1], share=1, height=lambda _: 10, cited=lambda _: (said,))
    first, second = (space.take(both, one, most=100) or 0 for one in both.wanted)

    assert first > second == 10


@given(st.lists(st.lists(st.floats(1, 50), max_size=12), min_size=1, max_size=4), st.floats(0, 200))
def test_the_room_is_never_overrun_and_order_is_kept(heights: list[list[float]], most: float):
    parts = {str(number): part(sorted(one), 1 / len(heights)) for number, one in enumerate(heights)}
    told = chosen(parts, Space(most))

    assert sum(map(sum, told.values())) <= most + 1e-6
    assert all(one == sorted(one) for one in told.values())


def test_a_syllable_of_hangul_is_as_wide_as_two_letters() -> None:
    assert (width("ab"), width("가나")) == (2, 4)
    assert lines(60, 60) < lines(61, 60) == 2 * lines(61, 60, columns=2)
