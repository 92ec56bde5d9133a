"""The form of a status change."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import StatusChange
from tests.operations.desk import Desk
from tests.pages.desk.browsing import NEW, Browser, refusals, words
from tests.pages.desk.conftest import signed_in


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def complete(desk: Desk, **typed: Any) -> dict[str, Any]:
    """What an officer types for a whole status change."""
    return {
        "track": "talks/security", "according_to": "", "stage": "negotiating",
        "momentum": "advancing", "documentary_basis": "oral", "basis": desk.ids["statement"],
        "headline_en": "Talks go on", "headline_ko": "협상 계속", "effective_on": "2025-10-02",
        **typed,
    }  # fmt: skip


def test_a_status_change_is_drafted_from_its_form(desk: Desk, at: Browser) -> None:
    other, against = desk.published("statement"), desk.published("statement")
    typed = complete(
        desk, according_to="KR", further=[other], dissent=[against], note_ko="주석", find="Cho"
    )
    response = at.press(NEW, "save", **typed)
    row = StatusChange.objects.get()
    assert response["Location"] == f"/desk/drafts/status-changes/{row.pk}/"
    assert (row.track.slug, row.according_to.code, row.stage) == ("security", "KR", "negotiating")
    assert (row.basis_id, row.note_ko, row.review) == (desk.ids["statement"], "주석", "")
    assert [s.pk for s in row.further_basis.all()] == [other]
    assert [s.pk for s in row.dissent.all()] == [against]


def test_save_and_hand_in_is_one_press(desk: Desk, at: Browser) -> None:
    at.press(NEW, "submit", **complete(desk))
    assert StatusChange.objects.get().review == "submitted"


def test_every_stage_stands_with_its_meaning(at: Browser) -> None:
    page = at.get(NEW)
    assert page.content.decode().count('name="stage"') == 14
    assert "Negotiators have settled the final wording" in words(page)


def test_no_party_is_the_desks_own_reading(desk: Desk, at: Browser) -> None:
    at.press(NEW, "save", **complete(desk))
    assert StatusChange.objects.get().according_to is None


def test_what_is_refused_keeps_all_that_was_typed(desk: Desk, at: Browser) -> None:
    response = at.press(NEW, "save", status=422, **complete(desk, stage="signed"))
    assert "Signed needs a document behind it, not oral" in refusals(response)
    page = response.content.decode()
    assert 'value="Talks go on"' in page
    assert 'value="signed" id="id_stage_6" checked' in page
    assert not StatusChange.objects.exists()


def test_an_unusual_move_is_told_in_words_at_the_field_of_its_reason(
    desk: Desk, at: Browser
) -> None:
    desk.published("status_change")
    typed = complete(desk, stage="mooted", effective_on="2025-10-05")
    response = at.press(NEW, "check", status=422, **typed)
    told = "Going from negotiating to mooted is a regress: give the reason."
    assert told in refusals(response)
    response = at.press(NEW, "check", status=200, **typed, reason_en="They begin again.")
    assert "The track went back to a lower stage" in words(response)


def test_check_first_shows_before_and_after_and_saves_nothing(desk: Desk, at: Browser) -> None:
    desk.published("status_change", headline_en="They talk")
    typed = complete(desk, stage="agreed_in_principle", effective_on="2025-10-05")
    told = words(at.press(NEW, "check", status=200, **typed))
    assert "Checked, not saved" in told
    assert "Stage Before Negotiating After Agreed in principle" in told
    assert "Headline Before They talk After Talks go on" in told
    assert StatusChange.objects.count() == 1


def test_what_holds_only_later_is_shown_as_to_come(desk: Desk, at: Browser) -> None:
    typed = complete(desk, effective_on="2099-01-01")
    told = words(at.press(NEW, "check", status=200, **typed))
    assert "To come Before — After Negotiating, Advancing – Talks go on" in told


def test_check_first_says_what_keeps_it_from_being_published(desk: Desk, at: Browser) -> None:
    desk.ids["statement"] = desk.draft("statement", source=desk.draft("source").id).id
    told = words(at.press(NEW, "check", status=200, **complete(desk)))
    assert "Checked, not saved" in told
    gone = desk.published("statement")
    desk.retract("statement", gone)
    told = words(at.press(NEW, "check", status=200, **complete(desk, basis=gone)))
    assert "It cannot be published yet: It rests on statement" in told


def test_a_correction_begins_with_what_is_published_and_asks_why(desk: Desk, at: Browser) -> None:
    other = desk.published("statement")
    before = desk.published("status_change", basis=[desk.ids["statement"], other])
    path = f"/desk/status-changes/{before}/correction/"
    assert "Reason for the correction" in refusals(at.press(path, "save", status=422))
    at.press(path, "save", momentum="stalled", correction_reason="A slip of the pen.")
    row = StatusChange.objects.get(supersedes=before)
    assert (row.momentum, row.headline_en) == ("stalled", "Talks go on")
    assert [s.pk for s in row.further_basis.all()] == [other]


def test_a_changed_draft_is_shown_beside_what_was_typed(desk: Desk, at: Browser) -> None:
    draft = desk.draft("status_change").id
    path = f"/desk/drafts/status-changes/{draft}/edit/"
    typed = at.filled(path, headline_en="Mine")
    desk.draft("status_change", amends=draft, version=1, headline_en="Theirs")
    response = at.send(path, {**typed, "action": "save"}, status=412)
    assert "Headline in English The draft now Theirs What you typed Mine" in words(response)


def test_in_korean_the_form_and_its_refusals_are_korean(desk: Desk, at: Browser) -> None:
    desk.published("status_change")
    typed = complete(desk, stage="mooted", effective_on="2025-10-05")
    response = at.press(f"/ko{NEW}", "save", status=422, **typed)
    assert "이례적 변화입니다" in refusals(response)
    assert "상태 변경" in words(response)


def test_a_reader_has_no_such_form(client: Client, hire: Any) -> None:
    assert signed_in(hire("reader")).get(NEW).status_code == 403
    assert client.get(NEW).status_code == 302
