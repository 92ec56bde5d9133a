"""What the product must say from the seed alone, asked at the read door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from negotiations.intake.seeds import load_folder
from negotiations.models import LedgerEntry, Statement, StatusChange
from negotiations.operations.verifying import verify_ledger
from negotiations.queries.boards import board
from negotiations.queries.clocks import read_clocks
from negotiations.queries.layouts import layout
from negotiations.queries.tracks import track
from tests.standing import undone

FOLDER = Path(settings.BASE_DIR) / "seeds" / "rok-us"
NOW = datetime(2025, 10, 20, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """The seed, loaded once for this module."""
    with undone(django_db_blocker):
        load_folder(FOLDER, now=NOW)
        yield


@pytest.fixture(autouse=True)
def db(loaded: None, django_db_blocker: Any) -> Iterator[None]:  # noqa: ARG001
    """In place of pytest-django's, which would close the module's transaction."""
    with undone(django_db_blocker):
        yield


def _track(slug: str, day: str) -> Any:
    clocks = read_clocks(on=day, known_by=day, as_of=None, now=NOW, zone=ZoneInfo("Asia/Seoul"))
    return track("rok-us", slug, clocks=clocks)


def _reading(of: Any, code: str) -> Any:
    return next(reading for reading in of.readings if reading.party.code == code)


def test_loading_again_adds_no_entry() -> None:
    entries = LedgerEntry.objects.count()
    assert {(new, differing) for _, new, _, differing in load_folder(FOLDER, now=NOW)} == {(0, 0)}
    assert LedgerEntry.objects.count() == entries


def test_the_ledger_agrees_with_the_record() -> None:
    assert verify_ledger() == (LedgerEntry.objects.count(), None)


def test_the_headline_tracks_lead_the_board() -> None:
    clocks = read_clocks(on=None, known_by=None, as_of=None, now=NOW, zone=ZoneInfo("Asia/Seoul"))
    rows = board(layout("rok-us", clocks=clocks)).rows
    headlines = [row.state.slug for row in rows if row.state.headline]
    assert headlines == ["security", "tariffs", "investment", "currency-swap"]


def test_security_is_agreed_in_principle_and_heard_from_seoul_only() -> None:
    security = _track("security", "2025-10-05")
    assert (security.stage, security.agreement) == ("agreed_in_principle", "one_sided")
    assert _reading(security, "KR").stage == "agreed_in_principle"
    assert (_reading(security, "US").latest, _reading(security, "US").stage) == (None, None)


def test_investment_is_negotiated_and_stalled() -> None:
    investment = _track("investment", "2025-10-05")
    assert (investment.stage, investment.momentum) == ("negotiating", "stalled")


def test_the_swap_is_exploratory_and_stalled_in_the_words_of_the_minister() -> None:
    swap = _track("currency-swap", "2025-10-05")
    assert (swap.stage, swap.momentum) == ("exploratory", "stalled")
    said = swap.basis[0]
    assert said.speaker.person == "cho-hyun"
    assert "not optimistic" in said.quotation
    assert said.source.url.startswith("https://")


def test_the_swap_was_mooted_before() -> None:
    assert _track("currency-swap", "2025-09-20").stage == "mooted"


def test_every_quotation_stands_in_the_archived_text() -> None:
    quoted = Statement.objects.exclude(quotation="").select_related("snapshot")
    assert len(quoted) > 0
    for statement in quoted:
        found = statement.snapshot.text[statement.start : statement.end]
        assert " ".join(found.split()) == " ".join(statement.quotation.split())


def test_every_row_that_moves_against_the_path_says_why() -> None:
    silent = StatusChange.objects.exclude(unusual="").filter(reason_en="", reason_ko="")
    assert list(silent) == []
