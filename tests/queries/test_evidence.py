"""How pages were found again, on all three clocks, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.evidence import source_evidence
from negotiations.queries.shapes import SourceEvidence
from negotiations.queries.shapes.evidence import ChangedPassage, Piece
from negotiations.queries.wording import compared
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories.archives import archive, found
from tests.factories.published import PUBLISHED_AT

pytestmark = pytest.mark.django_db
FOUND_AT = PUBLISHED_AT + timedelta(days=30)
WORDS = "they had agreed"


def clocks(day: str = "2026-01-01", **given: Any) -> Clocks:
    """All clocks at a day."""
    return make.clocks_at(day, **given)


@pytest.fixture
def snapshot() -> Any:
    """The fetched text of a source."""
    return make.SnapshotFactory()


@pytest.fixture
def statement(snapshot: Any) -> Any:
    """A statement that quotes it."""
    return make.StatementFactory(
        source=snapshot.source, snapshot=snapshot, quotation=WORDS, start=13, end=28
    )


def told(source: Any, at: Clocks | None = None) -> SourceEvidence:
    """What is told of its page."""
    return source_evidence(source.pk, clocks=at or clocks())


def test_what_was_never_found_otherwise_is_intact_without_a_date(snapshot: Any) -> None:
    kept = archive(snapshot)
    assert told(snapshot.source) == SourceEvidence(
        source=snapshot.source.pk, state="intact", since=None, ledger_number=None, address=None,
        passages=(), text_sha256=snapshot.sha256, html_sha256=kept.html_sha256,
        warc_sha256=kept.warc_sha256,
    )  # fmt: skip


def test_transcriptions_and_what_has_no_text_are_not_checked() -> None:
    typed = make.SnapshotFactory(capture="transcribed")
    assert told(typed.source).state == "unchecked"
    bare = told(make.SourceFactory())
    assert (bare.state, bare.text_sha256, bare.warc_sha256) == ("unchecked", None, None)


def test_a_text_that_came_as_plain_text_has_no_page(snapshot: Any) -> None:
    archive(snapshot, html="")
    assert told(snapshot.source).html_sha256 is None


def test_changed_words_are_compared_with_what_stands_there_now(
    snapshot: Any, statement: Any
) -> None:
    passages = [{"statement": statement.pk, "found": "they had not agreed"}]
    entry = found(snapshot.source.pk, "altered", now=FOUND_AT, passages=passages)
    evidence = told(snapshot.source)
    assert (evidence.state, evidence.since, evidence.ledger_number) == (
        "altered", FOUND_AT, entry.number,
    )  # fmt: skip
    assert evidence.passages == (
        ChangedPassage(
            statement=statement.pk, quotation=WORDS, found="they had not agreed",
            pieces=(
                Piece(kind="same", text="they had"), Piece(kind="added", text="not"),
                Piece(kind="same", text="agreed"),
            ),
        ),
    )  # fmt: skip


def test_where_nothing_like_it_was_found_nothing_is_told(snapshot: Any, statement: Any) -> None:
    passages = [{"statement": statement.pk, "found": ""}]
    found(snapshot.source.pk, "altered", now=FOUND_AT, passages=passages)
    (passage,) = told(snapshot.source).passages
    assert (passage.found, passage.pieces) == (None, (Piece(kind="removed", text=WORDS),))


def test_the_last_act_counts_and_a_correction_of_the_source_keeps_it(snapshot: Any) -> None:
    source = snapshot.source
    found(source.pk, "moved", now=FOUND_AT, address="https://paper.example/new")
    newer = make.SourceFactory(supersedes=source, title="Mended")
    assert [told(one).address for one in (source, newer)] == ["https://paper.example/new"] * 2
    found(newer.pk, "intact", now=FOUND_AT + timedelta(days=1), before="moved")
    assert [(told(one).state, told(one).address) for one in (source, newer)] == [
        ("intact", None)
    ] * 2


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (lambda: clocks("2025-11-12"), "intact"),
        (lambda: clocks("2025-11-13"), "gone"),
        (lambda: clocks("2026-01-01", known_by="2025-11-12"), "intact"),
        (lambda: clocks("2025-11-12", known_by="2026-01-01"), "intact"),
        (lambda: clocks(as_of=FOUND_AT - timedelta(seconds=1)), "intact"),
        (lambda: clocks(as_of=FOUND_AT), "gone"),
    ],
)
def test_each_clock_tells_what_it_can_know(
    snapshot: Any, at: Callable[[], Clocks], state: str
) -> None:
    assert datetime(2025, 11, 13, 3, tzinfo=UTC) == FOUND_AT
    found(snapshot.source.pk, "gone", now=FOUND_AT)
    assert told(snapshot.source, at()).state == state


def test_words_that_the_clock_does_not_know_are_not_told(snapshot: Any) -> None:
    draft = make.StatementFactory(
        source=snapshot.source, snapshot=snapshot, quotation=WORDS, start=13, end=28,
        published_at=None,
    )  # fmt: skip
    passages = [{"statement": draft.pk, "found": "x"}]
    found(snapshot.source.pk, "altered", now=FOUND_AT, passages=passages)
    assert told(snapshot.source).passages == ()


def test_a_draft_has_no_evidence() -> None:
    for id in (make.SourceFactory(published_at=None).pk, 0, 2**63):
        with pytest.raises(Refusal, match="not"):
            source_evidence(id, clocks=clocks())


def test_wordings_are_compared_word_by_word() -> None:
    assert compared("a  b c", "a b c") == (Piece(kind="same", text="a b c"),)
    assert compared("", "") == ()
    long = "word " * 700
    assert [one.kind for one in compared(long, f"{long} more")] == ["removed", "added"]
