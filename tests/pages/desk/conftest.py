"""What the tests of the desk's pages share: the desk of the write door, and who sits at it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from negotiations.models import Membership, Negotiation, Officer
from negotiations.operations import Actor
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import Desk

__all__ = ["db", "desk", "opened_desk"]


def signed_in(actor: Actor) -> Client:
    """A browser in which this account is signed in."""
    client = Client()
    client.force_login(
        Officer.objects.get(pk=actor.officer), backend=settings.AUTHENTICATION_BACKENDS[-1]
    )
    return client


def stranger() -> Client:
    """A browser that was here: its session is gone, the cookie that guards forms is not."""
    client = Client()
    client.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    return client


@pytest.fixture
def drafter(desk: Desk) -> Client:
    """The first officer's browser (a superuser)."""
    return signed_in(desk.drafter)


@pytest.fixture
def reviewer(desk: Desk) -> Client:
    """The second officer's browser."""
    return signed_in(desk.reviewer)


@pytest.fixture
def hire(desk: Desk) -> Callable[[str], Actor]:  # noqa: ARG001 (there must be a desk)
    """Makes an account with a role in the talks; "" for an account without any."""

    def make(role: str) -> Actor:
        account = Officer.objects.create(
            username=f"new-{role or 'nobody'}-{Officer.objects.count()}"
        )
        if role:
            talks = Negotiation.objects.get(slug="talks")
            Membership.objects.create(officer=account, negotiation=talks, role=role)
        return Actor(officer=account.pk)

    return make
