"""Each horror has its safe outcome, by the one fetcher and the readers behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from negotiations.intake.cleaned import cleaned_html, is_clean
from negotiations.intake.extraction import extract
from negotiations.intake.feed_reading import FeedItem, FeedRead, read_feed
from negotiations.network import fetch
from negotiations.operations.texts import keepable
from negotiations.refusals import Refusal
from tests.intake.hostile import DOCUMENTS, REDIRECTS, STORY, hostile
from tests.loopback import Loopback

MOMENT = datetime(2025, 10, 14, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """The server of all horrors."""
    with hostile() as here:
        yield here


def _resolved(host: str, _: int) -> list[str]:
    """A name that was somebody's and is now one of ours."""
    return ["10.0.0.1"] if host == "rebound.example" else [host]


def _fetched(server: Loopback, path: str, seconds: float = 30.0) -> Any:
    return fetch(server.url(path), allow=server.pairs, resolve=_resolved, seconds=seconds)


def _refused(server: Loopback, path: str, *, kind: str = "feed", seconds: float = 30.0) -> str:
    with pytest.raises(Refusal) as refused:
        read_feed(_fetched(server, path, seconds), kind=kind, seconds=seconds)
    assert "{" not in refused.value.sentence("ko")
    return refused.value.code


def _read(server: Loopback, path: str, kind: str = "feed") -> FeedRead:
    return read_feed(_fetched(server, path), kind=kind)


def _outcome(reading: Callable[[], str]) -> str:
    """What it comes to: the code of the refusal, or the text."""
    try:
        return reading()
    except Refusal as refusal:
        return refusal.code


def _titles(read: FeedRead) -> list[str]:
    return [one.title for one in read.items]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/bomb-gzip", "too_large"), ("/bomb-br", "too_large"), ("/endless", "too_large"),
        *((path, "address_forbidden") for path in REDIRECTS
          if path not in ("/to-file", "/to-data", "/to-itself")),
        ("/to-file", "bad_url"), ("/to-data", "bad_url"), ("/to-itself", "too_many_redirects"),
        ("/error-page", "not_a_feed"), ("/nothing", "not_a_feed"), ("/noise", "not_a_feed"),
        ("/json-deep", "not_a_feed"), ("/page", "not_a_feed"),
    ],
)  # fmt: skip
def test_what_is_refused(server: Loopback, path: str, code: str) -> None:
    assert _refused(server, path) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [("/slow", "fetch_timed_out"), ("/attributes", "unreadable_document"),
     ("/deep", "unreadable_document"), ("/markup", "unreadable_document")],
)  # fmt: skip
def test_what_takes_too_long_is_left(server: Loopback, path: str, code: str) -> None:
    began = time.monotonic()
    assert _refused(server, path, seconds=0.5) == code
    assert time.monotonic() - began < 5


