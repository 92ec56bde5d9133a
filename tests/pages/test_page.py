"""What all pages share: refusals in words, conditional GET, languages, clocks in links."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.queries import boards
from tests import factories as make
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(db):  # noqa: ARG001 (rows need the database)
    """The address of a board with something on it."""
    shown = scene()
    make.enter(tracks=[shown.track])
    return f"/{shown.negotiation.slug}/"


@pytest.mark.parametrize(
    ("query", "english", "korean"),
    [
        ("colour=red", "There is no parameter colour.", "colour 매개변수는 없습니다."),
        ("known_on=soon", "is not a date such as 2025-10-05", "2025-10-05 같은 날짜가 아닙니다"),
        ("on=2025-10-05&on=2025-10-06", "given more than once", "두 번 이상"),
        ("known_on=2099-01-01", "has not come yet", "아직 오지 않은 때입니다"),
    ],
)
def test_what_cannot_be_read_is_answered_in_the_page_language(reader, query, english, korean):
    assert english in reader.read(f"/?{query}", status=400).one("main").words
    assert korean in reader.read(f"/ko/?{query}", status=400).one("main").words


def test_a_refusal_is_a_whole_page(reader):
    page = reader.read("/?colour=red", status=400)
    assert page.one("h1").words == "That cannot be asked"
    assert page.one("nav", class_="masthead-nav")
    assert "<script" not in reader.get('/?colour="><script>').content.decode()


@pytest.mark.parametrize("path", ["/nowhere/", "/nowhere/at-all/", "/ko/nowhere/", "/a/b/c/d/"])
def test_an_unknown_address_is_a_404_page(reader, path):
    page = reader.read(path, status=404)
    assert page.one("html").attributes["lang"] == ("ko" if path.startswith("/ko/") else "en")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, method):
    response = getattr(client, method)("/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_copy_that_still_holds_costs_one_query(reader, board):
    etag = reader.get(board)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        response = reader.get(board, if_none_match=etag)
    assert response.status_code == 304
    assert response.content == b""
    assert len(captured) == 1


def test_a_tag_is_never_newer_than_what_it_stands_on(reader, board, monkeypatch):
    """What is published while a page is made changes the tag of the next one, not of this."""
    before = reader.get(board)["ETag"]
    told = boards.board

    def meanwhile(*args: object, **clocks: object) -> object:
        found = told(*args, **clocks)
        make.enter()
        return found

    monkeypatch.setattr(boards, "board", meanwhile)
    assert Client().get(board)["ETag"] == before


def test_a_new_entry_makes_a_new_page(reader, board):
    etag = reader.get(board)["ETag"]
    make.enter()
    assert reader.get(board, if_none_match=etag).status_code == 200


def test_a_draft_does_not_touch_the_etag(reader, board):
    etag = reader.get(board)["ETag"]
    make.enter(public=False)
    make.StatusChangeFactory(published_at=None)
    assert reader.get(board, if_none_match=etag).status_code == 304


def test_languages_and_clocks_have_etags_of_their_own(reader, board):
    paths = [board, f"/ko{board}", f"{board}?known_on=2025-10-05", f"{board}?on=2025-10-05"]
    assert len({reader.get(path)["ETag"] for path in paths}) == len(paths)


def test_the_other_language_is_the_same_page_with_the_same_question(reader, board):
    english = reader.read(f"{board}?known_on=2025-10-05")
    korean = reader.read(f"/ko{board}?known_on=2025-10-05")
    to_korean = english.one("a", class_="masthead-language")
    assert to_korean.attributes["href"] == f"/ko{board}?known_on=2025-10-05"
    assert to_korean.attributes["lang"] == "ko"
    to_english = korean.one("a", class_="masthead-language")
    assert to_english.attributes["href"] == f"{board}?known_on=2025-10-05"


def test_the_head_names_the_alternates(reader, board):
    page = reader.read(f"{board}?known_on=2025-10-05")
    assert page.one("link", rel="canonical").attributes["href"].endswith("?known_on=2025-10-05")
    languages = {link.attributes.get("hreflang") for link in page.all("link", rel="alternate")}
    assert languages == {"en", "ko", None}
    twin = page.one("link", type="application/json").attributes["href"]
    assert twin == f"/api/v1/negotiations{board}board/?on=2025-10-05&known_by=2025-10-05"


def test_links_within_keep_the_clocks(reader, board):
    page = reader.read(f"{board}?known_on=2025-10-05")
    inside = [a.attributes["href"] for a in page.within("main", "a")]
    assert inside
    # The API's addresses, and those that fix all clocks, name them one by one.
    kept = ("known_on=2025-10-05", "on=2025-10-05&known_by=2025-10-05")
    lost = [h for h in inside if h.startswith("/") and not any(clock in h for clock in kept)]
    assert [href for href in lost if not href.endswith(".ics")] == []


def test_the_control_submits_what_it_holds_and_keeps_the_rest(reader, board):
    page = reader.read(f"{board}?known_on=2025-10-05&as_of=2025-10-20")
    dates = page.all("input", type="date")
    (field,) = [e for e in dates if e.attributes["name"] == "known_on"]
    assert field.attributes["value"] == "2025-10-05"
    kept = [e.attributes for e in page.all("input", type="hidden") if "form" in e.around]
    assert {(e["name"], e["value"]) for e in kept} >= {("as_of", "2025-10-20")}


def test_the_banner_stands_while_a_clock_is_set(reader, board):
    today = reader.read(board)
    assert today.all("p", class_="clock-banner") == []
    then = reader.read(f"{board}?known_on=2025-10-05").one("p", class_="clock-banner")
    assert then.words == "As known on 5 October 2025. Back to today"
    korean = reader.read(f"/ko{board}?known_on=2025-10-05").one("p", class_="clock-banner")
    assert korean.words == "2025년 10월 5일까지 알려진 내용입니다. 오늘로 돌아가기"


def test_the_banner_tells_each_clock_that_is_set(reader, board):
    page = reader.read(f"{board}?on=2025-10-01&known_by=2025-10-05&as_of=2025-10-20")
    words = page.one("p", class_="clock-banner").words
    assert "What held on 1 October 2025." in words
    assert "By what was public on 5 October 2025." in words
    assert "From our record as it stood on 20 October 2025, 23:59 Seoul." in words
