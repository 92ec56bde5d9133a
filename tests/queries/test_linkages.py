"""The ties of a negotiation: latest words, agreement, silence, cycles, filters, clocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries import linkages
from negotiations.queries.linkages import MOST_CYCLES, linkages_of
from negotiations.queries.shapes import Linkages
from negotiations.refusals import Refusal
from negotiations.vocabulary import LinkageKind
from tests import factories as make

pytestmark = pytest.mark.django_db


class Web:
    """A negotiation of Seoul and Washington with four tracks, and ties between them."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.korea, self.states = make.PartyFactory(code="KR"), make.PartyFactory(code="US")
        self.negotiation: Any = make.NegotiationFactory(slug="talks")
        self.negotiation.parties.set([self.korea, self.states])
        self.tracks: dict[str, Any] = {
            slug: make.TrackFactory(negotiation=self.negotiation, slug=slug) for slug in "abcd"
        }

    def tie(self, before: str, kind: str, after: str, **members: Any) -> Any:
        """One word about two tracks, Seoul's unless another voice is given."""
        ends = {"from_track": self.tracks[before], "to_track": self.tracks[after]}
        return make.LinkageFactory(**{"according_to": self.korea, "kind": kind, **ends, **members})

    def told(self, clocks: Clocks, **asked: str) -> Linkages:
        """What the query tells."""
        return linkages_of("talks", clocks=clocks, **asked)


@pytest.fixture
def web() -> Web:
    """Nothing is said yet."""
    return Web()


def rings(told: Linkages) -> list[str]:
    """The cycles as the slugs of their tracks."""
    return ["".join(wait.waiting.slug for wait in cycle.waits) for cycle in told.cycles]


def test_the_latest_word_counts_and_those_before_stay(web: Web, clocks: Clocks) -> None:
    first = web.tie("a", "packaged_with", "b", effective_on="2025-09-01")
    second = web.tie("b", "affects", "a", effective_on="2025-09-02")
    latest = web.tie("a", "decoupled_from", "b", effective_on="2025-09-03")
    (tie,) = web.told(clocks).ties
    (voice,) = tie.voices
    assert voice.latest.id == latest.pk
    assert [row.id for row in voice.earlier] == [second.pk, first.pk]
    assert [track.slug for track in tie.tracks] == ["a", "b"]


def test_of_many_words_the_newest_are_told(
    web: Web, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkages, "MOST_WORDS", 2)
    rows = [web.tie("a", "affects", "b", effective_on=f"2025-09-0{n}") for n in range(1, 4)]
    others = [
        web.tie("b", "affects", "a", effective_on=f"2025-08-0{n}", according_to=web.states)
        for n in range(1, 3)
    ]
    (tie,) = web.told(clocks).ties
    told = [
        ([voice.latest.id, *(row.id for row in voice.earlier)], voice.cut) for voice in tie.voices
    ]
    assert told == [
        ([rows[2].pk, rows[1].pk], True),
        ([others[1].pk, others[0].pk], False),
    ]


def test_ties_are_numbered_from_the_newest_word(web: Web, clocks: Clocks) -> None:
    web.tie("a", "affects", "b", effective_on="2025-09-01")
    web.tie("c", "affects", "d", effective_on="2025-09-03")
    web.tie("d", "affects", "b", effective_on="2025-09-02")
    told = web.told(clocks)
    assert [(tie.number, tie.tracks[0].slug) for tie in told.ties] == [(1, "c"), (2, "d"), (3, "a")]
    assert [tie.number for tie in web.told(clocks, track="a").ties] == [3]


def test_who_has_no_word_is_silent_and_never_agrees(web: Web, clocks: Clocks) -> None:
    web.tie("a", "conditional_on", "b")
    (tie,) = web.told(clocks).ties
    assert [party.code for party in tie.silent] == ["US"]
    assert tie.agreement == "one_sided"


def test_the_parties_of_a_track_are_asked_where_it_has_its_own(web: Web, clocks: Clocks) -> None:
    north = make.PartyFactory(code="KP")
    web.tracks["b"].parties.set([north])
    web.tie("a", "affects", "b")
    assert [party.code for party in web.told(clocks).ties[0].silent] == ["US", "KP"]


