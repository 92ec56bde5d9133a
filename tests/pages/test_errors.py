"""What Django itself refuses, and our own failures, as pages."""

from __future__ import annotations

import html
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import override_settings

from negotiations.pages import errors, page
from negotiations.refusals import SENTENCES
from tests.pages.markup import parse

# Where static files were never collected, every look-up in their list fails.
NOTHING_COLLECTED = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, client: Any) -> Any:
    """Ask for the home page while reading the ledger raises the given error."""
    client.raise_request_exception = False

    def ask(error: Exception, path: str = "/") -> Any:
        def fail() -> int:
            raise error

        monkeypatch.setattr(page, "ledger", SimpleNamespace(latest=fail))
        return client.get(path)

    return ask


@pytest.mark.django_db
def test_alone_it_needs_neither_database_nor_style_sheet(
    rf: Any, django_assert_num_queries: Any
) -> None:
    missing = override_settings(STORAGES=NOTHING_COLLECTED, STATIC_ROOT="/nonexistent")
    with django_assert_num_queries(0), missing:
        answers = [errors.failed(rf.get("/")), errors.bad_request(rf.get("/"), ValueError())]
    assert [answer.status_code for answer in answers] == [500, 400]
    for answer in answers:
        told = parse(answer.content.decode())
        assert told.mistakes == []
        assert told.all("link") == told.all("style") == []
        assert told.one("h1").words
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("connection refused"), "unavailable"),
        (InterfaceError("connection already closed"), "unavailable"),
        (RuntimeError("the password is 1234"), "failed"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.django_db
def test_a_failure_is_told_as_the_api_tells_it(
    broken: Any, error: Exception, code: str, language: str
) -> None:
    answer = broken(error, "/ko/" if language == "ko" else "/")
    told = html.unescape(answer.content.decode())
    assert answer.status_code == SENTENCES[code].status
    assert getattr(SENTENCES[code], language) in told
    assert answer.headers.get("Retry-After") == ("5" if code == "unavailable" else None)
    assert str(error) not in told


def test_what_django_cannot_read_is_told_as_the_api_tells_it(rf: Any) -> None:
    answer = errors.bad_request(rf.get("/"), ValueError())
    assert SENTENCES["bad_request"].en in answer.content.decode()
