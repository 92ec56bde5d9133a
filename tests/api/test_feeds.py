"""Feeds as they are asked for: what each holds, how it is narrowed, kept and counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import feedparser
import pytest
import time_machine
from django.test import Client

from negotiations import operations
from negotiations.api.feed_forms import FORMS
from negotiations.models import Party
from negotiations.operations import Actor, Role
from tests.api.feed_desk import PLACES, desk_number, fill, items, numbers
from tests.api.feed_rules import FAULTS
from tests.api.office import Office, Script, code_of
from tests.operations.desk import Desk, last_entry
from tests.reading import ReadingClient

pytestmark = pytest.mark.django_db
LATER = datetime(2025, 10, 14, 4, tzinfo=UTC)


@pytest.fixture
def desk(office: Office) -> Desk:
    """A desk with one published statement."""
    return office.desk


@pytest.mark.parametrize("form", FORMS)
def test_every_feed_is_valid(desk: Desk, form: str) -> None:
    fill(desk, 1)
    for root, place in product(("", "/ko"), PLACES):
        response = ReadingClient().get(address := f"{root}{place}feed.{form}")
        assert response["Content-Type"] == FORMS[form].media_type, address
        assert response["Content-Language"] == ("ko" if root else "en"), address
        assert FAULTS[form](response.content) == [], address
        assert form == "json" or not feedparser.parse(response.content).bozo, address
        assert response.cookies == {}, address


def test_there_is_one_item_for_each_public_act(desk: Desk) -> None:
    fill(desk, 1)
    told = Client().get("/api/v1/changes/?after=0&limit=200").json()["results"]
    assert numbers(limit=200) == [act["number"] for act in told][::-1]


def test_an_item_says_who_said_what_and_where(desk: Desk) -> None:
    desk.published("statement", paraphrase_en="They <b>agreed</b>.")
    (newest, *_) = items()
    en, ko = newest["content_html"], items("/ko/feed.json")[0]["content_html"]
    row = desk.row("statement", last_entry().object_id)
    assert newest["title"] == "Cho – Reports: They <b>agreed</b>."
    assert newest["_parley"]["type"] == "statement.published"
    assert newest["url"] == f"http://testserver/statements/{row.pk}/"
    assert newest["external_url"] == row.source.url
    assert "<p>They &lt;b&gt;agreed&lt;/b&gt;.</p>" in en
    assert f'<a href="{row.source.url}">Close to a deal</a>' in en
    assert "<p>Cho, Talks, 1 October 2025 – <a" in en
    assert "<p>가까워졌다.</p><p>조, 협상, 2025년 10월 1일 – <a" in ko
    assert items("/ko/feed.json")[0]["url"] == f"http://testserver/ko/statements/{row.pk}/"


def test_what_is_put_right_is_a_new_item_and_the_old_one_stays(desk: Desk) -> None:
    change = desk.published("status_change")
    before = items("/talks/security/feed.json")
    desk.retract("status_change", desk.correct("status_change", change, headline_en="They rest"))
    retracted, corrected, *others = items("/talks/security/feed.json")
    assert others == before
    assert corrected["title"] == "Corrected: They rest"
    assert "Reason given: A slip of the pen." in corrected["content_html"]
    assert retracted["title"] == "Retracted: They rest"
    assert "Reason given: It is not so." in retracted["content_html"]
    assert items("/ko/feed.json")[0]["title"].startswith("철회: ")


def test_an_item_leads_to_its_place_on_the_timeline(desk: Desk) -> None:
    number = desk_number(desk.published("status_change"), desk, "status_change")
    (newest, *_) = items("/talks/security/feed.json")
    assert newest["url"] == f"http://testserver/talks/security/#n{number}"
    assert f'id="n{number}"' in Client().get("/talks/security/").content.decode()


def test_a_page_found_otherwise_is_an_item_on_its_source(desk: Desk) -> None:
    source = desk.ids["source"]
    console = Actor(officer=desk.drafter.officer, role=Role.CONSOLE)
    desk.act(operations.recheck_source, by=console, source=source, state="gone", before="intact")
    (newest, *_) = items("/talks/feed.json")
    assert newest["title"] == "Page of a source found otherwise (gone): Close to a deal"
    assert newest["url"] == f"http://testserver/sources/{source}/"
    assert newest["_parley"]["type"] == "source.rechecked"


def test_every_item_leads_to_a_page(desk: Desk) -> None:
    fill(desk, 1)
    for noun in ("statement", "source", "milestone"):
        desk.retract(noun, desk.published(noun, **({"slug": "g20"} if noun == "milestone" else {})))
    for root in ("", "/ko"):
        # Several items may lead to one page.
        told = {one["url"]: one for one in items(f"{root}/feed.json", limit=200)}
        for url, one in told.items():
            address = url.removeprefix("http://testserver")
            assert address.startswith(f"{root}/")
            assert Client().get(address).status_code == 200, one


def test_names_do_not_change_with_the_host_form_or_language(desk: Desk, settings: Any) -> None:
    fill(desk, 1)
    client = ReadingClient()
    here = feedparser.parse(client.get("/talks/feed.atom").content)
    settings.SITE_URL = "https://parley.example"
    there = feedparser.parse(client.get("/talks/feed.atom").content)
    assert (there.feed.id, [one.id for one in there.entries]) == (
        here.feed.id, [one.id for one in here.entries],
    )  # fmt: skip
    assert there.feed.link == "https://parley.example/talks/"
    names = [one.id for one in here.entries]
    assert [one["id"] for one in items("/ko/talks/feed.json")] == names
    assert [
        one.id for one in feedparser.parse(client.get("/talks/feed.rss").content).entries
    ] == names


def test_each_feed_has_a_name_of_its_own(desk: Desk) -> None:
    fill(desk, 1)
    asked = [f"{root}{place}feed.atom" for root in ("", "/ko") for place in PLACES]
    asked += ["/feed.atom?noun=source", "/feed.atom?verb=publish"]
    names = [feedparser.parse(ReadingClient().get(one).content).feed.id for one in asked]
    assert len(set(names)) == len(names)


def test_a_feed_changed_when_its_newest_act_did(desk: Desk) -> None:
    desk.published("status_change")
    with time_machine.travel(LATER + timedelta(days=30), tick=False):
        told = feedparser.parse(ReadingClient().get("/talks/feed.atom").content)
    assert told.feed.updated_parsed[:6] == (2025, 10, 14, 3, 0, 0)


def test_of_a_negotiation_and_a_track_only_what_touches_them(desk: Desk) -> None:
    on_track = desk_number(desk.published("status_change"), desk, "status_change")
    elsewhere = desk_number(desk.published("position"), desk, "position")
    source = desk_number(desk.published("source"), desk, "source")
    assert numbers()[:3] == [source, elsewhere, on_track]
    assert numbers("/talks/feed.json")[:2] == [elsewhere, on_track]
    assert numbers("/talks/security/feed.json")[0] == on_track
    assert numbers("/talks/trade/feed.json")[0] == elsewhere


def test_of_a_party_what_is_said_for_it_and_what_it_reads(desk: Desk) -> None:
    told = [
        desk_number(desk.published("statement", parties_for=["US"]), desk, "statement"),
        desk_number(desk.published("position", according_to="US"), desk, "position"),
        desk_number(desk.published("status_change", according_to="US"), desk, "status_change"),
        desk_number(desk.published("linkage", according_to="US"), desk, "linkage"),
    ]
    desk.published("statement", parties_for=["KR"], about=["US"])
    desk.published("status_change", effective_on="2025-10-03")
    assert numbers("/parties/US/feed.json") == told[::-1]
    assert set(numbers("/parties/KR/feed.json")).isdisjoint(told)


def test_filters_narrow_and_the_feed_names_itself_with_them(desk: Desk) -> None:
    fill(desk, 1)
    desk.act(operations.check_track, track="talks/security")
    tags = {tuple(one["tags"][:2]) for one in items(noun="status_change,milestone", limit=200)}
    assert tags == {("publish", "status_change"), ("publish", "milestone")}
    assert [one["title"] for one in items(verb="check_track")] == ["Looked, nothing new: Talks"]
    kinds = [one["tags"][1] for one in items(kind="decoupled_from")]
    assert kinds == ["linkage"]
    assert numbers(limit=2) == numbers(limit=200)[:2]
    address = "/talks/feed.json?verb=publish&noun=linkage&limit=1"
    told = json.loads(ReadingClient().get(address).content)
    assert told["feed_url"] == "http://testserver/talks/feed.json?limit=1&noun=linkage&verb=publish"
    assert told["home_page_url"] == "http://testserver/talks/"


@pytest.mark.parametrize(
    ("query", "code", "at"),
    [
        ("colour=red", "unknown_parameter", "colour"),
        ("cursor=x", "unknown_parameter", "cursor"),
        ("limit=201", "bad_parameter", "limit"),
        ("noun=draft", "bad_parameter", "noun"),
        ("verb=draft_source", "bad_parameter", "verb"),
        ("kind=%00", "bad_parameter", "kind"),
        ("noun=source&noun=track", "repeated_parameter", "noun"),
    ],
)
def test_what_is_not_understood_is_refused(query: str, code: str, at: str) -> None:
    response = ReadingClient().get(f"/feed.atom?{query}")
    assert (response.status_code, code_of(response), response.json()["at"]) == (400, code, at)


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss", "/feed.json", "/ko/feed.atom"])
def test_what_newsletters_hang_on_an_address_asks_nothing(path: str) -> None:
    """Feed readers and newsletters add it; a feed that is lost to it is lost for good."""
    plain = ReadingClient().get(f"{path}?limit=2")
    followed = ReadingClient().get(f"{path}?utm_source=mail&limit=2&utm_source=again&fbclid=%00")
    assert followed.status_code == 400
    followed = ReadingClient().get(f"{path}?utm_source=mail&limit=2&utm_source=again&fbclid=")
    assert (followed.status_code, followed.content) == (200, plain.content)
    assert followed.headers["ETag"] == plain.headers["ETag"]


def test_the_api_itself_passes_over_nothing() -> None:
    response = ReadingClient().get("/api/v1/negotiations/?utm_source=mail")
    assert (response.status_code, code_of(response)) == (400, "unknown_parameter")


def test_the_valid_parameters_are_named() -> None:
    told = ReadingClient().get("/feed.rss?colour=red").json()
    assert told["detail"].endswith("Valid here: limit, noun, verb, kind.")


@pytest.mark.parametrize(
    "path",
    ["/nowhere/feed.atom", "/talks/nowhere/feed.atom", "/parties/XX/feed.rss", "/parties/feed.json",
     "/ko/nowhere/feed.json", "/desk/feed.atom", "/talks%0A/feed.atom", "/a b/milestones.ics",
     "/parties/KR/milestones.ics", "/nowhere/milestones.ics"],
)  # fmt: skip
def test_what_is_not_there_is_a_problem(desk: Desk, path: str) -> None:  # noqa: ARG001
    response = ReadingClient().get(path)
    assert (response.status_code, code_of(response)) == (404, "not_found")


@pytest.mark.parametrize("address", ["/feed.atom", "/ko/talks/feed.json", "/talks/milestones.ics"])
def test_only_reading_is_done(desk: Desk, address: str) -> None:  # noqa: ARG001
    response = Client().post(address)
    assert (response.status_code, code_of(response)) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert ReadingClient().head(address).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml;q=0.9", "image/png", "*/*"])
def test_readers_need_not_know_what_they_are_given(desk: Desk, accept: str) -> None:  # noqa: ARG001
    response = ReadingClient().get("/feed.atom", headers={"Accept": accept})
    assert response["Content-Type"] == FORMS["atom"].media_type


def test_a_token_is_read_and_told_the_same(office: Office) -> None:
    script = office.script("reader")
    told = Client().get("/feed.json", headers={"Authorization": f"Bearer {script.token}"})
    assert told.content == Client().get("/feed.json").content
    assert told["Content-Type"] == FORMS["json"].media_type
    wrong = Client().get("/feed.json", headers={"Authorization": f"Bearer {Script('x').token}"})
    assert code_of(wrong) == "bad_token"


def test_an_empty_record_has_feeds() -> None:
    for form in FORMS:
        assert FAULTS[form](ReadingClient().get(f"/feed.{form}").content) == []


def test_a_party_with_nothing_said_has_an_empty_feed(desk: Desk) -> None:
    Party.objects.create(code="JP", name_en="Japan", name_ko="일본", capital_en="Tokyo",
                         capital_ko="도쿄", zone="Asia/Tokyo")  # fmt: skip
    fill(desk, 1)
    body = ReadingClient().get("/parties/JP/feed.atom").content
    assert FAULTS["atom"](body) == []
    assert feedparser.parse(body).entries == []
