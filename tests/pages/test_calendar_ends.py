"""No day that can be written breaks a page: what is out of reach is refused, all else answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from negotiations.queries.clocks import FIRST_DAY, LAST_DAY
from tests.pages.conftest import Reader
from tests.pages.scenes import scene
from tests.pages.test_every_page import PAGES, asking, path_of

pytestmark = pytest.mark.django_db
ENDS = (FIRST_DAY, LAST_DAY, date.min, date.max)
CLOCKS = ("on", "known_on", "known_by", "as_of")
# What a page takes beside the clocks that may be a day, or looks like one.
OWN = {
    **dict.fromkeys(("/rok-us/", "/rok-us/board.svg", "/rok-us/board.csv"), ("since", "until")),
    **dict.fromkeys(("/rok-us/compare/", "/rok-us/security/compare/"), ("from", "to", "since")),
    "/ledger/consistency/": ("from", "to"),
    "/search/": ("said_from", "said_to"),
    "/api/v1/negotiations/rok-us/lanes/": ("since", "until"),
    "/api/v1/negotiations/rok-us/comparison/": ("from", "to", "since"),
}
# Files are asked as pages are, and draw other things: one clock is enough for them.
FILES = (
    *(f"/rok-us/board.{form}" for form in ("svg", "csv", "png")),
    *(f"/rok-us/{name}.csv" for name in ("figures", "milestones")),
    *(f"/rok-us/{name}" for name in ("card.png", "security/card.png", "security/badge.svg")),
    *("/rok-us/brief.pdf", "/rok-us/handover.pdf", "/embed/rok-us/", "/embed/rok-us/security/"),
    *("/rok-us/citation.ris", "/api/v1/negotiations/rok-us/lanes/"),
    "/api/v1/negotiations/rok-us/comparison/",
)
# Ways of asking that set two days, or a day against a number.
TOGETHER = (
    *("/rok-us/?since={day}&until={day}", "/rok-us/compare/?from={day}&to={day}"),
    *("/rok-us/?since=1000-01-01&until={day}", "/rok-us/compare/?from=1000-01-01&on={day}"),
    *("/rok-us/compare/?since=1&on={day}", "/rok-us/compare/?from=x&on={day}"),
    *("/rok-us/compare/?to={day}&known_on=2025-10-14", "/rok-us/compare/?since=1&known_on={day}"),
    "/rok-us/security/compare/?since=1&on={day}",
    "/api/v1/negotiations/rok-us/comparison/?since=1&on={day}",
    "/rok-us/?since={day}&on=9000-12-31",
)


def addresses(paths: Iterable[str]) -> Iterator[str]:
    """Every page and file with each end of the calendar in each parameter that it takes."""
    for day in ENDS:
        yield from (asking(path, f"{name}={day}") for path in paths for name in CLOCKS)
        yield from (asking(path, f"on={day}") for path in FILES)
        yield from (f"{path}?{name}={day}" for path, names in OWN.items() for name in names)
        yield from (pattern.format(day=day) for pattern in TOGETHER)


# In the drills every address is asked, by default each seventh: clocks, days and languages in turn.
@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.drill)])
def test_the_ends_of_the_calendar_break_nothing(reader: Reader, stride: int) -> None:
    """One record for all of them."""
    shown = scene()
    paths = [path_of(path, shown) for _name, path, _clocked in PAGES]
    reader.client.raise_request_exception = False

    asked = list(dict.fromkeys(addresses(paths)))[::stride]
    # Every second one in Korean, which has words for dates of its own.
    told = {
        path: reader.get(f"/ko{path}" if n % 2 and not path.startswith("/api") else path)
        for n, path in enumerate(asked)
    }

    assert {path for path, answer in told.items() if answer.status_code >= 500} == set()
    assert {answer.status_code for answer in told.values()} == {200, 400, 404}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        *((name, "0999-12-31") for name in (*CLOCKS, "since", "until")),
        *((name, "9001-01-01") for name in ("on", "since", "until")),
    ],
)
def test_a_day_out_of_reach_is_refused_in_words(reader: Reader, name: str, day: str) -> None:
    scene()

    lead = reader.read(f"/rok-us/?{name}={day}", status=400).one("p", class_="lead").words

    assert "days from 1000-01-01 to 9000-12-31 can be asked about" in lead
    korean = reader.read(f"/ko/rok-us/?{name}={day}", status=400).one("p", class_="lead").words
    assert "1000-01-01부터 9000-12-31까지의 날짜만 물을 수 있습니다" in korean


@pytest.mark.parametrize("day", ["1000-01-01", "9000-12-31"])
def test_the_ends_themselves_are_answered(reader: Reader, day: str) -> None:
    scene()

    assert reader.get(f"/rok-us/?on={day}").status_code == 200
    offered = reader.read(f"/rok-us/?on={day}").within("main", "a")
    since = [a.attributes["href"] for a in offered if "since=" in a.attributes["href"]]
    assert len(since) > 2
    assert [href for href in since if reader.get(href).status_code != 200] == []
