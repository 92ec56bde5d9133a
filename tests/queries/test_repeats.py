"""Which utterance a statement likely renders again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from negotiations.models import Track
from negotiations.queries.repeats import Spoken, likely_repeats
from negotiations.queries.seats import Seat
from tests import factories as make

pytestmark = pytest.mark.django_db
OFFICER = Seat(officer=0, name="Kim", superuser=False, roles={"talks": "officer"})
ELSEWHERE = Seat(officer=0, name="Lee", superuser=False, roles={"other": "officer"})
WORDS = "We asked Washington for an unlimited currency swap"


@pytest.fixture
def track() -> Track:
    """The track `talks/swap`."""
    return make.TrackFactory(negotiation=make.NegotiationFactory(slug="talks"), slug="swap")


def _spoken(**given: Any) -> Spoken:
    day = date.fromisoformat(given.pop("on", "2025-10-01"))
    usual = {"said_lower": day, "said_upper": day, "words": WORDS, "tracks": ["talks/swap"]}
    return Spoken(**{**usual, **given})


def _ids(spoken: Spoken, seat: Seat = OFFICER, **options: Any) -> list[int]:
    return [one.statement for one in likely_repeats(spoken, seat=seat, **options)]


def _said(track: Track, **columns: Any) -> Any:
    return make.StatementFactory(
        **{"tracks": (track,), "paraphrase_en": "Nothing alike.", **columns}
    )


@pytest.mark.parametrize(
    ("said_on", "found"),
    [("2025-09-28", True), ("2025-10-04", True), ("2025-09-27", False), ("2025-10-05", False)],
)
def test_what_the_same_person_said_within_three_days_is_likely(
    track: Track, said_on: str, found: bool
) -> None:
    row = _said(track, said_on=said_on, speaker=make.PersonFactory(slug="koo"))
    _said(track, said_on=said_on)
    assert _ids(_spoken(speaker="koo")) == [row.pk] * found
    assert _ids(_spoken(speaker="cho")) == []


def test_the_same_office_is_as_good_as_the_same_person(track: Track) -> None:
    row = _said(track, office=make.OfficeFactory(slug="minister"))
    assert _ids(_spoken(office="minister")) == [row.pk]


def test_what_is_put_in_like_words_on_the_same_track_is_likely(track: Track) -> None:
    words = "an unlimited currency swap was asked for, of Washington"
    row = _said(track, paraphrase_en=words, said_on="2025-01-01")
    _said(make.TrackFactory(), paraphrase_en=words)
    _said(track, paraphrase_en=words, said_on="2025-10-05")
    (told,) = likely_repeats(_spoken(), seat=OFFICER)
    assert (told.statement, told.words_en, told.same_voice) == (row.pk, words, False)
    assert 0.7 <= told.similarity < 1


def test_words_are_compared_in_both_languages_and_the_nearest_comes_first(track: Track) -> None:
    person = make.PersonFactory(slug="koo")
    far = _said(track, speaker=person)
    near = _said(track, paraphrase_ko="무제한 통화스와프를 요구했다고 밝혔다", speaker=person)
    spoken = _spoken(speaker="koo", words="무제한 통화스와프를 요구했다고 말했다")
    assert _ids(spoken) == [near.pk, far.pk]
    assert _ids(spoken, limit=1) == [near.pk]


def test_one_word_in_common_is_not_alike(track: Track) -> None:
    _said(track, paraphrase_en="Washington")
    assert _ids(_spoken()) == []


def test_a_repetition_is_told_as_the_utterance_that_it_repeats(track: Track) -> None:
    first = _said(track)
    _said(track, paraphrase_en=WORDS, repeats=first)
    assert _ids(_spoken()) == [first.pk]


def test_what_was_corrected_or_is_the_one_at_hand_is_left_out(track: Track) -> None:
    first = _said(track, paraphrase_en=WORDS)
    later = _said(track, paraphrase_en=WORDS, supersedes=first)
    assert _ids(_spoken()) == [later.pk]
    assert _ids(_spoken(), besides=later.pk) == []


def test_drafts_are_told_where_the_account_is_an_officer(track: Track) -> None:
    draft = _said(track, paraphrase_en=WORDS, published_at=None)
    (told,) = likely_repeats(_spoken(), seat=OFFICER)
    assert (told.statement, told.published) == (draft.pk, False)
    assert _ids(_spoken(), seat=ELSEWHERE) == []


def test_days_at_the_ends_of_the_calendar_and_strange_names_do_no_harm(track: Track) -> None:
    assert _ids(_spoken(on="0001-01-01", speaker="\x00", tracks=["", "a", "\x00/b"])) == []
    assert _ids(_spoken(on="9999-12-31", words="", speaker="koo")) == []
    assert track.pk


def test_the_work_is_bounded(track: Track, query_count: Any) -> None:
    _said(track, paraphrase_en=WORDS, speaker=make.PersonFactory(slug="koo"))
    assert query_count(lambda: _ids(_spoken(speaker="koo"))) == 3
