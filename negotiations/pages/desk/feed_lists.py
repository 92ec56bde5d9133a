"""Lists of feeds (OPML): taken in, and handed out."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from negotiations.operations.feeds import Imported, import_feeds
from negotiations.opml import read_opml, write_opml
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.feeds import page_of, wake_poller
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.frames import language_now
from negotiations.queries import feeds as told
from negotiations.refusals import Refusal

MOST_BYTES = 1_000_000
# So many addresses that were refused are named.
_NAMED = 5


class ListForm(DeskForm):
    """A file of addresses."""

    file = forms.FileField(
        label=_("OPML file"),
        help_text=_("At most 1 MB. Feeds that are known already are left as they are."),
        widget=forms.ClearableFileInput({"accept": ".opml,.xml,text/x-opml,text/xml"}),
    )

    def clean_file(self) -> Any:
        """The file, where it is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."), "too_large")
        return file


@desk_page()
def take_in(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """Add the feeds of a list."""
    of = told.feeds(negotiation, seat=sitting.seat).of
    files = sitting.request.FILES if sitting.posted else None
    form, was_kept = sent(sitting, partial(ListForm, files=files))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _import(sitting, negotiation, form))
        if done:
            return done
    return answered(sitting, "desk/feeds/import.html", form, {"of": of, "kept": was_kept})


@desk_page(form=False)
def hand_out(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """The feeds of a negotiation as a file for other readers."""
    found = told.feeds(negotiation, seat=sitting.seat)
    title = found.of.title_ko if language_now() == "ko" else found.of.title_en
    body = write_opml(found.feeds, title=title or found.of.title_en, at=sitting.now)
    answer = HttpResponse(body, content_type="text/x-opml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{negotiation}.opml"'
    return answer


def _import(sitting: Sitting, negotiation: str, form: ListForm) -> str:
    try:
        outlines = read_opml(form.cleaned_data["file"].read())
    except Refusal as refusal:
        raise Refusal(refusal.code, at="/file", **refusal.facts) from None
    done = import_feeds(by=sitting.by, now=sitting.now, negotiation=negotiation, outlines=outlines)
    _tell(sitting, done)
    wake_poller()
    return page_of(negotiation)


def _tell(sitting: Sitting, done: Imported) -> None:
    added = ngettext("%(n)s feed was added.", "%(n)s feeds were added.", done.added)
    known = ngettext("%(n)s was known already.", "%(n)s were known already.", done.known)
    both = f"{added % {'n': done.added}} {known % {'n': done.known}}"
    messages.success(sitting.request, both)
    if done.refused:
        named = {"n": len(done.refused), "urls": ", ".join(done.refused[:_NAMED])}
        left = _now("Left out, for they are no http or https addresses (%(n)s): %(urls)s")
        messages.warning(sitting.request, left % named)
    if done.over:
        over = _now("%(n)s were left out, for a negotiation cannot have so many feeds.")
        messages.warning(sitting.request, over % {"n": done.over})
