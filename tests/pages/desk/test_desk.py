"""The desk's pages: signed in, never cached, and nothing typed is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.test import Client

from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals
from tests.pages.desk.conftest import signed_in
from tests.pages.desk.test_statements import complete, new
from tests.pages.markup import parse


def typed_in(desk: Desk, **more: Any) -> dict[str, Any]:
    """A whole statement as the form sends it."""
    told = Browser(signed_in(desk.drafter)).filled(new(desk), **complete(**more))
    return {**told, "action": "save"}


def test_a_page_of_the_desk_is_never_cached(desk: Desk, drafter: Client) -> None:
    missing = "/desk/drafts/statements/999999/"
    for client, path in ((drafter, new(desk)), (Client(), "/desk/"), (drafter, missing)):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_without_a_sitting_one_signs_in_and_comes_back(desk: Desk) -> None:
    answer = Client().get(new(desk))
    assert answer.status_code == 302
    assert unquote(answer["Location"]) == f"/desk/account/login/?next={new(desk)}"


def test_an_account_without_a_role_is_told_so(desk: Desk, hire: Any) -> None:
    client = signed_in(hire(""))
    assert client.get(new(desk)).status_code == 403
    assert client.post(new(desk), typed_in(desk)).status_code == 403


def test_another_method_is_refused(desk: Desk, drafter: Client) -> None:
    assert drafter.put(new(desk)).status_code == 405


def test_a_refused_form_leads_from_its_refusal_to_the_field(desk: Desk, drafter: Client) -> None:
    answer = Browser(drafter).press(new(desk), "save", status=422, **complete(speaker="Nobody"))
    box = parse(answer.content.decode()).one("div", class_="refused")
    assert {"autofocus", "tabindex"} <= set(box.attributes)
    assert '<a href="#id_speaker">Speaker</a>' in answer.content.decode()
    assert "Everything you typed is still here." in refusals(answer)
