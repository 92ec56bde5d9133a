"""What requests and answers look like: recorded from the seeds, and problems as they would be told.

`examples.json` has by operationId the `answer`, and the `body` where there is one. It is recorded
by `tests/api/record_examples.py`, and held against the description by the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from negotiations.api.problems import Problem, sentence_of, title_of
from negotiations.refusals import Refusal

FILE = Path(__file__).parent / "examples.json"
# Where problems are explained: below it, each by its code.
DOCS = "/api/docs/"
# What the sentences of problems are filled with.
_FACTS: Mapping[str, object] = {
    "after": "negotiating", "basis": "oral", "before": "signed", "id": 12, "kind": "text",
    "lines": 1, "most": 50, "move": "regress", "name": "colour", "noun": "statement",
    "number": 512, "published_on": "2025-10-13", "role": "reviewer", "scope": "draft",
    "seconds": 23, "stage": "signed", "text": "soon", "total": 3, "url": "paper.example",
    "valid": "on, known_by, as_of", "version": 2, "vocabulary": "stage",
    "why": "a whole number from 1 to 200", "word": "stalled", "zone": "Seoul",
}  # fmt: skip
# Where a refusal points, by its code; the others to nothing, or to what the sentence names.
_AT: Mapping[str, str] = {
    "unknown_parameter": "colour", "repeated_parameter": "limit", "bad_parameter": "limit",
    "clock_in_future": "known_by", "bad_cursor": "cursor", "no_token": "Authorization",
    "bad_token": "Authorization", "token_scope": "Authorization", "unknown_member": "/colour",
    "version_conflict": "If-Match", "precondition_required": "If-Match",
}  # fmt: skip


@cache
def recorded() -> Mapping[str, Mapping[str, Any]]:
    """The examples by operationId."""
    told: Mapping[str, Mapping[str, Any]] = orjson.loads(FILE.read_bytes())
    return told


def problem_of(code: str) -> dict[str, Any]:
    """The problem of this code as English readers would be told it."""
    named = {name: _FACTS[name] for name in _FACTS if f"{{{name}" in sentence_of(code).en}
    refusal = Refusal(code, at=_AT.get(code, ""), **named)
    problem = Problem(
        type=f"{DOCS}#problem-{code}",
        title=title_of(code),
        status=refusal.status,
        detail=refusal.sentence("en"),
        code=code,
        at=refusal.at or None,
    )
    return asdict(problem)


def problems_of(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Problems by their codes, in the form of OpenAPI's `examples`."""
    return {
        code: {"summary": title_of(code), "value": {**problem_of(code), **_MORE.get(code, {})}}
        for code in codes
    }


# What some tell beside the rest.
_MORE: Mapping[str, Mapping[str, Any]] = {
    "version_conflict": {
        "version": 2,
        "present": {"url": "https://paper.example/swap", "title": "Swap talks resume"},
    },
    "bad_lines": {
        "total": 1,
        "lines": [{"line": 3, "code": "missing_member", "at": "/language",
                   "detail": "The member language is missing."}],
    },
}  # fmt: skip
