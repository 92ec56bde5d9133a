"""Nearly the same text at another address."""

from __future__ import annotations

import random
from typing import Any

import pytest

from negotiations.likeness import bands_of
from negotiations.models import Fingerprint, Snapshot
from negotiations.queries.likeness import similar_texts
from negotiations.queries.seats import Seat
from tests import factories as make

pytestmark = pytest.mark.django_db
OFFICER = Seat(officer=0, name="Kim", superuser=False, roles={"talks": "officer"})
READER = Seat(officer=0, name="Lee", superuser=False, roles={})


def _story(seed: int) -> str:
    return " ".join(random.Random(seed).choices([f"word{n}" for n in range(1000)], k=400))


def _kept(text: str, **columns: Any) -> Snapshot:
    snapshot = make.SnapshotFactory(text=text, source=make.SourceFactory(**columns))
    Fingerprint.objects.create(snapshot=snapshot, bands=bands_of(text))
    return snapshot


def _similar(text: str, seat: Seat = OFFICER) -> list[tuple[int, float]]:
    return [(one.source.id, one.similarity) for one in similar_texts(text, seat=seat)]


def test_a_reprint_is_found_and_another_story_is_not() -> None:
    story, reprint = _kept(_story(1)), _story(1).replace("word500", "word5oo") + " (The Paper)"
    _kept(_story(2))
    ((source, similarity),) = _similar(reprint)
    assert source == story.source_id
    assert 0.95 < similarity < 1
    assert _similar(_story(3)) == []


def test_the_most_similar_is_told_first_and_each_source_once() -> None:
    far, near = _kept(_story(1) + " and a few words more of its own"), _kept(_story(1))
    Fingerprint.objects.create(
        snapshot=make.SnapshotFactory(source=near.source, text=_story(1) + "."),
        bands=bands_of(_story(1) + "."),
    )
    found = _similar(_story(1))
    assert [source for source, _ in found] == [near.source_id, far.source_id]
    assert found[0][1] == 1.0


def test_no_more_are_told_than_asked_for() -> None:
    for _ in range(7):
        _kept(_story(1))
    assert len(similar_texts(_story(1), seat=OFFICER)) == 5
    assert len(similar_texts(_story(1), seat=OFFICER, limit=2)) == 2


def test_a_draft_is_told_to_officers_alone() -> None:
    draft = _kept(_story(1), published_at=None)
    ((told),) = similar_texts(_story(1), seat=OFFICER)
    assert (told.source.id, told.source.published) == (draft.source_id, False)
    assert _similar(_story(1), seat=READER) == []


def test_texts_that_share_bits_but_not_letters_are_left_out() -> None:
    snapshot = make.SnapshotFactory(text=_story(2))
    Fingerprint.objects.create(snapshot=snapshot, bands=bands_of(_story(1)))
    assert _similar(_story(1)) == []


def test_it_takes_two_queries(query_count: Any) -> None:
    _kept(_story(1))
    assert query_count(lambda: similar_texts(_story(1), seat=OFFICER)) == 2
