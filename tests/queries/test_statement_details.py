"""One statement in its context: speaker, source, text around it, other renderings, uses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks, Statement
from negotiations.queries.statements import statement
from tests import factories as make
from tests.factories import clocks_at

pytestmark = pytest.mark.django_db


def test_the_speaker_is_a_person_an_office_or_a_description(clocks: Clocks) -> None:
    office = make.OfficeFactory()
    person = statement(make.StatementFactory(office=office).pk, clocks=clocks).statement.speaker
    assert (person.name_ko, person.office) == ("조현", office.slug)
    row = make.StatementFactory(speaker=None, office=office)
    ministry = statement(row.pk, clocks=clocks).statement.speaker
    assert (ministry.person, ministry.name_en) == (None, "Foreign minister")
    row = make.StatementFactory(speaker=None, voice_en="Senior officials (unnamed)")
    voice = statement(row.pk, clocks=clocks).statement.speaker
    assert (voice.name_en, voice.name_ko, voice.office) == (*2 * (voice.name_en,), None)


def test_the_source_has_its_digest_once_it_is_captured_and_its_letter_once_it_is_graded() -> None:
    row = make.StatementFactory(known_on=date(2025, 9, 1), said_on="2025-09-01")
    make.SnapshotFactory(
        source=row.source, captured_at=datetime(2025, 10, 15, tzinfo=UTC), text="Old."
    )
    new = make.SnapshotFactory(source=row.source, captured_at=datetime(2025, 10, 16, tzinfo=UTC))
    make.GradeFactory(publisher=row.source.publisher, graded_on=date(2025, 9, 15), reliability="C")

    def source(on: str, as_of: int) -> Any:
        clocks = clocks_at(on, as_of=datetime(2025, 10, as_of, 12, tzinfo=UTC))
        return statement(row.pk, clocks=clocks).statement.source

    assert source("2025-09-14", 14).publisher.reliability is None
    assert source("2025-09-15", 14).publisher.reliability == "C"
    assert source("2025-09-15", 14).sha256 is None
    assert source("2025-09-15", 16).sha256 == new.sha256


def quoted(text: str, quotation: str) -> Statement:
    snapshot = make.SnapshotFactory(text=text)
    start = text.index(quotation)
    row: Statement = make.StatementFactory(
        source=snapshot.source,
        snapshot=snapshot,
        quotation=quotation,
        start=start,
        end=start + len(quotation),
    )
    return row


def test_a_quotation_stands_in_the_text_around_it(clocks: Clocks) -> None:
    detail = statement(quoted("그는 “합의했다”고 말했다.", "합의했다").pk, clocks=clocks)
    assert (detail.before, detail.after) == ("그는 “", "”고 말했다.")


def test_a_long_text_is_cut_between_words(clocks: Clocks) -> None:
    detail = statement(
        quoted("before " * 500 + "QUOTE" + " after" * 500, "QUOTE").pk, clocks=clocks
    )
    assert set(detail.before.split(" ")) == {"before", ""}
    assert set(detail.after.split(" ")) == {"after", ""}
    assert 900 < len(detail.before) <= 1000
    assert 900 < len(detail.after) <= 1000


def test_a_text_without_spaces_is_cut_all_the_same(clocks: Clocks) -> None:
    detail = statement(quoted("가" * 3000 + "인용" + "나" * 3000, "인용").pk, clocks=clocks)
    assert (len(detail.before), len(detail.after)) == (1000, 1001)


def test_a_paraphrase_has_no_context(clocks: Clocks) -> None:
    detail = statement(make.StatementFactory().pk, clocks=clocks)
    assert (detail.before, detail.after, detail.statement.quotation) == ("", "", None)


def test_renderings_are_those_of_the_same_utterance(clocks: Clocks) -> None:
    first = make.StatementFactory(said_on="2025-10-01")
    reprint = make.StatementFactory(repeats=first, said_on="2025-10-02")
    translation = make.StatementFactory(translates=first, said_on="2025-10-03")
    make.StatementFactory()
    for row, others in (
        (first, [translation, reprint]),
        (reprint, [first]),
        (translation, [first]),
    ):
        found = [r.id for r in statement(row.pk, clocks=clocks).renderings]
        assert set(found) >= {other.pk for other in others}
        assert row.pk not in found


def test_what_is_repeated_is_not_named_before_it_is_known() -> None:
    first = make.StatementFactory(known_on=date(2025, 10, 9))
    reprint = make.StatementFactory(repeats=first)
    early, late = clocks_at("2025-10-08"), clocks_at("2025-10-09")
    assert statement(reprint.pk, clocks=early).statement.repeats is None
    assert statement(reprint.pk, clocks=early).renderings == ()
    assert statement(reprint.pk, clocks=late).statement.repeats == first.pk


def test_it_says_where_it_is_used(clocks: Clocks) -> None:
    row, other = make.StatementFactory(), make.StatementFactory()
    against = make.StatusChangeFactory(basis=other, dissent=[row], effective_on="2025-10-04")
    position = make.PositionFactory(basis=row, effective_on="2025-10-03")
    linkage = make.LinkageFactory(basis=other, further_basis=[row], effective_on="2025-10-02")
    milestone = make.MilestoneFactory(basis=row, effective_on="2025-10-01")
    make.StatusChangeFactory(basis=other)
    make.StatusChangeFactory(basis=row, published_at=None)
    used = statement(row.pk, clocks=clocks).used_by
    assert [(usage.kind, usage.role, usage.id) for usage in used] == [
        ("status_change", "dissent", against.pk),
        ("position", "basis", position.pk),
        ("linkage", "basis", linkage.pk),
        ("milestone", "basis", milestone.pk),
    ]
    assert used[1].track.slug == position.term.track.slug
    assert used[2].track.slug == linkage.from_track.slug


def test_what_rests_on_the_corrected_row_rests_on_the_correction(clocks: Clocks) -> None:
    wrong = make.StatementFactory()
    change = make.StatusChangeFactory(basis=wrong)
    right = make.StatementFactory(supersedes=wrong)
    assert [usage.id for usage in statement(right.pk, clocks=clocks).used_by] == [change.pk]
