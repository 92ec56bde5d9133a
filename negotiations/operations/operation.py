"""What every operation is: one transaction, one ledger entry, taken last.

An operation is a keyword function that writes its rows and returns an `Act`; the decorator puts the
act into the ledger in the same transaction. The number is taken as the last step before commit, so
numbers are gapless and in commit order. Writers take turns from the first step on: each judges by
the record as it will be when it writes, and two of them never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled

from negotiations.models import Track
from negotiations.operations.arguments import check_arguments
from negotiations.operations.ledger import Stamp, append, lock, take_stamp
from negotiations.refusals import Refusal

P = ParamSpec("P")
Payload = Mapping[str, Any]


class Role(StrEnum):
    """In which role an officer acts; told with each public act."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    SEEDER = "seeder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: the account's id and the role it acts in."""

    officer: int
    role: Role


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the caller gets back: the row it wrote and the number of the act."""

    noun: str
    id: int
    number: int
    at: datetime


VERBS: dict[str, Callable[..., Receipt]] = {}


def operation(write: Callable[P, Act]) -> Callable[P, Receipt]:
    """Make a verb of the write door out of a function that returns its Act.

    The function takes `by: Actor` and `now: datetime` (aware) among its keywords. Raises Refusal as
    the function does, `wrong_kind` for an argument that is not what its annotation says, and `busy`
    when another writer holds a lock for longer than the limit.
    """

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> Receipt:
        check_arguments(write, kwargs)
        try:
            with transaction.atomic():
                lock()
                return _record(write.__name__, write(*args, **kwargs), kwargs)
        except OperationalError as error:
            if isinstance(error.__cause__, DeadlockDetected | LockNotAvailable | QueryCanceled):
                raise Refusal("busy") from error
            raise

    VERBS[write.__name__] = run
    return run


def _record(verb: str, act: Act, called_with: Mapping[str, Any]) -> Receipt:
    by: Actor = called_with["by"]
    stamp = take_stamp(now=called_with["now"])
    tracks = list(act.tracks)
    append(
        stamp=stamp,
        verb=act.verb or verb,
        noun=act.noun,
        object_id=act.object_id,
        role=by.role.value,
        officer=by.officer,
        public=act.public,
        track_ids=sorted({track.pk for track in tracks}),
        negotiation_ids=sorted({*act.negotiations, *(track.negotiation_id for track in tracks)}),
        payload=act.payload(stamp) if callable(act.payload) else act.payload,
    )
    return Receipt(noun=act.noun, id=act.object_id, number=stamp.number, at=stamp.at)
