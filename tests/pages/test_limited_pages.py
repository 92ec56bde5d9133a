"""A page that a reader can make dear counts with the requests to the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import translation

from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.rates import Policy

pytestmark = pytest.mark.django_db
ADDRESS = "/dear/"


@page("about.html", clocked=False, limited=True)
def dear(question: Question) -> Context:  # noqa: ARG001
    """A page as dear as a search."""
    return {}


@pytest.fixture
def origin(settings: Any) -> str:
    """An address of its own, which may ask three times a minute."""
    settings.RATE_ANONYMOUS = Policy("anonymous", 3, 60)
    raw = uuid4().hex
    return f"fd00:{raw[:4]}:{raw[4:8]}:{raw[8:12]}::1"


def _ask(origin: str, **headers: str) -> Any:
    request = RequestFactory().get(ADDRESS, REMOTE_ADDR=origin, headers=headers)
    request.user = AnonymousUser()
    return dear(request)


@time_machine.travel("2026-11-24T12:00:15Z", tick=False)
def test_it_counts_with_the_api_and_is_refused_in_words(origin: str) -> None:
    """A copy that still holds does not count, and other pages never do."""
    held = _ask(origin)["ETag"]
    reader = Client(REMOTE_ADDR=origin)
    assert reader.get("/api/v1/vocabulary/")["RateLimit"] == '"anonymous";r=1;t=45'
    assert _ask(origin).status_code == 200

    refused = _ask(origin)
    assert (refused.status_code, refused["Retry-After"]) == (429, "45")
    assert "You have asked too often. Ask again in 45 s." in refused.content.decode()
    with translation.override("ko"):
        assert "요청이 너무 잦습니다. 45초 뒤에" in _ask(origin).content.decode()
    assert _ask(origin, if_none_match=held).status_code == 304
    assert reader.get("/about/").status_code == 200


@time_machine.travel("2026-11-24T12:00:15Z", tick=False)
def test_searching_is_dear(origin: str) -> None:
    """Of the pages it alone is."""
    reader = Client(REMOTE_ADDR=origin)
    answers = [reader.get("/search/", {"q": f"word{n}"}).status_code for n in range(4)]
    assert answers == [200, 200, 200, 429]
