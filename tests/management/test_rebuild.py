"""`manage.py rebuild`: what is told of published rows, made ready."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from negotiations.api.pieces import rebuild
from negotiations.models import JobRun, Piece
from tests.operations.conftest import db, desk, opened_desk
from tests.operations.desk import Desk, last_entry

__all__ = ["db", "desk", "opened_desk"]


def said(*options: str) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("rebuild", *options, stdout=out)
    return out.getvalue()


def test_rebuild_makes_all_pieces_again(desk: Desk) -> None:
    number = last_entry().number
    assert said() == f"The pieces follow the ledger up to entry {number}.\n"
    assert {p.noun for p in Piece.objects.all()} == {"source", "statement"}
    assert desk.ids


def test_rebuild_follow_makes_what_is_missing(desk: Desk) -> None:
    said()
    assert said("--follow") == "0 steps; the pieces follow the ledger.\n"
    desk.published("statement")
    assert said("--follow") == "1 steps; the pieces follow the ledger.\n"
    assert Piece.objects.filter(noun="statement").count() == 2


def test_the_desk_can_see_how_far_a_rebuild_is(desk: Desk) -> None:  # noqa: ARG001
    number = last_entry().number
    steps = rebuild()
    assert next(steps)
    assert (JobRun.objects.get().ended_at, JobRun.objects.get().total) == (None, number)
    list(steps)
    run = JobRun.objects.get()
    assert (run.name, run.done, run.failed, run.ended_at is None) == ("rebuild", number, "", False)
