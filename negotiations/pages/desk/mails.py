"""Mails that lie in the folder, where no mail server is set up.

Admins see the letters to readers. What goes to accounts holds links that open them, so a superuser
alone sees it, who may do everything already.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from negotiations.desk_words import Role
from negotiations.mail_folder import KeptMail, kept_mail, newest_mails
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.refusals import Refusal

SHOWN = 100
_FOLDER = "negotiations.mail_folder.MailFolder"


@desk_page(needs=Role.ADMIN, form=False)
def mails(sitting: Sitting) -> HttpResponse:
    """The newest mails, those of accounts for superusers alone."""
    found = [mail for mail in newest_mails(limit=SHOWN) if _may_see(sitting, mail)]
    told = {"mails": found, "kept_here": settings.EMAIL_BACKEND == _FOLDER}
    return sitting.render("desk/mails/mails.html", told)


@desk_page(needs=Role.ADMIN, form=False)
def mail(sitting: Sitting, *, file: str) -> HttpResponse:
    """One mail, as text with its headers."""
    found = kept_mail(file)
    if found is None or not _may_see(sitting, found):
        raise Refusal("not_found")
    return sitting.render("desk/mails/mail.html", {"mail": found})


def _may_see(sitting: Sitting, mail: KeptMail) -> bool:
    return sitting.seat.superuser or not mail.to_account
