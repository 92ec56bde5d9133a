"""A worker's part of the mails: make letters of what happened, and send one after the other.

No transaction is open while a mail server is spoken to. A worker that dies after the server took
a letter, and before that was noted, sends it again: the same message, with the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from negotiations.desk_words import LetterKind
from negotiations.dispatch import mails
from negotiations.dispatch.letters import Words, confirmation, links, news_letter
from negotiations.operations import mail_subscriptions, mailing
from negotiations.stopwatch import clock_from

log = logging.getLogger(__name__)


def write_letters(*, now: datetime) -> bool:
    """Rows for the letters that there are to be, from one step along the ledger and one batch of
    digests; whether there is more to do.
    """
    more = mailing.gather_news(now=now)
    return mailing.gather_digests(now=now, zone=settings.DESK_ZONE) or more


def send_next(*, now: datetime) -> bool:
    """Send the letter that is due longest; False where none is."""
    letter = mailing.take_letter(now=now)
    if letter is None:
        return False
    clock = clock_from(now)
    try:
        if letter.text or _write(letter, now=now):
            mails.send(_message(letter))
            mailing.letter_sent(letter, now=clock())
    except Exception as error:  # whatever goes wrong, other letters wait behind this one
        refusal = mails.refusal_of(error)
        log.warning("letter %s was not sent: %s %s", letter.pk, refusal.code, type(error).__name__)
        mailing.letter_failed(letter, refusal, now=clock())
    return True


def _write(letter: Any, *, now: datetime) -> bool:
    """Make the words of a letter and keep them; False where there is nothing to say."""
    words = _words(letter, now=now)
    if words is None:
        mailing.drop_letter(letter)
        return False
    return mailing.keep_words(letter, subject=words.subject, text=words.text, html=words.html)


def _words(letter: Any, *, now: datetime) -> Words | None:
    token = mail_subscriptions.known_token(letter.subscription)
    if letter.kind == LetterKind.CONFIRMATION:
        return confirmation(letter.subscription_id, token=token)
    return news_letter(
        letter.subscription_id, token=token, after=letter.after, through=letter.through, now=now
    )


def _message(letter: Any) -> EmailMultiAlternatives:
    headers = {"X-Parley-Letter": letter.kind}
    if letter.kind == LetterKind.NEWS:
        token = mail_subscriptions.token_of(letter.subscription)
        own = links(letter.subscription.language, token)["own"]
        headers |= {
            "Precedence": "list",
            "List-Id": f"Parley <letters.{mails.host()}>",
            "List-Unsubscribe": f"<{own}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return mails.message(
        id=letter.key.hex, made_at=letter.made_at, to=letter.subscription.address,
        subject=letter.subject, text=letter.text, html=letter.html, headers=headers,
    )  # fmt: skip
