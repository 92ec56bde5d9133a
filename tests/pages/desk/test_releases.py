"""Embargoes: nothing leaks before the moment, everything is out after it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from negotiations import operations
from negotiations.models import Membership, Negotiation, Release, StatusChange
from negotiations.operations import Actor
from negotiations.operations.releases import release_due
from tests.operations.desk import NOW, Desk, last_entry
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

MARK = "Zugzwang"
# All rooms of the talks and of the record in English and the first in Korean, feeds, files; the
# drills go on to what only other clocks and filters make of them.
MOST = [90, pytest.param(200, marks=pytest.mark.drill)]
FEEDS = (
    "/api/v1/status-changes/", "/api/v1/statements/", "/api/v1/sources/", "/api/v1/changes/",
    "/api/v1/corrections/", "/api/v1/negotiations/talks/tracks/security/timeline/",
)  # fmt: skip


@pytest.fixture
def at(reviewer: Client) -> Browser:
    """The second officer's browser."""
    return Browser(reviewer)


def approved(desk: Desk, at: Browser, **typed: Any) -> int:
    """A status change, with the drafts it rests on, approved for tomorrow's noon in New York."""
    source = desk.draft("source", title=f"{MARK} source").id
    statement = desk.draft("statement", source=source, paraphrase_en=f"{MARK} said.").id
    draft = desk.draft("status_change", basis=[statement], headline_en=f"{MARK} reached").id
    day = (timezone.now() + timedelta(days=1)).date().isoformat()
    when = {"release_on": f"{day}T12:00", "release_zone": "America/New_York"}
    at.press(f"/desk/drafts/status-changes/{draft}/", "release", **{**when, **typed})
    return draft


def public_pages(client: Client, most: int) -> dict[str, str]:
    """What scripts are told, and so much as a reader reaches by links from the front page, what is
    nearest first.
    """
    ahead, seen = deque(["/", "/ko/", *FEEDS]), dict[str, str]()
    while ahead and len(seen) < most:
        path = ahead.popleft()
        if path in seen:
            continue
        response = client.get(path)
        seen[path] = response.content.decode(errors="replace") + str(response.headers)
        found = re.findall(r'href="(/[^"#]*)', seen[path])
        ahead += [
            unescape(link) for link in found if not re.match(r"/(ko/)?(desk|account|static)/", link)
        ]
    return seen


@pytest.mark.parametrize("most", MOST)
def test_nothing_of_an_embargoed_draft_is_told_before_its_moment(
    desk: Desk, at: Browser, client: Client, hire: Callable[[str], Actor], most: int
) -> None:
    desk.published("status_change", headline_en="They talk")
    before = public_pages(client, most)
    assert any("They talk" in text for text in before.values())
    draft = approved(desk, at)
    after = public_pages(client, most)
    assert before.keys() == after.keys()
    assert [path for path, text in after.items() if MARK in text] == []
    for hidden in (f"/api/v1/status-changes/{draft}/", "/statements/2/", "/sources/2/"):
        assert MARK not in client.get(hidden).content.decode()
    reader = signed_in(hire("reader"))
    assert MARK not in reader.get("/desk/releases/").content.decode()
    etags = [client.get("/talks/security/")["ETag"] for _ in range(2)]
    assert etags[0] == etags[1]


def test_when_its_moment_has_come_it_is_published_by_who_approved_it(
    desk: Desk, at: Browser
) -> None:
    draft, moment = approved(desk, at), Release.objects.get().release_at
    assert release_due(now=moment - timedelta(seconds=1)) == 0
    assert StatusChange.objects.get(pk=draft).published_at is None
    assert release_due(now=moment) == 1
    row = StatusChange.objects.get(pk=draft)
    assert row.published_by_id == desk.reviewer.officer
    assert row.published_at == moment
    assert release_due(now=moment) == 0


@pytest.mark.parametrize("most", MOST)
def test_after_its_moment_every_reader_finds_it(desk: Desk, client: Client, most: int) -> None:
    draft = desk.draft("status_change", headline_en=f"{MARK} reached").id
    moment, items = NOW + timedelta(hours=6), [{"noun": "status_change", "id": draft, "version": 1}]
    desk.act(
        operations.approve_release, by=desk.reviewer, items=items, seen=last_entry().number,
        release_at=moment,
    )  # fmt: skip
    assert MARK not in client.get("/talks/security/").content.decode()
    release_due(now=moment)
    told = public_pages(client, most)
    assert {"/", "/talks/security/", "/changes/", "/api/v1/status-changes/"} <= {
        path for path, text in told.items() if MARK in text
    }


