"""Floor 0: what Parley refuses, in one stable code and one sentence that helps.

The sentences stand in `refusals.toml`; pages and API show the same one. A refusal is raised where
the rule is kept, by `Refusal(code)`, and answered at the edge with its HTTP status (RFC 9110) and,
for machines, with RFC 9457 problem details.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import InterfaceError, OperationalError


@dataclass(frozen=True, slots=True)
class Sentence:
    """HTTP status and the sentence in both languages; `{names}` are filled from the refusal."""

    status: int
    en: str
    ko: str


def _read() -> dict[str, Sentence]:
    with (Path(__file__).parent / "refusals.toml").open("rb") as file:
        return {code: Sentence(**words) for code, words in tomllib.load(file).items()}


SENTENCES = _read()


class Both(str):
    """English words that carry their Korean rendering, for the facts of a refusal."""

    ko: str

    def __new__(cls, en: str, ko: str) -> Both:
        """Make it of both renderings."""
        words = super().__new__(cls, en)
        words.ko = ko
        return words


class Refusal(Exception):
    """One refused request or act.

    `code` is a key of SENTENCES (KeyError otherwise: a code without a sentence is a bug), `at` a
    JSON pointer or the name of the parameter at fault, `facts` fill the sentence.
    """

    def __init__(self, code: str, *, at: str = "", **facts: object) -> None:
        self.code, self.at, self.facts = code, at, facts
        self.status = SENTENCES[code].status
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """The sentence in `language` ("ko", otherwise English)."""
        return fill(SENTENCES[self.code], self.facts, language)


def failure_of(exc: BaseException | None) -> Refusal:
    """What is told of a failure of ours: that the database is out of reach, or nothing more."""
    out = isinstance(exc, OperationalError | InterfaceError)
    return Refusal("unavailable" if out else "failed")


def fill(words: Sentence, facts: Mapping[str, object], language: str) -> str:
    """The sentence in `language` with its facts, each in that language where it has both."""
    told = {name: _named(name, fact) for name, fact in facts.items()}
    if language != "ko":
        return words.en.format(**told)
    return words.ko.format(**{name: getattr(fact, "ko", fact) for name, fact in told.items()})


def _named(name: str, fact: object) -> object:
    """A noun or a role, which code names by its word, as people call it."""
    if name not in ("noun", "role") or type(fact) is not str:
        return fact
    return Both(fact.replace("_", " "), _KOREAN.get(fact, fact))


_KOREAN = {
    "source": "출처", "statement": "발언", "status_change": "상태 변화", "position": "입장",
    "linkage": "연계", "milestone": "일정", "snapshot": "원문", "track": "의제",
    "account": "회담 설명",
    "negotiation": "협상", "party": "당사국", "person": "인물", "office": "직책",
    "publisher": "발행처", "term": "쟁점", "tenure": "재임 기간", "grade": "발행처 등급",
    "feed": "피드", "officer": "계정", "token": "토큰", "release": "게시 예약", "draft": "초안",
    "report": "오류 제보", "reader": "열람자", "reviewer": "검토자", "admin": "관리자",
}  # fmt: skip
