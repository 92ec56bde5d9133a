"""Floor 0: the words of the desk: who may do what, and how far a draft or a piece of work is."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do in a negotiation; each may do what those before it may.

    The last three belong to no account: who loads seeds, who sits at the machine itself, and the
    nightly look at what is kept.
    """

    READER = "reader"
    OFFICER = "officer"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    SEEDER = "seeder"
    CONSOLE = "console"
    KEEPER = "keeper"


HELD = (Role.READER, Role.OFFICER, Role.REVIEWER, Role.ADMIN)


def includes(role: str, needed: Role) -> bool:
    """Whether who holds `role` may do what takes `needed`."""
    return HELD.index(Role(role)) >= HELD.index(needed)


class Scope(StrEnum):
    """What a personal token is good for; each includes those before it."""

    READ = "read"
    DRAFT = "draft"
    PUBLISH = "publish"


class Review(StrEnum):
    """Where a draft stands between its drafter and the second officer; empty: still in work."""

    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"


class CaptureState(StrEnum):
    """How far the capture of an address is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ReleaseState(StrEnum):
    """What became of an approval under embargo; held: refused when its moment came."""

    WAITING = "waiting"
    RELEASED = "released"
    HELD = "held"
    CANCELLED = "cancelled"


class FeedKind(StrEnum):
    """What is polled: a feed (RSS, Atom, JSON Feed), or a page whose links are watched."""

    FEED = "feed"
    PAGE = "page"


class ClippingState(StrEnum):
    """What became of a clipping; snoozed ones come back."""

    NEW = "new"
    SNOOZED = "snoozed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Rhythm(StrEnum):
    """How often a reader gets letters."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


class LetterKind(StrEnum):
    """What a letter is: a question whether the address is right, or news of the record."""

    CONFIRMATION = "confirmation"
    NEWS = "news"


class Ending(StrEnum):
    """Why a subscription ended: by its reader, for its address takes no mail, by a newer one."""

    READER = "reader"
    UNDELIVERABLE = "undeliverable"
    REPLACED = "replaced"


class SubscriptionState(StrEnum):
    """Whether a webhook is sent: paused by an officer, disabled by its own failures, closed."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    CLOSED = "closed"


class Part(StrEnum):
    """Whose sign of life it is: a worker's, or the clock's that starts what is periodic."""

    WORKER = "worker"
    BEAT = "beat"
