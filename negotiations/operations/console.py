"""What who sits at the machine itself may do: it has an account, but none that signs in."""

from __future__ import annotations

from negotiations.desk_words import Role
from negotiations.models import Officer
from negotiations.operations.permissions import Actor

ACCOUNT = "console"


def console() -> Actor:
    """The account in whose name commands act."""
    officer, created = Officer.objects.get_or_create(username=ACCOUNT)
    if created:
        officer.set_unusable_password()
        officer.save(update_fields=["password"])
    return Actor(officer=officer.pk, role=Role.CONSOLE)


def set_password(*, officer: int, password: str) -> None:
    """Give the account this password, which ends its sessions. No act of the record, so the ledger
    does not tell it.
    """
    row = Officer.objects.get(pk=officer)
    row.set_password(password)
    row.save(update_fields=["password"])
