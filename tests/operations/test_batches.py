"""Batches of statements: all of them as one act, or none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations import operations
from negotiations.models import LedgerEntry, Statement, StatementTrack
from negotiations.operations import Actor
from negotiations.operations.batches import BadLines, Batch, draft_batch
from negotiations.operations.verifying import verify_ledger
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, Desk, capture, last_entry, refuses

_QUESTIONS = 19


def _draft(desk: Desk, lines: list[Any], **more: Any) -> Batch:
    return draft_batch(**{"by": desk.drafter, "now": NOW, **more}, lines=lines)


def _same(row: Statement) -> dict[str, Any]:
    own = {"id", "chain", "drafted_at"}
    told = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    links = {
        name: list(getattr(row, name).values_list("pk", flat=True)) for name in ("parties", "about")
    }
    tracks = list(
        StatementTrack.objects.filter(statement=row).values_list(
            "track", "said_lower", "said_upper", "ledger_number"
        )
    )
    return {**{n: v for n, v in told.items() if n not in own}, **links, "tracks": tracks}


def test_a_line_makes_the_draft_that_its_members_make_alone(desk: Desk) -> None:
    quoted = {"quotation": "Soon, I hope.", "repeats": desk.ids["statement"], "about": ["US", "US"]}
    for more in ({}, quoted, {"said_on": "2025-10~", "tracks": ["talks/trade", "talks/security"]}):
        fields = {**desk.usual("statement"), **more}
        alone = desk.row("statement", desk.draft("statement", **fields).id)
        (id,) = _draft(desk, [fields]).ids
        assert _same(desk.row("statement", id)) == _same(alone)


_WORDS = st.sampled_from(
    [
        "",
        "said",
        "“We are close to a deal.”",
        "Soon,  I hope.",
        "끝났다",
        "\x00",
        "no such",
        "a" * 13,
    ]
)
_NAMES = st.sampled_from(["KR", "US", "XX", "cho", "minister", "talks/trade", "talks/none", ""])
_LINE = st.fixed_dictionaries({}, optional={
    "quotation": _WORDS, "language": _WORDS, "paraphrase_en": _WORDS, "note_ko": _WORDS,
    "voice_en": _WORDS, "speaker": _NAMES | st.none(), "office_held": _NAMES | st.none(),
    "parties_for": st.lists(_NAMES, max_size=3), "about": st.lists(_NAMES, max_size=3),
    "tracks": st.lists(st.sampled_from(["talks/trade", "talks/security", "x"]), max_size=3),
    "said_on": st.sampled_from(["2025-10-01", "2025-10", "2025-10~", "2025-13", "", "../2025-10"]),
    "zone": st.sampled_from(["Asia/Seoul", "Mars"]), "kind": st.sampled_from(["denies", "sings"]),
    "start": st.sampled_from([0, 19, None, -1, True]), "end": st.sampled_from([4, 45, 10**9, None]),
    "repeats": st.sampled_from([None, 0, 10**6, 2**70]), "source": st.sampled_from([0, "1", None]),
})  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(lines=st.lists(_LINE, min_size=1, max_size=4))
def test_lines_fare_as_they_would_one_by_one(desk: Desk, lines: list[dict[str, Any]]) -> None:
    """The same rows, or the same refusals pointing to the same places."""
    whole = [{**desk.usual("statement"), **line} for line in lines]
    alone = [_alone(desk, line) for line in whole]
    try:
        together: list[Any] = [_same(desk.row("statement", id)) for id in _draft(desk, whole).ids]
    except BadLines as refused:
        told = {n: (one.code, one.at, one.facts) for n, one in refused.faults}
        assert told == {n: one for n, one in enumerate(alone, start=1) if isinstance(one, tuple)}
    else:
        assert together == alone


def _alone(desk: Desk, line: dict[str, Any]) -> Any:
    try:
        return _same(desk.row("statement", desk.draft("statement", **line).id))
    except Refusal as refusal:
        return refusal.code, refusal.at, refusal.facts


def test_a_batch_takes_as_many_questions_for_many_lines_as_for_some(
    desk: Desk, django_assert_num_queries: Any
) -> None:
    """All that lines name is looked for at once; ids and rows go to and fro at once, too."""
    line = {**desk.usual("statement"), "quotation": "Soon, I hope."}
    for count in (1, 30):
        with django_assert_num_queries(_QUESTIONS):
            _draft(desk, [line] * count)


def test_a_batch_is_one_act_that_is_told_to_nobody(desk: Desk) -> None:
    before = last_entry().number
    lines = [{**desk.usual("statement"), "note_en": f"Line {n}"} for n in range(1200)]
    batch = _draft(desk, lines)
    entry = last_entry()
    assert (entry.number, entry.verb, entry.noun) == (before + 1, "draft_statements", "statement")
    assert (entry.public, entry.payload, entry.object_id) == (False, {}, batch.ids[0])
    assert (batch.number, batch.at, batch.noun) == (entry.number, entry.at, "statement")
    notes = Statement.objects.in_bulk(batch.ids)
    assert [notes[id].note_en for id in batch.ids] == [f"Line {n}" for n in range(1200)]
    assert verify_ledger() == (entry.number, None)


def test_drafts_of_a_batch_are_published_as_others_are(desk: Desk) -> None:
    (id,) = _draft(desk, [desk.usual("statement")]).ids
    desk.publish("statement", id)
    assert desk.row("statement", id).ledger_number == last_entry().number


def test_each_text_is_looked_for_in_its_own_source(desk: Desk) -> None:
    sources = [desk.draft("source").id for _ in range(3)]
    for n, source in enumerate(sources):
        capture(desk, source, text=f"Number {n} was named.")
    lines = [
        {**desk.usual("statement"), "source": source, "quotation": f"Number {n}"}
        for n, source in enumerate(sources)
    ]
    ids = _draft(desk, lines[::-1]).ids
    rows = [desk.row("statement", id) for id in ids]
    assert [(row.source_id, row.quotation) for row in rows] == [
        (line["source"], line["quotation"]) for line in lines[::-1]
    ]


def test_one_bad_line_and_nothing_is_written(desk: Desk) -> None:
    good = desk.usual("statement")
    lines = [
        good,
        {**good, "source": 10**6},
        {**good, "kind": "sighs"},
        {**good, "said_on": "soon"},
        {**good, "source": "1"},
        {**good, "nonsense": 1},
        {name: value for name, value in good.items() if name != "zone"},
        {**good, "quotation": "Never said."},
        {**good, "language": "x" * 20},
        {**good, "supersedes": desk.ids["statement"]},
        {**good, "repeats": 10**6},
        Refusal("bad_json", why="it is not UTF-8"),
        good,
    ]
    before = (LedgerEntry.objects.count(), Statement.objects.count())
    with pytest.raises(BadLines) as refused:
        _draft(desk, lines)
    assert refused.value.code == "bad_lines"
    assert [(line, fault.code) for line, fault in refused.value.faults] == [
        (2, "no_such_row"), (3, "unknown_word"), (4, "bad_date"), (5, "wrong_kind"),
        (6, "unknown_member"), (7, "missing_member"), (8, "quotation_not_found"), (9, "too_long"),
        (10, "unknown_member"), (11, "no_such_row"), (12, "bad_json"),
    ]  # fmt: skip
    assert (LedgerEntry.objects.count(), Statement.objects.count()) == before


def test_a_repetition_of_a_repetition_is_refused(desk: Desk) -> None:
    second = desk.draft("statement", repeats=desk.ids["statement"]).id
    with pytest.raises(BadLines) as refused:
        _draft(desk, [{**desk.usual("statement"), "repeats": second}])
    assert [fault.code for _, fault in refused.value.faults] == ["repeats_a_repetition"]


def test_no_lines_and_too_many_are_refused(desk: Desk) -> None:
    for lines in ([], [{}] * 10_001):
        with refuses("wrong_kind"):
            _draft(desk, lines)


def test_who_is_no_officer_is_refused_before_anything_is_read(desk: Desk) -> None:
    with refuses("not_allowed"):
        _draft(desk, [{}], by=Actor(officer=10**6))


def test_a_line_that_points_to_a_draft_of_others_is_at_fault(desk: Desk) -> None:
    both = {"title_en": "Others", "title_ko": "다른 협상"}
    desk.act(operations.register_negotiation, slug="others", parties=["KR"], **both)
    desk.act(
        operations.register_track, negotiation="others", slug="rice", procedure="treaty", **both
    )
    theirs = desk.draft("statement", tracks=["others/rice"]).id
    own = desk.usual("statement")
    lines = [own, {**own, "repeats": theirs}, {**own, "translates": theirs}]
    with pytest.raises(BadLines) as refused:
        _draft(desk, lines, by=desk.reviewer)
    found = [(number, fault.code, fault.facts) for number, fault in refused.value.faults]
    assert found == [(n, "no_such_row", {"noun": "statement", "id": theirs}) for n in (2, 3)]
    assert len(_draft(desk, lines).ids) == 3
