"""What the product must say from the seed alone, asked at the read door."""

from __future__ import annotations

import re
import tomllib
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


# What a sentence says of how sure it is; cut off before a quotation, it reverses the sense.
HEDGES = re.compile(
    r"\b(may|might|could|would|if|unless|not|no|never|reportedly|according to|speculation)\b"
    r"|검토|지 않|못|아니|수 있|경우|전해졌",
    re.IGNORECASE,
)


BETWEEN_SENTENCES = re.compile(r"(?<!U\.S\.)(?<=[.?!”])\s+|\n+|\Z")


def _cut_off(text: str, start: int, end: int) -> str:
    """What a quotation leaves away of the sentences in which it begins and ends."""
    between = list(BETWEEN_SENTENCES.finditer(text))
    since = max((gap.end() for gap in between if gap.end() <= start), default=0)
    until = min(gap.start() for gap in between if gap.start() >= end)
    return f"{text[since:start]}…{text[end:until]}"


@pytest.mark.parametrize(
    ("quoted", "left_away"),
    [
        ("grow", "It may …, if all agree."),
        ("It may grow, if all agree.", "…"),
        ("It may grow", "…, if all agree."),
        ("It does not end.", "…"),
    ],
)
def test_what_a_quotation_leaves_away_is_seen(quoted: str, left_away: str) -> None:
    text = "All is well. It may grow, if all agree. It does not end."
    start = text.index(quoted)
    assert _cut_off(text, start, start + len(quoted)) == left_away


def test_no_quotation_is_cut_from_its_hedge_negation_or_condition() -> None:
    cut = {
        statement.quotation: _cut_off(statement.snapshot.text, statement.start, statement.end)
        for statement in Statement.objects.exclude(quotation="").select_related("snapshot")
    }
    assert {said: rest for said, rest in cut.items() if HEDGES.search(rest)} == NOT_OF_THE_CLAUSE


# What is left away here is another clause, joined by “but”, and does not bear on the one quoted.
NOT_OF_THE_CLAUSE = {
    "Cho Hyun admitted that the U.S. is evaluating the scope and limits of the agreement": (
        "Regarding the proposed currency swap agreement between South Korea and the U.S., …"
        ", but the current situation is “not optimistic.”"
    ),
}


def test_what_may_be_agreed_is_told_as_hedged() -> None:
    hedged = Statement.objects.filter(quotation__contains="may include")
    assert [(row.modality, row.kind) for row in hedged] == [("hedged", "reports")] * 3


def _words(entry: Any, key: str = "") -> Iterator[str]:
    """Every text of an entry that readers see."""
    if isinstance(entry, str) and (key.endswith(("_en", "_ko")) or key in {"title", "reason"}):
        yield entry
    for name, value in entry.items() if isinstance(entry, dict) else ():
        yield from _words(value, name)
    for value in entry if isinstance(entry, list) else ():
        yield from _words(value, key)


def test_readers_see_no_id_and_no_word_of_the_folders_own() -> None:
    files = [tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml")]
    words = [text for file in files for text in _words(file)]
    assert len(words) > 500
    # Korean particles follow an id at once, so that it has no word boundary behind it.
    inside = re.compile(
        r"(?<![A-Za-z0-9])[SACMTL]-?A?\d{2,3}(?!\d)|seed article|chronology|연표", re.IGNORECASE
    )
    assert [text for text in words if inside.search(text)] == []


def test_every_row_that_moves_against_the_path_says_why() -> None:
    silent = StatusChange.objects.exclude(unusual="").filter(reason_en="", reason_ko="")
    assert list(silent) == []
