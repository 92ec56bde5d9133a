"""A published row at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import Membership, Negotiation
from negotiations.operations import Actor
from negotiations.pages.desk.nouns import PLURALS
from tests.operations.desk import NOW, Desk
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import Markup, parse


def read(client: Client, noun: str, id: int, status: int = 200) -> Markup:
    """The page of a row."""
    response = client.get(f"/desk/record/{PLURALS[noun]}/{id}/")
    assert response.status_code == status, response.content.decode()[:1000]
    return parse(response.content.decode())


@pytest.mark.parametrize("noun", PLURALS)
def test_a_row_stands_with_what_can_be_done(desk: Desk, reviewer: Client, noun: str) -> None:
    id = desk.published(noun)
    page = read(reviewer, noun, id)
    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert f"/desk/{PLURALS[noun]}/{id}/correction/" in hrefs
    assert f"/desk/{PLURALS[noun]}/{id}/retraction/" in hrefs
    assert page.mistakes == []
    assert ("Checked, nothing new" in page.words) is (noun != "source")
    ours = {href.split("#")[0] for href in hrefs if href.startswith("/desk/")}
    for href in sorted(ours):
        assert reviewer.get(href, follow=True).status_code == 200, href


def test_what_was_corrected_leads_to_what_stands_in_its_place(desk: Desk, reviewer: Client) -> None:
    before = desk.published("status_change")
    after = desk.correct("status_change", before)
    page = read(reviewer, "status_change", before)
    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert f"/desk/record/status-changes/{after}/" in hrefs
    assert f"/desk/status-changes/{before}/correction/" not in hrefs


def test_what_was_retracted_can_be_neither_corrected_nor_retracted(
    desk: Desk, reviewer: Client
) -> None:
    before = desk.published("milestone")
    desk.retract("milestone", before)
    page = read(reviewer, "milestone", before)
    assert "This was retracted." in page.words
    assert [e for e in page.all("a") if e.words == "Correct it"] == []


def test_a_draft_leads_to_its_own_page(desk: Desk, drafter: Client) -> None:
    id = desk.draft("milestone").id
    response = drafter.get(f"/desk/record/milestones/{id}/")
    assert response.headers["Location"] == f"/desk/drafts/milestones/{id}/"


def test_what_is_not_there_or_elsewhere_is_not_found(
    desk: Desk, reviewer: Client, hire: Callable[[str], Actor]
) -> None:
    read(reviewer, "statement", 999_999, status=404)
    stranger = hire("officer")
    other = Negotiation.objects.create(slug="o", title_en="o", title_ko="o", registered_at=NOW)
    Membership.objects.filter(officer=stranger.officer).update(negotiation=other)
    read(signed_in(stranger), "statement", desk.ids["statement"], status=404)
