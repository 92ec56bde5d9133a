"""Accounts at the desk: admins invite, give and take roles where they are admin, and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import LedgerEntry, Membership, Negotiation, Officer
from negotiations.operations import Actor
from tests.operations.desk import NOW, Desk
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse

PAGE = "/desk/people/"
NEW = f"{PAGE}new/"


@pytest.fixture
def admin(hire: Callable[[str], Actor]) -> Client:
    """An admin's browser: of the talks, of nothing else."""
    return signed_in(hire("admin"))


@pytest.fixture
def others(desk: Desk) -> Negotiation:  # noqa: ARG001
    """A negotiation of which this admin is none."""
    return Negotiation.objects.create(
        slug="others", title_en="Others", title_ko="다른 협상", registered_at=NOW
    )


def form(**changes: Any) -> dict[str, Any]:
    """What the invitation sends."""
    return {"username": "kim", "name": "Kim Minji", "email": "Kim@Ministry.example",
            "negotiation": "talks", "role": "reviewer", "once": "a", **changes}  # fmt: skip


def roles(officer: int) -> dict[str, str]:
    """The roles of an account, by negotiation."""
    held = Membership.objects.filter(officer=officer)
    return dict(held.values_list("negotiation__slug", "role"))


def invited(client: Client, **changes: Any) -> str:
    """The link of a new account, as the page shows it."""
    response = client.post(NEW, form(**changes))
    assert response.status_code == 200, response.content.decode()[:1000]
    page = parse(response.content.decode())
    assert page.mistakes == []
    return page.one("code", class_="token-secret").words


@pytest.mark.parametrize("role", ["", "reader", "officer", "reviewer"])
@pytest.mark.parametrize("path", [PAGE, NEW, "{one}", "{one}closing/"])
def test_accounts_are_an_admins_matter(hire: Callable[[str], Actor], role: str, path: str) -> None:
    other = hire("reader").officer
    path = path.format(one=f"{PAGE}{other}/")
    client = signed_in(hire(role))
    taken = 405 if path == PAGE else 403
    before = LedgerEntry.objects.count()
    sent = {**form(), "role-talks": "admin", "initial-role-talks": "reader", "active": "no"}
    assert (client.get(path).status_code, client.post(path, sent).status_code) == (403, taken)
    assert LedgerEntry.objects.count() == before


def test_only_admins_are_led_there(admin: Client, reviewer: Client) -> None:
    assert f'href="{PAGE}"' in admin.get("/desk/").content.decode()
    assert PAGE not in reviewer.get("/desk/").content.decode()


def test_who_is_invited_sets_a_password_by_the_link_once(admin: Client) -> None:
    link = invited(admin)
    officer = Officer.objects.get(username="kim")
    assert (officer.email, officer.first_name) == ("kim@ministry.example", "Kim Minji")
    assert (officer.has_usable_password(), roles(officer.pk)) == (False, {"talks": "reviewer"})
    path = Client().get(link, follow=True).redirect_chain[-1][0]
    client = Client()
    client.get(link, follow=True)
    new = {"password1": "staple battery horse", "password2": "staple battery horse"}
    assert client.post(path, new).status_code == 302
    signed = client.post("/desk/account/login/", {"login": "kim", "password": new["password1"]})
    assert signed["Location"] == "/desk/"
    used = Client().get(link, follow=True).content.decode()
    assert 'name="password1"' not in used


def test_the_link_is_mailed_and_shown_in_no_other_answer(admin: Client) -> None:
    link = invited(admin)
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Parley: Your account", ["kim@ministry.example"])
    assert link in letter.body
    again = admin.post(NEW, form(), follow=True)
    assert again.redirect_chain == [(PAGE, 303)]
    assert link not in again.content.decode()
    assert "This account was made already." in again.content.decode()
    assert (Officer.objects.filter(username="kim").count(), len(mail.outbox)) == (1, 1)


