"""Forms: what is typed, what a verb is given, what stands against it."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from negotiations.pages.desk.forms import DeskForm, Difference, DraftForm, written
from negotiations.queries.seats import Seat
from negotiations.refusals import Refusal

SEAT = Seat(officer=1, name="Cho", superuser=False, roles={})


class Plain(DeskForm):
    """A form of two fields."""

    places = {"bad_date": "day"}

    day = forms.CharField(label="Day")
    words = forms.CharField(label="Words", required=False)
    more = forms.MultipleChoiceField(
        label="More", required=False, choices=[("a", "First"), ("b", "Second")]
    )


def sent(**typed: Any) -> Plain:
    data = QueryDict(mutable=True)
    for name, value in {"once": "k", "day": "2025", **typed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Plain(data)


def test_a_new_form_carries_a_name_for_its_sending() -> None:
    one, other = Plain()["once"].value(), Plain()["once"].value()
    assert one != other
    assert len(one) == 32


def test_bookkeeping_is_no_argument_and_line_ends_are_plain() -> None:
    form = sent(words="a\r\nb", version="3")
    assert form.is_valid()
    assert form.arguments() == {"day": "2025", "words": "a\nb", "more": []}


@pytest.mark.parametrize(
    ("refusal", "field"),
    [
        (Refusal("bad_text", at="/words", why="U+0000"), "words"),
        (Refusal("bad_date", text="x"), "day"),
        (Refusal("bad_text", at="/elsewhere", why="U+0000"), "__all__"),
        (Refusal("version_conflict", at="/version", version=2), "__all__"),
    ],
)
def test_a_refusal_stands_at_its_field(refusal: Refusal, field: str) -> None:
    form = sent()
    assert form.is_valid()
    form.refuse(refusal)
    assert (list(form.errors), form.status) == ([field], refusal.status)


def test_a_form_that_is_held_shows_what_was_typed_without_judging_it() -> None:
    form = sent(day="")
    form.hold()
    assert (form.errors, form["day"].value()) == ({}, "")


def test_two_versions_are_compared_field_by_field() -> None:
    form = sent(words="mine", more=["a", "b"])
    assert form.is_valid()
    body = {"day": "2025", "words": "theirs", "more": ["a"], "unknown": 1}
    form.compare(body, version=7)
    assert form.conflict == (
        Difference(label="Words", theirs="theirs", mine="mine"),
        Difference(label="More", theirs="First", mine="First, Second"),
    )
    assert form["version"].value() == "7"
    assert form["once"].value() != "k"


@pytest.mark.parametrize(
    ("value", "told"), [(None, ""), ("", ""), (["b"], "Second"), (["a", "x"], "First, x")]
)
def test_a_value_is_written_as_people_read_it(value: Any, told: str) -> None:
    assert written(Plain(initial={"more": value})["more"]) == told


def test_a_correction_alone_asks_for_its_reason() -> None:
    assert "correction_reason" not in DraftForm(seat=SEAT).fields
    form = DraftForm({}, seat=SEAT, correcting=True)
    assert list(form.errors) == ["correction_reason"]
    assert list(form.alike({}).fields) == list(form.fields)
