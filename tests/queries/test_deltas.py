"""What each public act means for a copy of the present record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Clocks, Person
from negotiations.queries import deltas, resting
from negotiations.queries.clocks import read_clocks
from negotiations.queries.record import status_change
from negotiations.queries.shapes import Gone
from negotiations.queries.statements import statement
from negotiations.refusals import Refusal
from tests.operations.desk import Desk, capture, last_entry
from tests.queries.one_act import Told, db, desk, mend, now, opened, renewed, told

__all__ = ["db", "desk", "now", "opened", "told"]


def test_a_publication_tells_its_row_as_lists_do(desk: Desk, told: Told, now: Clocks) -> None:
    change = told(lambda: desk.published("status_change"))
    assert (change.verb, change.gone, change.renews) == ("publish", (), ())
    assert change.record == status_change(change.object_id, clocks=now)


def test_a_correction_takes_the_place_of_what_it_corrects(desk: Desk, told: Told) -> None:
    first = desk.published("position")
    change = told(lambda: desk.correct("position", first, amount="25"))
    assert change.gone == (Gone(noun="position", id=first),)
    assert change.record is not None
    assert (change.record.supersedes, change.renews) == (first, ())  # type: ignore[union-attr]


def test_nothing_takes_the_place_of_what_is_retracted(desk: Desk, told: Told) -> None:
    first = desk.published("linkage")
    change = told(lambda: desk.retract("linkage", first))
    assert (change.record, change.gone) == (None, (Gone(noun="linkage", id=first),))


def test_what_was_replaced_since_is_told_by_the_later_act_alone(desk: Desk, now: Clocks) -> None:
    before = last_entry().number
    first = desk.published("milestone")
    second = desk.correct("milestone", first)
    published, corrected = deltas.changes(clocks=now, after=before).results
    assert (published.object_id, published.record) == (first, None)
    assert corrected.record.id == second  # type: ignore[union-attr]


@pytest.mark.parametrize("act", ["correct", "retract"])
def test_what_rests_on_a_statement_is_told_again(desk: Desk, told: Told, act: str) -> None:
    said = desk.ids["statement"]
    other = desk.published("statement", paraphrase_en="They are far.")
    resting = [desk.published("status_change"), desk.published("position", basis=[other, said])]
    against = desk.published("status_change", basis=[other], dissent=[said])
    fallen = desk.published("linkage")
    desk.retract("linkage", fallen)
    change = told(lambda: getattr(desk, act)("statement", said))
    assert renewed(change) == [
        ("status_change", resting[0]),
        ("status_change", against),
        ("position", resting[1]),
    ]
    again = change.renews[0].record.basis[0]  # type: ignore[union-attr]
    heir = change.object_id
    assert (again.superseded_by, again.retracted) == (heir, act == "retract")


def test_so_it_is_when_the_correction_is_corrected(desk: Desk, told: Told) -> None:
    resting = desk.published("status_change")
    second = desk.correct("statement", desk.ids["statement"])
    change = told(lambda: desk.correct("statement", second))
    assert renewed(change) == [("status_change", resting)]


def test_a_newer_text_is_told_with_its_source_and_all_that_was_said_there(
    desk: Desk, told: Told, now: Clocks
) -> None:
    resting = desk.published("status_change")
    change = told(lambda: capture(desk, desk.ids["source"], text="Another text."))
    assert change.record is None
    assert renewed(change) == [
        ("source", desk.ids["source"]),
        ("statement", desk.ids["statement"]),
        ("status_change", resting),
    ]
    assert change.renews[1].record == statement(desk.ids["statement"], clocks=now).statement


def test_a_corrected_source_may_bring_a_newer_text(desk: Desk, told: Told) -> None:
    change = told(lambda: desk.correct("source", desk.ids["source"]))
    assert change.gone == (Gone(noun="source", id=desk.ids["source"]),)
    assert renewed(change) == [("statement", desk.ids["statement"])]


def test_of_rows_beyond_a_measure_the_whole_noun_is_to_be_fetched(
    desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resting, "MOST", 1)
    for _ in range(2):
        desk.published("status_change")
    one = desk.published("position")
    change = told(lambda: desk.correct("statement", desk.ids["statement"]))
    assert renewed(change) == [("status_change", None), ("position", one)]


def test_so_it_is_on_a_page_of_many_acts(
    desk: Desk, now: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deltas, "_MOST_ON_A_PAGE", 1)
    said = [desk.ids["statement"], desk.published("statement")]
    for one in said:
        desk.published("status_change", basis=[one])
    before = last_entry().number
    for one in said:
        desk.correct("statement", one)
    first, second = deltas.changes(clocks=now, after=before).results
    assert (renewed(first), renewed(second)) == ([], [("status_change", None)])


def test_a_row_is_told_again_where_the_last_act_of_a_page_touches_it(
    desk: Desk, now: Clocks
) -> None:
    resting = desk.published("status_change")
    before = last_entry().number
    second = desk.correct("statement", desk.ids["statement"])
    desk.correct("statement", second)
    found = deltas.changes(clocks=now, after=before).results
    assert [renewed(change) for change in found] == [[], [("status_change", resting)]]
    (alone,) = deltas.changes(clocks=now, after=before, limit=1).results
    assert renewed(alone) == [("status_change", resting)]


@pytest.mark.usefixtures("desk")
def test_a_clock_that_is_behind_the_writers_hides_no_row() -> None:
    behind = read_clocks(
        on=None, known_by=None, as_of=None, now=datetime(2025, 9, 1, tzinfo=UTC), zone=UTC
    )
    (*_, change) = deltas.changes(clocks=behind).results
    assert change.record is not None


def test_a_number_that_was_not_reached_is_refused(desk: Desk, now: Clocks) -> None:
    newest = last_entry().number
    assert deltas.changes(clocks=now, after=newest).results == ()
    desk.draft("source")
    with pytest.raises(Refusal, match=f"the newest is {newest}") as refused:
        deltas.changes(clocks=now, after=newest + 1)
    assert (refused.value.code, refused.value.at) == ("number_ahead", "after")


def test_the_hash_that_a_reader_holds_is_compared(desk: Desk, now: Clocks) -> None:
    newest = last_entry()
    assert deltas.changes(clocks=now, after=newest.number, hash=newest.hash).results == ()
    assert deltas.changes(clocks=now, after=0, hash="0" * 64, limit=1).next == "1"
    private = desk.draft("source").number
    for after, hash in ((newest.number, "f" * 64), (private, last_entry().hash)):
        with pytest.raises(Refusal) as refused:
            deltas.changes(clocks=now, after=after, hash=hash)
        assert (refused.value.code, refused.value.at) == ("other_ledger", "hash")


def test_a_hash_without_its_number_is_refused(now: Clocks) -> None:
    """A copy that is good is not said to be another's."""
    with pytest.raises(Refusal) as refused:
        deltas.changes(clocks=now, hash="f" * 64)
    assert (refused.value.code, refused.value.at) == ("bad_parameter", "hash")


