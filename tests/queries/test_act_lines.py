"""One line for each act: of all that is told to the outside, in the pages' own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from negotiations.operations import VERBS as OF_THE_PRODUCT
from negotiations.pages.nouns import NAMES
from negotiations.queries.act_lines import NOUNS, VERBS, act_line
from negotiations.queries.shapes import Act, SourceRecord
from tests.api.test_feed_forms import statement
from tests.factories import PUBLISHED_AT

SILENT = {
    "amend_draft", "approve_release", "cancel_release", "discard_draft", "draft_account",
    "draft_linkage",
    "draft_milestone", "draft_position", "draft_retraction", "draft_source", "draft_statement",
    "draft_statements", "draft_status_change", "grant_role", "issue_token", "publish_together",
    "register_officer", "revoke_token", "send_back", "submit_draft", "suspend_officer",
}  # fmt: skip


def act(verb: str, noun: str, **payload: object) -> Act:
    """An act with this payload."""
    return Act(number=1, verb=verb, noun=noun, object_id=1, at=PUBLISHED_AT, role="reviewer",
               payload=payload, previous_hash="0" * 64, hash="1" * 64, tracks=())  # fmt: skip


def test_every_verb_is_told_or_silent() -> None:
    """A new verb that is public gets its words in `act_lines.py`."""
    assert set(OF_THE_PRODUCT) - {*VERBS, *SILENT} == set()


@pytest.mark.parametrize(("language", "place"), [("en", 0), ("ko", 1)])
def test_nouns_are_called_as_on_the_pages(language: str, place: int) -> None:
    with override(language):
        assert {noun: name[place] for noun, name in NOUNS.items()} == {
            noun: str(name) for noun, name in NAMES.items()
        }


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (act("register_track", "track", title_en="Cars", title_ko="차"),
         ("Track registered: Cars", "의제 등록: 차")),
        (act("mend", "person", name_en="Cho", name_ko=""),
         ("Person mended: Cho", "인물 정보 수정: Cho")),
        (act("appoint", "tenure", person="cho", office="minister"),
         ("Tenure registered: cho, minister", "재임 기간 등록: cho, minister")),
        (act("check_track", "track"), ("Looked, nothing new", "확인, 새 소식 없음")),
        (act("fold", "paper_plane", title="X"),
         ("paper_plane: fold: X", "paper_plane: fold: X")),
    ],
)  # fmt: skip
def test_what_has_no_row_is_told_by_its_entry(told: Act, line: tuple[str, str]) -> None:
    assert act_line(told, None) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"quotation": "Done."}, ("Cho – Reports: “Done.”", "조 – 설명: “Done.”")),
        ({"paraphrase_en": "Done."}, ("Cho – Reports: Done.", "조 – 설명: Done.")),
        ({"paraphrase_en": "Done.", "paraphrase_ko": "끝."},
         ("Cho – Reports: Done.", "조 – 설명: 끝.")),
        ({}, ("Cho – Reports", "조 – 설명")),
        ({"quotation": "word " * 30}, (f"Cho – Reports: “{('word ' * 24).strip()}…”",
                                       f"조 – 설명: “{('word ' * 24).strip()}…”")),
        ({"quotation": "가" * 200}, (f"Cho – Reports: “{'가' * 120}…”",
                                    f"조 – 설명: “{'가' * 120}…”")),
    ],
)  # fmt: skip
def test_a_statement_is_told_with_how_it_begins(
    said: dict[str, str], line: tuple[str, str]
) -> None:
    given = {"quotation": None, "paraphrase_en": "", "paraphrase_ko": "", **said}
    speaker = replace(statement("x", "").speaker, name_en="Cho", name_ko="조")
    record = replace(statement("x", ""), speaker=speaker, **given)
    assert act_line(act("publish", "statement"), record) == line
    again = tuple(f"{word}{one}" for word, one in zip(("Retracted: ", "철회: "), line, strict=True))
    assert act_line(act("retract", "statement"), record) == again


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (act("publish", "source"), ("Source: Deal", "출처: Deal")),
        (act("retract", "source"), ("Retracted: Source: Deal", "철회: 출처: Deal")),
        (act("capture_source", "snapshot"),
         ("Text of a source kept: Deal", "출처의 원문 보관: Deal")),
        (act("recheck_source", "source", state="altered"),
         ("Page of a source found otherwise (altered): Deal",
          "출처 페이지의 상태 변화 확인(변경됨): Deal")),
    ],
)  # fmt: skip
def test_what_is_done_with_a_document_is_told_with_its_title(
    told: Act, line: tuple[str, str]
) -> None:
    record = SourceRecord.__new__(SourceRecord)
    object.__setattr__(record, "title", "Deal")
    assert act_line(told, record) == line
