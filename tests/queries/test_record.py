"""Rows of the record: lists, filters, single rows, and what they rest on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries import record
from negotiations.queries.record import RecordFilters
from negotiations.refusals import Refusal
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db

KINDS: dict[str, tuple[Any, Any, Any]] = {
    "status_change": (
        make.StatusChangeFactory,
        record.list_status_changes,
        record.status_change,
    ),
    "position": (make.PositionFactory, record.list_positions, record.position),
    "linkage": (make.LinkageFactory, record.list_linkages, record.linkage),
    "milestone": (make.MilestoneFactory, record.list_milestones, record.milestone),
    "account": (make.AccountFactory, record.list_accounts, record.account),
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def ids(kind: str, clocks: Clocks, /, **filters: Any) -> list[int]:
    page = KINDS[kind][1](clocks=clocks, filters=RecordFilters(**filters))
    return [row.id for row in page.results]


@each_kind
def test_newest_first_in_pages(kind: str, clocks: Clocks) -> None:
    factory, list_rows, _ = KINDS[kind]
    rows = [factory(effective_on=f"2025-10-0{day}") for day in (1, 3, 2, 3)]
    expected = [rows[index].pk for index in (3, 1, 2, 0)]
    assert ids(kind, clocks) == expected
    found, cursor = [], None
    for _ in expected:
        page = list_rows(clocks=clocks, filters=RecordFilters(), limit=1, cursor=cursor)
        found += [row.id for row in page.results]
        cursor = page.next
    assert (found, cursor) == (expected, None)


@each_kind
def test_a_cursor_of_another_list_is_refused(kind: str, clocks: Clocks) -> None:
    factory, list_rows, _ = KINDS[kind]
    factory(), factory()
    cursor = list_rows(clocks=clocks, filters=RecordFilters(), limit=1).next
    for other in KINDS:
        if other != kind:
            with pytest.raises(Refusal, match="not issued by this list"):
                KINDS[other][1](clocks=clocks, filters=RecordFilters(), cursor=cursor)


@each_kind
def test_only_what_is_on_all_clocks(kind: str) -> None:
    row = KINDS[kind][0](effective_on="2025-10-05", known_on=date(2025, 10, 3))
    KINDS[kind][0](published_at=None)
    assert ids(kind, clocks_at("2025-10-05", known_by="2025-10-03")) == [row.pk]
    assert ids(kind, clocks_at("2025-10-04")) == []
    assert ids(kind, clocks_at("2025-10-05", known_by="2025-10-02")) == []
    earlier = datetime(2025, 10, 14, 2, 59, 59, tzinfo=UTC)
    assert ids(kind, clocks_at("2025-10-05", as_of=earlier)) == []


@each_kind
def test_a_corrected_row_is_told_on_its_own(kind: str, clocks: Clocks) -> None:
    factory, _, one = KINDS[kind]
    wrong = factory()
    right = factory(supersedes=wrong)
    assert ids(kind, clocks) == [right.pk]
    assert one(wrong.pk, clocks=clocks).superseded_by == right.pk
    gone = factory(supersedes=right, withdrawn=True)
    assert ids(kind, clocks) == []
    old = one(wrong.pk, clocks=clocks)
    assert (old.superseded_by, old.retracted) == (gone.pk, True)


@each_kind
@pytest.mark.parametrize("pk", [0, 10**9, 10**30])
def test_what_is_not_there_is_not_found(kind: str, pk: int, clocks: Clocks) -> None:
    with pytest.raises(Refusal) as refused:
        KINDS[kind][2](pk, clocks=clocks)
    assert refused.value.code == "not_found"


@each_kind
def test_a_draft_is_not_found(kind: str, clocks: Clocks) -> None:
    with pytest.raises(Refusal, match="nothing here"):
        KINDS[kind][2](KINDS[kind][0](published_at=None).pk, clocks=clocks)


@each_kind
def test_by_track_and_negotiation(kind: str, clocks: Clocks) -> None:
    track = make.TrackFactory()
    row = KINDS[kind][0](**on_track(kind, track))
    KINDS[kind][0]()
    assert ids(kind, clocks, track=track.slug) == [row.pk]
    assert ids(kind, clocks, negotiation=track.negotiation.slug) == [row.pk]
    with pytest.raises(Refusal, match="there is no track nowhere"):
        ids(kind, clocks, track="nowhere")


def on_track(kind: str, track: Any) -> dict[str, Any]:
    match kind:
        case "position":
            return {"term": make.TermFactory(track=track)}
        case "linkage":
            return {"to_track": track, "from_track__negotiation": track.negotiation}
        case "milestone":
            return {"tracks": [track, make.TrackFactory(negotiation=track.negotiation)]}
        case _:
            return {"track": track}


@each_kind
def test_days_take_in_what_may_be_among_them(kind: str, clocks: Clocks) -> None:
    row = KINDS[kind][0](effective_lower=date.min, effective_upper=date(2025, 10, 10))
    assert ids(kind, clocks, effective_from=date(2025, 10, 10)) == [row.pk]
    assert ids(kind, clocks, effective_to=date(2020, 1, 1)) == [row.pk]
    assert ids(kind, clocks, effective_from=date(2025, 10, 11)) == []


@each_kind
def test_days_that_end_before_they_begin_are_refused(kind: str, clocks: Clocks) -> None:
    day = date(2025, 10, 10)
    assert ids(kind, clocks, effective_from=day, effective_to=day) == []
    with pytest.raises(Refusal, match="it is before effective_from, 2025-10-11") as refused:
        ids(kind, clocks, effective_from=date(2025, 10, 11), effective_to=day)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "effective_to")


@pytest.mark.parametrize(
    ("kind", "name", "value", "other"),
    [
        ("status_change", "stage", "mooted", "signed"),
        ("status_change", "momentum", "stalled", "halted"),
        ("position", "standing", "demanded", "agreed"),
        ("linkage", "kind", "affects", "implements"),
        ("linkage", "standing", "denied", "ended"),
        ("milestone", "kind", "meeting", "target"),
        ("milestone", "outcome", "missed", "met"),
    ],
)
def test_by_a_word(kind: str, name: str, value: str, other: str, clocks: Clocks) -> None:
    row = KINDS[kind][0](**{name: value})
    assert ids(kind, clocks, **{name: value}) == [row.pk]
    assert ids(kind, clocks, **{name: other}) == []
    with pytest.raises(Refusal, match=f"loud is not one of .*{value}"):
        ids(kind, clocks, **{name: "loud"})


@pytest.mark.parametrize("kind", ["status_change", "position", "linkage"])
def test_by_party(kind: str, clocks: Clocks) -> None:
    row = KINDS[kind][0](according_to=make.PartyFactory(code="KR"))
    KINDS[kind][0](according_to=make.PartyFactory(code="US"))
    assert ids(kind, clocks, party="KR") == [row.pk]


def test_the_basis_is_in_order_and_counts_utterances_not_reprints(clocks: Clocks) -> None:
    first = make.StatementFactory()
    reprint = make.StatementFactory(repeats=first)
    other = make.StatementFactory()
    row = make.StatusChangeFactory(basis=other, further_basis=[reprint, first])
    told = record.status_change(row.pk, clocks=clocks)
    assert [said.id for said in told.basis] == [other.pk, first.pk, reprint.pk]
    assert told.corroboration == 2


def test_a_reprint_of_what_was_corrected_is_a_reprint_still(clocks: Clocks) -> None:
    first = make.StatementFactory()
    right = make.StatementFactory(supersedes=first)
    reprint = make.StatementFactory(repeats=first)
    row = make.StatusChangeFactory(basis=right, further_basis=[reprint])
    assert record.status_change(row.pk, clocks=clocks).corroboration == 1


def test_sentences_of_one_speaker_are_one_witness(clocks: Clocks) -> None:
    speaker = make.PersonFactory()
    one, other = (make.StatementFactory(speaker=speaker) for _ in range(2))
    row = make.StatusChangeFactory(basis=one, further_basis=[other])
    assert record.status_change(row.pk, clocks=clocks).corroboration == 1


def test_voices_in_one_source_are_one_witness(clocks: Clocks) -> None:
    source = make.SourceFactory()
    one, other = (
        make.StatementFactory(source=source, speaker=make.PersonFactory()) for _ in range(2)
    )
    row = make.StatusChangeFactory(basis=one, further_basis=[other])
    assert record.status_change(row.pk, clocks=clocks).corroboration == 1


def test_a_retracted_statement_is_shown_and_bears_nothing_out(clocks: Clocks) -> None:
    said, other = make.StatementFactory(), make.StatementFactory()
    make.StatementFactory(supersedes=said, withdrawn=True)
    row = make.StatusChangeFactory(basis=said, further_basis=[other])
    told = record.status_change(row.pk, clocks=clocks)
    assert [evidence.retracted for evidence in told.basis] == [True, False]
    assert told.corroboration == 1


def test_evidence_comes_in_when_it_is_known() -> None:
    late = make.StatementFactory(known_on=date(2025, 10, 9))
    early = make.StatementFactory(known_on=date(2025, 10, 2))
    row = make.StatusChangeFactory(
        basis=late, further_basis=[early], dissent=[late], known_on=date(2025, 10, 2)
    )
    before = record.status_change(row.pk, clocks=clocks_at("2025-10-08"))
    assert [said.id for said in before.basis] == [early.pk]
    assert before.dissent == ()
    after = record.status_change(row.pk, clocks=clocks_at("2025-10-09"))
    assert [said.id for said in after.basis] == [late.pk, early.pk]
    assert [said.id for said in after.dissent] == [late.pk]


def test_mirrors_alone_are_thin(clocks: Clocks) -> None:
    mirror = make.StatementFactory(source__publisher__tier="mirror")
    press = make.StatementFactory()
    thin = make.LinkageFactory(basis=mirror)
    firm = make.LinkageFactory(basis=mirror, further_basis=[press])
    assert record.linkage(thin.pk, clocks=clocks).thinly_sourced
    assert not record.linkage(firm.pk, clocks=clocks).thinly_sourced


def test_a_position_is_written_for_people(clocks: Clocks) -> None:
    told = record.position(make.PositionFactory().pk, clocks=clocks)
    assert (told.figure_en, told.figure_ko) == ("15 %", "15%")
    row = make.PositionFactory(amount=None, text_en="no further opening")
    told = record.position(row.pk, clocks=clocks)
    assert (told.figure_en, told.figure_ko) == (*2 * ("no further opening",),)
    assert told.term.track.slug == row.term.track.slug


def test_a_milestone_names_its_tracks_and_negotiation(clocks: Clocks) -> None:
    tracks = [make.TrackFactory()]
    tracks.append(make.TrackFactory(negotiation=tracks[0].negotiation))
    row = make.MilestoneFactory(tracks=tracks)
    told = record.milestone(row.pk, clocks=clocks)
    assert told.negotiation == tracks[0].negotiation.slug
    assert [track.slug for track in told.tracks] == [track.slug for track in tracks]
