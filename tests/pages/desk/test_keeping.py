"""What was typed without a sitting waits for its account, and for nobody else."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from negotiations.models import Officer, Statement
from tests.operations.desk import Desk
from tests.pages.desk.browsing import sent_by, words
from tests.pages.desk.conftest import signed_in, stranger
from tests.pages.desk.test_desk import typed_in
from tests.pages.desk.test_statements import drafted, new
from tests.pages.markup import parse


def sign_in(client: Client, desk: Desk) -> None:
    """The first officer signs in, in a browser that has a session."""
    client.force_login(
        Officer.objects.get(pk=desk.drafter.officer), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )


def test_what_is_sent_after_the_session_expired_is_kept_through_sign_in(desk: Desk) -> None:
    client, typed = stranger(), typed_in(desk, note_en="Two\r\nlines", tracks="talks/trade")
    answer = client.post(new(desk), typed)
    assert answer.status_code == 302
    assert "Your text was kept. Sign in, and it is shown again." in words(
        client.get(answer["Location"])
    )
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
    client = stranger()
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


def test_a_request_without_a_cookie_of_ours_gets_no_session(desk: Desk) -> None:
    client, strict = Client(), Client(enforce_csrf_checks=True)
    typed, before = typed_in(desk), Session.objects.count()
    assert client.post(new(desk), typed).status_code == 302
    assert strict.post(new(desk), typed).status_code == 403
    assert strict.post("/desk/", {"text": "x" * 400_001}).status_code == 403
    assert Session.objects.count() == before
    assert not client.cookies
    assert not strict.cookies


def test_what_was_typed_at_several_addresses_waits_at_each(desk: Desk) -> None:
    client, other = stranger(), "/desk/sources/transcription/"
    client.post(other, {"text": "A long text."})
    client.post(new(desk), typed_in(desk))
    sign_in(client, desk)
    assert "Your text was kept" in words(client.get(new(desk)))
    assert "A long text." in words(client.get(other))


def test_of_more_than_five_addresses_the_oldest_is_forgotten(desk: Desk) -> None:
    client = stranger()
    places = [f"/desk/sources/transcription/?url=https://example.org/{n}" for n in range(6)]
    for place in places:
        client.post(place, {"text": "A long text."})
    sign_in(client, desk)
    told = ["A long text." in words(client.get(place)) for place in places]
    assert told == [False, True, True, True, True, True]


def test_what_one_account_typed_is_not_shown_to_another(desk: Desk) -> None:
    client = signed_in(desk.drafter)
    session = client.session
    typed = {"text": ["A long text."]}
    place = "/desk/sources/transcription/"
    session["kept"] = {place: {"typed": typed, "by": str(desk.reviewer.officer)}}
    session.save()
    assert "A long text." not in words(client.get(place))


@pytest.mark.parametrize(
    ("language", "title"), [("", "Too long to be kept"), ("/ko", "보관하기에 너무 긴 글")]
)
def test_what_is_too_long_to_be_kept_is_shown_to_be_copied(
    desk: Desk,  # noqa: ARG001 (there must be a record)
    language: str,
    title: str,
) -> None:
    client, text = stranger(), "글" * 400_001
    typed = {"text": f"\r\n<{text}", "version": "1"}
    answer = client.post(f"{language}/desk/sources/transcription/", typed)
    page = parse(answer.content.decode())
    assert answer.status_code == 413
    assert title in page.one("h1").words
    assert ["".join(one.text) for one in page.all("textarea")] == [f"\n\r\n<{text}"]
    assert "kept" not in client.session


def test_a_text_as_long_as_can_be_kept_arrives(desk: Desk) -> None:
    client, place = stranger(), "/desk/sources/transcription/"
    typed = urlencode({"text": "글" * 400_000})
    answer = client.post(place, typed, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    sign_in(client, desk)
    assert "글" * 400_000 in words(client.get(place))
