"""Figures over time: a step chart of every numeric term, what others say in words; to take away."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from negotiations.pages.chart_parts import DrawnLine, StepChart
from negotiations.pages.figure_rows import as_csv
from negotiations.pages.frames import address, language_now
from negotiations.pages.looks import with_looks
from negotiations.pages.page import Context, file, page
from negotiations.pages.questions import Question
from negotiations.pages.stepcharts import charts, time_scale
from negotiations.queries import positions
from negotiations.queries.healths import healths_of
from negotiations.queries.shapes import Figures, FigureStep, PartyRef, TermFigures, TrackRef
from negotiations.refusals import Refusal

# What a picture that stands alone has above and below its chart.
_AROUND = 74


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A term that is said in words only: its steps by date, each with who took it."""

    term: TermFigures
    steps: tuple[tuple[PartyRef, FigureStep], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The terms of one track: charts of figures, then what is said in words."""

    track: TrackRef
    charts: tuple[StepChart, ...]
    worded: tuple[Worded, ...]


@page(
    "figures/figures.html",
    twin="/api/v1/negotiations/{negotiation}/figures/",
    twin_takes=("track",),
    takes=("track",),
)
def figures(question: Question, *, negotiation: str) -> Context:
    """All terms of a negotiation over time; `track` narrows them to those of one."""
    track = question.parameter("track")
    told = positions.figures(negotiation, clocks=question.clocks, track=track)
    drawn = groups(told)
    return {
        "figures": told,
        "healths": healths_of(told, clocks=question.clocks),
        "groups": drawn,
        "keys": party_keys(drawn),
        "track": next((one.track for one in told.tracks if one.track.slug == track), None),
        "narrowed": bool(track),
        "today": not question.given,
    }


@file("text/csv; charset=utf-8", takes=("track",), name="{negotiation}-figures.csv")
def figures_csv(question: Question, *, negotiation: str) -> bytes:
    """Every step of every term as a row."""
    told = positions.figures(negotiation, clocks=question.clocks, track=question.parameter("track"))
    return as_csv(told, root=question.root)


@file("image/svg+xml", takes=("track",), name="{negotiation}-{track}-{term}.svg")
def figure_svg(question: Question, *, negotiation: str, track: str, term: str) -> bytes:
    """One chart as a picture that stands alone; refuses `not_found` where there is none.

    Its axis of time is that of the page that it was taken from: with the parameter `track` that of
    the charts of one track.
    """
    narrowed = question.parameter("track")
    told = positions.figures(negotiation, clocks=question.clocks, track=narrowed)
    group = next((one for one in groups(told) if one.track.slug == track), None)
    chart = next((one for one in group.charts if one.term.slug == term), None) if group else None
    if group is None or chart is None:
        raise Refusal("not_found")
    context = {
        "chart": chart,
        "figures": told,
        "track": group.track,
        "language": language_now(),
        "root": question.root,
        "query": question.fixed_query + (f"&track={narrowed}" if narrowed else ""),
        "address": address(question, "figures", negotiation=negotiation),
        "tall": chart.height + _AROUND,
    }
    return with_looks(render_to_string("figures/figure_svg.html", context)).encode()


def groups(figures: Figures) -> tuple[Group, ...]:
    """The terms by track, all charts on one axis of time."""
    scale = time_scale(figures)
    if scale is None:
        return ()
    return tuple(
        Group(
            track=one.track,
            charts=charts(one, scale, on=figures.clocks.on, parties=figures.parties),
            worded=tuple(_worded(term) for term in one.terms if not term.numeric),
        )
        for one in figures.tracks
    )


def party_keys(groups: tuple[Group, ...]) -> tuple[DrawnLine, ...]:
    """A line of each party that is drawn at all, in the order of the parties."""
    lines = [line for one in groups for chart in one.charts for line in chart.lines]
    bargained = {line.line.party.code: line for line in lines if not line.line.legal}
    return tuple(sorted(bargained.values(), key=lambda line: line.place))


def _worded(term: TermFigures) -> Worded:
    steps = [(line.party, step) for line in term.lines for step in line.steps]
    steps.sort(key=lambda one: (one[1].since, one[1].position.ledger_number))
    return Worded(term=term, steps=tuple(steps))
