"""Reports of errors: sent by anybody, answered by officers of the negotiation; nothing leaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations.models import ErrorReport, LedgerEntry, Membership, Negotiation, Officer, Track
from negotiations.operations import Actor
from negotiations.operations import reports as room
from negotiations.operations.reports import (
    KEPT_FOR,
    LONGEST_ANSWER,
    LONGEST_TEXT,
    SENT_TWICE,
    answer_report,
    forget_report_texts,
    report_error,
    take_report,
)
from tests.operations.desk import NOW, Desk, refuses

LATER = NOW + timedelta(days=1)
SECOND = timedelta(seconds=1)


def sent(desk: Desk, **fields: Any) -> int:
    """The number of a report about the published statement."""
    usual = {"about": ("statement", desk.ids["statement"]), "kind": "wrong_date",
             "text": "It was Friday.", "language": "en", "now": NOW}  # fmt: skip
    return report_error(**{**usual, **fields})


def answer(desk: Desk, number: int, **fields: Any) -> None:
    """The second officer answers the version that stands."""
    usual = {"by": desk.reviewer, "now": LATER, "version": row(number).version,
             "outcome": "not_a_mistake", "answer_en": "The source says Thursday."}  # fmt: skip
    answer_report(report=number, **{**usual, **fields})


def row(number: int) -> ErrorReport:
    """A report as the database has it."""
    return ErrorReport.objects.get(pk=number)


def officer(role: str, slug: str) -> Actor:
    """An account with a role in a negotiation."""
    account = Officer.objects.create(username=f"{role}-{slug}")
    where, _ = Negotiation.objects.get_or_create(
        slug=slug, defaults={"title_en": "T", "title_ko": "T", "registered_at": NOW}
    )
    Membership.objects.create(officer=account, negotiation=where, role=role)
    return Actor(officer=account.pk)


def test_a_report_is_kept_with_its_negotiation_and_leaves_no_entry(desk: Desk) -> None:
    before = LedgerEntry.objects.count()
    number = sent(desk, source_url="https://paper.example/2", language="ko")
    kept = row(number)
    talks = Negotiation.objects.get(slug="talks")
    assert (kept.state, kept.kind, kept.text, kept.source_url, kept.language) == (
        "received", "wrong_date", "It was Friday.", "https://paper.example/2", "ko",
    )  # fmt: skip
    assert (kept.negotiation_ids, kept.received_at) == ([talks.pk], NOW)
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(
    "noun", ["source", "status_change", "position", "linkage", "milestone", "account"]
)
def test_every_kind_of_row_can_be_reported(desk: Desk, noun: str) -> None:
    id = desk.ids["source"] if noun == "source" else desk.published(noun)
    number = sent(desk, about=(noun, id))
    assert row(number).negotiation_ids == [Negotiation.objects.get(slug="talks").pk]


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u200b", "\u202e\u2066", "\ufeff\u3164"])
def test_a_report_that_says_nothing_is_refused(desk: Desk, text: str) -> None:
    with refuses("missing_text", at="/text"):
        sent(desk, text=text)


def test_a_track_can_be_reported(desk: Desk) -> None:
    track = Track.objects.get(slug="security")
    number = sent(desk, about=("track", track.pk))
    assert row(number).negotiation_ids == [track.negotiation_id]


def test_of_a_source_that_nothing_cites_any_officer_answers(desk: Desk) -> None:
    number = sent(desk, about=("source", desk.published("source")))
    assert row(number).negotiation_ids == []
    answer(desk, number, by=officer("officer", "others"))


@pytest.mark.parametrize("noun", ["source", "statement", "status_change", "milestone"])
def test_a_draft_is_as_unknown_as_what_there_is_not(desk: Desk, noun: str) -> None:
    for id in (desk.draft(noun).id, 10**9, 2**70, 0, -1):
        with refuses("not_found"):
            sent(desk, about=(noun, id))
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("id", [0, 10**9])
def test_a_track_that_there_is_not_is_not_found(desk: Desk, id: int) -> None:
    with refuses("not_found"):
        sent(desk, about=("track", id))


def test_a_row_that_was_corrected_or_retracted_can_be_reported(desk: Desk) -> None:
    first = desk.published("statement")
    desk.correct("statement", first, paraphrase_en="They are far apart.")
    second = desk.published("statement")
    desk.retract("statement", second)
    assert sent(desk, about=("statement", first)) < sent(desk, about=("statement", second))


@pytest.mark.parametrize(
    ("fields", "code", "at"),
    [
        ({"kind": "boring"}, "unknown_word", None),
        ({"text": " \u202e "}, "missing_text", "/text"),
        ({"text": "a" * (LONGEST_TEXT + 1)}, "too_long", "/text"),
        ({"text": "a\x00"}, "bad_text", "/text"),
        ({"text": "\ud800"}, "bad_text", "/text"),
        ({"source_url": "javascript:alert(1)"}, "bad_url", "/source_url"),
        ({"source_url": "data:text/html,x"}, "bad_url", "/source_url"),
        ({"source_url": "https://a:b@paper.example/"}, "bad_url", "/source_url"),
        ({"source_url": "https://paper.example/a b"}, "bad_url", "/source_url"),
        ({"source_url": "https://a.example/" + "a" * 2000}, "too_long", "/source_url"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    desk: Desk, fields: dict[str, Any], code: str, at: str | None
) -> None:
    with refuses(code, at=at):
        sent(desk, **fields)
    assert not ErrorReport.objects.exists()


def test_what_turns_text_around_is_taken_out(desk: Desk) -> None:
    number = sent(desk, text="a\u202eb\u2066c\u2069\r\nd", source_url="https://a.example/\u202e")
    assert (row(number).text, row(number).source_url) == ("abc\nd", "https://a.example/")


def test_the_same_sent_twice_is_one_report(desk: Desk) -> None:
    number = sent(desk)
    assert sent(desk, now=NOW + SENT_TWICE - SECOND) == number
    assert sent(desk, kind="other") != number
    assert sent(desk, now=NOW + SENT_TWICE) not in {number}


def test_a_flood_fills_no_more_than_so_much(desk: Desk, monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "MOST_OPEN", 2)
    first, _ = sent(desk), sent(desk, text="Two.")
    with refuses("reports_full"):
        sent(desk, text="Three.")
    answer(desk, first)
    sent(desk, text="Three.")


def test_an_officer_looks_at_it_then_answers(desk: Desk) -> None:
    number, before = sent(desk), LedgerEntry.objects.count()
    take_report(by=desk.reviewer, report=number, version=1)
    assert (row(number).state, row(number).taken_by_id) == ("looked_at", desk.reviewer.officer)
    answer(desk, number, answer_ko="출처에는 목요일로 되어 있습니다.")
    told = row(number)
    assert (told.state, told.answered_at, told.answered_by_id, told.version) == (
        "not_a_mistake", LATER, desk.reviewer.officer, 3,
    )  # fmt: skip
    assert (told.answer_en, told.text) == ("The source says Thursday.", "It was Friday.")
    assert LedgerEntry.objects.count() == before
    with refuses("report_answered"):
        take_report(by=desk.reviewer, report=number, version=3)


def test_an_answer_can_be_mended_and_keeps_its_first_instant(desk: Desk) -> None:
    number = sent(desk)
    answer(desk, number)
    answer(desk, number, now=LATER + SECOND, outcome="refused", answer_en="")
    assert (row(number).state, row(number).answered_at, row(number).text) == ("refused", LATER, "")


def test_of_abuse_nothing_is_kept(desk: Desk) -> None:
    number = sent(desk, source_url="https://a.example/")
    answer(desk, number, outcome="refused", answer_en="")
    told = row(number)
    assert (told.text, told.source_url, told.digest) == ("", "", "")


def corrected(desk: Desk, *, verb: str) -> int:
    """The number of an act that mends something after the report."""
    first = desk.published("statement")
    if verb == "correct":
        desk.correct("statement", first, paraphrase_en="They are far apart.")
    else:
        desk.retract("statement", first)
    return LedgerEntry.objects.filter(verb=verb).latest("number").number


@pytest.mark.parametrize("verb", ["correct", "retract"])
def test_a_correction_is_named_by_its_number(desk: Desk, verb: str) -> None:
    number = sent(desk)
    ErrorReport.objects.update(received_at=NOW - timedelta(days=1))
    act = corrected(desk, verb=verb)
    answer(desk, number, outcome="corrected", correction=act)
    assert (row(number).state, row(number).correction) == ("corrected", act)
    answer(desk, number)
    assert row(number).correction is None


@pytest.mark.parametrize("named", ["nothing", "none there", "a draft", "a publication", "earlier",
                                   "elsewhere", "huge"])  # fmt: skip
def test_what_mended_nothing_is_no_correction(desk: Desk, named: str) -> None:
    number = sent(desk)
    ErrorReport.objects.update(received_at=NOW - timedelta(days=1))
    act = corrected(desk, verb="correct")
    told: Any = {
        "nothing": None, "none there": 10**9, "huge": 2**70, "earlier": act, "elsewhere": act,
        "a draft": LedgerEntry.objects.filter(public=False).latest("number").number,
        "a publication": LedgerEntry.objects.filter(verb="publish").latest("number").number,
    }[named]  # fmt: skip
    if named == "earlier":
        ErrorReport.objects.update(received_at=LATER + timedelta(days=9))
    by = desk.reviewer
    if named == "elsewhere":
        by = officer("officer", "others")
        ErrorReport.objects.update(negotiation_ids=[Negotiation.objects.get(slug="others").pk])
    with refuses("no_such_correction", at="/correction"):
        answer(desk, number, by=by, outcome="corrected", correction=told)
    assert row(number).state == "received"


def test_a_duplicate_names_the_other_report(desk: Desk) -> None:
    first, second = sent(desk), sent(desk, text="Friday, I think.")
    answer(desk, second, outcome="duplicate", answer_en="", duplicate_of=first)
    assert row(second).duplicate_of_id == first
    for other in (first, second, 10**9, 2**70, None):
        with refuses("no_such_row", at="/duplicate_of"):
            answer(desk, first, outcome="duplicate", duplicate_of=other)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"outcome": "received"}, "unknown_word"),
        ({"outcome": ""}, "unknown_word"),
        ({"answer_en": " "}, "no_public_answer"),
        ({"answer_en": "a" * (LONGEST_ANSWER + 1)}, "too_long"),
        ({"answer_ko": "\x00"}, "bad_text"),
        ({"version": 7}, "version_conflict"),
        ({"report": 10**9}, "no_such_row"),
    ],
)
def test_an_answer_that_is_none_is_refused(desk: Desk, fields: dict[str, Any], code: str) -> None:
    number = sent(desk)
    usual = {"report": number, "version": 1, "outcome": "not_a_mistake", "answer_en": "It stands."}
    with refuses(code):
        answer_report(by=desk.reviewer, now=LATER, **{**usual, **fields})
    assert row(number).state == "received"


@pytest.mark.parametrize(("role", "slug"), [("reader", "talks"), ("admin", "others")])
def test_who_is_no_officer_there_does_not_answer(desk: Desk, role: str, slug: str) -> None:
    number, by = sent(desk), officer(role, slug)
    with refuses("not_allowed"):
        take_report(by=by, report=number, version=1)
    with refuses("not_allowed"):
        answer(desk, number, by=by)


def test_what_was_written_is_forgotten_half_a_year_after_the_answer(desk: Desk) -> None:
    number, waiting = sent(desk), sent(desk, text="Two.")
    answer(desk, number)
    assert forget_report_texts(now=LATER + KEPT_FOR - SECOND) == 0
    assert forget_report_texts(now=LATER + KEPT_FOR) == 1
    assert forget_report_texts(now=LATER + KEPT_FOR) == 0
    assert (row(number).text, row(number).digest, row(number).answer_en) == (
        "", "", "The source says Thursday.",
    )  # fmt: skip
    assert row(waiting).text == "Two."
