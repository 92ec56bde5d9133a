"""A small seeds folder: all of it is loaded, or nothing and the reason is told."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from negotiations.intake.seeds import load_folder
from negotiations.models import LedgerEntry, Negotiation, Person, Source, Statement, StatusChange
from negotiations.operations.verifying import verify_ledger
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 14, 3, tzinfo=UTC)
COUNTS = {
    "party": 2, "negotiation": 1, "track": 2, "office": 1, "person": 1, "publisher": 1, "source": 1,
    "statement": 2, "status_change": 2, "term": 1, "position": 1, "linkage": 1, "milestone": 2,
    "account": 2,
}  # fmt: skip
Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small folder, to be spoilt."""
    shutil.copytree(Path(__file__).parent / "folders" / "talks", tmp_path / "talks")
    return tmp_path / "talks"


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace what stands in a file of the folder."""

    def run(file: str, before: str, after: str) -> None:
        text = (folder / file).read_text("utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after), "utf-8")

    return run


def _is_refused(folder: Path, file: str, line: int, why: str) -> None:
    before = LedgerEntry.objects.count()
    with pytest.raises(Refusal) as refused:
        load_folder(folder, now=NOW)
    assert refused.value.code == "bad_seed"
    assert (refused.value.facts["file"], refused.value.facts["line"]) == (file, line)
    assert why in str(refused.value.facts["why"])
    assert LedgerEntry.objects.count() == before


def test_everything_is_loaded_and_published(folder: Path) -> None:
    assert load_folder(folder, now=NOW) == [(noun, n, 0, 0) for noun, n in COUNTS.items()]
    statement = Statement.objects.get(speaker__slug="cho")
    assert (statement.start, statement.end, statement.published_at) == (9, 24, NOW)
    assert statement.waiver == (
        "Loaded from a seeds folder: one account drafted and published this."
    )
    assert verify_ledger() == (LedgerEntry.objects.count(), None)


def test_the_planner_knows_of_what_a_load_has_written(folder: Path) -> None:
    def known() -> float:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT reltuples FROM pg_class WHERE relname = 'negotiations_statement'"
            )
            return float(cursor.fetchone()[0])

    load_folder(folder, now=NOW)
    assert known() == COUNTS["statement"]
    make.StatementFactory()
    load_folder(folder, now=NOW)
    assert known() == COUNTS["statement"], "where it writes nothing it measures nothing"


def test_readings_are_replayed_in_the_order_of_time(folder: Path) -> None:
    load_folder(folder, now=NOW)
    rows = StatusChange.objects.order_by("ledger_number").values_list("stage", "unusual")
    assert list(rows) == [("exploratory", ""), ("negotiating", "")]


def test_loading_again_changes_nothing(folder: Path) -> None:
    load_folder(folder, now=NOW)
    entries = LedgerEntry.objects.count()
    assert load_folder(folder, now=NOW) == [(noun, 0, n, 0) for noun, n in COUNTS.items()]
    assert LedgerEntry.objects.count() == entries


def test_a_changed_entry_is_told_and_left_alone(folder: Path, edit: Edit) -> None:
    load_folder(folder, now=NOW)
    entries = LedgerEntry.objects.count()
    edit("sources.toml", 'title = "Close"', 'title = "Far"')
    assert ("source", 0, 0, 1) in load_folder(folder, now=NOW)
    assert LedgerEntry.objects.count() == entries
    assert Source.objects.get().title == "Close"


def test_a_new_entry_is_added_to_what_is_there(folder: Path) -> None:
    load_folder(folder, now=NOW)
    with (folder / "people.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[person]]\nid = "kim"\nname_en = "Kim"\nname_ko = "김"\n')
    assert ("person", 1, 1, 0) in load_folder(folder, now=NOW)


def test_another_negotiation_shares_parties_people_and_sources(folder: Path, edit: Edit) -> None:
    load_folder(folder, now=NOW)
    edit("negotiation.toml", 'slug = "talks"', 'slug = "other-talks"')
    counts = {noun: rest for noun, *rest in load_folder(folder, now=NOW)}
    shared = {noun for noun, rest in counts.items() if rest == [0, COUNTS[noun], 0]}
    assert shared == {"party", "office", "person", "publisher", "source"}
    assert (Negotiation.objects.count(), Person.objects.count(), Source.objects.count()) == (
        2,
        1,
        1,
    )
    assert Statement.objects.count() == 4


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "why"),
    [
        ("people.toml", '[[person]]', '[[person]', 7, "Expected"),
        ("people.toml", 'name_ko = "조"', "", 7, "person needs name_ko"),
        ("people.toml", 'name_ko = "조"', 'name_ko = "조"\nage = 3', 7, "person has no age"),
        ("people.toml", 'name_ko = "조"', "name_ko = 3", 7, "not of the right kind (a text)"),
        ("people.toml", 'aliases = ["Jo"]', "aliases = [3]", 7, "a list of texts"),
        ("people.toml", 'office = "minister"', 'office = "king"', 7, "There is no office king"),
        ("people.toml", 'from = "2025-07"', "from = 2025-07-01", 7, "a tenure has office"),
        ("people.toml", 'from = "2025-07"', 'since = "2025-07"', 7, "a tenure has office"),
        ("people.toml", "[[office]]", "[[bureau]]", 1, "there is no table bureau here"),
        ("people.toml", 'id = "cho"', 'id = "Cho Hyun"', 7, "cannot stand in an address"),
        ("people.toml", 'name_en = "Cho"', f'name_en = "{"x" * 121}"', 7, "too long"),
        ("people.toml", 'id = "cho"', f'id = "{"x" * 201}"', 7, "longer than 200"),
        ("people.toml", 'name_en = "Cho"', 'name_en = "\\u0000"', 7, "cannot be kept"),
        ("negotiation.toml", 'parent = "trade"', 'parent = "none"', 24, "There is no track"),
        ("negotiation.toml", "headline = true", 'parent = "cars"', 24, "in a circle"),
        ("negotiation.toml", 'slug = "cars"', 'slug = "trade"', 31, "track trade stands twice"),
        ("sources.toml", 'tier = "press"', 'tier = "good"', 1, "not a word of the vocabulary tier"),
        ("sources.toml", 'graded_on = "2025-10-14"', 'graded_on = "soon"', 1, "not an EDTF date"),
        ("sources.toml", "2025-10-01T13:09:00+09:00", "2025-10-01T13:09", 8, "not an EDTF date"),
        ("sources.toml", 'sha256 = "', 'sha256 = "0', 8, "does not have the SHA-256"),
        ("sources.toml", '"article.txt"', '"../article.txt"', 8, "there is no file"),
        ("sources.toml", '"article.txt"', '"/etc/passwd"', 8, "there is no file"),
        ("sources.toml", '"article.txt"', '"link.txt"', 8, "there is no file"),
        ("sources.toml", '"article.txt"', '"a\\u0000b"', 8, "there is no file"),
        ("sources.toml", '"article.txt"', "3", 8, "a snapshot has"),
        ("sources.toml", "captured_at = ", "taken_at = ", 8, "a snapshot has"),
        ("sources.toml", "2025-10-14T00:00:00Z", "2025-10-14", 8, "an instant with an offset"),
        ("statements.toml", 'kind = "reports"', 'kind = "says"', 2, "not a word"),
        ("statements.toml", 'repeats = "U1"', 'repeats = "U9"', 2, "there is no statement U9"),
        ("statements.toml", 'repeats = "U1"', 'repeats = "U2"', 2, "in a circle"),
        ("statements.toml", 'id = "U1"', 'id = "U2"', 15, "statement U2 stands twice"),
        ("statements.toml", "We are close", "We are far", 15, "not in the archived text"),
        ("statements.toml", "start = 9", "start = 10", 15, "not in the archived text"),
        ("statements.toml", "credibility = 2", "credibility = 9", 15, "not a word"),
        ("statements.toml", "credibility = 2", f"credibility = {10**30}", 15, "not a word"),
        ("statements.toml", 'source = "S1"', 'source = "S9"', 15, "there is no source S9"),
        ("status_changes.toml", '"U1", "U2"', '"U1", "U9"', 1, "there is no statement U9"),
        ("status_changes.toml", '"2025-09"', '"2025-13"', 12, "not an EDTF date"),
        ("status_changes.toml", '"negotiating"', '"signed"', 1, "needs a document behind it"),
        ("positions.toml", 'amount = "15"', 'amount = "many"', 8, "either a figure or a text"),
        ("positions.toml", 'term = "tariff"', 'term = "none"', 8, "There is no term"),
        ("linkages.toml", 'to_track = "trade"', 'to_track = "cars"', 1, "tied to itself"),
        ("accounts.toml", 'contradicts = "A1"', 'contradicts = "A9"', 1, "there is no account A9"),
        ("accounts.toml", 'contradicts = "A1"', 'contradicts = "A2"', 1, "in a circle"),
        ("accounts.toml", 'meeting = "summit"', 'meeting = "apec"', 15, "no meeting apec"),
        ("milestones.toml", 'tracks = ["trade"]', "tracks = []", 1, "at least one track"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_place(
    folder: Path, edit: Edit, file: str, before: str, after: str, line: int, why: str
) -> None:
    (folder.parent / "article.txt").write_text("Outside.", "utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "article.txt")
    edit(file, before, after)
    _is_refused(folder, file, line, why)


def test_a_misspelt_file_is_refused(folder: Path) -> None:
    (folder / "linkages.toml").rename(folder / "linkage.toml")
    _is_refused(folder, "linkage.toml", 1, "known files: negotiation.toml")


def test_a_folder_without_a_negotiation_is_refused(folder: Path) -> None:
    (folder / "negotiation.toml").unlink()
    _is_refused(folder, str(folder), 0, "there is no negotiation.toml")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    _is_refused(tmp_path / "none", str(tmp_path / "none"), 0, "there is no negotiation.toml")


@pytest.mark.parametrize("name", ["people.toml", "article.txt"])
def test_a_file_in_another_encoding_is_refused(folder: Path, edit: Edit, name: str) -> None:
    content = "조".encode("euc-kr")
    (folder / name).write_bytes(content)
    if name == "people.toml":
        _is_refused(folder, name, 1, "it is not UTF-8")
        return
    text = (folder / "sources.toml").read_text("utf-8")
    digest = text.partition('sha256 = "')[2][:64]
    edit("sources.toml", digest, hashlib.sha256(content).hexdigest())
    _is_refused(folder, "sources.toml", 8, "article.txt is not UTF-8")


def test_files_that_are_not_needed_may_be_missing(folder: Path) -> None:
    for name in ("accounts.toml", "linkages.toml", "milestones.toml", "positions.toml"):
        (folder / name).unlink()
    assert ("linkage", 0, 0, 0) in load_folder(folder, now=NOW)
