"""The desk page: what waits, what wants an eye, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations import operations
from negotiations.models import Capture, Membership, Negotiation, Track
from negotiations.operations import Actor
from tests.operations.desk import NOW, Desk, last_entry
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import Markup, parse


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    """The day on which the desk of the tests acts."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def read(client: Client, path: str = "/desk/") -> Markup:
    """The page."""
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()[:2000]
    return parse(response.content.decode())


def shown(page: Markup, name: str) -> str:
    """All that one list of the page says."""
    return page.one("section", aria_labelledby=f"l-{name}").words


def submit(desk: Desk, noun: str, **fields: Any) -> Any:
    """A draft of the first officer that is handed in."""
    draft = desk.draft(noun, **fields)
    return desk.act(operations.submit_draft, noun=noun, id=draft.id, version=1)


def test_who_is_not_signed_in_is_asked_to(desk: Desk) -> None:
    response = Client().get("/desk/")
    assert response.status_code == 302, desk
    assert response.headers["Location"] == "/desk/account/login/?next=%2Fdesk%2F"


def test_an_idle_desk_says_so_calmly(reviewer: Client) -> None:
    page = read(reviewer)
    assert "Nothing waits for your review." in shown(page, "review")
    assert "Nothing was sent back to you." in shown(page, "back")
    assert "You have no draft in work." in shown(page, "mine")
    assert "Every track was looked at in time." in shown(page, "neglected")
    assert "The parties contradict each other on no track." in shown(page, "contested")
    assert "No milestone is due soon." in shown(page, "soon")
    assert "The text of every source is kept." in shown(page, "uncaptured")
    assert page.mistakes == []


def test_what_others_handed_in_waits_for_the_reviewer(desk: Desk, reviewer: Client) -> None:
    submit(desk, "status_change", headline_en="Talks slow down")
    desk.draft("status_change", headline_en="Not handed in")
    listed = shown(read(reviewer), "review")
    assert listed.startswith("To review 1 Talks slow down")
    assert "Not handed in" not in listed


def test_one_does_not_review_ones_own(desk: Desk, drafter: Client) -> None:
    submit(desk, "status_change")
    page = read(drafter)
    assert "Nothing waits for your review." in shown(page, "review")
    assert "1 handed in, waiting for a reviewer" in shown(page, "mine")


def test_an_officer_reviews_nothing(desk: Desk, hire: Callable[[str], Actor]) -> None:
    submit(desk, "status_change")
    page = read(signed_in(hire("officer")))
    assert "Nothing waits for your review." in shown(page, "review")


def test_what_was_sent_back_stands_with_its_note(desk: Desk, drafter: Client) -> None:
    handed = submit(desk, "status_change", headline_en="Talks slow down")
    desk.act(
        operations.send_back, by=desk.reviewer, noun="status_change", id=handed.id,
        version=handed.version, note="Which minister?",
    )  # fmt: skip
    listed = shown(read(drafter), "back")
    assert listed.startswith("Sent back to you 1 Talks slow down")
    assert listed.endswith("Sent back: Which minister?")


def test_drafts_in_work_are_ones_own(desk: Desk, drafter: Client, reviewer: Client) -> None:
    desk.draft("milestone", title_en="A summit")
    assert "A summit" in shown(read(drafter), "mine")
    assert "You have no draft in work." in shown(read(reviewer), "mine")


def test_the_first_five_and_a_link_to_all(desk: Desk, drafter: Client) -> None:
    for number in range(7):
        desk.draft("milestone", slug=f"m-{number}", title_en=f"Summit {number}")
    listed = shown(read(drafter), "mine")
    assert listed.startswith("Yours, in work 7")
    assert [n for n in range(7) if f"Summit {n}" in listed] == [2, 3, 4, 5, 6]
    links = [e.attributes["href"] for e in read(drafter).all("a") if e.words == "All 7"]
    assert links == ["/desk/drafts/?pile=mine"]


def test_tracks_that_nobody_looked_at_stand_with_their_last_day(
    desk: Desk,
) -> None:
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        page = read(signed_in(desk.reviewer))
    listed = shown(page, "neglected")
    assert listed.startswith("Not looked at for too long 2")
    assert "worked on 14 Oct 2025 · due every 7 days" in listed
    assert len([e for e in page.all("button") if e.words.startswith("Checked")]) == 2


def test_tracks_on_which_the_parties_contradict_each_other(desk: Desk, reviewer: Client) -> None:
    for party, stage in (("KR", "text_agreed"), ("US", "negotiating")):
        desk.published("status_change", according_to=party, stage=stage, reason_en="So it is.")
    listed = shown(read(reviewer), "contested")
    assert "Korea: Text agreed · United States: Negotiating" in listed


