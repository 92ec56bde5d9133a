"""`manage.py createofficer`: makes an account of the desk, sets its password, gives it a role."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from negotiations.desk_words import HELD
from negotiations.operations import grant_role, register_officer
from negotiations.operations.console import console, set_password
from negotiations.queries import officers
from negotiations.refusals import Refusal


class Command(BaseCommand):
    """Makes an officer."""

    help = (
        "Makes an account of the desk. For an account that is there already it gives the role and, "
        "where --password-stdin is given, sets the password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The name, and what goes with it."""
        parser.add_argument("username", help="small letters, digits, dots and dashes")
        parser.add_argument("--email", default="", help="for resets, notices and OpenID Connect")
        parser.add_argument("--name", default="", help="as other officers see it")
        parser.add_argument("--negotiation", default="", help="in which the role is held: its slug")
        parser.add_argument("--role", default="", choices=["", *(role.value for role in HELD)])
        parser.add_argument("--superuser", action="store_true", help="admin of every negotiation")
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )

    def handle(self, *args: Any, **told: Any) -> None:
        """Do it, or refuse with one sentence and change nothing."""
        if bool(told["negotiation"]) != bool(told["role"]):
            raise CommandError("--negotiation and --role go together.")
        known = officers.id_of(told["username"])
        if known is None and not told["email"]:
            raise CommandError("A new account needs --email.")
        password = _password(told, known)
        try:
            with transaction.atomic():
                officer = known or self._made(told)
                if told["role"]:
                    self._give(officer, told["negotiation"], told["role"])
                if password:
                    set_password(officer=officer, password=password)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        # Said only of what is done: before this, all of it could still fall.
        if known is None:
            self.stdout.write(f"{told['username']} has an account.")
        if told["role"]:
            self.stdout.write(f"{told['role']} in {told['negotiation']}.")

    def _made(self, told: dict[str, Any]) -> int:
        receipt = register_officer(
            by=console(),
            now=timezone.now(),
            username=told["username"],
            email=told["email"],
            name=told["name"],
            superuser=told["superuser"],
        )
        return receipt.id

    def _give(self, officer: int, negotiation: str, role: str) -> None:
        account = officers.account(officer)
        held = {one.negotiation: one.role for one in account.roles} if account else {}
        if held.get(negotiation) != role:
            grant_role(
                by=console(),
                now=timezone.now(),
                officer=officer,
                negotiation=negotiation,
                role=role,
            )


def _password(told: dict[str, Any], known: int | None) -> str:
    """The password given, once it is good enough; "" leaves an account's password as it is."""
    if told["password_stdin"]:
        password = sys.stdin.readline().rstrip("\n")
    elif known is None and sys.stdin.isatty():
        password = getpass("Password (empty: by a link later): ")
        if password and getpass("Once more: ") != password:
            raise CommandError("The two passwords differ.")
    else:
        return ""
    if not password:
        return ""
    try:
        validate_password(
            password, get_user_model()(username=told["username"], email=told["email"])
        )
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