def test_the_desks_reading_is_nobodys_word(web: Web, clocks: Clocks) -> None:
    web.tie("a", "affects", "b", according_to=None)
    (tie,) = web.told(clocks).ties
    assert tie.voices[0].party is None
    assert (tie.agreement, len(tie.silent)) == ("unknown", 2)


@pytest.mark.parametrize(
    ("seoul", "washington", "agreement"),
    [
        (("a", "conditional_on", "b"), ("b", "precondition_for", "a"), "concordant"),
        (("a", "packaged_with", "b"), ("b", "packaged_with", "a"), "concordant"),
        (("a", "affects", "b"), ("b", "affects", "a"), "contested"),
        (("a", "packaged_with", "b"), ("a", "traded_against", "b"), "contested"),
        (("a", "decoupled_from", "b"), ("a", "packaged_with", "b"), "contested"),
        (("a", "precondition_for", "b"), ("a", "conditional_on", "b"), "contested"),
    ],
)
def test_one_claim_is_the_same_from_either_end(
    web: Web, clocks: Clocks, seoul: Any, washington: Any, agreement: str
) -> None:
    web.tie(*seoul)
    web.tie(*washington, according_to=web.states)
    assert web.told(clocks).ties[0].agreement == agreement


@pytest.mark.parametrize("standing", ["denied", "ended"])
def test_no_tie_is_no_tie_however_it_is_put(web: Web, clocks: Clocks, standing: str) -> None:
    web.tie("a", "decoupled_from", "b")
    web.tie("b", "packaged_with", "a", standing=standing, according_to=web.states)
    assert web.told(clocks).ties[0].agreement == "concordant"


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("conditional_on", ("a", "b")),
        ("delayed_by", ("a", "b")),
        ("precondition_for", ("b", "a")),
        ("sequenced_before", ("b", "a")),
    ],
)
def test_what_waits_is_one_direction(
    web: Web, clocks: Clocks, kind: str, back: tuple[str, str]
) -> None:
    first, second = back
    there = web.tie("a", kind, "b")
    here = web.tie(second, "conditional_on", first, according_to=web.states)
    (cycle,) = web.told(clocks).cycles
    steps = {(wait.waiting.slug, wait.awaited.slug): wait.linkages for wait in cycle.waits}
    assert steps == {back: (there.pk,), (second, first): (here.pk,)}
    assert {wait.tie for wait in cycle.waits} == {1}


@pytest.mark.parametrize(
    "kind",
    sorted(
        set(LinkageKind) - {"conditional_on", "delayed_by", "precondition_for", "sequenced_before"}
    ),
)
def test_other_kinds_make_nobody_wait(web: Web, clocks: Clocks, kind: str) -> None:
    web.tie("a", kind, "b")
    web.tie("b", "conditional_on", "a", according_to=web.states)
    web.tie("a", kind, "b", according_to=None)
    assert web.told(clocks).cycles == ()


@pytest.mark.parametrize("standing", ["denied", "ended"])
def test_only_what_is_in_effect_makes_a_cycle(web: Web, clocks: Clocks, standing: str) -> None:
    web.tie("a", "conditional_on", "b")
    web.tie("b", "conditional_on", "c")
    last = web.tie("c", "conditional_on", "a", effective_on="2025-09-01")
    assert rings(web.told(clocks)) == ["abc"]
    web.tie("c", "conditional_on", "a", standing=standing, effective_on="2025-10-02")
    assert rings(web.told(clocks)) == []
    assert last.pk


def test_all_who_say_so_are_named(web: Web, clocks: Clocks) -> None:
    one = web.tie("a", "conditional_on", "b")
    two = web.tie("b", "precondition_for", "a", according_to=web.states)
    back = web.tie("b", "conditional_on", "a", according_to=None)
    (cycle,) = web.told(clocks).cycles
    assert [set(wait.linkages) for wait in cycle.waits] == [{one.pk, two.pk}, {back.pk}]


