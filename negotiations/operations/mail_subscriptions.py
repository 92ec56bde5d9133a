"""Subscriptions of readers, who have no account: a link in a mail is their key.

Whether an address is known is told to nobody: each request makes a new row, which does nothing
before its reader confirms it. It is work and no act on the record, so it leaves no entry.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from negotiations.addresses import to_ascii
from negotiations.desk_words import Ending, LetterKind, Rhythm
from negotiations.models import (
    LedgerEntry,
    LedgerMark,
    Letter,
    MailSubscription,
    Negotiation,
    Track,
)
from negotiations.operations.following import begin_reading
from negotiations.operations.lookups import find
from negotiations.operations.rhythms import next_digest
from negotiations.operations.texts import clean
from negotiations.operations.turns import one_at_a_time
from negotiations.refusals import Refusal

CONFIRM_WITHIN = timedelta(days=3)
MOST_CONFIRMATIONS = 3
# The name under which mails read the ledger.
READER = "mails"
_DAY = timedelta(days=1)
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
Scope = tuple[list[int], list[int]]


def ask_subscription(
    *, address: str, about: Sequence[str], rhythm: str, language: str, now: datetime
) -> int:
    """Keep what a reader asks for, with a letter that asks them to confirm it; wake a worker then.

    `about` names negotiations and tracks (`rok-us`, `rok-us/security`). Returns the id. Refusal
    `bad_email`, `nothing_chosen`, `no_such_row`, `unknown_word`, and `too_many_confirmations` when
    three were asked for within a day, known or not.
    """
    to, scope = read_mail_address(address), _scope(about)
    _check_words(rhythm, language)
    with one_at_a_time("mail_subscription", to):
        asked = MailSubscription.objects.filter(address=to, asked_at__gt=now - _DAY)
        if asked.count() >= MOST_CONFIRMATIONS:
            raise Refusal("too_many_confirmations", at="/address", most=MOST_CONFIRMATIONS)
        row = MailSubscription(
            address=to, language=language, rhythm=rhythm, negotiation_ids=scope[0],
            track_ids=scope[1], asked_at=now,
        )  # fmt: skip
        row.tokens = [digest_of(token_of(row))]
        row.save(force_insert=True)
        Letter.objects.create(
            subscription=row, kind=LetterKind.CONFIRMATION.value, made_at=now, due_at=now
        )
    return row.pk


def confirm_subscription(*, token: str, now: datetime, zone: ZoneInfo) -> None:
    """From now on its reader is told; doing so twice changes nothing.

    An older one of the same address for the same is replaced. Refusal `link_unknown` (also when
    three days are over), `letters_over`.
    """
    with transaction.atomic():
        row = _of(token, now=now)
        if row.confirmed_at is not None:
            return
        # Whoever reads the ledger on may come for the first time after the first act.
        begin_reading(READER)
        newest = LedgerEntry.objects.filter(public=True).order_by("-number")
        row.confirmed_at = now
        row.told_through = newest.values_list("number", flat=True).first() or 0
        row.digest_at = next_digest(row.rhythm, now=now, zone=zone)
        row.save(update_fields=["confirmed_at", "told_through", "digest_at"])
        same = MailSubscription.objects.select_for_update().filter(
            address=row.address, negotiation_ids=row.negotiation_ids, track_ids=row.track_ids,
            confirmed_at__isnull=False,
        )  # fmt: skip
        for older in same.exclude(pk=row.pk).order_by("pk"):
            end(older, Ending.REPLACED, now=now)


def change_subscription(
    *,
    token: str,
    about: Sequence[str],
    rhythm: str,
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Other tracks, another rhythm or language; what was gathered is told in the new rhythm.

    Refuses as `ask_subscription` and `confirm_subscription` do, `link_unknown` also before it is
    confirmed.
    """
    scope = _scope(about)
    _check_words(rhythm, language)
    with transaction.atomic():
        row = _of(token, now=now)
        if row.confirmed_at is None:
            raise Refusal("link_unknown")
        if row.digest_at is None:
            # Of what was told at once only that is noted which concerned it; nothing comes again.
            row.told_through = max(row.told_through, _read_through())
        if rhythm != row.rhythm:
            # What was gathered so far goes out before letters come at once.
            gathered = rhythm == Rhythm.IMMEDIATE and row.digest_at is not None
            row.digest_at = now if gathered else next_digest(rhythm, now=now, zone=zone)
        row.rhythm, row.language = rhythm, language
        row.negotiation_ids, row.track_ids = scope
        row.save()


