"""Accounts that can sign in, for the tests of sign-in."""

from __future__ import annotations

from typing import Any

from django.test import Client

from negotiations.models import Officer

PASSWORD = "correct horse battery"
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN = "/desk/account/login/"


def account(username: str = "kim", **values: Any) -> Officer:
    """An account with the password of these tests."""
    return Officer.objects.create_user(
        username, values.pop("email", f"{username}@example.org"), PASSWORD, **values
    )


def try_password(
    client: Client, login: str, password: str = PASSWORD, prefix: str = "", **extra: Any
) -> Any:
    """One try at the sign-in form."""
    return client.post(f"{prefix}{LOGIN}", {"login": login, "password": password}, **extra)


def signed_in(client: Client) -> bool:
    """Whether the account's page opens."""
    return bool(client.get("/desk/account/").status_code == 200)
