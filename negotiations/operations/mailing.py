"""Letters to readers: which ones there are to be, and what becomes of each.

A letter is first a row that says which acts it tells of; the worker that takes it makes its words,
which are kept, and sends them. It is work and no act on the record, so it leaves no entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from negotiations.desk_words import Ending, LetterKind, Rhythm, Role
from negotiations.models import LedgerEntry, Letter, MailSubscription, Track
from negotiations.models.mailing import TOLD
from negotiations.operations.following import reading_on
from negotiations.operations.leases import give_back, take
from negotiations.operations.lookups import find
from negotiations.operations.mail_subscriptions import READER, end
from negotiations.operations.permissions import Actor, require
from negotiations.operations.rhythms import next_digest
from negotiations.operations.turns import one_at_a_time
from negotiations.refusals import Refusal

MOST_ACTS = 100
MOST_DIGESTS = 200
MOST_AT_ONCE = 4
# A letter that the server refused for good for its address; so many in a row end a subscription.
MOST_REFUSED = 3
KEPT_FOR = timedelta(days=30)
AFTER = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2),
    timedelta(hours=12),
)  # fmt: skip
_FOR_GOOD = "mail_undeliverable"


def gather_news(*, now: datetime) -> bool:
    """Read the ledger on: a letter for each reader who wants to be told at once, of all acts of
    this step that concern them. Whether more acts may be waiting.
    """
    with reading_on(READER, limit=MOST_ACTS) as step:
        numbers = [act.number for act in step.acts]
        acts = list(LedgerEntry.objects.filter(**TOLD, number__in=numbers).order_by("number"))
        if acts:
            _tell_at_once(acts, now=now)
    return len(numbers) == MOST_ACTS


def gather_digests(*, now: datetime, zone: ZoneInfo) -> bool:
    """A letter for each reader whose digest is due, if something happened. Whether more are due."""
    with transaction.atomic():
        due = MailSubscription.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            digest_at__lte=now
        )
        newest = LedgerEntry.objects.filter(public=True).order_by("-number")
        through = newest.values_list("number", flat=True).first() or 0
        concerning = Q(negotiation_ids__overlap=OuterRef("negotiation_ids")) | Q(
            track_ids__overlap=OuterRef("track_ids")
        )
        news = LedgerEntry.objects.filter(
            concerning, **TOLD, number__gt=OuterRef("told_through"), number__lte=through
        )
        rows = list(due.annotate(news=Exists(news)).order_by("digest_at", "pk")[:MOST_DIGESTS])
        _write(((row, through) for row in rows if row.news), now=now)
        for row in rows:
            row.told_through = max(row.told_through, through)
            row.digest_at = next_digest(row.rhythm, now=now, zone=zone)
        MailSubscription.objects.bulk_update(rows, ["told_through", "digest_at"])
    return len(rows) == MOST_DIGESTS


def take_letter(*, now: datetime) -> Letter | None:
    """The letter that is due longest, with its subscription; None where none is, or while
    MOST_AT_ONCE are being sent: however slow the mail server is, other work has its workers.
    """
    with one_at_a_time("letters"):
        if Letter.objects.filter(leased_until__gt=now).count() >= MOST_AT_ONCE:
            return None
        return take(Letter.objects.select_related("subscription"), now=now)


def keep_words(letter: Letter, *, subject: str, text: str, html: str) -> bool:
    """Keep the words of a letter that is held; False where its lease was lost."""
    letter.subject, letter.text, letter.html = subject, text, html
    mine = Letter.objects.filter(pk=letter.pk, turn=letter.turn, leased_until__isnull=False)
    return mine.update(subject=subject, text=text, html=html) == 1


def drop_letter(letter: Letter) -> None:
    """There is nothing to tell any more, or nobody to tell it to."""
    Letter.objects.filter(pk=letter.pk, turn=letter.turn).delete()


def letter_sent(letter: Letter, *, now: datetime) -> bool:
    """Its words are not kept any longer; False where the lease was lost."""
    told: dict[str, Any] = {"sent_at": now, "text": "", "html": "", "refusal": "", "facts": {}}
    with transaction.atomic():
        MailSubscription.objects.filter(pk=letter.subscription_id).update(refused=0)
        return give_back(letter, due_at=None, attempts=F("attempts") + 1, **told)


def letter_failed(letter: Letter, refusal: Refusal, *, now: datetime) -> bool:
    """Keep why, and try again after 1, 5 and 30 minutes, 2 and 12 hours; then it is set aside.

    An address for which the server refuses mail for good is not tried again, and its subscription
    ends with the third such letter in a row. False where the lease was lost.
    """
    again = None
    if refusal.code != _FOR_GOOD and letter.attempts < len(AFTER):
        again = now + AFTER[letter.attempts]
    with transaction.atomic():
        held = give_back(
            letter, due_at=again, aside="" if again else refusal.code, refusal=refusal.code,
            facts=dict(refusal.facts), attempts=F("attempts") + 1,
        )  # fmt: skip
        if held and refusal.code == _FOR_GOOD:
            _count_refused(letter.subscription_id, now=now)
    return held


def retry_letter(*, by: Actor, now: datetime, letter: int) -> None:
    """Try a letter again that was set aside.

    Refusal `no_such_row`; `not_allowed` unless admin of all that its subscription is about.
    """
    allowed = require(by, Role.ADMIN)
    with transaction.atomic():
        aside = Letter.objects.select_for_update(of=("self",)).exclude(aside="")
        row = find(aside.select_related("subscription"), letter, pk=letter)
        allowed.within(negotiations_of(row.subscription))
        row.aside, row.due_at, row.attempts, row.lost = "", now, 0, 0
        row.save(update_fields=["aside", "due_at", "attempts", "lost"])


def forget_letters(*, now: datetime) -> int:
    """Drop the rows of letters that were sent more than a month ago; returns how many."""
    return Letter.objects.filter(sent_at__lte=now - KEPT_FOR).delete()[0]


def negotiations_of(row: MailSubscription) -> set[int]:
    """The ids of the negotiations that a subscription is about, wholly or in part."""
    tracks = Track.objects.filter(pk__in=row.track_ids)
    return {*row.negotiation_ids, *tracks.values_list("negotiation_id", flat=True)}


def _tell_at_once(acts: Sequence[LedgerEntry], *, now: datetime) -> None:
    about = Q(negotiation_ids__overlap=[n for act in acts for n in act.negotiation_ids])
    about |= Q(track_ids__overlap=[t for act in acts for t in act.track_ids])
    rows = MailSubscription.objects.select_for_update().filter(
        about, rhythm=Rhythm.IMMEDIATE, confirmed_at__isnull=False, ended_at=None, digest_at=None
    )
    told = []
    for row in rows.order_by("pk"):
        last = max((act.number for act in acts if _concerns(row, act)), default=0)
        if last > row.told_through:
            told.append((row, last))
    _write(told, now=now)
    readers: dict[int, list[int]] = defaultdict(list)
    for row, last in told:
        readers[last].append(row.pk)
    for last, ids in readers.items():
        MailSubscription.objects.filter(pk__in=ids).update(told_through=last)


def _concerns(row: MailSubscription, act: LedgerEntry) -> bool:
    return not (
        set(row.negotiation_ids).isdisjoint(act.negotiation_ids)
        and set(row.track_ids).isdisjoint(act.track_ids)
    )


def _write(told: Any, *, now: datetime) -> None:
    Letter.objects.bulk_create(
        (
            Letter(
                subscription=row, kind=LetterKind.NEWS.value, after=row.told_through,
                through=through, made_at=now, due_at=now,
            )
            for row, through in told
        ),
        batch_size=1000,
    )  # fmt: skip


def _count_refused(subscription: int, *, now: datetime) -> None:
    row = MailSubscription.objects.select_for_update().get(pk=subscription)
    row.refused += 1
    row.save(update_fields=["refused"])
    if row.refused >= MOST_REFUSED and row.ended_at is None:
        end(row, Ending.UNDELIVERABLE, now=now)