def test_an_invitation_names_the_address_that_the_site_says_it_has(
    admin: Client, settings: Any
) -> None:
    settings.SITE_URL = "https://parley.example"
    assert invited(admin).startswith("https://parley.example/desk/account/password/reset/key/")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "Kim"}, "username"),
        ({"username": "a-desk"}, "username"),
        ({"email": "kim"}, "email"),
        ({"email": "TAKEN@m.example"}, "email"),
        ({"negotiation": "others"}, "negotiation"),
        ({"negotiation": ""}, "negotiation"),
        ({"role": ""}, "role"),
        ({"role": "console"}, "role"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_made(
    admin: Client, others: Negotiation, changes: dict[str, Any], field: str
) -> None:
    Officer.objects.create(username="a-desk", email="taken@m.example")
    before = LedgerEntry.objects.count()
    response = admin.post(NEW, form(**changes))
    assert response.status_code in {409, 422}, others
    assert set(response.context["form"].errors) == {field}
    assert response.context["form"]["name"].value() == "Kim Minji"
    assert (LedgerEntry.objects.count(), mail.outbox) == (before, [])


def test_an_invitation_is_kept_through_sign_in(admin: Client, desk: Desk) -> None:
    admin.session.flush()
    assert admin.post(NEW, form()).status_code == 302
    admin.force_login(Officer.objects.get(pk=desk.drafter.officer))
    assert 'value="kim"' in admin.get(NEW).content.decode()


def test_the_list_tells_accounts_and_the_roles_that_are_the_admins_to_give(
    admin: Client, others: Negotiation, hire: Callable[[str], Actor]
) -> None:
    account = Officer.objects.get(pk=hire("officer").officer)
    Membership.objects.create(officer=account, negotiation=others, role="reviewer")
    page = parse(admin.get(PAGE).content.decode())
    assert page.mistakes == []
    (row,) = [row.words for row in page.all("tr") if account.username in row.words]
    assert "officer" in row
    assert "roles in other negotiations" in row
    assert "Others" not in row
    assert row.endswith("open")


def test_a_role_is_given_changed_and_taken(admin: Client, hire: Callable[[str], Actor]) -> None:
    officer = hire("").officer
    page, was = f"{PAGE}{officer}/", ""
    for role in ("officer", "admin", ""):
        sent = {"role-talks": role, "initial-role-talks": was, "once": f"once-{role}"}
        response = admin.post(page, sent, follow=True)
        assert response.redirect_chain == [(page, 303)]
        assert "The roles are changed." in response.content.decode()
        assert roles(officer) == ({"talks": role} if role else {})
        was = role


def test_what_was_not_changed_is_left_as_another_admin_made_it_meanwhile(
    admin: Client, hire: Callable[[str], Actor]
) -> None:
    officer = hire("officer").officer
    Membership.objects.filter(officer=officer).update(role="reviewer")
    sent = {"role-talks": "officer", "initial-role-talks": "officer", "once": "a"}
    response = admin.post(f"{PAGE}{officer}/", sent, follow=True)
    assert "Nothing was changed." in response.content.decode()
    assert roles(officer) == {"talks": "reviewer"}


def test_nobody_gives_roles_where_they_are_no_admin(
    admin: Client, others: Negotiation, hire: Callable[[str], Actor]
) -> None:
    officer = hire("officer").officer
    page = f"{PAGE}{officer}/"
    assert "Others" not in admin.get(page).content.decode()
    sent = {"role-talks": "officer", "initial-role-talks": "officer", "role-others": "admin"}
    admin.post(page, {**sent, "initial-role-others": ""})
    assert roles(officer) == {"talks": "officer"}, others


def test_an_account_that_is_none_is_not_found(admin: Client) -> None:
    assert admin.get(f"{PAGE}999999/").status_code == 404
    assert admin.post(f"{PAGE}999999/closing/", {"active": "no"}).status_code == 404


def test_an_account_is_closed_and_opened_again(admin: Client, hire: Callable[[str], Actor]) -> None:
    actor = hire("officer")
    page, theirs = f"{PAGE}{actor.officer}/", signed_in(actor)
    assert admin.get(f"{page}closing/")["Location"] == page
    closed = admin.post(f"{page}closing/", {"active": "no", "once": "a"}, follow=True)
    assert "The account is closed." in closed.content.decode()
    assert "/account/login/" in theirs.get("/desk/")["Location"]
    opened = admin.post(f"{page}closing/", {"active": "yes", "once": "b"}, follow=True)
    assert "The account is open again." in opened.content.decode()
    assert Officer.objects.get(pk=actor.officer).is_active


def test_what_an_admin_may_not_close_has_no_button_and_is_refused(
    desk: Desk, hire: Callable[[str], Actor], others: Negotiation
) -> None:
    me = hire("admin")
    elsewhere = hire("officer")
    Membership.objects.create(officer_id=elsewhere.officer, negotiation=others, role="reader")
    admin = signed_in(me)
    for actor in (me, elsewhere, hire(""), desk.drafter):
        page = f"{PAGE}{actor.officer}/"
        assert "Close the account" not in admin.get(page).content.decode()
        response = admin.post(f"{page}closing/", {"active": "no", "once": str(actor.officer)})
        assert response.status_code == 403
        assert parse(response.content.decode()).mistakes == []
        assert Officer.objects.get(pk=actor.officer).is_active


@pytest.mark.parametrize("path", [PAGE, NEW, "{one}"])
def test_the_pages_are_korean_too_and_well_made(
    admin: Client, hire: Callable[[str], Actor], path: str
) -> None:
    path = path.format(one=f"{PAGE}{hire('officer').officer}/")
    for prefix in ("", "/ko"):
        page = parse(admin.get(f"{prefix}{path}").content.decode())
        assert page.mistakes == []
    assert "계정" in page.one("main").words


def test_many_accounts_cost_no_more_queries_than_one(
    admin: Client, hire: Callable[[str], Actor]
) -> None:
    admin.get(PAGE)  # the session is renewed by its first use
    counts = []
    for more in (1, 2):
        for _ in range(more):
            hire("officer")
        with CaptureQueriesContext(connection) as asked:
            admin.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]
