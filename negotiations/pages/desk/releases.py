"""Embargoes: what waits for its moment, what was held when it came."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.desk_words import ReleaseState
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries.releases import ReleaseRow
from negotiations.queries.releases import releases as releases_for

# Why an approval was held, where the sentence of the refusal would name what is not kept with it.
_WHY = {
    "stale": _("Something newer was published on its track after the approval."),
    "version_conflict": _("A draft was changed after the approval."),
    "already_published": _("One of the drafts had been published before."),
    "no_such_row": _("A draft had been thrown away."),
    "not_allowed": _("Whoever approved it is no longer a reviewer there."),
    "retracted_evidence": _("What it rests on had been retracted."),
    "unpublished_evidence": _("What it rests on is not published."),
    "already_corrected": _("What it corrects had been corrected by another draft."),
    "failed": _("Something went wrong here at that moment; it has been noted."),
    "unusual_move": _("By then it was an unusual move, and no reason is given."),
}


class CancelForm(DeskForm):
    """Which approval is taken back."""

    release = forms.IntegerField(min_value=1)


@desk_page()
def releases(sitting: Sitting) -> HttpResponse:
    """What waits and what is held; an approval is taken back here."""
    form, _kept = sent(sitting, CancelForm)
    if sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _cancel(sitting, form))
        if response is not None:
            return response
    rows = releases_for(sitting.seat)
    page = {
        "waiting": [row for row in rows if row.state == ReleaseState.WAITING],
        "held": [(row, because(row)) for row in rows if row.state == ReleaseState.HELD],
    }
    return answered(sitting, "desk/review/releases.html", form, page)


def because(row: ReleaseRow) -> str:
    """Why an approval was held, in words."""
    known = _WHY.get(row.refusal)
    return str(known) if known else gettext("A rule refused it: {code}.").format(code=row.refusal)


def _cancel(sitting: Sitting, form: CancelForm) -> str:
    operations.cancel_release(by=sitting.by, now=sitting.now, release=form.cleaned_data["release"])
    messages.success(sitting.request, gettext("The approval is taken back; the drafts stay."))
    return reverse("pages:desk_releases")
