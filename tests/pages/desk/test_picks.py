"""Fields in which a name is typed and a row is meant."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation

from negotiations.pages.desk.picks import Pick, meant, name_of, nearest
from negotiations.queries.choices import Choice

CHO = Choice(value="cho-hyun", name_en="Cho Hyun", name_ko="조현", others=("Jo Hyun",))
KIMS = (
    Choice(value="kim-a", name_en="Kim", name_ko="김가"),
    Choice(value="kim-b", name_en="Kim", name_ko="김나"),
)
ALL = (CHO, *KIMS)


@pytest.fixture
def field() -> Pick:
    """A field that offers three people."""
    made = Pick(required=False)
    made.offer(ALL, id_for_list="people")
    return made


@pytest.mark.parametrize(
    "typed", ["Cho Hyun", "조현", "cho-hyun", "Jo Hyun", " CHO  HYUN ", "Cho-hyun", "조 현"]
)
def test_a_name_in_any_of_its_writings_is_meant(field: Pick, typed: str) -> None:
    assert field.clean(typed) == "cho-hyun"


def test_nothing_typed_is_nobody(field: Pick) -> None:
    assert (field.clean(""), field.clean("  ")) == ("", "")


def test_a_name_of_several_is_refused_with_all_of_them(field: Pick) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("kim")
    told = "“kim” may be any of these: Kim · 김가 (kim-a), Kim · 김나 (kim-b)."
    assert refused.value.messages == [told]


def test_an_unknown_name_is_refused_with_the_nearest(field: Pick) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("Cho Hyung")
    told = "Nothing goes by “Cho Hyung”. Near to it: Cho Hyun · 조현 (cho-hyun)."
    assert refused.value.messages == [told]


def test_where_nothing_is_near_nothing_is_named(field: Pick) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("Øøøøøø")
    assert refused.value.messages == ["Nothing goes by “Øøøøøø”."]


def test_a_value_is_shown_as_the_name_of_the_pages_language(field: Pick) -> None:
    assert field.prepare_value("cho-hyun") == "Cho Hyun"
    with translation.override("ko"):
        assert field.prepare_value("cho-hyun") == "조현"
    assert field.prepare_value("nobody") == "nobody"


def test_a_name_that_others_have_is_shown_as_its_value() -> None:
    assert name_of(KIMS[0], among=ALL) == "kim-a"


def test_a_value_goes_before_a_name() -> None:
    other = Choice(value="x", name_en="kim-a", name_ko="")
    assert meant("kim-a", (*ALL, other)) == (KIMS[0],)


def test_marks_alone_mean_nobody() -> None:
    assert meant("--", ALL) == ()
    assert nearest("--", ALL) == ()
