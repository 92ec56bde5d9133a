"""Floor 0: what Parley refuses, in one stable code and one sentence that helps.

The sentences stand in `refusals.toml`; pages and API show the same one. A refusal is raised where
the rule is kept, by `Refusal(code)`, and answered at the edge with its HTTP status (RFC 9110) and,
for machines, with RFC 9457 problem details.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


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
        words = SENTENCES[self.code]
        return (words.ko if language == "ko" else words.en).format(**self.facts)
