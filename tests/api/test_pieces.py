"""Pieces behind the ledger: whatever was done, what is stored is what would be assembled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations import operations
from negotiations.api.pieces import make_pieces, rebuild
from negotiations.api.rendering import encode
from negotiations.models import Clocks, LedgerEntry, Person, Piece, PieceMark, Publisher, Statement
from negotiations.operations.drafting import NOUNS
from negotiations.queries.pieces import assembled, records, stored, tell
from negotiations.queries.shapes import Stored
from negotiations.queries.statements import statement
from tests.operations.desk import NOW, Desk, capture, open_desk
from tests.standing import undone

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)
NOWADAYS = Clocks(
    on=date(2025, 12, 1), known_by=date(2025, 12, 1), known_at=None, as_of=LATER
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:  # noqa: ARG001
    """One row of every noun, through the operations."""
    with undone(django_db_blocker):
        desk = open_desk()
        for noun in ("status_change", "position", "linkage", "milestone", "account"):
            desk.ids[noun] = desk.published(noun)
        yield desk


@pytest.fixture
def desk(opened: Desk, django_db_blocker: Any) -> Iterator[Desk]:
    """The desk with a row of every noun; what a test does there is undone."""
    with undone(django_db_blocker):
        yield opened


def follow() -> None:
    """Let a worker do all there is to do."""
    while make_pieces():
        pass


def visible(noun: str, clocks: Clocks) -> list[int]:
    """The rows that a list shows."""
    return list(NOUNS[noun]._default_manager.visible(clocks).values_list("pk", flat=True))


def differing(clocks: Clocks) -> list[tuple[str, int]]:
    """The visible rows that are told otherwise than they would be assembled."""
    return [
        (noun, pk)
        for noun in NOUNS
        for ids in [visible(noun, clocks)]
        for told in [tell(noun, ids, clocks=clocks)]
        for pk, record in assembled(noun, ids, clocks=clocks).items()
        if encode(told[pk]) != encode(record)
    ]


def missing(clocks: Clocks) -> list[tuple[str, int]]:
    """The visible rows without a piece that holds."""
    return [
        (noun, pk)
        for noun in NOUNS
        for ids in [visible(noun, clocks)]
        for pk in sorted(set(ids) - stored(clocks=clocks, **{noun: ids})[noun].keys())
    ]


def test_every_visible_row_has_a_piece_once_a_worker_was_here(desk: Desk) -> None:
    # One of each noun, a meeting and its account.
    assert len(missing(NOWADAYS)) == len(NOUNS) + 1
    follow()
    assert (missing(NOWADAYS), differing(NOWADAYS)) == ([], [])
    assert PieceMark.objects.get().made_to == LedgerEntry.objects.latest("number").number
    assert desk.ids.keys() == {*NOUNS, "meeting"}


def test_pages_read_records_from_pieces(desk: Desk) -> None:
    follow()
    for noun in NOUNS:
        pk = desk.ids[noun]
        assert records(noun, [pk], clocks=NOWADAYS) == assembled(noun, [pk], clocks=NOWADAYS)
        assert isinstance(tell(noun, [pk], clocks=NOWADAYS)[pk], Stored)


def test_what_was_published_since_is_assembled(desk: Desk) -> None:
    follow()
    said = desk.published("statement")
    assert missing(NOWADAYS) == [("statement", said)]
    assert differing(NOWADAYS) == []


def test_a_mended_name_is_told_before_the_worker_comes(desk: Desk) -> None:
    follow()
    person = Person.objects.get(slug="cho")
    desk.act(operations.mend, noun="person", id=person.pk, values={"name_en": "Joh"}, seen=0)
    # All but the source speak of him.
    assert {noun for noun, _ in missing(NOWADAYS)} == set(NOUNS) - {"source"}
    assert differing(NOWADAYS) == []
    follow()
    assert (missing(NOWADAYS), differing(NOWADAYS)) == ([], [])


def test_evidence_that_was_corrected_is_told_so(desk: Desk) -> None:
    follow()
    desk.correct("statement", desk.ids["statement"])
    assert differing(NOWADAYS) == []
    follow()
    assert (missing(NOWADAYS), differing(NOWADAYS)) == ([], [])


def test_a_statement_that_was_corrected_says_so_before_the_worker_comes(desk: Desk) -> None:
    follow()
    pk, before = desk.ids["statement"], LedgerEntry.objects.latest("number").at
    after = desk.correct("statement", pk, now=NOW + timedelta(hours=1))
    past = Clocks(on=date(2025, 12, 1), known_by=date(2025, 12, 1), known_at=None, as_of=before)
    for clocks, successor in ((NOWADAYS, after), (past, None)):
        told = statement(pk, clocks=clocks).statement
        assert told == assembled("statement", [pk], clocks=clocks)[pk]
        assert told.superseded_by == successor


def test_a_statement_that_was_retracted_says_so_before_the_worker_comes(desk: Desk) -> None:
    pk = desk.published("statement")
    follow()
    desk.retract("statement", pk)
    assert statement(pk, clocks=NOWADAYS).statement.retracted


def test_a_question_from_before_a_change_is_assembled(desk: Desk) -> None:
    follow()
    before = LedgerEntry.objects.latest("number").at
    desk.correct("statement", desk.ids["statement"], now=NOW + timedelta(hours=1))
    follow()
    past = Clocks(on=date(2025, 12, 1), known_by=date(2025, 12, 1), known_at=None, as_of=before)
    assert ("status_change", desk.ids["status_change"]) in missing(past)
    assert differing(past) == []


def test_an_instant_of_the_public_takes_no_piece(desk: Desk) -> None:
    follow()
    exact = Clocks(on=date(2025, 12, 1), known_by=date(2025, 12, 1), known_at=LATER, as_of=LATER)
    assert len(missing(exact)) == len(desk.ids)


def test_pieces_of_another_release_are_not_told(desk: Desk) -> None:
    follow()
    PieceMark.objects.update(program="of yore")
    assert len(missing(NOWADAYS)) == len(desk.ids)
    follow()
    assert missing(NOWADAYS) == []


def test_far_behind_the_ledger_no_piece_is_told(desk: Desk) -> None:
    follow()
    person = Person.objects.get(slug="cho")
    seen = 0
    for n in range(51):
        values = {"name_en": f"Cho {n}"}
        seen = desk.act(
            operations.mend, noun="person", id=person.pk, values=values, seen=seen
        ).number
    assert len(missing(NOWADAYS)) == len(desk.ids)


def test_a_rebuild_makes_the_same_bytes(desk: Desk) -> None:
    desk.correct("statement", desk.ids["statement"])
    follow()
    kept = list(Piece.objects.order_by("number").values())
    assert list(rebuild())[-1] == LedgerEntry.objects.latest("number").number
    assert list(Piece.objects.order_by("number").values()) == kept


def test_a_renewal_of_many_goes_on_where_it_was_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from negotiations.queries import following

    follow()
    monkeypatch.setattr(following.next_step, "__kwdefaults__", {"most": 2})
    publisher = Publisher.objects.get(slug="paper")
    desk.act(operations.mend, noun="publisher", id=publisher.pk, values={"name_en": "P"}, seen=0)
    assert make_pieces()
    mark = PieceMark.objects.get()
    assert mark.renewed_to > 0
    assert differing(NOWADAYS) == []
    follow()
    assert (missing(NOWADAYS), differing(NOWADAYS)) == ([], [])


def _act(desk: Desk, what: str, n: int) -> None:
    now = NOW + timedelta(hours=n)
    person, publisher = Person.objects.get(slug="cho"), Publisher.objects.get(slug="paper")
    standing = Statement.objects.filter(
        published_at__isnull=False, withdrawn=False, superseded_by__isnull=True
    )
    heads = list(standing.order_by("pk").values_list("pk", flat=True))
    match what:
        case "publish":
            desk.published("statement", now=now, repeats=None)
        case "correct" if heads:
            desk.correct("statement", heads[-1], now=now)
        case "retract" if len(heads) > 1:
            desk.retract("statement", heads[-1])
        case "cite" if heads:
            desk.published("status_change", basis=heads[-2:], now=now)
        case "capture":
            capture(desk, desk.ids["source"], text=f"Version {n}", captured_at=NOW)
        case "mend":
            seen = LedgerEntry.objects.filter(noun="person", verb="mend").last()
            desk.act(
                operations.mend, noun="person", id=person.pk, values={"name_ko": f"조 {n}"},
                seen=seen.number if seen else 0,
            )  # fmt: skip
        case "grade":
            day = date(2025, 1, 2) + timedelta(days=n * 60)
            desk.act(
                operations.grade_publisher, publisher=publisher.slug, reliability="C",
                graded_on=day, now=now,
            )  # fmt: skip
        case "follow":
            make_pieces()


ACTS = ("publish", "correct", "retract", "cite", "capture", "mend", "grade", "follow", "follow")
DAYS = st.sampled_from([date(2025, 1, 1), date(2025, 10, 1), date(2025, 10, 15), date(2026, 3, 1)])


@settings(
    max_examples=5, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    acts=st.lists(st.sampled_from(ACTS), min_size=2, max_size=8),
    on=DAYS,
    known_by=DAYS,
    hours=st.integers(-1, 12),
)
def test_stored_or_not_the_answer_is_the_same(
    desk: Desk, acts: list[str], on: date, known_by: date, hours: int
) -> None:
    with transaction.atomic():
        for n, what in enumerate(acts):
            _act(desk, what, n)
        at = NOW + timedelta(hours=hours)
        assert differing(Clocks(on=on, known_by=known_by, known_at=None, as_of=at)) == []
        follow()
        assert differing(NOWADAYS) == []
        assert differing(Clocks(on=on, known_by=known_by, known_at=None, as_of=at)) == []
        transaction.set_rollback(True)
