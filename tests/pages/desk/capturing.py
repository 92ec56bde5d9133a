"""Captures as an officer asks for them and as a worker ends them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from negotiations.operations.captures import Found, claim, fail, finish
from negotiations.refusals import Refusal
from tests.operations.desk import NOW
from tests.pages.desk.browsing import Browser

NEW = "/desk/sources/new/"
URL = "https://paper.example/deal"
FOUND = Found(
    final_url=URL, captured_at=NOW, text="No more than a rumour, says nobody.", title="The deal",
    publisher_name="Cho", published_on="2025-10-01", language="en",
)  # fmt: skip


def begun(at: Browser, what: str = URL) -> str:
    """Where the progress of a capture is told."""
    path = at.press(NEW, "go", what=what)["Location"]
    assert path.startswith("/desk/captures/")
    return str(path)


def fetched(at: Browser, found: Found = FOUND, what: str = URL) -> str:
    """A capture that a worker has finished."""
    path = begun(at, what)
    job = claim(now=timezone.now())
    assert job is not None
    assert finish(job, found)
    return path


def failed(at: Browser, code: str = "fetch_failed", **facts: Any) -> str:
    """A capture whose worker gave up."""
    path = begun(at)
    job = claim(now=timezone.now())
    assert job is not None
    fail(job, Refusal(code, at="/url", **facts), now=timezone.now())
    return path
