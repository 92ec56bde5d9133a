"""Search for scripts: found the moment it is published, under three clocks, never before."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


def ask(**parameters: Any) -> Any:
    """The response to a search."""
    return Client().get(f"/api/v1/search/?{urlencode(parameters)}")


def ids(**parameters: Any) -> list[str]:
    """What is found."""
    response = ask(**parameters)
    assert response.status_code == 200, response.content
    return [one["id"] for one in response.json()["results"]]


def test_a_result_tells_where_the_words_stand_and_the_record() -> None:
    track = make.TrackFactory()
    person = make.PersonFactory(name_en="Cho Hyun", name_ko="조현")
    row = make.StatementFactory(
        tracks=[track], speaker=person, paraphrase_en="On tariffs.", paraphrase_ko="관세를 말했다.",
        kind="denies",
    )  # fmt: skip
    (found,) = ask(q="관세 tariff", noun="statement").json()["results"]

    assert found.pop("record") == Client().get(f"/api/v1/statements/{row.pk}/").json()["statement"]
    told = [
        ("paraphrase_en", "en", [("On ", False), ("tariffs", True), (".", False)]),
        ("paraphrase_ko", "ko", [("관세", True), ("를 말했다.", False)]),
    ]
    assert found == {
        "noun": "statement", "id": str(row.pk),
        "headline_en": "Cho Hyun – Denies", "headline_ko": "조현 – 부인",
        "excerpts": [
            {"field": field, "language": language, "cut_before": False, "cut_after": False,
             "segments": [{"text": text, "hit": hit} for text, hit in segments]}
            for field, language, segments in told
        ],
    }  # fmt: skip


def test_other_nouns_have_records_of_their_own() -> None:
    talks = make.NegotiationFactory(slug="talks")
    make.TrackFactory(negotiation=talks, slug="swap", title_en="Currency swap")
    make.PersonFactory(slug="swap-man", name_en="Swap Man")
    source = make.SourceFactory(title="Swap talks")
    for noun, id, member in (
        ("track", "talks/swap", "title_en"), ("person", "swap-man", "tenures"),
        ("source", str(source.pk), "url"),
    ):  # fmt: skip
        (found,) = ask(q="swap", noun=noun).json()["results"]
        assert (found["noun"], found["id"]) == (noun, id)
        assert member in found["record"]


def test_pages_follow_next() -> None:
    rows = [make.StatementFactory(paraphrase_en="Tariff.").pk for _ in range(5)]
    found, address = [], "/api/v1/search/?q=tariff&limit=2&sort=relevance"
    while address:
        response = Client().get(address)
        body = response.json()
        found += [int(one["id"]) for one in body["results"]]
        assert ("Link" in response) is (body["next"] is not None)
        address = body["next"]
    assert found == rows[::-1]


def test_a_correction_is_found_in_place_of_what_it_corrects() -> None:
    """By the clock of the record: what the site said before stays as it was."""
    first, second = (datetime(2025, 10, day, tzinfo=UTC) for day in (14, 16))
    row = make.StatementFactory(paraphrase_en="Tariff of 15.", published_at=first)
    mended = make.StatementFactory(
        paraphrase_en="Tariff of 25.", supersedes=row, published_at=second
    )
    assert ids(q="tariff") == [str(mended.pk)]
    assert ids(q="tariff 15") == []
    assert ids(q="tariff 15", as_of="2025-10-15") == [str(row.pk)]
    assert ids(q="tariff 25", as_of="2025-10-15") == []

    make.StatementFactory(
        paraphrase_en="Tariff of 25.", supersedes=mended, withdrawn=True,
        published_at=datetime(2025, 10, 18, tzinfo=UTC),
    )  # fmt: skip
    # Made without an act of the ledger, which is what answers are kept by: so another question.
    assert ids(q="tariff", limit=9) == []
    assert ids(q="tariff", as_of="2025-10-17") == [str(mended.pk)]


def test_the_clocks_of_the_world_and_of_the_public() -> None:
    late = datetime(2025, 10, 6, 9, tzinfo=UTC)
    day = make.StatementFactory(
        paraphrase_en="Tariff.",
        said_on="2025-10-01",
        known_on=datetime(2025, 10, 5).date(),  # noqa: DTZ001
    )
    minute = make.StatementFactory(
        paraphrase_en="Tariff.", said_on="2025-10-03", known_on=late.date(), known_at=late
    )
    assert ids(q="tariff", known_by="2025-10-06") == [str(minute.pk), str(day.pk)]
    assert ids(q="tariff", known_by="2025-10-05") == [str(day.pk)]
    assert ids(q="tariff", known_by="2025-10-06T08:00:00Z") == [str(day.pk)]
    assert ids(q="tariff", known_by="2025-10-06T09:00:00Z") == [str(minute.pk), str(day.pk)]
    assert ids(q="tariff", known_by="2025-10-04") == []
    assert ids(q="tariff", on="2025-10-02") == [str(day.pk)]


FILTERS = ["negotiation", "track", "party", "about", "speaker", "publisher", "source", "kind"]


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_is_that_of_the_list_of_statements(name: str) -> None:
    """The same row is left, and what is not there is refused as there."""
    rows = []
    for n, kind in enumerate(("denies", "threatens")):
        talks = make.NegotiationFactory(slug=f"talks-{n}")
        track = make.TrackFactory(negotiation=talks, slug=f"track-{n}")
        rows.append(
            make.StatementFactory(
                paraphrase_en="Tariff.", kind=kind, tracks=[track],
                parties=[make.PartyFactory(code=f"P{n}")],
                about=[make.PartyFactory(code=f"A{n}")],
                speaker=make.PersonFactory(slug=f"speaker-{n}"),
                source=make.SourceFactory(publisher=make.PublisherFactory(slug=f"paper-{n}")),
            )
        )  # fmt: skip
    one = rows[1]
    value = {
        "negotiation": "talks-1", "track": "track-1", "party": "P1", "about": "A1",
        "speaker": "speaker-1", "publisher": "paper-1", "source": one.source_id,
        "kind": "threatens",
    }[name]  # fmt: skip
    assert ids(q="tariff", **{name: value}) == [str(one.pk)]
    assert ids(q="tariff", sort="relevance", **{name: value}) == [str(one.pk)]
    wrong = {name: "999999" if name == "source" else "nobody"}
    refused = ask(q="tariff", **wrong)
    listed = Client().get(f"/api/v1/statements/?{urlencode(wrong)}")
    assert (refused.status_code, refused.json()["detail"]) == (400, listed.json()["detail"])


def test_days_of_vague_dates_are_found_where_any_may_be_meant() -> None:
    month = make.StatementFactory(
        paraphrase_en="Tariff.", said_on="2025-09",
        said_lower=datetime(2025, 9, 1).date(), said_upper=datetime(2025, 9, 30).date(),  # noqa: DTZ001
    )  # fmt: skip
    year = make.StatementFactory(
        paraphrase_en="Tariff.", said_on="2025",
        said_lower=datetime(2025, 1, 1).date(), said_upper=datetime(2025, 12, 31).date(),  # noqa: DTZ001
    )  # fmt: skip
    both = [str(month.pk), str(year.pk)]
    assert ids(q="tariff", said_from="2025-09-20", said_to="2025-09-21") == both
    assert ids(q="tariff", said_from="2025-10-01") == [str(year.pk)]
    assert ids(q="tariff", said_to="2025-08-31") == [str(year.pk)]
    assert ids(q="tariff", said_from="2026-01-01") == []


@pytest.mark.parametrize(
    ("query", "at"),
    [("", "q"), ("q=", "q"), ("q=-", "q"), ("q=%EA%B4%80", "q"), ("q=" + "x" * 10_000, "q"),
     ("q=%00", "q"), ("q=a%0Ab", "q"), ("q=%FF", "q"), ("q=tariff&noun=ledger", "noun"),
     ("q=tariff&sort=colour", "sort"), ("q=tariff&said_from=soon", "said_from"),
     ("q=tariff&said_from=2025-10-02&said_to=2025-10-01", "said_to"),
     ("q=tariff&noun=person&track=x", "track"), ("q=tariff&limit=201", "limit")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(query: str, at: str) -> None:
    problem = Client().get(f"/api/v1/search/?{query}").json()

    assert (problem["status"], problem["code"], problem["at"]) == (400, "bad_parameter", at)
    assert len(problem["detail"]) > 20


def test_cursors_of_other_searches_are_refused() -> None:
    problem = ask(q="tariff", cursor="xyz").json()

    assert (problem["status"], problem["code"]) == (400, "bad_cursor")


def test_what_has_not_changed_is_told_so() -> None:
    make.StatementFactory(paraphrase_en="Tariff.")
    first = ask(q="tariff")
    again = Client().get("/api/v1/search/?q=tariff", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "q", ["통화\u00a0스와프", "통화\u3000스와프", "통화 스와\u200b프", "\ufeff통화 스와프"]
)
def test_spaces_and_marks_that_came_along_are_no_matter(q: str) -> None:
    """Words copied from a page bring such along, and keyboards write wide spaces."""
    row = make.StatementFactory(tracks=[make.TrackFactory()], paraphrase_ko="통화 스와프를 말했다.")

    assert ids(q=q) == [str(row.pk)]


def test_a_cursor_belongs_to_its_words() -> None:
    """One of another search would leave rows out without a word."""
    track = make.TrackFactory()
    for _ in range(3):
        make.StatementFactory(tracks=[track], paraphrase_en="A tariff and a visa.")
    cursor = parse_qs(urlsplit(ask(q="tariff", limit=1).json()["next"]).query)["cursor"][0]

    assert ask(q="tariff", limit=1, cursor=cursor).status_code == 200
    assert ask(q="visa", limit=1, cursor=cursor).json()["code"] == "bad_cursor"
