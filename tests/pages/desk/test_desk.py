"""The desk's pages: signed in, never cached, and nothing typed is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.test import Client

from negotiations.models import Officer, Statement
from tests.operations.desk import Desk
from tests.pages.desk.browsing import Browser, refusals, sent_by, words
from tests.pages.desk.conftest import signed_in
from tests.pages.desk.test_statements import complete, drafted, new
from tests.pages.markup import parse


def sign_in(client: Client, desk: Desk) -> None:
    """The first officer signs in, in a browser that has a session."""
    client.force_login(
        Officer.objects.get(pk=desk.drafter.officer), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )


def typed_in(desk: Desk, **more: Any) -> dict[str, Any]:
    """A whole statement as the form sends it."""
    told = Browser(signed_in(desk.drafter)).filled(new(desk), **complete(**more))
    return {**told, "action": "save"}


def test_a_page_of_the_desk_is_never_cached(desk: Desk, drafter: Client) -> None:
    missing = "/desk/drafts/statements/999999/"
    for client, path in ((drafter, new(desk)), (Client(), "/desk/"), (drafter, missing)):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_without_a_sitting_one_signs_in_and_comes_back(desk: Desk) -> None:
    answer = Client().get(new(desk))
    assert answer.status_code == 302
    assert unquote(answer["Location"]) == f"/desk/account/login/?next={new(desk)}"


def test_what_is_sent_after_the_session_expired_is_kept_through_sign_in(desk: Desk) -> None:
    client, typed = Client(), typed_in(desk, note_en="Two\r\nlines", tracks="talks/trade")
    answer = client.post(new(desk), typed)
    assert answer.status_code == 302
    sign_in(client, desk)
    page = client.get(new(desk))
    assert "Your text was kept. Nothing has been sent yet" in words(page)
    shown = sent_by(parse(page.content.decode()))
    names = ("quotation", "speaker", "said_on", "zone", "kind", "tracks", "parties_for")
    assert {n: shown[n] for n in names} == {n: typed[n] for n in names}
    assert shown["note_en"] == "Two\r\nlines"
    assert client.post(new(desk), {**shown, "action": "save"}).status_code == 303
    assert drafted().quotation == "close to a deal"


def test_what_was_kept_is_shown_once_and_only_at_its_address(desk: Desk) -> None:
    client = Client()
    client.post(new(desk), typed_in(desk))
    sign_in(client, desk)
    assert "Your text was kept" not in words(client.get("/desk/statements/new/"))
    assert "Your text was kept" in words(client.get(new(desk)))
    assert "Your text was kept" not in words(client.get(new(desk)))


def test_what_was_kept_is_not_shown_to_somebody_else(desk: Desk) -> None:
    client = signed_in(desk.drafter)
    client.logout()
    client.post(new(desk), typed_in(desk))
    sign_in(client, desk)
    client.logout()
    client.force_login(
        Officer.objects.get(pk=desk.reviewer.officer), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )
    assert "Your text was kept" not in words(client.get(new(desk)))


def test_a_form_of_an_older_session_is_shown_again_with_all_that_was_typed(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, desk)
    typed = {**typed_in(desk), "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(new(desk), typed)
    assert (answer.status_code, answer["Location"]) == (303, new(desk))
    page = client.get(new(desk))
    assert "Your text was kept. Nothing has been sent yet" in words(page)
    assert sent_by(parse(page.content.decode()))["quotation"] == "close to a deal"
    assert not Statement.objects.filter(published_at__isnull=True).exists()


def test_what_another_site_sends_is_refused_and_not_kept(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, desk)
    foreign = {"Origin": "https://evil.example"}
    answer = client.post(new(desk), typed_in(desk), headers=foreign)
    assert answer.status_code == 403
    assert "Your text was kept" not in words(client.get(new(desk)))


def test_more_than_a_form_holds_is_not_kept(desk: Desk) -> None:
    client = Client()
    client.post(new(desk), typed_in(desk, note_en="x" * 400_001))
    sign_in(client, desk)
    assert "Your text was kept" not in words(client.get(new(desk)))


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