def _acts(desk: Desk) -> None:
    source = desk.published("source")
    capture(desk, source)
    said = desk.published("statement", source=source)
    for noun in ("status_change", "position", "linkage", "milestone", "account"):
        slug = {"slug": f"m-{said}"} if noun == "milestone" else {}
        desk.correct(noun, desk.published(noun, basis=[said], **slug), basis=[said], **slug)
    desk.correct("statement", said, source=source)
    desk.correct("source", source)
    desk.retract("statement", desk.published("statement"))
    desk.act(operations.register_person, slug=f"p-{said}", name_en="P", name_ko="P")
    code = {"code": f"X{said}", "capital_en": "C", "capital_ko": "C", "zone": "UTC"}
    desk.act(operations.register_party, name_en=f"{said}", name_ko="P", **code)
    mend(desk, "person", Person.objects.get(slug=f"p-{said}").pk, name_en="Q")
    desk.act(
        operations.grade_publisher, publisher="paper", reliability="A",
        graded_on=date(2025, 1, 1) + timedelta(days=said),
    )  # fmt: skip


def test_a_page_costs_the_same_for_any_acts(desk: Desk, now: Clocks, query_count: Any) -> None:
    def cost() -> int:
        cost: int = query_count(lambda: deltas.changes(clocks=now, after=before, limit=200))
        return cost

    before = last_entry().number
    _acts(desk)
    one = cost()
    _acts(desk)
    assert (one, cost()) == (20, 20)
