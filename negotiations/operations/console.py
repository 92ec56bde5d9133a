"""What who sits at the machine itself may do: it has an account, but none that signs in."""

from __future__ import annotations

from negotiations.desk_words import Role
from negotiations.models import Officer
from negotiations.operations.permissions import Actor


def console() -> Actor:
    """In whose name commands act."""
    return machine("console", Role.CONSOLE)


def machine(account: str, role: Role) -> Actor:
    """A trusted role with the account that the ledger names for it, which cannot sign in."""
    officer, created = Officer.objects.get_or_create(username=account)
    if created:
        officer.set_unusable_password()
        officer.save(update_fields=["password"])
    return Actor(officer=officer.pk, role=role)


def set_password(*, officer: int, password: str) -> None:
    """Give the account this password, which ends its sessions. No act of the record, so the ledger
    does not tell it.
    """
    row = Officer.objects.get(pk=officer)
    row.set_password(password)
    row.save(update_fields=["password"])
