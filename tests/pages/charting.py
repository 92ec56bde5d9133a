"""Figures as charts are drawn of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from negotiations.pages.chart_parts import StepChart
from negotiations.pages.stepcharts import charts, time_scale
from negotiations.queries.shapes import FigureLine, FigureStep, PartyRef

PARTIES = ("KR", "US", "KP", "JP", "CN")
START, ON = date(2025, 7, 1), date(2025, 10, 14)


def party(code: str) -> PartyRef:
    """A party with a capital."""
    capital = {"KR": "Seoul", "US": "Washington"}.get(code, f"Capital {code}")
    return PartyRef(code=code, name_en=code, name_ko=code, capital_en=capital, capital_ko=capital)


def step(day: int, amount: object, *, until: int | None = None, **members: Any) -> FigureStep:
    """A position from so many days after the first on."""
    since = START + timedelta(days=day)
    source = SimpleNamespace(publisher=SimpleNamespace(name_en="Paper", name_ko="신문"))
    said = SimpleNamespace(
        id=1, source=source, speaker=SimpleNamespace(name_en="Cho", name_ko="조현")
    )
    given: dict[str, Any] = {
        "amount": None if amount is None else Decimal(str(amount)),
        "amount_to": None,
        "qualifier": "exactly",
        "standing": "announced",
        "figure_en": str(amount),
        "figure_ko": str(amount),
        "effective_on": since.isoformat(),
        "effective_lower": since,
        "effective_upper": since,
        "basis": (said,),
        "according_to": party("KR"),
        "term": SimpleNamespace(unit="percent"),
        **members,
    }
    position: Any = SimpleNamespace(**given)
    return FigureStep(
        position=position,
        since=since,
        until=None if until is None else START + timedelta(days=until),
    )


def line(code: str, *steps: FigureStep, legal: bool = False) -> FigureLine:
    """What a party said."""
    return FigureLine(party=party(code), legal=legal, steps=steps, cut=False)


def term(*lines: FigureLine, unit: str = "percent", apart: tuple[Any, ...] = ()) -> Any:
    """A numeric term."""
    return SimpleNamespace(numeric=True, unit=unit, lines=lines, contested=apart)


def draw(*terms: Any, on: date = ON) -> tuple[StepChart, ...]:
    """The charts of one track."""
    track: Any = SimpleNamespace(terms=terms)
    figures: Any = SimpleNamespace(tracks=(track,), clocks=SimpleNamespace(on=on))
    scale = time_scale(figures)
    assert scale is not None
    spoken = [line.party.code for term in terms for line in term.lines]
    parties = [party(code) for code in dict.fromkeys((*PARTIES, *spoken))]
    return charts(track, scale, on=on, parties=parties)
