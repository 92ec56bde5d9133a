"""Each kind of parameter: what it takes and what it refuses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from negotiations.api import parameters
from negotiations.api.parameters import Parameter, Unreadable


class Colour(StrEnum):
    """Two words."""

    RED = "red"
    BLUE = "blue"


SLUG = parameters.slug(name="slug", doc="", example="a")
NUMBER = parameters.number(name="limit", doc="", example=1, most=200, default=50)
DAY = parameters.day(name="from", doc="", example="")
CLOCK_DAY = parameters.clock_day(name="on", doc="", example="")
CLOCK = parameters.clock(name="known_by", doc="", example="")
WORD = parameters.word(name="colour", doc="", words=Colour, more=("none",))
SEVERAL = parameters.several(name="kind", doc="", valid=("a", "b"))


@pytest.mark.parametrize(
    ("parameter", "sent", "value"),
    [
        (SLUG, "currency-swap", "currency-swap"),
        (NUMBER, "1", 1),
        (NUMBER, "200", 200),
        (DAY, "2024-02-29", date(2024, 2, 29)),
        (CLOCK_DAY, "2025-10-05", "2025-10-05"),
        (CLOCK, "2025-10-05", "2025-10-05"),
        (CLOCK, "2025-10-05T09:00:00Z", "2025-10-05T09:00:00Z"),
        (CLOCK, "2025-10-05T09:00+09:00", "2025-10-05T09:00+09:00"),
        (CLOCK, "2025-10-05T09:00:00.5 09:00", "2025-10-05T09:00:00.5+09:00"),
        (WORD, "blue", "blue"),
        (WORD, "none", "none"),
        (SEVERAL, "b,a", ("b", "a")),
    ],
)
def test_takes(parameter: Parameter, sent: str, value: object) -> None:
    """What is written as described is read."""
    assert parameter.read(sent) == value


@pytest.mark.parametrize(
    ("parameter", "sent"),
    [
        (SLUG, "통화-스와프"),
        (SLUG, "a b"),
        (SLUG, "a\n"),
        (SLUG, "a" * 121),
        (NUMBER, "0"),
        (NUMBER, "201"),
        (NUMBER, "+1"),
        (NUMBER, "1.0"),
        (NUMBER, "01"),
        (NUMBER, "1_0"),
        (NUMBER, " 1"),
        (NUMBER, "٣"),
        (NUMBER, "9" * 5000),
        (DAY, "2025-02-29"),
        (DAY, "20251005"),
        (DAY, "2025-W40-7"),
        (DAY, "0001-01-01"),
        (DAY, "9001-01-01"),
        (CLOCK_DAY, "0999-12-31"),
        (CLOCK_DAY, "9999-12-31"),
        (DAY, "२०२५-१०-०५"),
        (CLOCK_DAY, "2025-10-05T09:00:00Z"),
        (CLOCK, "2025-10-05T09:00:00"),
        (CLOCK, "2025-10-05T25:00:00Z"),
        (CLOCK, "2025-10-05T09:00:00+99:00"),
        (CLOCK, "2025-10-05T09:00:00+18:45"),
        (CLOCK, "2025-10-05 09:00:00Z"),
        (CLOCK, "yesterday"),
        (WORD, "Red"),
        (SEVERAL, "a,a"),
        (SEVERAL, "a,"),
        (SEVERAL, "c"),
    ],
)
def test_refuses_in_both_languages(parameter: Parameter, sent: str) -> None:
    """Anything else is unreadable, and why is said in English and Korean."""
    with pytest.raises(Unreadable) as refused:
        parameter.read(sent)

    assert str(refused.value.why).isascii()
    assert any("가" <= letter <= "힣" for letter in refused.value.why.ko)


def test_words_name_what_is_valid() -> None:
    """A wrong word is answered with the right ones."""
    with pytest.raises(Unreadable, match="red, blue, none"):
        WORD.read("green")


@pytest.mark.parametrize("parameter", [SLUG, NUMBER, DAY, CLOCK, WORD, SEVERAL])
def test_schema_has_a_type(parameter: Parameter) -> None:
    """Every parameter describes what is sent."""
    assert "type" in parameter.schema or "anyOf" in parameter.schema
