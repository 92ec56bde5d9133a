"""Withdrawing what is published."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from negotiations.models import Officer, StatusChange
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, words


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_a_retraction_is_drafted_with_its_reason_and_handed_in(desk: Desk, at: Browser) -> None:
    before = desk.published("status_change")
    path = f"/desk/status-changes/{before}/retraction/"
    response = at.press(path, "submit", correction_reason="It was never said.")
    row = StatusChange.objects.get(supersedes=before)
    assert response["Location"] == f"/desk/drafts/status-changes/{row.pk}/"
    assert (row.withdrawn, row.review, row.published_at) == (True, "submitted", None)
    assert row.correction_reason == "It was never said."


def test_a_retraction_without_a_reason_is_not_drafted(desk: Desk, at: Browser) -> None:
    path = f"/desk/status-changes/{desk.published('status_change')}/retraction/"
    assert "Reason for the retraction" in refusals(at.press(path, "save", status=422))


def test_a_draft_is_not_retracted(desk: Desk, at: Browser) -> None:
    path = f"/desk/status-changes/{desk.draft('status_change').id}/retraction/"
    at.get(path, status=409)


def test_what_was_corrected_already_is_refused_and_the_reason_kept(desk: Desk, at: Browser) -> None:
    before = desk.published("status_change")
    path = f"/desk/status-changes/{before}/retraction/"
    typed = at.filled(path, correction_reason="It was never said.")
    desk.correct("status_change", before)
    response = at.send(path, {**typed, "action": "save"}, status=409)
    assert "is published or drafted already" in refusals(response)
    assert "It was never said." in words(response)


def test_words_typed_before_signing_in_are_kept(desk: Desk, at: Browser) -> None:
    path = f"/desk/status-changes/{desk.published('status_change')}/retraction/"
    typed = at.filled(path, correction_reason="It was never said.")
    at.client.session.flush()
    at.send(path, {**typed, "action": "save"}, status=302)
    account = Officer.objects.get(pk=desk.drafter.officer)
    at.client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    told = words(at.get(path))
    assert "Your text was kept." in told
    assert "It was never said." in told
    assert StatusChange.objects.filter(withdrawn=True).count() == 0
