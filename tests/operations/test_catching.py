"""What feeds caught becomes clippings: each item once, prints of one story folded into one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from negotiations.models import Clipping, Feed, Keyword, Reprint
from negotiations.operations.catching import Caught, take_in
from tests import factories as make

NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
STORY = (
    "Seoul and Washington are close to an agreement on the currency swap, the national security"
    " adviser said on Monday, adding that the two sides still differ over the terms of the"
    " investment that was promised in July and over who decides where the money goes."
)
ITEM = Caught(
    key="urn:1", url="https://wire.example/1", title="Talks close to the end, adviser says",
    text=STORY,
)  # fmt: skip


def _feed(**given: Any) -> Feed:
    number = Feed.objects.count()
    columns = {
        "kind": "feed", "url": f"https://wire.example/{number}", "url_sha256": f"{number:064}",
        "added_at": NOW, **given,
    }  # fmt: skip
    if "negotiation" not in columns:
        columns["negotiation"] = make.NegotiationFactory()
    officer = make.OfficerFactory(username=f"of-feed-{number}")
    return Feed.objects.create(**columns, added_by=officer)


@pytest.fixture
def feed(db: None) -> Feed:  # noqa: ARG001
    """A feed of a negotiation."""
    return _feed()


def _take(feed: Feed, *items: Caught, now: datetime = NOW) -> int:
    return take_in(feed=feed.pk, items=items, now=now)


def _counts() -> list[int]:
    return [clipping.reprints.count() for clipping in Clipping.objects.order_by("pk")]


def test_an_item_becomes_a_clipping_with_what_it_proposes(feed: Feed) -> None:
    track = make.TrackFactory(negotiation=feed.negotiation, slug="currency-swap")
    Keyword.objects.create(track=track, word="currency swap")
    person = make.PersonFactory(name_en="Wi Sung-lac", aliases=["national security adviser"])
    assert _take(feed, replace(ITEM, published_at=NOW, language="en")) == 1
    row = Clipping.objects.get()
    assert (row.url, row.title, row.text, row.language, row.published_at, row.state) == (
        ITEM.url, ITEM.title, STORY, "en", NOW, "new",
    )  # fmt: skip
    assert row.proposed_tracks == [{"track": "currency-swap", "words": ["currency swap"]}]
    assert row.proposed_speakers == [{"person": person.slug, "word": "national security adviser"}]


def test_an_item_is_taken_in_once_whatever_it_says_later(feed: Feed) -> None:
    assert _take(feed, ITEM, ITEM) == 1
    assert _take(feed, replace(ITEM, title="Something else", url="https://wire.example/2")) == 0
    assert _counts() == [1]


def test_another_guid_at_the_same_address_is_the_same_story(feed: Feed) -> None:
    _take(feed, ITEM)
    assert _take(feed, replace(ITEM, key="urn:2", title="All new", text="Nothing alike.")) == 1
    assert _counts() == [2]


def test_twelve_reprints_of_one_story_are_one_clipping(feed: Feed) -> None:
    papers = [_feed(negotiation=feed.negotiation) for _ in range(12)]
    for number, paper in enumerate(papers):
        story = f"{STORY} Copyright Paper {number}."
        url = f"https://paper-{number}.example/"
        _take(paper, replace(ITEM, url=url, title=f"Swap talks, print {number}", text=story))
    assert _counts() == [12]


def test_the_same_title_within_three_days_is_the_same_story(feed: Feed) -> None:
    _take(feed, ITEM)
    other = replace(ITEM, key="urn:2", url="https://paper.example/", text="An own summary.")
    _take(feed, other, now=NOW + timedelta(days=2))
    later = replace(other, key="urn:3", url="https://paper.example/3")
    _take(feed, later, now=NOW + timedelta(days=6))
    assert _counts() == [2, 1]


def test_a_title_that_says_little_tells_no_story(feed: Feed) -> None:
    for number, text in enumerate(("One thing was said.", "Quite another was done today.")):
        url = f"https://ministry.example/{number}"
        _take(feed, Caught(key=url, url=url, title="Daily briefing", text=text))
    assert _counts() == [1, 1]


def test_the_same_story_of_another_negotiation_is_its_own_clipping(feed: Feed) -> None:
    _take(feed, ITEM)
    _take(_feed(), ITEM)
    assert _counts() == [1, 1]


def test_a_decided_story_is_not_asked_again(feed: Feed) -> None:
    _take(feed, ITEM)
    Clipping.objects.update(state="dismissed")
    _take(feed, replace(ITEM, key="urn:2", url="https://paper.example/"))
    assert list(Clipping.objects.values_list("state", flat=True)) == ["dismissed"]


def test_a_day_to_come_is_no_day_of_publication(feed: Feed) -> None:
    _take(feed, replace(ITEM, published_at=NOW + timedelta(days=3)))
    assert Clipping.objects.get().published_at is None


def test_korean_is_told_by_its_letters(feed: Feed) -> None:
    _take(feed, replace(ITEM, title="위성락 “협상 막바지”", text="양측은 다시 만나기로 했다."))
    assert Clipping.objects.get().language == "ko"


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow(
    feed: Feed, many: int, django_assert_num_queries: Any
) -> None:
    items = [
        Caught(
            key=f"{n}", url=f"https://wire.example/{n}", title=f"{n} quite another title {n * 7}"
        )
        for n in range(many)
    ]
    with django_assert_num_queries(9):
        _take(feed, *items)


class Folding(TestCase):
    """Prints of one story come in any order."""

    @settings(max_examples=15, deadline=None)
    @given(st.permutations(range(5)))
    def test_prints_of_a_story_are_one_clipping_in_any_order(self, order: list[int]) -> None:
        feed = _feed()
        for number in order:
            own = {"key": f"{number}", "url": f"https://paper-{number}.example/"}
            _take(feed, replace(ITEM, **own, text=f"{STORY} By our correspondent {number}."))
        assert _counts() == [5]
        assert Reprint.objects.count() == 5
