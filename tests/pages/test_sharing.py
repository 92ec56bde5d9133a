"""What other sites are told of a page."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import resolve

from negotiations.rates import Policy
from tests import factories as make
from tests.pages.markup import Markup
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db


def told(page: Markup) -> dict[str, str]:
    """The Open Graph properties of a page."""
    metas = page.all("meta")
    return {
        e.attributes["property"]: e.attributes["content"]
        for e in metas
        if e.attributes.get("property", "").startswith("og:")
    }


def structured(page: Markup) -> dict[str, Any]:
    """What the page says in words of schema.org."""
    return dict(json.loads(page.one("script", type="application/ld+json").words))


def test_a_track_has_a_picture_under_the_same_clocks(reader: Any) -> None:
    scene()

    picture = told(reader.read("/ko/rok-us/security/?known_on=2025-10-14"))["og:image"]

    assert picture == "http://testserver/ko/rok-us/security/card.png?known_on=2025-10-14"
    answer = reader.get(picture.removeprefix("http://testserver"))
    assert answer["Content-Type"] == "image/png"
    size = [int.from_bytes(answer.content[at : at + 4], "big") for at in (16, 20)]
    assert size == [1200, 630]


def test_a_board_is_a_data_set_with_its_downloads(reader: Any) -> None:
    scene()

    found = structured(reader.read("/rok-us/"))

    assert found["@type"] == "Dataset"
    paths = [one["contentUrl"].removeprefix("http://testserver") for one in found["distribution"]]
    # Exports read on a connection of their own, which does not see a test's rows.
    assert {resolve(path).view_name for path in paths} == {"api_export_negotiation"}
    assert {path.rpartition("/")[2] for path in paths} == {
        f"{noun}.{form}"
        for noun in ("statements", "status-changes", "positions")
        for form in ("csv", "ndjson")
    }


def test_a_quotation_and_a_paraphrase_are_told_apart(reader: Any) -> None:
    shown = scene()

    kinds = [
        structured(reader.read(f"/statements/{row.pk}/"))["@type"]
        for row in (shown.quoted, shown.paraphrased)
    ]

    assert kinds == ["Quotation", "Claim"]


def test_the_words_of_a_source_about_somebody_are_its_own(reader: Any) -> None:
    words = "South Korean Foreign Minister Cho Hyun announced a deal."
    source = make.SourceFactory(publisher=make.PublisherFactory(name_en="The Paper"))
    row = make.StatementFactory(
        speaker=make.PersonFactory(name_en="Cho Hyun"), quotation=words, start=0, end=len(words),
        source=source, snapshot=make.SnapshotFactory(source=source, text=words),
    )  # fmt: skip
    told = structured(reader.read(f"/statements/{row.pk}/"))
    assert "spokenByCharacter" not in told
    assert (told["author"]["name"], told["about"]["name"]) == ("The Paper", "Cho Hyun")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-10-02", "2025-10-02"),
        ("2025-10", "2025-10"),
        ("2025-10-02~", None),
        ("2025-10?", None),
        ("../2025-10-31", None),
        ("2025-10-01/2025-10-03", None),
        ("2025-23", None),
    ],
)
def test_dates_for_machines_are_iso_8601_or_not_told(
    reader: Any, written: str, iso: str | None
) -> None:
    shown = scene()
    day = date(2025, 10, 2)
    source = make.SourceFactory(published_on=written, published_lower=day, published_upper=day)
    row = make.StatementFactory(
        source=source, said_on=written, said_lower=day, said_upper=day, tracks=(shown.track,)
    )
    data = structured(reader.read(f"/statements/{row.pk}/"))
    assert (data.get("dateCreated"), data["isBasedOn"].get("datePublished")) == (iso, iso)


def test_text_cannot_end_the_data(reader: Any) -> None:
    shown = scene()
    title = "</script><script>alert(1)</script><!--"
    track = make.TrackFactory(negotiation=shown.negotiation, slug="hostile", title_en=title)
    make.StatusChangeFactory(track=track)

    page = reader.read("/rok-us/hostile/")

    assert structured(page)["name"] == title
    assert [e.attributes["type"] for e in page.all("script")] == ["application/ld+json", "module"]


def test_a_retracted_statement_is_shared_without_its_words(reader: Any) -> None:
    shown = scene()
    make.StatementFactory(supersedes=shown.paraphrased, withdrawn=True, tracks=(shown.track,))

    page = reader.read(f"/statements/{shown.paraphrased.pk}/")

    assert told(page)["og:description"] == ""
    assert page.all("script") == []


def test_a_badge_says_title_stage_and_momentum(reader: Any) -> None:
    scene()

    answer = reader.get("/rok-us/security/badge.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<title>Security: Agreed in principle" in answer.content


def test_a_badge_of_a_track_without_a_reading(reader: Any) -> None:
    scene()

    assert b"No reading by the desk yet" in reader.get("/rok-us/tariffs/badge.svg").content


@time_machine.travel("2026-11-24T12:00:15Z", tick=False)
@pytest.mark.parametrize("path", ["/rok-us/card.png", "/rok-us/security/card.png"])
def test_pictures_count_with_what_is_asked_of_the_api(
    client: Any, settings: Any, path: str
) -> None:
    """Each is dear to make, and another day in the address is another picture."""
    scene()
    settings.RATE_ANONYMOUS = Policy("anonymous", 1, 60)
    origin = f"fd00:{uuid4().hex[:4]}:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"

    asked = [
        client.get(f"{path}?known_on=2025-10-{day}", REMOTE_ADDR=origin).status_code
        for day in (13, 14)
    ]

    assert asked == [200, 429]
