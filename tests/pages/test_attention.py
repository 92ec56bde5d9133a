"""When the desk last looked at a track, as readers are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from negotiations.queries.tracks import track
from tests import factories as make
from tests.factories import clocks_at
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
DAY = datetime(2025, 10, 14, 3, tzinfo=UTC)
PATH = "/rok-us/security/?as_of=2025-10-20"


def check(shown: Scene, at: datetime = DAY) -> None:
    """The desk looks and finds nothing new."""
    make.enter(
        verb="check_track", noun="track", object_id=shown.track.pk, tracks=[shown.track], at=at,
        payload={"track": "rok-us/security"},
    )  # fmt: skip


def looked(reader: Any, path: str = PATH) -> str:
    """The line of the track's page."""
    return " ".join(e.words for e in reader.read(path).all("p", class_="looked"))


def test_before_the_first_act_nothing_is_said_of_looking(reader: Any, shown: Scene) -> None:
    assert looked(reader) == "", shown


def test_quiet_that_was_seen_is_told_with_its_day(reader: Any, shown: Scene) -> None:
    check(shown)
    assert looked(reader) == "The desk last looked on 14 October 2025: nothing new."


def test_the_last_work_on_a_track_is_told_where_it_was_more_than_a_look(
    reader: Any, shown: Scene
) -> None:
    check(shown)
    make.enter(tracks=[shown.track], at=DAY + timedelta(days=1))
    assert looked(reader) == "The desk last worked on this track on 15 October 2025."


def test_neglect_is_told_too(reader: Any, shown: Scene) -> None:
    check(shown)
    later = looked(reader, "/rok-us/security/?as_of=2025-10-22")
    assert later == (
        "The desk last looked on 14 October 2025: nothing new. Nobody has looked since."
    )


def test_looks_after_the_moment_asked_about_are_not_there(reader: Any, shown: Scene) -> None:
    check(shown)
    check(shown, at=DAY + timedelta(days=30))
    assert "14 October 2025" in looked(reader)


def test_the_desks_day_is_the_one_that_is_told(reader: Any, shown: Scene) -> None:
    check(shown, at=datetime(2025, 10, 14, 16, tzinfo=UTC))
    assert "15 October 2025" in looked(reader)


def test_beside_what_was_known_long_ago_the_desk_is_silent(reader: Any, shown: Scene) -> None:
    check(shown)
    assert looked(reader, "/rok-us/security/?known_on=2025-10-05") == ""


def test_the_board_says_so_in_its_row(reader: Any, shown: Scene) -> None:
    check(shown)
    told = [e.words for e in reader.read("/rok-us/?as_of=2025-10-20").all("span")]
    assert "looked on 14 Oct 2025: nothing new" in told
    late = [e.words for e in reader.read("/rok-us/?as_of=2025-10-25").all("span")]
    assert "nobody looked since 14 Oct 2025" in late


def test_in_korean(reader: Any, shown: Scene) -> None:
    check(shown)
    told = looked(reader, f"/ko{PATH}")
    assert told == "데스크가 2025년 10월 14일에 마지막으로 확인했으며, 새 소식은 없었습니다."


def test_the_look_is_told_among_the_changes(reader: Any, shown: Scene) -> None:
    check(shown)
    heads = [e.words for e in reader.read("/changes/").all("h2")]
    assert heads == ["Looked, nothing new on Security"]


def test_scripts_are_told_the_instants(shown: Scene) -> None:
    state = track("rok-us", "security", clocks=clocks_at("2025-10-14"))
    assert (state.acted_at, state.checked_at, state.review_days) == (None, None, 7)
    check(shown)
    make.enter(tracks=[shown.track], at=DAY + timedelta(days=1))
    state = track("rok-us", "security", clocks=clocks_at("2025-10-14"))
    assert (state.checked_at, state.acted_at) == (DAY, DAY + timedelta(days=1))
    assert state.last_said_on == date(2025, 10, 1)
