"""The demo's officers: accounts without a password in every negotiation, for `make run` alone."""

from __future__ import annotations

from datetime import datetime

from negotiations.desk_words import Role
from negotiations.operations import grant_role, register_officer
from negotiations.operations.console import console
from negotiations.queries import officers

# The name of the account says its role.
OFFICERS = {"demo-officer": Role.OFFICER, "demo-reviewer": Role.REVIEWER}


def make_officers(*, now: datetime) -> None:
    """Make those that are missing, and give them their role where they do not have it."""
    slugs = officers.slugs()
    for username, role in OFFICERS.items():
        officer = officers.id_of(username) or _make(username, now)
        account = officers.account(officer)
        held = {one.negotiation: one.role for one in account.roles} if account else {}
        for slug in slugs:
            if held.get(slug) != role.value:
                grant_role(
                    by=console(), now=now, officer=officer, negotiation=slug, role=role.value
                )


def _make(username: str, now: datetime) -> int:
    name = username.replace("-", " ").capitalize()
    return register_officer(
        by=console(), now=now, username=username, email=f"{username}@localhost", name=name
    ).id