def end_subscription(*, token: str, now: datetime) -> None:
    """Nothing is sent any more, and the address is forgotten; twice is once.

    Refusal `link_unknown`.
    """
    with transaction.atomic():
        row = _row(token)
        if row.ended_at is None:
            end(row, Ending.READER, now=now)


def end(row: MailSubscription, why: Ending, *, now: datetime) -> None:
    """End a subscription that is locked; its letters go with it."""
    row.ended_at, row.ended_because, row.address, row.digest_at = now, why.value, "", None
    row.save(update_fields=["ended_at", "ended_because", "address", "digest_at"])
    row.letters.filter(sent_at=None).delete()


def forget_unconfirmed(*, now: datetime) -> int:
    """Drop what nobody confirmed within three days; returns how many."""
    late = MailSubscription.objects.filter(
        confirmed_at=None, ended_at=None, asked_at__lte=now - CONFIRM_WITHIN
    )
    return late.delete()[1].get("negotiations.MailSubscription", 0)


def token_of(row: MailSubscription) -> str:
    """The token in this subscription's links, under the site's secret of today."""
    made = salted_hmac("negotiations.mail_subscription", row.key.hex, algorithm="sha256")
    return made.hexdigest()


def known_token(row: MailSubscription) -> str:
    """The same, known from now on as well where the site's secret is a new one."""
    token = token_of(row)
    if (digest := digest_of(token)) not in row.tokens:
        row.tokens = [*row.tokens, digest]
        row.save(update_fields=["tokens"])
    return token


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def read_mail_address(text: str) -> str:
    """The address as mail is sent to it: in small letters, an international host in its ASCII form.

    Refusal `bad_email`, also for a name before the @ that plain SMTP cannot carry; `bad_text`.
    """
    address = clean(text, at="/address").lower()
    local, _, host = address.rpartition("@")
    try:
        plain = to_ascii(host) if host else ""
    except UnicodeError:
        plain = ""
    labels = plain.split(".")
    well = all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()
    named = len(labels) > 1 or plain == "localhost"
    found = f"{local}@{plain}"
    if not (_LOCAL.fullmatch(local) and len(local) <= 64 and well and named and len(found) <= 254):
        raise Refusal("bad_email", at="/address")
    return found


def _of(token: str, *, now: datetime) -> MailSubscription:
    """The subscription that can still be acted on, locked."""
    row = _row(token)
    if row.ended_at is not None:
        raise Refusal("letters_over")
    if row.confirmed_at is None and row.asked_at <= now - CONFIRM_WITHIN:
        raise Refusal("link_unknown")
    return row


def _row(token: str) -> MailSubscription:
    rows = MailSubscription.objects.select_for_update()
    row = rows.filter(tokens__contains=[digest_of(token)]).first()
    if row is None:
        raise Refusal("link_unknown")
    return row


def _scope(about: Sequence[str]) -> Scope:
    """Ids of the negotiations, and of the tracks that are not within one of them; in order."""
    if not about:
        raise Refusal("nothing_chosen", at="/about")
    whole = {path for path in about if "/" not in path}
    negotiations = {find(Negotiation, slug=slug).pk for slug in whole}
    tracks = set()
    for path in set(about) - whole:
        of, _, slug = path.partition("/")
        row = find(Track, path, negotiation__slug=of, slug=slug)
        if row.negotiation_id not in negotiations:
            tracks.add(row.pk)
    return sorted(negotiations), sorted(tracks)


def _check_words(rhythm: str, language: str) -> None:
    if rhythm not in {one.value for one in Rhythm}:
        raise Refusal("unknown_word", at="/rhythm", word=rhythm, vocabulary="rhythm")
    if language not in dict(settings.LANGUAGES):
        raise Refusal("unknown_word", at="/language", word=language, vocabulary="language")


def _read_through() -> int:
    mark = LedgerMark.objects.filter(name=READER).values_list("number", flat=True).first()
    return mark or 0
