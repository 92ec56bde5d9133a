"""Problem details: one shape, two languages, no secrets."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from rest_framework.exceptions import UnsupportedMediaType

from negotiations.api import reading
from negotiations.api.problems import CODES, sentence_of
from negotiations.queries import statements
from negotiations.refusals import SENTENCES

ADDRESS = "/api/v1/statements/"
# What pages refuse, and no script meets.
OF_PAGES = {"link_unknown"}


def _fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(statements, "list_statements", fail)


def test_shape(reader: Client) -> None:
    """All members, always."""
    response = reader.get(ADDRESS + "?limit=many")

    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert "Accept-Language" in response["Vary"]
    assert response.json() == {
        "type": "/api/docs/#problem-bad_parameter",
        "title": "Bad parameter",
        "status": 400,
        "detail": "The parameter limit cannot be read: a whole number from 1 to 200.",
        "code": "bad_parameter",
        "at": "limit",
    }


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("ko", "ko"),
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("fr, ko;q=0.5", "ko"),
        ("en,ko;q=0.9", "en"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("\x00;;q=q", "en"),
        ("ko;q=0", "en"),
    ],
)
def test_language_is_the_readers(reader: Client, wish: str, language: str) -> None:
    """Korean where Accept-Language puts it before English."""
    response = reader.get(ADDRESS + "?limit=0", headers={"Accept-Language": wish})
    korean = any("가" <= letter <= "힣" for letter in response.json()["detail"])

    assert (response["Content-Language"], korean) == (language, language == "ko")


def test_the_unexpected_is_logged_and_told_without_details(
    reader: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """500 says nothing about the inside; the log has the traceback."""
    _fail(monkeypatch, RuntimeError("the password is 1234"))

    with caplog.at_level(logging.ERROR):
        response = reader.get(ADDRESS)

    assert (response.status_code, response.json()["code"]) == (500, "failed")
    assert "1234" not in response.content.decode()
    assert "1234" in caplog.text


def test_database_out_of_reach_is_503(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers are asked to come back."""

    def fail() -> int:
        raise OperationalError("connection refused")

    monkeypatch.setattr(reading, "latest", fail)
    response = reader.get(ADDRESS)

    assert (response.status_code, response.json()["code"]) == (503, "unavailable")
    assert response["Retry-After"] == "5"


@pytest.mark.parametrize("error", [SuspiciousOperation("odd"), UnsupportedMediaType("x/y")])
def test_other_faults_of_the_asker(
    reader: Client, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """What the framework refuses is a problem, too."""
    _fail(monkeypatch, error)

    assert reader.get(ADDRESS).json()["code"] == "bad_request"


def test_statuses_agree_with_the_sentences() -> None:
    """The codes by status are those of the sentences, and no refusal of reading is missing."""
    for status, codes in CODES.items():
        for code in codes:
            assert sentence_of(code).status == status
    told = {code for codes in CODES.values() for code in codes} | OF_PAGES
    assert {
        code for code, words in SENTENCES.items() if words.status in (400, 404, 405, 406)
    } <= told
