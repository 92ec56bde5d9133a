"""Mails to owners of webhooks that were disabled: rows of work, sent once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from negotiations.models import Notice
from negotiations.operations.leases import give_back, take
from negotiations.operations.turns import one_at_a_time

# Until the next try where no mail server takes it.
_LATER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What to tell whom; `to` is "" where the account has no address."""

    row: Notice
    to: str
    name: str
    url: str
    subscription: int
    reason: str


def next_notice(*, now: datetime) -> Mail | None:
    """The notice that is due longest, for the time of a lease; None as well while another is being
    sent: however slow the mail server is, it keeps one worker.
    """
    with one_at_a_time("notices"):
        if Notice.objects.filter(leased_until__gt=now).exists():
            return None
        row = take(Notice.objects.select_related("subscription__owner"), now=now)
    if row is None:
        return None
    of = row.subscription
    return Mail(row=row, to=of.owner.email, name=of.name, url=of.url, subscription=of.pk,
                reason=row.reason)  # fmt: skip


def notice_sent(mail: Mail, *, now: datetime) -> bool:
    """It is done; False where the lease was lost."""
    return give_back(mail.row, due_at=None, sent_at=now)


def notice_failed(mail: Mail, *, now: datetime) -> bool:
    """It is tried again in a while."""
    return give_back(mail.row, due_at=now + _LATER)
