"""Which terms a brief tells as being in dispute, compared as the matrix compares them."""

from __future__ import annotations

from typing import Any

import pytest

from negotiations.models import Clocks
from negotiations.queries.briefs import brief
from negotiations.queries.pins import newest_pin
from negotiations.queries.positions import matrix
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(clocks: Clocks) -> Any:
    return brief("rok-us", pin=newest_pin(clocks))


@pytest.mark.usefixtures("shown")
def test_a_term_on_which_one_party_alone_has_spoken_says_who_is_silent(clocks):
    (term,) = told(clocks).terms

    assert (term.name_en, term.comparison) == ("Defence budget growth", "one_sided")
    assert [(one.party.code, one.position is None) for one in term.positions] == [
        ("KR", False),
        ("US", True),
    ]


def test_terms_on_which_parties_are_apart_come_first_and_those_at_one_not_at_all(shown, clocks):
    for slug, amounts in {"same": (15, 15), "apart": (25, 15)}.items():
        term = make.TermFactory(track=shown.tariffs, slug=slug)
        for code, amount in zip(("KR", "US"), amounts, strict=True):
            make.PositionFactory(
                term=term, according_to=make.PartyFactory(code=code), amount=amount,
                basis=shown.quoted,
            )  # fmt: skip

    assert [(one.slug, one.comparison) for one in told(clocks).terms] == [
        ("apart", "apart"),
        ("defence-budget", "one_sided"),
    ]


def test_figures_that_leave_room_for_each_other_are_not_in_dispute(shown, clocks):
    """As the matrix has it: up to 20 leaves room for 15."""
    term = make.TermFactory(track=shown.tariffs, slug="ceiling")
    for code, amount, qualifier in (("KR", 20, "up_to"), ("US", 15, "exactly")):
        make.PositionFactory(
            term=term, according_to=make.PartyFactory(code=code), amount=amount,
            qualifier=qualifier, basis=shown.quoted,
        )  # fmt: skip

    assert "ceiling" not in [one.slug for one in told(clocks).terms]


def test_texts_that_differ_are_told_as_other_words_and_not_as_apart(shown, clocks):
    term = make.TermFactory(track=shown.tariffs, slug="nature")
    for code, text in (("KR", "guarantees"), ("US", "upfront")):
        make.PositionFactory(
            term=term, according_to=make.PartyFactory(code=code), amount=None, text_en=text,
            basis=shown.quoted,
        )  # fmt: skip

    assert ("nature", "reworded") in [(one.slug, one.comparison) for one in told(clocks).terms]


@pytest.mark.parametrize("standing", ["in_force", "withdrawn"])
def test_what_is_law_or_withdrawn_is_no_position_in_dispute(shown, clocks, standing):
    term = make.TermFactory(track=shown.tariffs, slug="rate")
    make.PositionFactory(term=term, standing=standing, basis=shown.quoted)

    assert [one.slug for one in told(clocks).terms] == ["defence-budget"]


def test_a_third_party_s_word_stands_beside_the_parties_and_is_not_compared(shown, clocks):
    """As the matrix has it: of three figures only those of the track's parties are compared."""
    for slug, amounts in {"same": (25, 25, 30), "apart": (25, 15, 30)}.items():
        term = make.TermFactory(track=shown.tariffs, slug=slug)
        for code, amount in zip(("KR", "US", "JP"), amounts, strict=True):
            make.PositionFactory(
                term=term, according_to=make.PartyFactory(code=code), amount=amount,
                basis=shown.quoted,
            )  # fmt: skip

    apart, _ = told(clocks).terms
    assert (apart.slug, apart.comparison) == ("apart", "apart")
    assert [(one.party.code, one.amount) for one in apart.positions] == [
        ("KR", 25),
        ("US", 15),
        ("JP", 30),
    ]
    assert [one.slug for one in told(clocks).terms] == ["apart", "defence-budget"]


def test_a_term_on_which_no_party_of_the_track_has_spoken_is_not_in_dispute(shown, clocks):
    term = make.TermFactory(track=shown.tariffs, slug="elsewhere")
    make.PositionFactory(
        term=term, according_to=make.PartyFactory(code="JP"), amount=30, basis=shown.quoted
    )

    assert [one.slug for one in told(clocks).terms] == ["defence-budget"]


def test_every_term_is_compared_as_the_matrix_compares_it(shown, clocks):
    says = ({"US": 25, "JP": 25}, {"JP": 25}, {"KR": 25, "US": 30, "JP": 25})
    for number, amounts in enumerate(says):
        term = make.TermFactory(track=shown.tariffs, slug=f"t{number}")
        for code, amount in amounts.items():
            make.PositionFactory(
                term=term, according_to=make.PartyFactory(code=code), amount=amount,
                basis=shown.quoted,
            )  # fmt: skip

    compared = {
        one.slug: one.comparison
        for of in matrix("rok-us", clocks=clocks).tracks
        for one in of.terms
    }
    assert compared.pop("t1") == "unknown"
    assert {one.slug: one.comparison for one in told(clocks).terms} == compared
