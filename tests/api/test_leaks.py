"""Drafts and what is under embargo: nowhere in what anybody is told, in no count and no tag."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from negotiations.api.nouns import path_of
from negotiations.operations import draft_retraction
from tests.api.office import V1, Office
from tests.api.rows import NEEDED, PUBLIC
from tests.factories.reports import report
from tests.headers import own_headers
from tests.operations.desk import DRAFTS, capture, last_entry

MARK = "Xylophone"
NOW = datetime(2025, 10, 20, 3, tzinfo=UTC)
NAMES = {
    "negotiation": "talks", "track": "security", "slug": "cho", "code": "KR", "meeting": "summit",
}  # fmt: skip
# Names of people, publishers and parties are one parameter in addresses.
SEARCH = "/api/v1/search/"
PUBLISHER = "/api/v1/publishers/{slug}/"


def _addresses(ids: dict[str, int]) -> list[str]:
    told = []
    for route in PUBLIC:
        names: dict[str, Any] = {**NAMES, "number": 1, "id": ids.get(route.path.split("/")[3], 1)}
        if route.path == PUBLISHER:
            names["slug"] = "paper"
        asked = f"?q={MARK}" if route.path == SEARCH else NEEDED.get(route.path, "")
        told.append(
            route.path.format(**names) + asked.replace("/rok-us/currency-swap/", "/talks/security/")
        )
    told += [f"{SEARCH}?q={MARK}&noun={noun}" for noun in ("source", "track", "person")]
    wide = [f"{V1}/{noun}/?limit=1" for noun in ("statements", "status-changes", "sources")]
    feeds = [f"{place}feed.{form}" for place in ("/", "/talks/", "/talks/security/", "/parties/KR/")
             for form in ("atom", "rss", "json")]  # fmt: skip
    feeds += ["/feed.atom?noun=snapshot,source", *(f"/talks/{on}milestones.ics" for on in
                                                   ("", "security/"))]  # fmt: skip
    feeds += ["/talks/milestones.csv"]
    # What scripts follow along with, and all that could tell a number.
    return [*told, *feeds, *wide, f"{V1}/changes/?after=0&limit=200", f"{V1}/statements/?q={MARK}"]


def _told(addresses: list[str]) -> dict[str, tuple[int, bytes, str | None]]:
    answers = {address: Client().get(address) for address in addresses}
    return {a: (one.status_code, one.content, one.get("ETag")) for a, one in answers.items()}


def marked(office: Office) -> dict[str, int]:
    """The ids of drafts of every noun that say the word, with a correction and a withdrawal."""
    desk, ids = office.desk, {}
    for noun in DRAFTS:
        usual = desk.usual(noun)
        words = {
            name: f"{MARK} {value}" if value and name in _WORDS else value
            for name, value in usual.items()
        }
        if noun == "milestone":
            words["slug"] = MARK.lower()
        ids[path_of(noun)] = desk.draft(noun, **words).id
    mended = desk.draft("source", title=MARK, supersedes=desk.ids["source"], correction_reason=MARK)
    # The text of a correction is a draft like the correction.
    capture(desk, mended.id, text=f"{MARK} was heard again.")
    desk.act(draft_retraction, noun="statement", id=desk.ids["statement"], correction_reason=MARK)
    capture(desk, ids["sources"], text=f"{MARK} was heard.")
    return ids


_WORDS = {"title", "paraphrase_en", "paraphrase_ko", "headline_en", "headline_ko", "title_en"}


@pytest.mark.django_db
def test_drafts_are_told_to_nobody(office: Office) -> None:
    """Every public route answers byte for byte as before, under the same tag."""
    with time_machine.travel(NOW, tick=False):
        desk = office.desk
        published = {path_of(noun): desk.published(noun) for noun in DRAFTS}
        published["reports"] = report(desk.row("statement", published["statements"])).pk
        addresses = _addresses(published)
        before = _told(addresses)
        assert [a for a, (status, _, _) in before.items() if status != 200] == addresses[-1:]
        ids = marked(office)
        items = [{"noun": "source", "id": ids["sources"], "version": 2}]
        body = {
            "items": items, "seen": last_entry().number, "confirmed": True,
            "release_at": (NOW + timedelta(days=1)).isoformat(),
        }  # fmt: skip
        assert office.script("reviewer").post("/releases/", body).status_code == 201
        after = _told(addresses)

    assert before == after
    assert not [
        a for a, (_, content, _) in after.items() if MARK.encode() in content.split(b"q=")[0]
    ]


@pytest.mark.django_db
def test_the_address_of_a_draft_is_the_address_of_nothing(office: Office) -> None:
    """404 in the same bytes as for an id that never was."""
    ids = marked(office)
    for path, id in ids.items():
        draft, nothing = (Client().get(f"{V1}/{path}/{one}/") for one in (id, 10**9))

        assert draft.status_code == 404
        assert draft.content == nothing.content
        assert own_headers(draft.headers) == own_headers(nothing.headers)


@pytest.mark.django_db
def test_a_published_row_is_no_draft(office: Office) -> None:
    """Its address among the drafts is of nothing, also for those who wrote it."""
    script = office.script("admin")
    id = office.desk.ids["source"]

    assert script.send("GET", f"/drafts/sources/{id}/").status_code == 404
    assert [row["id"] for row in script.send("GET", "/drafts/").json()["results"]] == []
