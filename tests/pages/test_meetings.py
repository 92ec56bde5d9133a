"""Meetings, and the accounts of one of them side by side."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
THEN = "?known_on=2025-10-14"
ONE = f"/rok-us/meetings/summit/{THEN}"


def line(page: Any, topic: str) -> str:
    """All that a page says on a topic."""
    (row,) = [one for one in page.all("tr") if one.attributes.get("id") == f"topic-{topic}"]
    return str(row.words)


def account(shown: Scene, code: str, **fields: Any) -> Any:
    party = make.PartyFactory(code=code)
    return make.AccountFactory(
        track=shown.tariffs, according_to=party, basis=shown.quoted, **fields
    )


@pytest.mark.usefixtures("shown")
def test_two_contrary_accounts_stand_side_by_side(reader: Any) -> None:
    told = line(reader.read(ONE), "rice-market")
    assert told.startswith("Rice market contradict Tariffs")
    assert told.index("Seoul Nothing was opened.") < told.index("Washington All of it was opened.")


@pytest.mark.usefixtures("shown")
def test_the_line_in_korean(reader: Any) -> None:
    told = line(reader.read(f"/ko{ONE}"), "rice-market")
    assert told.startswith("쌀 시장 상충 관세")
    assert "서울 개방한 것이 없다." in told


@pytest.mark.parametrize(
    ("code", "english", "korean"),
    [("KR", "only Seoul", "서울만"), ("US", "only Washington", "워싱턴만")],
)
def test_of_the_silent_party_nothing_is_claimed(
    reader: Any, shown: Scene, code: str, english: str, korean: str
) -> None:
    account(shown, code, topic="ships", topic_en="Ships", topic_ko="조선")
    told = line(reader.read(ONE), "ships")
    assert told.startswith(f"Ships {english}")
    assert "Not in what we have of its account" in told
    assert "Left out" not in told
    assert line(reader.read(f"/ko{ONE}"), "ships").startswith(f"조선 {korean}")


def test_a_confirmed_omission_is_told_as_one(reader: Any, shown: Scene) -> None:
    account(shown, "KR", topic="ships", topic_en="Ships")
    account(shown, "US", topic="ships", topic_en="Ships", bearing="omits")
    told = line(reader.read(ONE), "ships")
    assert told.startswith("Ships Seoul; left out by Washington")
    assert "Left out: read and confirmed by an officer." in told
    assert "Not in what we have" not in told


def test_both_tell_without_contradicting(reader: Any, shown: Scene) -> None:
    account(shown, "KR", topic="ships", topic_en="Ships")
    account(shown, "US", topic="ships", topic_en="Ships")
    assert line(reader.read(ONE), "ships").startswith("Ships both")


def test_of_three_parties_those_that_tell_are_named(reader: Any, shown: Scene) -> None:
    for code in ("KR", "US"):
        account(shown, code, topic="ships", topic_en="Ships")
    make.PartyFactory(code="JP", capital_en="Tokyo")
    account(shown, "JP", topic="steel", topic_en="Steel")
    page = reader.read(ONE)
    assert line(page, "ships").startswith("Ships Seoul, Washington")
    assert line(page, "steel").startswith("Steel only Tokyo")


def test_what_is_left_out_by_all_is_told_by_none(reader: Any, shown: Scene) -> None:
    account(shown, "US", topic="ships", topic_en="Ships", bearing="omits")
    assert line(reader.read(ONE), "ships").startswith("Ships left out by Washington")


def test_hostile_words_stay_words(reader: Any, shown: Scene) -> None:
    hostile = "<script>alert(1)</script>\u202e"
    account(shown, "KR", topic="ships", topic_en=hostile, topic_ko=hostile, text_en=hostile)
    page = reader.read(ONE)
    assert page.mistakes == []
    # But not the character that would turn ours around.
    assert hostile.removesuffix("\u202e") in line(page, "ships")
    assert "\u202e" not in page.words


@pytest.mark.usefixtures("shown")
def test_the_head_tells_when_where_and_what_became_of_it(reader: Any) -> None:
    (head,) = [one.words for one in reader.read(ONE).all("header") if "Summit" in one.words]
    for words in ("Meeting · Washington", "Summit", "1 September 2025", "Met", "Tariffs"):
        assert words in head


def test_a_moment_is_told_on_the_clock_of_each_capital(reader: Any, shown: Scene) -> None:
    make.MilestoneFactory(
        slug="summit", tracks=[shown.tariffs], kind="meeting", title_en="Summit",
        due_on="2025-09-01T20:00:00-04:00", due_lower="2025-09-01", effective_on="2025-09-02",
    )  # fmt: skip
    (head,) = [one.words for one in reader.read(ONE).all("header") if "Summit" in one.words]
    assert "2 September 2025" in head
    assert "(Seoul)" in head
    assert "(Washington)" in head


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("path", ["meetings/", "meetings/summit/"])
def test_the_feeds_of_a_meeting_are_those_of_its_negotiation(reader: Any, path: str) -> None:
    links = [one.attributes for one in reader.read(f"/ko/rok-us/{path}").all("link")]
    feeds = [one["href"] for one in links if "feed" in one["href"] or "ics" in one["href"]]
    assert [one.removeprefix("/ko/rok-us/") for one in feeds] == [
        "feed.atom",
        "feed.rss",
        "feed.json",
        "milestones.ics",
    ]


@pytest.mark.usefixtures("shown")
def test_the_list_counts_topics_by_verdict(reader: Any) -> None:
    (row,) = [one.words for one in reader.read(f"/rok-us/meetings/{THEN}").all("tr")][1:]
    assert row.startswith("Summit")
    assert row.endswith("Contradict 1")


def test_a_meeting_without_accounts_claims_nothing(reader: Any, shown: Scene) -> None:
    make.MilestoneFactory(slug="later", tracks=[shown.tariffs], kind="meeting", title_en="Later")
    rows = [one.words for one in reader.read(f"/rok-us/meetings/{THEN}").all("tr")]
    (row,) = [row for row in rows if row.startswith("Later")]
    assert row.endswith("no accounts on record yet")
    page = reader.read(f"/rok-us/meetings/later/{THEN}")
    assert "No accounts on record yet" in page.one("main").words


@pytest.mark.usefixtures("shown")
def test_before_it_was_known_there_is_no_meeting(reader: Any) -> None:
    page = reader.read("/rok-us/meetings/?known_on=2020-01-01")
    assert "No meetings on record" in page.one("main").words
    assert reader.get("/rok-us/meetings/summit/?known_on=2020-01-01").status_code == 404


@pytest.mark.usefixtures("shown")
def test_the_track_leads_to_the_accounts(reader: Any) -> None:
    page = reader.read(f"/rok-us/tariffs/{THEN}")
    targets = [one.attributes["href"] for one in page.all("a")]
    assert f"/rok-us/meetings/summit/{THEN}" in targets
    assert f"/rok-us/meetings/summit/{THEN}#topic-rice-market" in targets