@pytest.mark.drill
@pytest.mark.parametrize("path", ["/attributes", "/deep", "/markup"])
def test_what_burns_the_processor_ends_by_itself(server: Loopback, path: str) -> None:
    assert _outcome(lambda: read_feed(_fetched(server, path), kind="feed").title) in (
        "unreadable_document", "Wire", "",
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/controls", "/surrogates", "/doctype"])
def test_a_story_is_read_without_what_came_with_it(server: Loopback, path: str) -> None:
    before = len(server.requests)
    story = FeedItem(key=STORY, url=STORY, title="Talks go on")
    assert _read(server, path) == FeedRead(title="Wire", items=(story,))
    assert [one.split(" ")[1] for one in server.requests[before:]] == [path]


def test_references_to_no_letters_cost_the_feed_nothing_else(server: Loopback) -> None:
    assert _titles(_read(server, "/references")) == ["Talks go on"]


@pytest.mark.parametrize(("path", "text"), [("/laughs", "&i;"), ("/thief", "a&x;b")])
def test_entities_are_not_expanded(server: Loopback, path: str, text: str) -> None:
    story = FeedItem(key=STORY, url=STORY, title="Talks go on", text=text)
    assert _read(server, path) == FeedRead(title="Wire", items=(story,))


@pytest.mark.parametrize(
    "path", ["/euc-kr-as-utf-8", "/utf-8-as-euc-kr", "/utf-16-as-utf-8", "/broken-letter"]
)
def test_a_wrong_charset_does_not_spoil_the_letters(server: Loopback, path: str) -> None:
    assert _titles(_read(server, path)) == ["관세 협상이 재개됐다"]


def test_scripts_are_left_out_wherever_they_stand(server: Loopback) -> None:
    read = _read(server, "/scripts")
    (story,) = read.items
    assert (read.title, story.url, story.title, story.text) == ("Talks", STORY, "Talks", "met")
    assert story.language == ""


@pytest.mark.parametrize(
    ("path", "keys", "dropped"),
    [
        ("/no-guids", ["https://wire.example/0", "https://wire.example/1"], 0),
        ("/same-guids", ["https://wire.example/0", "https://wire.example/1"], 0),
        ("/twice", ["1"], 1),
        ("/new-guids", ["urn:0"], 0),
        ("/new-guids", ["urn:1"], 0),
    ],
)
def test_guids_are_taken_for_what_they_are_worth(
    server: Loopback, path: str, keys: list[str], dropped: int
) -> None:
    read = _read(server, path)
    assert ([one.key for one in read.items], read.dropped) == (keys, dropped)


def test_dates_that_cannot_be_are_none(server: Loopback) -> None:
    assert [one.published_at for one in _read(server, "/dates").items] == [*[None] * 6, MOMENT]


def test_what_is_a_megabyte_long_is_cut(server: Loopback) -> None:
    (story,) = _read(server, "/huge-title").items
    assert (len(story.title), story.title[:10]) == (499, "word word ")
    (story,) = _read(server, "/huge-guid").items
    assert len(story.key) <= 4000


def test_links_lead_to_the_web_or_are_left_out(server: Loopback) -> None:
    read = _read(server, "/links")
    assert ([one.url for one in read.items], read.dropped) == ([STORY], 9)
    urls = [one.url for one in _read(server, "/based").items]
    assert urls == ["https://wire.example/a/1", "https://wire.example/a/2"]


def test_a_feed_that_breaks_off_gives_what_came(server: Loopback) -> None:
    assert [one.url for one in _read(server, "/cut-off").items] == [STORY]


def test_a_json_feed_is_no_better_than_others(server: Loopback) -> None:
    read = _read(server, "/json")
    assert (read.title, _titles(read), read.dropped) == ("Wire", ["Talks go on"], 2)


def test_a_page_s_links_are_its_stories(server: Loopback) -> None:
    found = [(one.url, one.title) for one in _read(server, "/page", "page").items]
    assert found == [(server.url("/news/1"), "The talks go on")]


def test_a_base_that_is_no_address_is_none(server: Loopback) -> None:
    assert [one.url for one in _read(server, "/no-base", "page").items] == [server.url("/news/1")]


def test_half_an_emoji_costs_itself_alone(server: Loopback) -> None:
    assert [one.text for one in _read(server, "/half-emoji").items] == ["Talks go on"]


@pytest.mark.drill
def test_ten_thousand_items_are_read_and_the_others_counted(server: Loopback) -> None:
    began = time.monotonic()
    read = _read(server, "/many")
    assert (len(read.items), read.dropped, read.items[0].key) == (10_000, 50, "0")
    assert time.monotonic() - began < 30


@pytest.mark.drill
@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path != "/many"])
def test_every_horror_ends_as_a_page_too(server: Loopback, path: str) -> None:
    fetched = _fetched(server, path)
    texts = [
        _outcome(lambda: extract(fetched, today=MOMENT.date()).text),
        _outcome(lambda: cleaned_html(fetched.body, base_url=fetched.final_url)),
        _outcome(lambda: "".join(_titles(read_feed(fetched, kind="page")))),
    ]
    assert [keepable(text) for text in texts] == texts
    assert is_clean(texts[1])
