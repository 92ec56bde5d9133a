"""The verdict on the accounts of one topic, against all that two and three parties can say."""

from __future__ import annotations

from itertools import combinations, permutations, product
from uuid import UUID

import pytest

from negotiations.queries.account_verdicts import HeardAccount, compared

CHAINS = [UUID(int=number) for number in (1, 2, 3)]
LOST = UUID(int=9)


def _said(says: str, chain: int, contradicts: UUID | None = None) -> HeardAccount:
    bearing = {"T": "tells", "O": "omits"}[says]
    return HeardAccount(bearing=bearing, chain=CHAINS[chain], contradicts=contradicts)


def _all(words: str) -> list[HeardAccount]:
    """T tells, O omits, - is not on record."""
    return [_said(says, number) for number, says in enumerate(words) if says != "-"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("--", "untold"), ("T-", "told_by_one"), ("-T", "told_by_one"), ("TT", "told_by_both"),
        ("TO", "omitted"), ("OT", "omitted"), ("O-", "untold"), ("-O", "untold"), ("OO", "untold"),
        ("TT-", "told_by_both"), ("TTT", "told_by_both"), ("TTO", "omitted"), ("T-O", "omitted"),
        ("--T", "told_by_one"), ("-OO", "untold"),
    ],
)  # fmt: skip
def test_each_parties_word_counts(words: str, verdict: str) -> None:
    assert compared(_all(words)) == verdict


@pytest.mark.parametrize("one", [0, 1])
def test_one_judgement_is_enough(one: int) -> None:
    heard = _all("TT")
    heard[one] = _said("T", one, CHAINS[1 - one])
    assert compared(heard) == "contradicted"


def test_a_contradiction_goes_before_an_omission() -> None:
    assert compared([*_all("TTO")[1:], _said("T", 0, CHAINS[1])]) == "contradicted"


@pytest.mark.parametrize("of", [LOST, CHAINS[0]], ids=["what is not there", "itself"])
def test_what_is_not_told_now_is_not_contradicted(of: UUID) -> None:
    assert compared([_said("T", 0, of), _said("T", 1)]) == "told_by_both"


def test_what_is_left_out_now_is_not_contradicted() -> None:
    assert compared([_said("T", 0, CHAINS[1]), _said("O", 1)]) == "omitted"


def _plainly(heard: tuple[HeardAccount, ...]) -> str:
    """The same, said as one would to a colleague."""
    tell = [one for one in heard if one.bearing == "tells"]
    for one, other in permutations(tell, 2):
        if one.contradicts == other.chain:
            return "contradicted"
    names = {0: "untold", 1: "told_by_one"}
    silent = any(one.bearing == "omits" for one in heard)
    return "omitted" if tell and silent else names.get(len(tell), "told_by_both")


def test_it_is_as_plain_words_have_it_whatever_is_said_in_whatever_order() -> None:
    for parties in (1, 2, 3):
        for present in combinations(range(3), parties):
            for heard in product(*(_everything(number) for number in present)):
                for order in permutations(heard):
                    assert compared(order) == _plainly(heard)


def _everything(number: int) -> list[HeardAccount]:
    """All that a party can say."""
    others = [None, LOST, *(chain for chain in CHAINS if chain != CHAINS[number])]
    return [_said("O", number), *(_said("T", number, of) for of in others)]
