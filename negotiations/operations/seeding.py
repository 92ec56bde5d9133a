"""What a seeds folder needs of the write door besides the verbs: its account and its marks."""

from __future__ import annotations

from negotiations.desk_words import Role
from negotiations.models import SeedMark
from negotiations.operations.console import machine
from negotiations.operations.ledger import lock
from negotiations.operations.permissions import Actor
from negotiations.sql import run

# (negotiation or "" where shared, noun, key of the entry) to row id and digest of the entry.
Marks = dict[tuple[str, str, str], tuple[int, str]]

ACCOUNT = "seeds"
WAIVER = "Loaded from a seeds folder: one account drafted and published this."


def seeder() -> Actor:
    """The account that seeds; it cannot sign in."""
    return machine(ACCOUNT, Role.SEEDER)


def marks() -> Marks:
    """What was loaded before; other loaders wait from here on, to the end of the transaction."""
    lock()
    return {
        (mark.negotiation, mark.noun, mark.key): (mark.object_id, mark.sha256)
        for mark in SeedMark.objects.all()
    }


def measure(noun: str) -> None:
    """Have the planner know of the rows of a noun that this transaction has written.

    Nothing else tells it before the transaction is over: where vacuum has found a table empty, as
    after a folder that was refused, any order of joins is thought as good, and a row that was asked
    by its key took eighteen seconds.
    """
    run(f"ANALYZE negotiations_{noun.replace('_', '')}")


def remember(loaded: Marks) -> None:
    """Note what was loaded."""
    SeedMark.objects.bulk_create(
        SeedMark(negotiation=scope, noun=noun, key=key, object_id=row, sha256=sha256)
        for (scope, noun, key), (row, sha256) in loaded.items()
    )
