"""What every operation is: one transaction, one ledger entry for each act, taken last.

An operation is a keyword function that writes its rows and returns an `Act` (or yields several,
that stand or fall together); the decorator sees that the account may do so and puts each act into
the ledger in the same transaction. The number is taken as the last step before commit, so numbers
are gapless and in commit order. Writers take turns from the first step on: each judges by the
record as it will be when it writes, and two of them never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from negotiations.desk_words import Role
from negotiations.models import Track
from negotiations.operations.arguments import check_arguments
from negotiations.operations.ledger import Stamp, append, stamp_after, take_turn
from negotiations.operations.permissions import Allowed, allow
from negotiations.refusals import Refusal
from negotiations.waking import wake_soon

P = ParamSpec("P")
Payload = Mapping[str, Any]
# Who tells public acts to the outside.
TELLERS = ("negotiations.tell", "negotiations.write_letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an operation has done, for the ledger.

    `payload` is the content as told, or a function that writes what needs the number (publication)
    and returns it. Acts on drafts are not public and carry no content.
    """

    noun: str
    object_id: int
    payload: Payload | Callable[[Stamp], Payload]
    public: bool = False
    tracks: Iterable[Track] = ()
    negotiations: Iterable[int] = ()
    verb: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the caller gets back: the row it wrote, its version now, and the number of the act."""

    noun: str
    id: int
    number: int
    at: datetime
    version: int


VERBS: dict[str, Callable[..., Any]] = {}
_JOINED: dict[Callable[..., Any], Callable[..., Any]] = {}


def joined(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The same verb for who holds a transaction that ends with it where it refuses.

    It spares the database a savepoint to go back to. Verbs of several acts are as they are.
    """
    return _JOINED.get(verb, verb)


def operation(*, needs: Role) -> Callable[[Callable[P, Act]], Callable[P, Receipt]]:
    """Make a verb of the write door out of a function that returns its Act.

    The function takes `by: Actor` and `now: datetime` (aware) among its keywords. Raises Refusal as
    the function does, `wrong_kind` for an argument that is not what its annotation says,
    `not_allowed` unless the account has the role that this `needs` wherever it acts, and `busy`
    when another writer holds a lock for longer than the limit.
    """

    def wrap(write: Callable[P, Act]) -> Callable[P, Receipt]:
        @wraps(write)
        def run(*args: P.args, **kwargs: P.kwargs) -> Receipt:
            with _writing(write, needs, kwargs) as turn:
                return turn.record(write.__name__, write(*args, **kwargs))

        @wraps(write)
        def run_joined(*args: P.args, **kwargs: P.kwargs) -> Receipt:
            with _writing(write, needs, kwargs, savepoint=False) as turn:
                return turn.record(write.__name__, write(*args, **kwargs))

        VERBS[write.__name__] = run
        _JOINED[run] = run_joined
        return run

    return wrap


def joint_operation(
    *, needs: Role
) -> Callable[[Callable[P, Iterator[Act]]], Callable[P, tuple[Receipt, ...]]]:
    """The same of a function that yields several acts: all of them, at one instant, or none.

    Each is in the ledger, under a number of its own, before the function goes on to the next.
    """

    def wrap(write: Callable[P, Iterator[Act]]) -> Callable[P, tuple[Receipt, ...]]:
        @wraps(write)
        def run(*args: P.args, **kwargs: P.kwargs) -> tuple[Receipt, ...]:
            with _writing(write, needs, kwargs) as turn:
                return tuple(turn.record(write.__name__, act) for act in write(*args, **kwargs))

        VERBS[write.__name__] = run
        return run

    return wrap


@contextmanager
def _writing(
    write: Callable[..., Any], needs: Role, given: Mapping[str, Any], *, savepoint: bool = True
) -> Iterator[_Turn]:
    check_arguments(write, given)
    by = given["by"]
    try:
        with transaction.atomic(savepoint=savepoint):
            is_superuser, held_in, roles, *last = take_turn(by.officer)
            held = dict(zip(held_in or (), roles or (), strict=True))
            allowed = allow(by, needs, is_superuser=is_superuser, roles=held)
            yield _Turn(allowed=allowed, now=given["now"], last=last)
    except OperationalError as error:
        if isinstance(error.__cause__, DeadlockDetected | LockNotAvailable | QueryCanceled):
            raise Refusal("busy") from error
        raise


@dataclass(slots=True, kw_only=True)
class _Turn:
    """The turn of one writer: what they may do, and number, instant and hash of the last entry."""

    allowed: Allowed
    now: datetime
    last: Sequence[Any]

    def record(self, verb: str, act: Act) -> Receipt:
        """Put an act into the ledger."""
        tracks = list(act.tracks)
        negotiations = sorted({*act.negotiations, *(track.negotiation_id for track in tracks)})
        self.allowed.within(negotiations)
        stamp = stamp_after(*self.last, now=self.now)
        hash = append(
            stamp=stamp,
            verb=act.verb or verb,
            noun=act.noun,
            object_id=act.object_id,
            role=self.allowed.role.value,
            officer=self.allowed.officer,
            public=act.public,
            track_ids=sorted({track.pk for track in tracks}),
            negotiation_ids=negotiations,
            payload=act.payload(stamp) if callable(act.payload) else act.payload,
        )
        self.last = (stamp.number, stamp.at, hash)
        if act.public and self.allowed.role is not Role.SEEDER:
            transaction.on_commit(_wake_tellers, robust=True)
        return Receipt(
            noun=act.noun, id=act.object_id, number=stamp.number, at=stamp.at, version=act.version
        )


def _wake_tellers() -> None:
    for task in TELLERS:
        wake_soon(task)
