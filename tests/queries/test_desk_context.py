"""What a second officer weighs beside a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from negotiations.queries.desk_context import changed_since, kept_texts, passages
from negotiations.queries.names import track_ref
from negotiations.queries.seats import Seat
from tests import factories as make
from tests.pages.scenes import QUOTATION, quotation

pytestmark = pytest.mark.django_db
DRAFT = {"published_at": None, "known_on": None}
SEAT = Seat(officer=1, name="A", superuser=True, roles={})


def test_a_quotation_stands_in_its_place() -> None:
    row = quotation()
    told = passages([row.pk])[row.pk]
    assert told.quotation == QUOTATION
    assert told.before.endswith("currency swap is “")
    assert told.after.startswith("” while talks go on.")
    assert (told.cut_before, told.cut_after, told.transcribed) == (False, False, False)


def test_a_long_text_is_cut_between_words() -> None:
    text = "word " * 200 + "HERE" + " word" * 200
    snapshot = make.SnapshotFactory(text=text)
    row = make.StatementFactory(
        source=snapshot.source, snapshot=snapshot, quotation="HERE", start=1000, end=1004
    )
    told = passages([row.pk])[row.pk]
    assert (told.cut_before, told.cut_after) == (True, True)
    assert told.before.startswith("word ")
    assert told.after.endswith(" word")
    assert len(told.before) <= 400


def test_a_paraphrase_has_no_passage() -> None:
    assert passages([make.StatementFactory().pk]) == {}


def test_three_passages_cost_one_query(query_count: Callable[..., int]) -> None:
    rows = [quotation().pk for _ in range(3)]
    assert query_count(lambda: passages(rows)) == 1


def test_the_newest_text_of_a_source_is_told() -> None:
    source = make.SourceFactory(**DRAFT)
    make.SnapshotFactory(source=source, text="Old.", captured_at=make.LONG_AGO)
    make.SnapshotFactory(source=source, text="New.", capture="transcribed")
    (told,) = kept_texts([source.pk], seat=SEAT)
    assert (told.text, told.transcribed, told.mine) == ("New.", True, False)


def test_acts_on_the_track_after_the_draft_are_told_newest_first() -> None:
    track, elsewhere = make.TrackFactory(), make.TrackFactory()
    make.enter(tracks=[track])
    make.enter(tracks=[track], noun="status_change", object_id=7, public=False)
    first = make.enter(tracks=[track])
    make.enter(tracks=[elsewhere])
    make.enter(tracks=[track], verb="check_track")
    make.enter(tracks=[track], public=False)
    last = make.enter(tracks=[track])
    ref = track_ref(track, negotiation=track.negotiation.slug)
    told = changed_since([("status_change", 7)], [ref])
    assert [change.number for change in told] == [last.number, first.number]


def test_handing_in_does_not_make_a_draft_newer() -> None:
    track = make.TrackFactory()
    make.enter(tracks=[track], noun="position", object_id=7, public=False)
    between = make.enter(tracks=[track])
    make.enter(tracks=[track], noun="position", object_id=7, public=False, verb="submit_draft")
    ref = track_ref(track, negotiation=track.negotiation.slug)
    told = changed_since([("position", 7)], [ref])
    assert [change.number for change in told] == [between.number]
