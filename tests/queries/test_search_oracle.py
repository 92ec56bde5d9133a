"""Searches held against a naive reading of the same texts: what matches, in which order, in pages.

The steps and the most hits are made small, so that a few dozen rows go through walks, the index,
windows of months and vague dates at the edge of a range.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from negotiations.models import Clocks, Statement
from negotiations.queries import search_rows
from negotiations.queries.search import Asked, search
from negotiations.queries.statements import StatementFilters
from tests import factories as make
from tests.factories import clocks_at
from tests.standing import undone

pytestmark = pytest.mark.django_db
EXAMPLES = 4_000 if os.environ.get("PARLEY_HYPOTHESIS") == "deep" else 50
FEW = EXAMPLES // 4
CALM = settings(
    deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
# Every form of a word, by what is typed.
FORMS = {
    "tariff": ("tariff", "tariffs"),
    "talking": ("talk", "talks", "talking"),
    "swap": ("swap", "swaps"),
    "deal": ("deal",),
}
HANGUL = ("관세", "통화스와프", "화스", "세율", "관세율", "스와")
WORDS = (
    *(form for forms in FORMS.values() for form in forms),
    "관세",
    "통화스와프",
    "관세율을",
    "세율이",
)
PHRASES = tuple((one, other) for one in FORMS for other in FORMS)
START = date(2025, 1, 15)
terms = st.one_of(st.sampled_from(tuple(FORMS)), st.sampled_from(HANGUL), st.sampled_from(PHRASES))


@dataclass(frozen=True)
class World:
    """The statements, as the oracle reads them: id to (texts, negotiations, party)."""

    said: dict[int, tuple[list[list[str]], set[str], str]]


def _texts(random: Random) -> list[list[str]]:
    return [random.choices(WORDS, k=random.randint(1, 5)) for _ in range(2)]


def _make(random: Random) -> World:
    talks = {slug: make.NegotiationFactory(slug=slug) for slug in ("one", "two")}
    tracks = {slug: make.TrackFactory(negotiation=row, slug="t") for slug, row in talks.items()}
    codes = {code: make.PartyFactory(code=code) for code in ("KR", "US")}
    source, said, before = make.SourceFactory(), {}, None
    for n in range(45):
        lower = START + timedelta(days=random.randint(0, 200))
        upper = lower + timedelta(days=random.choice((0, 0, 0, 20, 90)))
        held = {"one"} if n % 3 else {"one", "two"} if n % 2 else {"two"}
        texts, code = _texts(random), random.choice(tuple(codes))
        members: dict[str, Any] = {
            "paraphrase_en": ", ".join(" ".join(texts[0]).split("|")),
            "paraphrase_ko": " ".join(texts[1]),
            "said_on": str(lower), "said_lower": lower, "said_upper": upper,
            "known_on": START + timedelta(days=random.randint(0, 220)),
            "tracks": [tracks[slug] for slug in held], "parties": [codes[code]],
            "source": source,
        }  # fmt: skip
        if before is not None and n % 5 == 0:
            members |= {"supersedes": before, "withdrawn": n % 10 == 0}
        before = make.StatementFactory(**members)
        said[before.pk] = (texts, held, code)
    make.StatementFactory(paraphrase_en=" ".join(WORDS), published_at=None, source=source)
    return World(said)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001
    """One record for all examples."""
    with undone(django_db_blocker):
        yield _make(Random(7))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bound within reach of a few rows."""
    monkeypatch.setattr(search_rows, "STEPS", (3, 4, 5))
    monkeypatch.setattr(search_rows, "MOST_WALKED", 14)
    monkeypatch.setattr(search_rows, "MOST_HITS", 2)


def holds(texts: list[list[str]], term: Any) -> bool:
    """Whether a term stands in one of the texts."""
    if isinstance(term, tuple):
        return any(
            left in FORMS[term[0]] and right in FORMS[term[1]]
            for text in texts
            for left, right in pairwise(text)
        )
    if term in FORMS:
        return any(word in FORMS[term] for text in texts for word in text)
    return any(term in word for text in texts for word in text)


