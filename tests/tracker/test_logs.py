"""Log lines: their members, both forms, and that nothing gets past the redaction."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from structlog.contextvars import bound_contextvars, clear_contextvars

from tests.tracker.test_redaction import SECRETS
from tracker.logs import formatter, logging_settings


@pytest.fixture(autouse=True)
def _no_request_of_another_test() -> Iterator[None]:
    clear_contextvars()
    yield
    clear_contextvars()


@pytest.fixture(params=["json", "line"])
def form(request: Any) -> str:
    """Both forms."""
    return str(request.param)


def logged(form: str = "json") -> tuple[logging.Logger, io.StringIO]:
    """A logger of this test, and where its lines go."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(form=form))
    log = logging.getLogger(f"tests.logs.{id(stream)}")
    log.handlers, log.propagate = [handler], False
    log.setLevel("DEBUG")
    return log, stream


def test_a_line_of_json_says_when_how_grave_who_and_what() -> None:
    log, stream = logged()
    log.warning("%s was not there", "협상")
    line = json.loads(stream.getvalue())
    assert list(line) == ["time", "level", "logger", "message"]
    assert (line["level"], line["logger"], line["message"]) == (
        "warning", log.name, "협상 was not there",
    )  # fmt: skip
    assert line["time"].endswith("Z")


def test_a_line_names_its_request_and_its_task() -> None:
    log, stream = logged()
    with bound_contextvars(request_id="r1", task_id="t1", task="negotiations.capture"):
        log.info("done", extra={"route": "home", "status": 200, "duration_ms": 1.5, "args_": 3})
    line = json.loads(stream.getvalue())
    del line["time"], line["logger"], line["level"]
    assert line == {
        "message": "done", "request_id": "r1", "task": "negotiations.capture", "task_id": "t1",
        "route": "home", "status": 200, "duration_ms": 1.5,
    }  # fmt: skip


def test_an_exception_stays_one_line_of_json() -> None:
    log, stream = logged()
    try:
        raise RuntimeError("two\nlines")
    except RuntimeError:
        log.exception("it failed")
    (text,) = stream.getvalue().splitlines()
    line = json.loads(text)
    assert line["message"] == "it failed"
    assert line["exception"].endswith("RuntimeError: two\nlines")


def test_nobody_can_write_a_line_of_their_own() -> None:
    log, stream = logged("line")
    log.warning("no page at %s", "/a\r\n2027 ERROR forged\x1b[2J")
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


@pytest.mark.parametrize("said", ["half \udc80 a letter", "\x00", "a" * 100_000])
def test_strange_words_are_logged_as_well(form: str, said: str) -> None:
    log, stream = logged(form)
    log.warning(said)
    assert len(stream.getvalue().encode("utf-8", "backslashreplace").splitlines()) == 1


@pytest.mark.parametrize("said", [said for said, _ in SECRETS])
def test_no_secret_in_words_arguments_or_exceptions(form: str, said: str) -> None:
    log, stream = logged(form)
    log.warning(said)
    log.warning("it was %s", said, extra={"path": said})
    try:
        raise RuntimeError(said)
    except RuntimeError:
        log.exception("failed")
    assert "s3same" not in stream.getvalue()
    assert "Ab3_-Ab3_-" not in stream.getvalue()
    assert "failed" in stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/vocabulary/?token=s3same", "/api/v1/parties/?secret=s3same"])
def test_no_secret_where_a_request_fails(
    form: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Django logs of an unhandled exception, with its traceback and its request's id."""
    log, stream = logged(form)
    for name in ("django.request", "negotiations.api.problems"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", log.handlers)
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("connecting to postgres://kim:s3same@db/parley")

    monkeypatch.setattr("django.urls.resolvers.URLResolver.resolve", fail)
    client = Client(headers={"authorization": "Bearer s3same", "x-request-id": "r-7"})
    client.raise_request_exception = False
    assert client.get(path).status_code == 500
    assert "RuntimeError: connecting to postgres://kim:[…]@db/parley" in stream.getvalue()
    assert "s3same" not in stream.getvalue()
    assert "r-7" in stream.getvalue()


def test_the_settings_make_such_lines(form: str) -> None:
    made = logging_settings(form=form, level="INFO")
    assert (made["root"]["level"], made["formatters"]["told"]["form"]) == ("INFO", form)
    assert logging.config.DictConfigurator(made).config["version"] == 1
    assert site.LOGGING["formatters"]["told"]["()"] == "tracker.logs.formatter"


def test_another_form_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="LOG_FORMAT=xml"):
        logging_settings(form="xml", level="INFO")
