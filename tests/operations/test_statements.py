"""Statements: what was said, held against the kept text."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Statement
from negotiations.operations.sources import snapshots_of
from tests.operations.desk import TEXT, Desk, capture, refuses


def _quote(desk: Desk, quotation: str, **fields: Any) -> Any:
    return desk.row("statement", desk.draft("statement", quotation=quotation, **fields).id)


def test_a_quotation_keeps_its_place_and_what_stands_around_it(desk: Desk) -> None:
    start, end = TEXT.index("협상은"), len(TEXT)
    row = _quote(desk, "협상은 끝났다.", start=start, end=end)
    assert (row.quotation, row.start, row.end) == ("협상은 끝났다.", start, end)
    assert (row.prefix, row.suffix) == (TEXT[start - 40 : start], "")


@pytest.mark.parametrize(
    "quotation",
    [
        "“We are  close to a deal.”",
        '"We are close to a deal."',
        "We are\nclose to a deal.",
        unicodedata.normalize("NFD", "협상은 끝났다."),
    ],
)
def test_a_quotation_is_found_without_offsets(desk: Desk, quotation: str) -> None:
    row = _quote(desk, quotation)
    found = " ".join(TEXT[row.start : row.end].replace("“", '"').replace("”", '"').split())
    asked = unicodedata.normalize("NFC", quotation).replace("“", '"').replace("”", '"')
    assert found == " ".join(asked.split())


@pytest.mark.parametrize(
    ("start", "end"), [(73, 81), (0, 5), (82, 74), (-8, 82), (74, 10**30), (0, 0)]
)
def test_a_quotation_at_the_wrong_place_is_refused(desk: Desk, start: int, end: int) -> None:
    with refuses("quotation_not_found", at="/quotation"):
        desk.draft("statement", quotation="협상은 끝났다.", start=start, end=end)


def test_a_quotation_that_nobody_said_is_refused(desk: Desk) -> None:
    with refuses("quotation_not_found"):
        desk.draft("statement", quotation="We have a deal.")


def test_a_quotation_needs_a_kept_text(desk: Desk) -> None:
    source = desk.published("source")
    with refuses("no_snapshot", at="/quotation"):
        desk.draft("statement", quotation="Soon", source=source)


def test_the_newest_kept_text_counts(desk: Desk) -> None:
    newer = capture(desk, desk.ids["source"], "We are not close.")
    assert _quote(desk, "not close").snapshot_id == newer
    with refuses("quotation_not_found"):
        desk.draft("statement", quotation="Soon, I hope.")


def test_a_corrected_source_keeps_its_text(desk: Desk) -> None:
    corrected = desk.correct("source", desk.ids["source"])
    assert _quote(desk, "Soon, I hope.", source=corrected).start == TEXT.index("Soon")


def test_a_quotation_is_checked_again_at_publication(desk: Desk) -> None:
    row = _quote(desk, "협상은 끝났다.")
    type(row).objects.filter(pk=row.pk).update(quotation="협상은 안 끝났다.")
    with refuses("quotation_not_found"):
        desk.publish("statement", row.pk)


@pytest.mark.parametrize("text", ["\x00", "Soon\x00", "\ud800", "Soon \udfff"])
@pytest.mark.parametrize("field", ["quotation", "paraphrase_en", "voice_ko", "place_en", "note_ko"])
def test_a_character_that_cannot_be_kept_is_refused(desk: Desk, field: str, text: str) -> None:
    with refuses("bad_text", at=f"/{field}"):
        desk.draft("statement", **{field: text})


def test_a_statement_says_something(desk: Desk) -> None:
    with refuses("no_quotation_or_paraphrase"):
        desk.draft("statement", paraphrase_en=" ", paraphrase_ko="")


def test_somebody_speaks(desk: Desk) -> None:
    with refuses("no_voice"):
        desk.draft("statement", speaker=None, office_held=None)


def test_an_unnamed_voice_is_enough(desk: Desk) -> None:
    draft = desk.draft("statement", speaker=None, office_held=None, voice_en="An official")
    row = desk.row("statement", draft.id)
    assert (row.speaker_id, row.office_id, row.voice_en) == (None, None, "An official")


def test_a_statement_bears_on_a_track(desk: Desk) -> None:
    with refuses("no_tracks", at="/tracks"):
        desk.draft("statement", tracks=[])


def test_a_repetition_points_to_the_first_rendering(desk: Desk) -> None:
    again = desk.published("statement", repeats=desk.ids["statement"])
    with refuses("repeats_a_repetition", at="/repeats"):
        desk.draft("statement", repeats=again)


def _repeating(desk: Desk, id: int, first: int, version: int = 1) -> None:
    desk.draft("statement", amends=id, version=version, repeats=first)


def test_a_draft_does_not_repeat_itself(desk: Desk) -> None:
    id = desk.draft("statement").id
    with refuses("repeats_a_repetition", at="/repeats"):
        _repeating(desk, id, id)


def test_a_correction_does_not_repeat_what_it_corrects(desk: Desk) -> None:
    with refuses("repeats_a_repetition", at="/repeats"):
        desk.correct("statement", desk.ids["statement"], repeats=desk.ids["statement"])


def test_what_is_repeated_does_not_come_to_repeat(desk: Desk) -> None:
    first = desk.draft("statement").id
    again = desk.draft("statement", repeats=first).id
    for other in (desk.ids["statement"], again):
        with refuses("repeats_a_repetition", at="/repeats"):
            _repeating(desk, first, other)
    desk.act(operations.discard_draft, noun="statement", id=again, version=1)
    _repeating(desk, first, desk.ids["statement"])
    assert desk.row("statement", first).repeats_id == desk.ids["statement"]


@pytest.mark.parametrize("which", ["first", "again"])
def test_a_chain_of_repetitions_is_not_published(desk: Desk, which: str) -> None:
    first = desk.draft("statement").id
    drafts = {"first": first, "again": desk.draft("statement", repeats=first).id}
    # Past the rule of drafts, as two officers at one moment might have come.
    Statement.objects.filter(pk=first).update(repeats=desk.ids["statement"])
    with refuses("unpublished_evidence" if which == "again" else "repeats_a_repetition"):
        desk.publish("statement", drafts[which])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source", 10**30), ("source", 0), ("repeats", -1), ("translates", 0),
        ("translates", 10**30), ("speaker", "nobody"), ("speaker", "a\x00b"),
        ("office_held", "nothing"), ("tracks", ["talks/none"]), ("tracks", ["security"]),
        ("tracks", ["talks/\x00"]), ("tracks", ["/"]), ("parties_for", ["XX"]), ("about", [""]),
        ("about", ["\ud800"]),
    ],
)  # fmt: skip
def test_a_name_without_a_row_is_refused(desk: Desk, field: str, value: Any) -> None:
    with refuses("no_such_row"):
        desk.draft("statement", **{field: value})


@pytest.mark.parametrize("field", ["kind", "modality", "attribution", "credibility"])
@pytest.mark.parametrize("word", ["maybe", "", "\x00", "REPORTS"])
def test_a_word_outside_the_vocabulary_is_refused(desk: Desk, field: str, word: str) -> None:
    with refuses("unknown_word"):
        desk.draft("statement", **{field: word})


def test_a_date_or_zone_that_is_none_is_refused(desk: Desk) -> None:
    with refuses("bad_date"):
        desk.draft("statement", said_on="soon")
    with refuses("bad_zone"):
        desk.draft("statement", zone="Seoul")


def test_the_texts_of_a_source_are_those_of_its_chain(desk: Desk) -> None:
    corrected = desk.row("source", desk.correct("source", desk.ids["source"]))
    capture(desk, corrected.pk, "Another text.")
    texts = [snapshot.text for snapshot in snapshots_of(corrected).order_by("pk")]
    assert texts == [TEXT, "Another text."]
