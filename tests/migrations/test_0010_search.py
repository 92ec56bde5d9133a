"""What was published before there was a search is found afterwards, as if it came after."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from negotiations.models import Searchable
from tests import factories as make

pytestmark = pytest.mark.django_db
COLUMNS = """noun, object_id, negotiation_id, foremost, lower, upper, ledger_number, published_at,
    known_on, known_at, chain, words"""


def told() -> list[tuple[object, ...]]:
    """What searches look through."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM negotiations_searchable ORDER BY 1, 2, 3")  # noqa: S608
        return cursor.fetchall()


def record() -> None:
    """Statements and sources of every kind: several negotiations, corrected, withdrawn, drafts."""
    tracks = [make.TrackFactory(), make.TrackFactory()]
    row = make.StatementFactory(tracks=tracks, parties=[make.PartyFactory(code="KR")])
    make.StatementFactory(supersedes=row, withdrawn=True, tracks=tracks, source=row.source)
    make.StatementFactory(published_at=None, tracks=tracks, source=row.source)
    make.SourceFactory(published_at=None)
    make.SourceFactory(supersedes=row.source, url=row.source.url)


def test_the_filling_makes_the_same_rows_as_publishing() -> None:
    """No published row is touched, and no trigger is in the way."""
    record()
    before = told()
    Searchable.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("negotiations.migrations.0010_search").FILL)

    assert told() == before
    # Two rows of each statement, one of each source; the withdrawn ones only hide others.
    assert [(row[0], row[3], row[11] is None) for row in before] == [
        ("source", True, False), ("source", True, False),
        ("statement", True, False), ("statement", False, False),
        ("statement", True, True), ("statement", False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["가나다라마바사" * 50_000, "x" * 500_000, " ".join(f"w{n}" for n in range(60_000)),
     "".join(chr(0xAC00 + n % 11_172) for n in range(60_000)), "\u1112\u1161" * 40_000],
    ids=["Hangul", "one word", "many words", "every syllable", "decomposed"],
)  # fmt: skip
def test_no_text_is_too_long_to_be_published(text: str) -> None:
    """What is cut of it stays below what a tsvector holds."""
    make.StatementFactory(
        paraphrase_en=text, paraphrase_ko=text, note_en=text, note_ko=text, tracks=()
    )