def test_too_many_cycles_are_told_as_a_knot(web: Web, clocks: Clocks) -> None:
    parties = [web.korea, web.states]
    for before in "abcd":
        for after in "abcd":
            if before < after:
                web.tie(before, "conditional_on", after, according_to=parties[0])
                web.tie(after, "conditional_on", before, according_to=parties[1])
    told = web.told(clocks)
    assert len(told.cycles) == MOST_CYCLES
    assert [[track.slug for track in knot] for knot in told.knots] == [list("abcd")]


def test_filters_keep_whole_ties(web: Web, clocks: Clocks) -> None:
    web.tie("a", "affects", "b", effective_on="2025-09-01")
    web.tie("a", "affects", "b", according_to=web.states)
    web.tie("c", "affects", "d", according_to=None, effective_on="2025-09-02")
    assert [tie.number for tie in web.told(clocks, party="US").ties] == [1]
    assert [len(tie.voices) for tie in web.told(clocks, party="US").ties] == [2]
    assert [tie.number for tie in web.told(clocks, party="desk").ties] == [2]
    assert [tie.number for tie in web.told(clocks, track="d").ties] == [2]
    assert web.told(clocks, track="d", party="KR").ties == ()
    assert web.told(clocks, track="d").untied == ()


def test_a_cycle_is_told_where_one_of_its_ties_is(web: Web, clocks: Clocks) -> None:
    web.tie("a", "conditional_on", "b")
    web.tie("b", "conditional_on", "a", according_to=web.states)
    web.tie("c", "affects", "d")
    assert rings(web.told(clocks, track="a")) == ["ab"]
    assert rings(web.told(clocks, track="d")) == []


@pytest.mark.parametrize(("name", "value"), [("track", "x"), ("party", "XX")])
def test_a_filter_that_names_nothing_is_refused(
    web: Web, clocks: Clocks, name: str, value: str
) -> None:
    with pytest.raises(Refusal) as refused:
        web.told(clocks, **{name: value})
    assert (refused.value.code, refused.value.at) == ("bad_parameter", name)


def test_a_negotiation_that_is_not_there_is_not_found(clocks: Clocks) -> None:
    with pytest.raises(Refusal) as refused:
        linkages_of("nowhere", clocks=clocks)
    assert refused.value.code == "not_found"


def test_tracks_of_which_nothing_is_said_are_named(web: Web, clocks: Clocks) -> None:
    web.tie("a", "affects", "b")
    assert [track.slug for track in web.told(clocks).untied] == ["c", "d"]


def test_the_three_clocks(web: Web, clocks: Clocks) -> None:
    web.tie("a", "affects", "b", effective_on="2025-10-20")
    web.tie("a", "affects", "c", known_on=date(2025, 10, 20))
    web.tie("a", "affects", "d", published_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert web.told(clocks).ties == ()
    assert len(web.told(replace(clocks, on=date(2025, 10, 20))).ties) == 1
    assert len(web.told(replace(clocks, known_by=date(2025, 10, 20))).ties) == 1
    assert len(web.told(replace(clocks, as_of=datetime(2026, 6, 1, tzinfo=UTC))).ties) == 1


def test_a_draft_and_what_was_withdrawn_leave_no_trace(web: Web, clocks: Clocks) -> None:
    draft = {"published_at": None, "published_by": None, "ledger_number": None, "known_on": None}
    web.tie("a", "affects", "b", **draft)
    gone = web.tie("c", "affects", "d")
    web.tie("c", "affects", "d", supersedes=gone, withdrawn=True)
    told = web.told(clocks)
    assert (told.ties, len(told.untied)) == ((), 4)


def test_it_costs_the_same_for_one_tie_and_for_many(
    web: Web, clocks: Clocks, query_count: Callable[[Callable[[], Any]], int]
) -> None:
    web.tie("a", "affects", "b")
    first = query_count(lambda: web.told(clocks))
    for pair in ("ac", "ad", "bc"):
        web.tie(pair[0], "conditional_on", pair[1], according_to=web.states)
        web.tie(pair[0], "affects", pair[1])
    assert query_count(lambda: web.told(clocks)) == first
    assert first <= 14


def test_the_last_statement_is_named(web: Web, clocks: Clocks) -> None:
    assert web.told(clocks).last_said_on is None
    make.StatementFactory(tracks=[web.tracks["a"]], said_on="2025-09-30")
    assert web.told(clocks).last_said_on == date(2025, 9, 30)
