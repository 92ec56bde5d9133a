"""Every refusal is one sentence, in both languages, with the same blanks."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import negotiations
from negotiations.refusals import SENTENCES, Refusal

HANGUL = re.compile(r"[가-힣]")
ROOM = Path(negotiations.__file__).parent


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_refusal_says_the_same_in_both_languages(code: str) -> None:
    sentence = SENTENCES[code]
    assert _blanks(sentence.en) == _blanks(sentence.ko)
    assert (bool(HANGUL.search(sentence.en)), bool(HANGUL.search(sentence.ko))) == (False, True)
    assert 400 <= sentence.status < 600


def test_a_refusal_tells_its_facts() -> None:
    refusal = Refusal("too_long", at="/title_en", name="title_en", most=200)
    assert str(refusal) == refusal.sentence("en") == "title_en is too long: at most 200 characters."
    assert (refusal.code, refusal.status, refusal.at) == ("too_long", 422, "/title_en")
    assert refusal.sentence("ko") == "title_en 칸의 글이 너무 깁니다. 최대 200자입니다."


def test_what_a_caller_wrote_is_not_taken_for_a_blank() -> None:
    assert Refusal("bad_date", text="{0.__class__}").sentence("en") == (
        "“{0.__class__}” is not an EDTF date (ISO 8601-2)."
    )


def test_a_code_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Refusal("no_such_code")


def test_every_code_that_is_raised_has_a_sentence() -> None:
    raised = {
        code
        for file in ROOM.rglob("*.py")
        for code in re.findall(r'Refusal\(\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert raised - set(SENTENCES) == set()


def test_nouns_and_roles_are_called_as_people_call_them() -> None:
    refusal = Refusal("already_published", noun="status_change")
    assert refusal.sentence("en") == "This status change is already published."
    assert refusal.sentence("ko") == "이미 게시된 상태 변화입니다."