def test_milestones_due_soon_and_passed(desk: Desk, reviewer: Client) -> None:
    desk.published("milestone", slug="a", title_en="A summit", due_on="2025-10-20")
    desk.published("milestone", slug="b", title_en="A letter", due_on="2025-10-10")
    desk.published("milestone", slug="c", title_en="A treaty", due_on="2026-10-10")
    page = read(reviewer)
    assert "A summit 20 Oct 2025" in shown(page, "soon")
    assert "A letter 10 Oct 2025" in shown(page, "passed")
    assert "A treaty" not in page.words


def test_paraphrases_and_sources_without_a_text(desk: Desk, reviewer: Client) -> None:
    source = desk.published("source", title="Not captured")
    desk.published("statement", source=source, paraphrase_en="They hope so.")
    page = read(reviewer)
    assert "They hope so." in shown(page, "paraphrases")
    assert shown(page, "uncaptured").startswith("Sources without their text 1 Not captured")


def test_captures_are_ones_own(desk: Desk, drafter: Client, reviewer: Client) -> None:
    Capture.objects.create(
        url="https://paper.example/x", asked_by_id=desk.reviewer.officer, asked_at=NOW, due_at=NOW
    )
    assert "https://paper.example/x waiting for its turn" in shown(read(reviewer), "captures")
    assert "paper.example/x" not in read(drafter).words


def test_what_waits_under_embargo(desk: Desk, reviewer: Client) -> None:
    draft = submit(desk, "milestone", title_en="A summit")
    item = {"noun": "milestone", "id": draft.id, "version": draft.version}
    desk.act(
        operations.approve_release, by=desk.reviewer, items=[item], seen=last_entry().number,
        release_at=datetime(2025, 10, 20, tzinfo=UTC), confirmed=True,
    )  # fmt: skip
    listed = shown(read(reviewer), "releases")
    assert listed.startswith("Under embargo 1 20 October 2025, 09:00 Seoul A summit")


def test_nothing_of_a_negotiation_where_the_account_has_no_role(
    desk: Desk, hire: Callable[[str], Actor]
) -> None:
    stranger = hire("reviewer")
    other = Negotiation.objects.create(
        slug="other", title_en="o", title_ko="o", registered_at=NOW - timedelta(days=9)
    )
    Membership.objects.filter(officer=stranger.officer).update(negotiation=other)
    submit(desk, "status_change", headline_en="Talks slow down")
    desk.published("milestone", title_en="A summit", due_on="2025-10-20")
    page = read(signed_in(stranger))
    assert [word for word in ("slow down", "summit", "They are close") if word in page.words] == []


@pytest.mark.parametrize("role", ["", "reader"])
def test_a_reader_is_told_what_an_account_is_for(
    desk: Desk, hire: Callable[[str], Actor], role: str
) -> None:
    submit(desk, "status_change", headline_en="Talks slow down")
    page = read(signed_in(hire(role)))
    assert "You are signed in as a reader." in page.words
    assert "slow down" not in page.words
    assert "/desk/drafts/" not in [e.attributes["href"] for e in page.all("a")]


def test_as_many_queries_for_three_of_everything_as_for_one(desk: Desk, reviewer: Client) -> None:
    def fill(number: int) -> None:
        handed = submit(desk, "status_change", headline_en=f"S {number}")
        desk.draft("milestone", by=desk.reviewer, slug=f"m-{number}")
        sent = desk.draft("statement", by=desk.reviewer)
        kept = desk.act(
            operations.submit_draft, by=desk.reviewer, noun="statement", id=sent.id, version=1
        )
        desk.act(
            operations.send_back, noun="statement", id=kept.id, version=kept.version, note="No."
        )
        desk.published("milestone", slug=f"due-{number}", due_on="2025-10-20")
        source = desk.published("source")
        desk.published("statement", source=source)
        assert handed.id
        talks = Negotiation.objects.get(slug="talks")
        for party, stage in (("KR", "text_agreed"), ("US", "negotiating")):
            track = Track.objects.get_or_create(
                negotiation=talks, slug=f"t-{number}",
                defaults={"title_en": "t", "title_ko": "t", "procedure": "treaty",
                          "registered_at": NOW},
            )[0]  # fmt: skip
            desk.published(
                "status_change", track=f"talks/{track.slug}", according_to=party, stage=stage,
                reason_en="So it is.",
            )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(reviewer)
        return len(captured)

    read(reviewer)
    fill(1)
    one = cost()
    fill(2)
    fill(3)
    assert cost() == one


def test_in_korean(reviewer: Client) -> None:
    page = read(reviewer, "/ko/desk/")
    assert page.one("h1").words == "데스크"
    assert "검토를 기다리는 것이 없습니다." in page.words
