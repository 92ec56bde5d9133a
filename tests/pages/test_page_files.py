"""Files beside pages: the same questions, tags and refusals."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from negotiations.pages.page import file
from negotiations.pages.questions import Question
from negotiations.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db


@file("text/csv; charset=utf-8", takes=("party",), name="{negotiation}.csv")
def table(question: Question, *, negotiation: str) -> bytes:
    """A table of one line."""
    if negotiation == "none":
        raise Refusal("not_found")
    return f"{negotiation},{question.parameter('party')}\n".encode()


def asked(query: str = "", negotiation: str = "rok-us", **headers: str) -> HttpResponse:
    """The answer to a request for the table."""
    request = RequestFactory().get(f"/rok-us/table.csv{query}", headers=headers)
    return table(request, negotiation=negotiation)


def test_a_file_has_its_type_and_name():
    answer = asked("?party=KR")

    assert answer.content == b"rok-us,KR\n"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="rok-us.csv"'


def test_a_file_is_not_sent_again_while_the_record_is_the_same():
    first = asked()

    again = asked(**{"if-none-match": first["ETag"]})
    make.enter()
    then = asked(**{"if-none-match": first["ETag"]})

    assert (again.status_code, then.status_code) == (304, 200)


def test_a_file_refuses_what_it_does_not_take():
    assert asked("?nation=KR").status_code == 400


def test_a_refusal_is_a_page_and_no_download():
    answer = asked(negotiation="none")

    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "Content-Disposition" not in answer
