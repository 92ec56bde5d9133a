"""Pages that were found otherwise by night, and what is kept of a page: for the desk alone."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.operations.nights import look_again, take_note
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.questions import plain_question
from negotiations.queries import drafts, keeping
from negotiations.refusals import Refusal
from negotiations.waking import wake

# A stranger's page: nothing in it runs, loads or leads out of its frame.
_SHUT = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class PageForm(DeskForm):
    """What is to be done about which page."""

    check = forms.IntegerField(min_value=1)
    action = forms.ChoiceField(choices=[("again", ""), ("note", "")])


@desk_page()
def evidence(sitting: Sitting) -> HttpResponse:
    """What the nightly checks found: pages moved, altered, gone, out of reach; damaged copies."""
    form, _kept = sent(sitting, PageForm)
    if sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _act(sitting, form))
        if response is not None:
            return response
    clocks = plain_question(now=sitting.now).clocks
    page = {
        "pages": keeping.watched_pages(sitting.seat, clocks=clocks),
        "damaged": keeping.damaged_copies() if sitting.seat.rules else (),
    }
    return answered(sitting, "desk/evidence.html", form, page)


@desk_page(form=False)
def archive(sitting: Sitting, *, id: int) -> HttpResponse:
    """The answer that a source's text was taken from, as a WARC file."""
    drafts.draft("source", id, seat=sitting.seat)
    response = HttpResponse(keeping.warc(id), content_type="application/warc")
    response["Content-Disposition"] = f'attachment; filename="source-{id}.warc.gz"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@desk_page(form=False)
def archived_page(sitting: Sitting, *, id: int) -> HttpResponse:
    """The page of a source as it was kept, cleaned."""
    drafts.draft("source", id, seat=sitting.seat)
    kept = keeping.kept(id)
    if not kept.html:
        raise Refusal("not_found")
    title = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{id}</title></head><body>'
    response = HttpResponse(f"{title}{kept.html}</body></html>")
    response["Content-Security-Policy"] = _SHUT
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _act(sitting: Sitting, form: PageForm) -> str:
    check = form.cleaned_data["check"]
    if form.cleaned_data["action"] == "note":
        take_note(by=sitting.by, check=check)
        messages.success(sitting.request, _("Noted. The desk page leaves it out from now on."))
    else:
        look_again(by=sitting.by, now=sitting.now, check=check)
        transaction.on_commit(lambda: wake("negotiations.keep"))
        messages.success(
            sitting.request, _("The page is looked at as soon as its host may be asked.")
        )
    return reverse("pages:desk_evidence")
