"""A batch as it is sent: NDJSON, and the report by line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from negotiations.models import LedgerEntry, Statement
from tests.api.office import LINES, Office, code_of


def _send(office: Office, lines: list[Any], **more: Any) -> Any:
    told = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    body = b"".join(line + b"\n" for line in told)
    return office.script("officer", ["draft"]).post("/statements/batch/", body, kind=LINES, **more)


@pytest.mark.django_db
def test_all_lines_are_drafted(office: Office) -> None:
    """The ids come in the order of the lines; the last line feed may be left out."""
    usual = office.desk.usual("statement")
    response = _send(office, [{**usual, "note_en": str(n)} for n in range(30)])
    batch = response.json()

    assert response.status_code == 201
    assert list(batch) == ["noun", "ids", "number", "at"]
    rows = Statement.objects.in_bulk(batch["ids"])
    assert [rows[id].note_en for id in batch["ids"]] == [str(n) for n in range(30)]
    assert {row.drafted_by_id for row in rows.values()} == {office.people["officer"]}
    script = office.script("officer")
    whole = json.dumps(usual).encode()
    assert len(script.post("/statements/batch/", whole, kind=LINES).json()["ids"]) == 1


@pytest.mark.django_db
def test_faults_are_told_by_line(office: Office) -> None:
    """Also of lines that are no JSON; in the language of the reader; nothing is written."""
    usual, before = office.desk.usual("statement"), LedgerEntry.objects.count()
    lines = [usual, b"{", {**usual, "said_on": "soon"}, b"", b'{"a":1,"a":2}', b"\xff", [usual]]
    response = _send(office, lines, **{"Accept-Language": "ko"})
    problem = response.json()

    assert (response.status_code, code_of(response)) == (422, "bad_lines")
    assert problem["total"] == 6
    assert [(one["line"], one["code"], one["at"]) for one in problem["lines"]] == [
        (2, "bad_json", None), (3, "bad_date", "/said_on"), (4, "missing_member", "/source"),
        (5, "repeated_member", "/a"), (6, "bad_json", None), (7, "bad_json", None),
    ]  # fmt: skip
    assert all(any("가" <= c <= "힣" for c in one["detail"]) for one in problem["lines"])
    # The token's own entry.
    assert LedgerEntry.objects.count() == before + 1


@pytest.mark.django_db
def test_a_thousand_faults_are_told_and_all_are_counted(office: Office) -> None:
    """The answer stays of a size that can be read."""
    problem = _send(office, [{}] * 1500).json()

    assert (problem["total"], len(problem["lines"])) == (1500, 1000)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "bad_json"),
        (b"{}\n" * 10_001, "too_large_body"),
        (b"x" * 20_000_001, "too_large_body"),
    ],
)
def test_a_batch_has_lines_but_not_too_many(body: bytes, code: str, office: Office) -> None:
    """Ten thousand lines, twenty megabytes."""
    response = office.script("officer").post("/statements/batch/", body, kind=LINES)

    assert code_of(response) == code


@pytest.mark.django_db
def test_a_batch_is_answered_once_under_its_key(office: Office) -> None:
    """Byte for byte."""
    usual = office.desk.usual("statement")
    script = office.script("officer")
    body = json.dumps(usual).encode()
    first, again = (script.post("/statements/batch/", body, kind=LINES, key="k") for _ in "ab")

    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    other = script.post("/statements/batch/", body + b"\n" + body, kind=LINES, key="k")
    assert code_of(other) == "key_reused"


@pytest.mark.django_db
def test_lines_are_sent_as_lines(office: Office) -> None:
    """Not as JSON."""
    response = office.script("officer").post("/statements/batch/", b"{}")

    assert code_of(response) == "unsupported_media_type"
