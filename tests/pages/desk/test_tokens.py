"""Personal tokens: shown once, kept as digests, ended by their owner."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from negotiations.models import Answer, LedgerEntry, Token
from negotiations.operations import Actor
from negotiations.operations.officers import digest_of
from tests.operations.desk import Desk
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse


def form(**changes: Any) -> dict[str, Any]:
    """What the page sends."""
    end = datetime.now(UTC).date() + timedelta(days=30)
    return {"name": "Import", "scopes": ["read", "draft"], "expires_at": end.isoformat(),
            "once": "a", **changes}  # fmt: skip


def made(client: Client, **changes: Any) -> str:
    """The secret of a new token, as the page shows it."""
    response = client.post("/desk/tokens/", form(**changes))
    assert response.status_code == 200, response.content.decode()[:1000]
    assert response.headers["Cache-Control"] == "private, no-store"
    return parse(response.content.decode()).one("code", class_="token-secret").words


def test_a_token_is_shown_once_and_kept_as_a_digest(desk: Desk, reviewer: Client) -> None:
    secret = made(reviewer)
    assert re.fullmatch(r"parley_[A-Za-z0-9_-]{43}", secret)
    row = Token.objects.get()
    assert (row.sha256, row.begins) == (digest_of(secret), secret[:12])
    assert (row.officer_id, row.scopes) == (desk.reviewer.officer, ["read", "draft"])
    assert secret not in reviewer.get("/desk/tokens/").content.decode()
    kept = [bytes(answer.body).decode() + str(answer.headers) for answer in Answer.objects.all()]
    assert [text for text in kept if secret in text] == []
    assert LedgerEntry.objects.latest("number").public is False


def test_it_works_at_once(reviewer: Client) -> None:
    answer = Client().get("/api/v1/drafts/", headers={"Authorization": f"Bearer {made(reviewer)}"})
    assert answer.status_code == 200


def test_a_copy_of_the_request_makes_no_second_token(reviewer: Client) -> None:
    secret = made(reviewer)
    again = reviewer.post("/desk/tokens/", form(), follow=True)
    assert again.redirect_chain == [("/desk/tokens/", 303)]
    text = again.content.decode()
    assert "This token was made already" in text
    assert secret not in text
    assert Token.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["rule"]}, "scopes"),
        ({"expires_at": ""}, "expires_at"),
        ({"expires_at": "2020-01-01"}, "expires_at"),
        ({"expires_at": "2999-01-01"}, "expires_at"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    reviewer: Client, changes: dict[str, Any], field: str
) -> None:
    response = reviewer.post("/desk/tokens/", form(**changes))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert response.context["form"]["name"].value() == changes.get("name", "Import")
    assert Token.objects.count() == 0


def test_the_list_tells_what_there_is(reviewer: Client) -> None:
    secret = made(reviewer)
    page = parse(reviewer.get("/desk/tokens/").content.decode())
    row = page.all("tr")[1].words
    assert row.startswith("Import Begins")
    for words in (secret[:12], "read draft", "never", "End it"):
        assert words in row
    assert page.mistakes == []


def test_a_token_is_ended_by_its_owner(reviewer: Client) -> None:
    secret = made(reviewer)
    path = f"/desk/tokens/{Token.objects.get().pk}/end/"
    assert reviewer.get(path).headers["Location"] == "/desk/tokens/"
    assert Token.objects.get().revoked_at is None
    response = reviewer.post(path, follow=True)
    assert "The token is ended." in response.content.decode()
    answer = Client().get("/api/v1/drafts/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401


def test_nobody_ends_anothers_token(reviewer: Client, drafter: Client) -> None:
    made(reviewer)
    response = drafter.post(f"/desk/tokens/{Token.objects.get().pk}/end/")
    assert response.status_code == 422
    assert Token.objects.get().revoked_at is None
    assert "Import" not in drafter.get("/desk/tokens/").content.decode()


@pytest.mark.parametrize("role", ["", "reader", "officer", "reviewer", "admin"])
def test_every_account_may_have_tokens(hire: Callable[[str], Actor], role: str) -> None:
    assert made(signed_in(hire(role))).startswith("parley_")


def test_who_is_not_signed_in_is_asked_to_and_the_form_is_kept(desk: Desk) -> None:
    client = Client()
    client.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32  # a browser that was here before
    assert client.post("/desk/tokens/", form()).status_code == 302
    assert client.session["kept"]["/desk/tokens/"]["typed"]["name"] == ["Import"], desk
