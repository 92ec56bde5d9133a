"""Mails about webhooks that were disabled, in both languages, for they are read once."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from negotiations.dispatch import mails
from negotiations.dispatch.letters import one_line
from negotiations.operations.notices import Mail, next_notice, notice_failed, notice_sent
from negotiations.refusals import SENTENCES

log = logging.getLogger(__name__)


def send_next_notice(*, now: datetime) -> bool:
    """Send the notice that is due longest, outside any transaction; False where none is."""
    mail = next_notice(now=now)
    if mail is None:
        return False
    try:
        if mail.to:
            mails.send(_message(mail))
    except OSError as error:  # what smtplib raises is one, too
        log.warning("the notice of webhook %s was not sent: %s", mail.subscription, error)
        notice_failed(mail, now=now)
    else:
        notice_sent(mail, now=now)
    return True


def _message(mail: Mail) -> EmailMultiAlternatives:
    texts = []
    for language in ("en", "ko"):
        with translation.override(language):
            texts.append(_text(mail, language))
    name = one_line(mail.name)
    return mails.message(
        id=f"webhook-notice-{mail.row.pk}", made_at=mail.row.made_at, to=mail.to,
        subject=f"Parley: webhook disabled / 웹훅 중단 – {name}", text="\n\n".join(texts),
    )  # fmt: skip


def _text(mail: Mail, language: str) -> str:
    sentence = SENTENCES[mail.reason]
    told = {
        "name": one_line(mail.name),
        "url": mail.url,
        "why": sentence.ko if language == "ko" else sentence.en,
        "address": f"{mails.root()}/desk/webhooks/{mail.subscription}/",
    }
    return render_to_string("dispatch/webhook_disabled.txt", told)
