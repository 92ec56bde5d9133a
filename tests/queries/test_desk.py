"""Piles of drafts, counted, begun and page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from negotiations.models import Membership
from negotiations.queries import drafts
from negotiations.queries.desk import FRONT, PILES, draft_pile, piles
from negotiations.queries.seats import Seat, seat
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 10, 14, tzinfo=UTC)
DRAFT = {"published_at": None, "known_on": None, "ledger_number": None}


@pytest.fixture
def talks() -> Any:
    """A track of a negotiation."""
    return make.TrackFactory()


def employ(track: Any, role: str) -> Seat:
    """The seat of a new account in the track's negotiation."""
    officer = make.OfficerFactory()
    Membership.objects.create(officer=officer, negotiation=track.negotiation, role=role)
    return seat(officer.pk)


def draft(track: Any, by: Seat, review: str = "", at: datetime = NOW) -> Any:
    """A draft of a status change."""
    return make.StatusChangeFactory(
        track=track, drafted_by_id=by.officer, review=review, drafted_at=at, **DRAFT
    )


def ids(seat: Seat, pile: str, **asked: Any) -> list[int]:
    """The ids on the first page of a pile."""
    return [one.row.id for one in draft_pile(seat, pile=pile, **asked).results]


def walk(seat: Seat, **asked: Any) -> Iterator[tuple[str, int]]:
    """Every draft of a pile, a page at a time."""
    cursor = None
    while True:
        page = draft_pile(seat, cursor=cursor, **asked)
        yield from ((one.row.noun, one.row.id) for one in page.results)
        cursor = page.next
        if cursor is None:
            return


def test_a_draft_is_in_the_piles_of_its_state(talks: Any) -> None:
    officer, reviewer = employ(talks, "officer"), employ(talks, "reviewer")
    work, handed, back = (draft(talks, officer, r) for r in ("", "submitted", "sent_back"))
    assert ids(officer, "mine") == [work.pk]
    assert ids(officer, "handed") == [handed.pk]
    assert ids(officer, "back") == [back.pk]
    assert ids(officer, "review") == []
    assert ids(reviewer, "review") == [handed.pk]
    assert ids(reviewer, "mine") == ids(reviewer, "back") == []
    assert sorted(ids(reviewer, "all")) == sorted([work.pk, handed.pk, back.pk])


def test_a_draft_of_a_link_is_seen_from_both_of_its_ends(talks: Any) -> None:
    drafter, here = make.OfficerFactory(), employ(talks, "reviewer")
    there, elsewhere = make.TrackFactory(), make.TrackFactory()
    row = make.LinkageFactory(
        from_track=there, to_track=talks, drafted_by=drafter, drafted_at=NOW, review="submitted",
        **DRAFT,
    )  # fmt: skip
    for one in (here, employ(there, "reviewer")):
        assert ids(one, "review") == ids(one, "all") == [row.pk]
        assert piles(one, limit=1)["review"].count == 1
        assert drafts.draft("linkage", row.pk, seat=one).row.id == row.pk
    assert ids(employ(elsewhere, "reviewer"), "all") == []


def test_the_sizes_are_those_of_the_lists(talks: Any) -> None:
    officer, reviewer = employ(talks, "officer"), employ(talks, "reviewer")
    for review in ("", "", "submitted", "sent_back"):
        draft(talks, officer, review)
    for one in (officer, reviewer):
        told = piles(one, limit=1)
        assert {p: told[p].count for p in PILES} == {p: len(ids(one, p)) for p in PILES}
        assert all(len(told[p].drafts) == min(1, told[p].count) for p in FRONT)


def test_drafts_of_one_moment_are_neither_lost_nor_repeated(talks: Any) -> None:
    officer = employ(talks, "officer")
    made = {("status_change", draft(talks, officer).pk) for _ in range(5)}
    for _ in range(5):
        row = make.StatementFactory(
            tracks=(talks,), drafted_by_id=officer.officer, drafted_at=NOW, **DRAFT
        )
        made.add(("statement", row.pk))
    made.add(("status_change", draft(talks, officer, at=NOW - timedelta(days=1)).pk))
    for limit in (1, 3, 4):
        walked = list(walk(officer, pile="all", limit=limit))
        assert len(walked) == len(set(walked))
        assert set(walked) == made


def test_newest_first(talks: Any) -> None:
    officer = employ(talks, "officer")
    made = [draft(talks, officer, at=NOW + timedelta(hours=n)).pk for n in range(3)]
    assert ids(officer, "mine") == made[::-1]
    told = piles(officer, limit=2)["mine"]
    assert [one.row.id for one in told.drafts] == [made[2], made[1]]


def test_what_is_published_is_no_draft(talks: Any) -> None:
    officer = employ(talks, "officer")
    make.StatusChangeFactory(track=talks, drafted_by_id=officer.officer)
    assert piles(officer, limit=5)["all"].count == 0


def test_nothing_of_another_negotiation(talks: Any) -> None:
    officer, stranger = employ(talks, "officer"), employ(make.TrackFactory(), "admin")
    draft(talks, officer, "submitted")
    make.StatementFactory(
        tracks=(talks,), drafted_by_id=officer.officer, review="submitted", **DRAFT
    )
    told = piles(stranger, limit=5)
    assert {p: told[p].count for p in PILES} == dict.fromkeys(PILES, 0)
    assert {p: ids(stranger, p) for p in PILES} == {p: [] for p in PILES}


def test_a_draft_source_belongs_to_every_desk(talks: Any) -> None:
    row = make.SourceFactory(review="submitted", **DRAFT)
    assert ids(employ(talks, "reviewer"), "review") == [row.pk]
    assert ids(employ(talks, "officer"), "review") == []
    assert ids(employ(talks, "reader"), "all") == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"pile": "none"}, "bad_parameter"),
        ({"pile": "all", "noun": "track"}, "bad_parameter"),
        ({"pile": "all", "limit": 0}, "bad_parameter"),
        ({"pile": "all", "cursor": "x"}, "bad_cursor"),
    ],
)
def test_what_cannot_be_listed_is_refused(talks: Any, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        draft_pile(employ(talks, "officer"), **asked)
    assert refused.value.code == code


def test_a_cursor_is_good_for_its_own_pile_and_account_only(talks: Any) -> None:
    officer, other = employ(talks, "officer"), employ(talks, "officer")
    for _ in range(2):
        draft(talks, officer)
    cursor = draft_pile(officer, pile="mine", limit=1).next
    for seat_, pile in ((officer, "all"), (other, "mine")):
        with pytest.raises(Refusal) as refused:
            draft_pile(seat_, pile=pile, cursor=cursor)
        assert refused.value.code == "bad_cursor"
