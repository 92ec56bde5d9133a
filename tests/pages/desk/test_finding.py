"""From any public page to its place at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.operations import Actor
from tests.operations.desk import Desk, last_entry
from tests.pages.desk.conftest import signed_in


@pytest.mark.parametrize(
    "address",
    [
        "/statements/{statement}/",
        "http://127.0.0.1:8000/statements/{statement}/?known_on=2025-10-05",
        "https://parley.example/ko/statements/{statement}/",
        "{number}",
        "№ {number}",
        "/changes/#n{number}",
        "/changes/?cursor={after}",
        "/rok-us/security/#n{number}",
        "/desk/record/statements/{statement}/",
    ],
)
def test_a_statement_is_found(desk: Desk, reviewer: Client, address: str) -> None:
    row = desk.row("statement", desk.ids["statement"])
    asked = address.format(statement=row.pk, number=row.ledger_number, after=row.ledger_number + 1)
    response = reviewer.get("/desk/finding/", {"address": asked})
    assert response.headers["Location"] == f"/desk/record/statements/{row.pk}/"


def test_who_reads_korean_finds_the_same(desk: Desk, reviewer: Client) -> None:
    id = desk.ids["statement"]
    for asked in (f"/ko/statements/{id}/", f"https://parley.example/statements/{id}/"):
        response = reviewer.get("/ko/desk/finding/", {"address": asked})
        assert response.headers["Location"] == f"/ko/desk/record/statements/{id}/"


def test_sources_entries_tracks_and_boards_are_found(desk: Desk, reviewer: Client) -> None:
    change = desk.row("status_change", desk.published("status_change"))
    captured = desk.ids["source"]
    for asked, there in (
        (f"/sources/{captured}/", f"/desk/record/sources/{captured}/"),
        (f"/talks/security/#n{change.ledger_number}", f"/desk/record/status-changes/{change.pk}/"),
        ("/talks/security/", "/desk/tracks/#talks-security"),
        ("/talks/security/#n999999", "/desk/tracks/#talks-security"),
        ("/talks/", "/desk/tracks/"),
        ("/desk/drafts/", "/desk/drafts/"),
    ):
        assert reviewer.get("/desk/finding/", {"address": asked}).headers["Location"] == there


def test_the_act_of_looking_leads_to_its_track(desk: Desk, reviewer: Client) -> None:
    reviewer.post("/desk/tracks/talks/trade/check/", {"once": "a"})
    found = reviewer.get("/desk/finding/", {"address": str(last_entry().number)})
    assert found.headers["Location"] == "/desk/tracks/#talks-trade", desk


@pytest.mark.parametrize(
    "asked",
    ["hello", "/people/cho/", "/about/", "http://[", "999999", "0", "/changes/", "//", "‮",
     "9" * 30, "/desk/admin/", "javascript:alert(1)"],
)  # fmt: skip
def test_what_the_desk_cannot_work_on_is_said_kindly(reviewer: Client, asked: str) -> None:
    response = reviewer.get("/desk/finding/", {"address": asked})
    assert response.status_code == 404
    assert "The desk knows nothing at this address." in response.content.decode()


def test_acts_on_drafts_are_not_found(desk: Desk, reviewer: Client) -> None:
    number = desk.draft("milestone").number
    assert reviewer.get("/desk/finding/", {"address": str(number)}).status_code == 404


def test_the_bare_form(reviewer: Client) -> None:
    assert reviewer.get("/desk/finding/").status_code == 200


def test_readers_have_no_desk_to_go_to(hire: Callable[[str], Actor]) -> None:
    assert signed_in(hire("reader")).get("/desk/finding/").status_code == 403
