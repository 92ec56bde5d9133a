"""Accounts, roles and tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Membership, Negotiation, Officer, Token
from negotiations.operations import Actor
from negotiations.operations.console import console
from negotiations.operations.officers import digest_of
from tests.operations.desk import NOW, Desk, last_entry, refuses

NEXT_YEAR = NOW + timedelta(days=365)


def _register(desk: Desk, **fields: Any) -> Officer:
    usual = {"username": "kim", "email": "Kim@Ministry.example", "name": "Kim"}
    receipt = desk.act(operations.register_officer, **{**usual, **fields})
    return Officer.objects.get(pk=receipt.id)


def _grant(desk: Desk, officer: Officer, role: str, **fields: Any) -> None:
    desk.act(operations.grant_role, officer=officer.pk, negotiation="talks", role=role, **fields)


def test_a_new_account_cannot_sign_in_and_leaves_an_entry_that_tells_nothing(desk: Desk) -> None:
    officer = _register(desk)
    assert (officer.email, officer.has_usable_password()) == ("kim@ministry.example", False)
    assert (last_entry().verb, last_entry().public, last_entry().payload) == (
        "register_officer", False, {},
    )  # fmt: skip


@pytest.mark.parametrize("username", ["", "Kim", "김", "-kim", "k" * 65, "a b"])
def test_a_user_name_is_plain(desk: Desk, username: str) -> None:
    with refuses("bad_username", at="/username"):
        _register(desk, username=username)


@pytest.mark.parametrize("email", ["", "kim", "kim@", "a b@c.d"])
def test_an_address_is_one(desk: Desk, email: str) -> None:
    with refuses("bad_email", at="/email"):
        _register(desk, email=email)


@pytest.mark.parametrize("again", [{"email": "other@m.example"}, {"username": "other"}])
def test_an_account_is_made_once(desk: Desk, again: dict[str, str]) -> None:
    _register(desk)
    with refuses("duplicate"):
        _register(desk, **again)


def test_only_a_superuser_makes_a_superuser(desk: Desk) -> None:
    admin = _register(desk)
    _grant(desk, admin, "admin")
    fields = {"username": "lee", "email": "lee@m.example", "superuser": True}
    with refuses("not_allowed"):
        _register(desk, by=Actor(officer=admin.pk), **fields)
    assert _register(desk, by=console(), **fields).is_superuser is True


def test_a_role_is_given_changed_and_taken_and_ends_the_sessions(desk: Desk) -> None:
    officer = _register(desk)
    hashes = [officer.get_session_auth_hash()]
    for role in ("officer", "reviewer", ""):
        _grant(desk, officer, role)
        officer.refresh_from_db()
        held = Membership.objects.filter(officer=officer).values_list("role", flat=True)
        assert list(held) == ([role] if role else [])
        hashes.append(officer.get_session_auth_hash())
    assert len(set(hashes)) == 4


def test_a_role_that_is_held_already_ends_no_session(desk: Desk) -> None:
    officer = _register(desk)
    for role in ("", "officer"):
        _grant(desk, officer, role)
        officer.refresh_from_db()
        before = officer.get_session_auth_hash()
        _grant(desk, officer, role)
        officer.refresh_from_db()
        assert officer.get_session_auth_hash() == before


def test_a_superusers_roles_are_changed_by_a_superuser_alone(desk: Desk) -> None:
    by = Actor(officer=_admin(desk).pk)
    officer = _register(desk, by=console(), superuser=True)
    _grant(desk, officer, "officer")
    for role in ("", "admin"):
        with refuses("not_allowed"):
            _grant(desk, officer, role, by=by)


def test_a_role_is_one_that_can_be_held(desk: Desk) -> None:
    officer = _register(desk)
    with refuses("unknown_word", at="/role"):
        _grant(desk, officer, "seeder")


def test_closing_an_account_ends_its_tokens_and_sessions(desk: Desk) -> None:
    officer = _register(desk)
    token = desk.act(
        operations.issue_token, by=Actor(officer=officer.pk), name="nightly", scopes=["read"],
        expires_at=NEXT_YEAR, secret="s" * 40,
    ).id  # fmt: skip
    before = officer.get_session_auth_hash()
    desk.act(operations.suspend_officer, officer=officer.pk, active=False)
    officer.refresh_from_db()
    assert (officer.is_active, Token.objects.get(pk=token).revoked_at) == (False, NOW)
    assert officer.get_session_auth_hash() != before


def test_nobody_closes_the_own_account(desk: Desk) -> None:
    with refuses("not_allowed"):
        desk.act(operations.suspend_officer, officer=desk.drafter.officer, active=False)


def _close(desk: Desk, officer: Officer, by: Officer, *, active: bool = False) -> bool:
    desk.act(operations.suspend_officer, by=Actor(officer=by.pk), officer=officer.pk, active=active)
    officer.refresh_from_db()
    return officer.is_active


def _admin(desk: Desk) -> Officer:
    admin = _register(desk, username="admin", email="admin@m.example")
    _grant(desk, admin, "admin")
    return admin


def _elsewhere(officer: Officer) -> None:
    others = Negotiation.objects.create(
        slug="others", title_en="Others", title_ko="다른 협상", registered_at=NOW
    )
    Membership.objects.create(officer=officer, negotiation=others, role="officer")


def test_an_admin_closes_and_opens_an_account_whose_roles_are_all_theirs_to_give(
    desk: Desk,
) -> None:
    admin, officer = _admin(desk), _register(desk)
    _grant(desk, officer, "reviewer")
    assert _close(desk, officer, admin) is False
    assert _close(desk, officer, admin, active=True) is True


def test_an_admin_does_not_close_an_account_that_has_a_role_elsewhere(desk: Desk) -> None:
    admin, officer = _admin(desk), _register(desk)
    _grant(desk, officer, "officer")
    _elsewhere(officer)
    with refuses("not_allowed"):
        _close(desk, officer, admin)


def test_an_account_without_any_role_is_closed_by_a_superuser_alone(desk: Desk) -> None:
    admin, officer = _admin(desk), _register(desk)
    with refuses("not_allowed"):
        _close(desk, officer, admin)
    assert _close(desk, officer, Officer.objects.get(pk=desk.drafter.officer)) is False


def test_a_superusers_account_is_closed_by_a_superuser_alone(desk: Desk) -> None:
    admin = _admin(desk)
    officer = _register(desk, by=console(), superuser=True)
    _grant(desk, officer, "officer")
    with refuses("not_allowed"):
        _close(desk, officer, admin)
    assert _close(desk, officer, Officer.objects.get(pk=desk.drafter.officer)) is False


@pytest.mark.parametrize("closer", ["superuser", "console"])
def test_what_was_closed_from_above_is_neither_opened_nor_closed_again_by_an_admin(
    desk: Desk, closer: str
) -> None:
    admin, officer = _admin(desk), _register(desk)
    _grant(desk, officer, "officer")
    above = desk.drafter if closer == "superuser" else console()
    _close(desk, officer, admin)
    desk.act(operations.suspend_officer, by=above, officer=officer.pk, active=False)
    for active in (True, False):
        with refuses("not_allowed"):
            _close(desk, officer, admin, active=active)
    desk.act(operations.suspend_officer, by=above, officer=officer.pk, active=True)
    assert _close(desk, officer, admin) is False
    assert _close(desk, officer, admin, active=True) is True


def test_an_account_that_no_act_closed_is_opened_by_a_superuser_alone(desk: Desk) -> None:
    admin, officer = _admin(desk), _register(desk)
    _grant(desk, officer, "officer")
    Officer.objects.filter(pk=officer.pk).update(is_active=False)
    with refuses("not_allowed"):
        _close(desk, officer, admin, active=True)
    superuser = Officer.objects.get(pk=desk.drafter.officer)
    assert _close(desk, officer, superuser, active=True) is True


def test_who_is_no_admin_closes_nothing(desk: Desk) -> None:
    officer = _register(desk)
    _grant(desk, officer, "officer")
    with refuses("not_allowed"):
        _close(desk, officer, Officer.objects.get(pk=desk.reviewer.officer))


def test_an_admin_of_one_negotiation_makes_accounts_and_gives_roles_there_alone(
    desk: Desk,
) -> None:
    by = Actor(officer=_admin(desk).pk)
    officer = _register(desk, by=by)
    _elsewhere(officer)
    _grant(desk, officer, "officer", by=by)
    with refuses("not_allowed"):
        desk.act(
            operations.grant_role, by=by, officer=officer.pk, negotiation="others", role="admin"
        )
    held = dict(officer.memberships.values_list("negotiation__slug", "role"))
    assert held == {"talks": "officer", "others": "officer"}


def _issue(desk: Desk, **fields: Any) -> Token:
    usual = {
        "name": "nightly", "scopes": ["draft"], "expires_at": NEXT_YEAR, "secret": "parley_abcdefg",
    }  # fmt: skip
    receipt = desk.act(operations.issue_token, **{**usual, **fields})
    return Token.objects.get(pk=receipt.id)


def test_of_a_token_only_the_digest_is_kept(desk: Desk) -> None:
    token = _issue(desk)
    assert (token.sha256, token.begins) == (digest_of("parley_abcdefg"), "parley_abcde")
    assert "parley_abcdefg" not in str(vars(token))


@pytest.mark.parametrize(
    "ends", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=367)], ids=["now", "past", "far"]
)
def test_a_token_ends_within_a_year(desk: Desk, ends: Any) -> None:
    with refuses("bad_expiry", at="/expires_at"):
        _issue(desk, expires_at=ends)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"name": " "}, "missing_text"), ({"scopes": []}, "missing_text"),
     ({"scopes": ["all"]}, "unknown_word"), ({"name": "x" * 81}, "too_long")],
)  # fmt: skip
def test_a_token_has_a_name_and_scopes(desk: Desk, fields: dict[str, Any], code: str) -> None:
    with refuses(code):
        _issue(desk, **fields)


def test_a_token_is_revoked_by_its_owner_alone(desk: Desk) -> None:
    token = _issue(desk)
    with refuses("no_such_row"):
        desk.act(operations.revoke_token, by=desk.reviewer, token=token.pk)
    desk.act(operations.revoke_token, token=token.pk)
    token.refresh_from_db()
    assert token.revoked_at == NOW
