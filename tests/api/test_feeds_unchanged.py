"""An item never changes: whatever becomes of its row and of the names in it, its bytes stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from negotiations import operations
from tests.api.feed_desk import fill
from tests.api.office import Office
from tests.operations.desk import Desk, capture
from tests.operations.test_mending import mend
from tests.reading import ReadingClient
from tests.standing import undone

pytestmark = pytest.mark.django_db
ITEM = {"atom": re.compile(rb"<entry>.*?</entry>"), "rss": re.compile(rb"<item>.*?</item>")}
NAME = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
Told = dict[tuple[str, bytes], bytes]
Rows = dict[str, int]
OTHER: dict[str, dict[str, Any]] = {
    "party": {"name_en": "X", "name_ko": "X", "capital_en": "X", "capital_ko": "X"},
    "negotiation": {"title_en": "X", "title_ko": "X"},
    "track": {"title_en": "X", "title_ko": "X", "position": 9},
    "term": {"name_en": "X", "name_ko": "X"},
    "person": {"name_en": "X", "name_ko": "X"},
    "office": {"title_en": "X", "title_ko": "X"},
    "publisher": {"name_en": "X", "name_ko": "X"},
}


def told() -> Told:
    """Every item of every feed, as bytes, by the feed and its name."""
    client = ReadingClient()
    found = {}
    for address in ("/feed.", "/ko/feed.", "/parties/KR/feed."):
        for form in ("atom", "rss", "json"):
            body = client.get(f"{address}{form}?limit=200").content
            if form == "json":
                for one in json.loads(body)["items"]:
                    found[address + form, one["id"].encode()] = json.dumps(one).encode()
            else:
                for each in ITEM[form].findall(body):
                    found[address + form, NAME.findall(each)[0]] = each
    return found


def rows(desk: Desk) -> Rows:
    """One published row of every noun, and a statement in the words of an office."""
    fill(desk, 1)
    desk.published("statement", speaker="", voice_en="", voice_ko="", said_on="2025-10-01")
    published = {noun: desk.published(noun) for noun in ("source", "statement", "milestone")}
    for noun in ("status_change", "position", "linkage"):
        published[noun] = desk.published(noun)
    return published


@pytest.fixture(scope="module")
def filled(opened_office: Office, django_db_blocker: Any) -> Iterator[tuple[Office, Rows, Told]]:
    """The office with its rows and what feeds tell of them, before each test."""
    with undone(django_db_blocker):
        published = rows(opened_office.desk)
        yield opened_office, published, told()


@pytest.fixture
def desk(filled: tuple[Office, Rows, Told], django_db_blocker: Any) -> Iterator[Desk]:
    """The desk of that office; what a test does there is undone after it."""
    with undone(django_db_blocker):
        yield deepcopy(filled[0].desk)


@pytest.fixture
def published(filled: tuple[Office, Rows, Told]) -> Rows:
    """The rows, by their nouns."""
    return filled[1]


@pytest.fixture
def before(filled: tuple[Office, Rows, Told]) -> Told:
    """What feeds tell of them."""
    return filled[2]


@pytest.mark.parametrize("by", ["correct", "retract"])
def test_an_item_is_to_the_byte_the_same_after_its_row_is_put_right(
    desk: Desk, published: Rows, before: Told, by: str
) -> None:
    other: dict[str, dict[str, Any]] = {
        "source": {"title": "X"}, "statement": {"paraphrase_en": "X"},
        "status_change": {"headline_en": "X"}, "position": {"amount": "99"},
        "linkage": {"kind": "conditional_on"}, "milestone": {"due_on": "2025-12-01"},
    }  # fmt: skip
    for noun, row in published.items():
        if by == "retract":
            desk.retract(noun, row)
        else:
            desk.correct(noun, row, **other[noun])
    capture(desk, desk.ids["source"], text="Another text.")
    after = told()
    assert {key: after.get(key) for key in before} == before
    assert len(after) > len(before)


def test_an_item_keeps_the_names_that_it_was_told_with(desk: Desk, before: Told) -> None:
    """Of everything that has one, twice; the items that differ name what was mended."""
    for noun, names in OTHER.items():
        mend(desk, noun, names)
    between = told()
    for noun, names in OTHER.items():
        mend(desk, noun, {name: "Y" for name in names if name != "position"})
    after = told()
    assert {key: between.get(key) for key in before} == before
    assert {key: after.get(key) for key in between} == between


def test_what_is_told_later_has_the_later_name(desk: Desk) -> None:
    desk.published("statement")
    mend(desk, "person", {"name_en": "Cho Hyun"})
    desk.published("statement", said_on="2025-10-02")
    told_as = [one["title"] for one in json.loads(
        ReadingClient().get("/feed.json?noun=statement&limit=2").content)["items"]]  # fmt: skip
    assert told_as == ["Cho Hyun – Reports: They are close.", "Cho – Reports: They are close."]


def test_an_item_keeps_its_bytes_when_its_publisher_is_graded(desk: Desk, before: Told) -> None:
    desk.act(operations.grade_publisher, publisher="paper", reliability="E",
             graded_on=date(2025, 1, 2))  # fmt: skip
    after = told()
    assert {key: after.get(key) for key in before} == before
