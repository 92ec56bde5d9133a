"""What a step chart is made of, ready to be written by a template; lengths are in SVG units."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.pages.axes import AxisMark
from negotiations.queries.shapes import FigureLine, PositionRecord, TermFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step: where its shape stands, how far its date and its amount reach, what it says.

    `vague` is the span of a vague date (x, width), `arrow` tells that the figure is a bound;
    from `target_x` and `target_y` on it can be touched, 24 wide and high.
    """

    position: PositionRecord
    x: float
    y: float
    left: float
    top: float
    vague: tuple[float, float] | None
    arrow: str
    told: str
    target_x: float
    target_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a line at one amount, with the riser to it; `band`: the height of a range.

    `weight` is the width of its stroke: the firmer, the broader.
    """

    path: str
    weight: float
    x: float
    y: float
    width: float
    band: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Whose line it is and what it says last; `leader` joins it to the end of the line."""

    who: str
    what: str
    y: float
    leader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """One party's line, which looks alike in every chart.

    `place` is the party's among all, `number` that of its looks, `dashes` tell it from others.
    """

    line: FigureLine
    place: int
    number: int
    dashes: str
    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    label: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hatch:
    """A contested stretch; `worded`: there is room for the word."""

    x: float
    width: float
    worded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A line of the grid with its amount."""

    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChart:
    """The chart of one numeric term."""

    term: TermFigures
    width: int
    height: int
    left: int
    right: int
    foot: int
    now_x: float
    break_x: float | None
    unit: str
    levels: tuple[Level, ...]
    axis: tuple[AxisMark, ...]
    hatches: tuple[Hatch, ...]
    lines: tuple[DrawnLine, ...]

    @property
    def cut(self) -> bool:
        """Whether older steps of a line are left out."""
        return any(drawn.line.cut for drawn in self.lines)