def typed(term: Any) -> str:
    """The term as it is typed."""
    return f'"{" ".join(term)}"' if isinstance(term, tuple) else term


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Words, exclusions, filters, clocks and the size of a page."""
    days = st.integers(0, 230).map(lambda n: START + timedelta(days=n))
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first is not None and last is not None:
        first, last = min(first, last), max(first, last)
    return {
        "wanted": draw(st.lists(terms, min_size=1, max_size=2)),
        "without": draw(st.lists(terms, max_size=1)),
        "negotiation": draw(st.sampled_from((None, "one", "two"))),
        "party": draw(st.sampled_from((None, None, "KR"))),
        "said_from": first,
        "said_to": last,
        "on": draw(st.just(date(2026, 1, 1)) | days),
        "known_by": draw(st.just(date(2026, 1, 1)) | days),
        "limit": draw(st.sampled_from((1, 2, 3, 50))),
    }


def expected(world: World, asked: dict[str, Any], clocks: Clocks) -> list[int]:
    """What is found, read row by row."""
    found = []
    for row in Statement.objects.visible(clocks):
        texts, held, code = world.said[row.pk]
        first, last = asked["said_from"] or date.min, asked["said_to"] or date.max
        if (
            all(holds(texts, term) for term in asked["wanted"])
            and not any(holds(texts, term) for term in asked["without"])
            and asked["negotiation"] in (None, *held)
            and asked["party"] in (None, code)
            and row.said_lower <= min(last, clocks.on)
            and row.said_upper >= first
        ):
            found.append(((row.said_lower, row.said_upper, row.ledger_number), row.pk))
    return [pk for _, pk in sorted(found, reverse=True)]


@pytest.mark.usefixtures("small")
@given(asked=questions())
@settings(CALM, max_examples=FEW)
def test_pages_are_what_a_naive_reader_finds(world: World, asked: dict[str, Any]) -> None:
    """By date exactly, in pages of any size; by relevance the same rows."""
    _agree(world, asked)


@pytest.mark.drill
@pytest.mark.usefixtures("small")
@given(asked=questions())
@settings(CALM, max_examples=EXAMPLES)
def test_so_they_are_for_many_more_questions(world: World, asked: dict[str, Any]) -> None:
    _agree(world, asked)


def _agree(world: World, asked: dict[str, Any]) -> None:
    clocks = clocks_at(str(asked["on"]), known_by=str(asked["known_by"]))
    q = " ".join([*map(typed, asked["wanted"]), *(f"-{typed(term)}" for term in asked["without"])])
    filters = StatementFilters(
        **{name: asked[name] for name in ("negotiation", "party", "said_from", "said_to")}
    )
    for sort in ("date", "relevance"):
        found: list[int] = []
        cursor = None
        while True:
            page = search(
                Asked(q=q, sort=sort, filters=filters),
                clocks=clocks, limit=asked["limit"], cursor=cursor,
            )  # fmt: skip
            found += [int(one.id) for one in page.results]
            if (cursor := page.next) is None:
                break
        right = expected(world, asked, clocks)
        assert (found if sort == "date" else sorted(found)) == (
            right if sort == "date" else sorted(right)
        ), q


def test_every_branch_is_taken(world: World, small: None) -> None:  # noqa: ARG001
    """Else the oracle would prove little: walks, the index and its windows were all asked."""
    asked: list[str] = []

    def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        asked.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        for q in ("tariff", "관세", "tariff swap", "화스"):
            search(
                Asked(q=q, filters=StatementFilters(said_from=START + timedelta(days=30))),
                clocks=clocks_at("2026-01-01"),
            )
    told = "\n".join(asked)
    assert "ORDER BY lower DESC, upper DESC, ledger_number DESC LIMIT" in told
    assert "WITH hit AS MATERIALIZED" in told
    assert "#m2025" in told
    assert "AND lower < DATE" in told