def test_the_local_time_is_read_on_the_clock_that_was_chosen(desk: Desk, at: Browser) -> None:
    approved(desk, at, release_on="2031-07-01T12:00", release_zone="America/New_York")
    assert Release.objects.get().release_at.isoformat() == "2031-07-01T16:00:00+00:00"


def test_a_moment_that_has_passed_is_refused_and_what_was_typed_stays(
    desk: Desk, at: Browser
) -> None:
    path = f"/desk/drafts/status-changes/{desk.draft('status_change').id}/"
    response = at.press(
        path, "release", status=422, release_on="2020-01-01T09:00", release_zone="Asia/Seoul"
    )
    assert "An embargo ends at a moment that is still to come." in refusals(response)
    assert 'value="2020-01-01T09:00"' in response.content.decode()


def test_no_moment_at_all_is_refused(desk: Desk, at: Browser) -> None:
    path = f"/desk/drafts/status-changes/{desk.draft('status_change').id}/"
    assert "still to come" in refusals(at.press(path, "release", status=422))


def test_a_waiting_release_is_listed_on_both_clocks_and_told_on_its_draft(
    desk: Desk, at: Browser
) -> None:
    draft = approved(desk, at, release_on="2031-07-01T12:00")
    told = words(at.get("/desk/releases/"))
    assert "2 July 2031, 01:00 Seoul = 2031-07-01 16:00 UTC" in told
    assert f"{MARK} reached" in told
    assert "Under embargo." in words(at.get(f"/desk/drafts/status-changes/{draft}/"))


def test_an_approval_is_taken_back_by_who_gave_it(desk: Desk, at: Browser) -> None:
    approved(desk, at)
    at.press("/desk/releases/", "")
    assert Release.objects.get().state == "cancelled"
    assert "Nothing waits" in words(at.get("/desk/releases/"))


def test_another_reviewer_does_not_take_it_back(
    desk: Desk, at: Browser, hire: Callable[[str], Actor]
) -> None:
    approved(desk, at)
    other = Browser(signed_in(hire("reviewer")))
    assert "the role of admin" in refusals(other.press("/desk/releases/", "", status=403))


def test_when_the_record_has_moved_on_it_is_held_and_the_desk_reads_why(
    desk: Desk, at: Browser
) -> None:
    draft = approved(desk, at)
    desk.published("status_change")
    release_due(now=Release.objects.get().release_at)
    assert StatusChange.objects.get(pk=draft).published_at is None
    told = words(at.get("/desk/releases/"))
    assert "Something newer was published on its track after the approval." in told
    assert "Held." in words(at.get(f"/desk/drafts/status-changes/{draft}/"))


def test_a_draft_changed_after_the_approval_is_held(desk: Desk, at: Browser) -> None:
    draft = approved(desk, at)
    basis = [StatusChange.objects.get(pk=draft).basis_id]
    desk.draft("status_change", amends=draft, version=1, basis=basis)
    release_due(now=Release.objects.get().release_at)
    assert "A draft was changed after the approval." in words(at.get("/desk/releases/"))


def test_an_officer_of_another_negotiation_sees_none_of_it(
    desk: Desk, at: Browser, hire: Callable[[str], Actor]
) -> None:
    desk.act(
        operations.register_negotiation, slug="other", parties=["KR", "US"], title_en="Other",
        title_ko="다른",
    )  # fmt: skip
    elsewhere = hire("")
    Membership.objects.create(
        officer_id=elsewhere.officer, role="reviewer",
        negotiation=Negotiation.objects.get(slug="other"),
    )  # fmt: skip
    draft = approved(desk, at)
    client = signed_in(elsewhere)
    assert client.get(f"/desk/drafts/status-changes/{draft}/").status_code == 404
    told = client.get("/desk/releases/").content.decode()
    assert MARK not in told


def test_in_korean_the_list_is_korean(desk: Desk, at: Browser) -> None:
    approved(desk, at)
    assert "승인 취소" in words(at.get("/ko/desk/releases/"))
