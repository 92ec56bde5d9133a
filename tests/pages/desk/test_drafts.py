"""The lists of drafts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations import operations
from tests.operations.desk import Desk
from tests.pages.desk.test_front import submit
from tests.pages.markup import Markup, parse


def read(client: Client, query: str = "", status: int = 200) -> Markup:
    """The page of drafts."""
    response = client.get(f"/desk/drafts/{query}")
    assert response.status_code == status, response.content.decode()[:1000]
    return parse(response.content.decode())


def items(page: Markup) -> list[str]:
    """What the boxes stand for."""
    return [e.attributes["value"] for e in page.all("input", type="checkbox")]


@pytest.fixture
def some(desk: Desk) -> dict[str, Any]:
    """A draft in each state, oldest first."""
    work = desk.draft("milestone", slug="a")
    handed = submit(desk, "position")
    sent = submit(desk, "linkage")
    desk.act(
        operations.send_back, by=desk.reviewer, noun="linkage", id=sent.id, version=sent.version,
        note="Which words?",
    )  # fmt: skip
    return {"mine": work, "handed": handed, "back": sent}


@pytest.mark.parametrize("pile", ["mine", "handed", "back"])
def test_each_pile_holds_its_own(drafter: Client, some: dict[str, Any], pile: str) -> None:
    row = some[pile]
    assert items(read(drafter, f"?pile={pile}")) == [f"{row.noun}:{row.id}"]


def test_the_reviewers_pile(desk: Desk, reviewer: Client, some: dict[str, Any]) -> None:
    assert items(read(reviewer, "?pile=review")) == [f"position:{some['handed'].id}"], desk
    assert items(read(reviewer, "?pile=mine")) == []


def test_all_of_them_say_how_far_they_are(reviewer: Client, some: dict[str, Any]) -> None:
    page = read(reviewer)
    assert sorted(items(page)) == sorted(f"{row.noun}:{row.id}" for row in some.values())
    tags = sorted(e.words for e in page.all("span", class_="tag"))
    assert tags == ["handed in", "sent back"]
    assert "Which words?" in page.words
    assert page.mistakes == []


def test_one_noun_alone(reviewer: Client, some: dict[str, Any]) -> None:
    assert items(read(reviewer, "?noun=linkage")) == [f"linkage:{some['back'].id}"]


def test_the_ticked_ones_go_to_one_review(reviewer: Client, some: dict[str, Any]) -> None:
    page = read(reviewer)
    (form,) = [e for e in page.all("form") if e.attributes["action"] == "/desk/publication/"]
    assert form.attributes["method"] == "get"
    row = some["handed"]
    there = reviewer.get("/desk/publication/", {"items": [f"{row.noun}:{row.id}"]})
    assert there.status_code == 200


def test_an_empty_pile_is_kind(reviewer: Client) -> None:
    assert "Nothing waits for your review." in read(reviewer, "?pile=review").words


@pytest.mark.parametrize("query", ["?pile=none", "?noun=track", "?cursor=x"])
def test_what_cannot_be_listed_is_refused(reviewer: Client, query: str) -> None:
    assert "400" in read(reviewer, query, status=400).words


def test_older_drafts_are_on_the_next_page(desk: Desk, drafter: Client) -> None:
    for number in range(32):
        desk.draft("milestone", slug=f"m-{number}")
    first = read(drafter)
    (more,) = [e.attributes["href"] for e in first.all("a", rel="next")]
    second = parse(drafter.get(more).content.decode())
    assert (len(items(first)), len(items(second))) == (30, 2)
    assert set(items(first)) & set(items(second)) == set()
