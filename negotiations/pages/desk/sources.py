"""Sources at the desk: their form, their list, and asking for what is not captured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.operations.captures import request_capture
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.forms import DeskForm, DraftForm
from negotiations.pages.desk.picks import Pick
from negotiations.queries import choices, reading
from negotiations.refusals import Refusal
from negotiations.waking import wake

_NOT_CAPTURED = "not-captured"


class SourceForm(DraftForm):
    """One document at one address."""

    places = {"bad_date": "published_on", "captured_at": "published_on", "capture": "url"}

    url = forms.CharField(
        label=_("Address"), max_length=4000, widget=forms.TextInput({"inputmode": "url"})
    )
    title = forms.CharField(label=_("Title"), max_length=1000)
    publisher = Pick(
        label=_("Publisher"), help_text=_("By its name. A new one is registered by an admin.")
    )
    published_on = forms.CharField(
        label=_("Published on"),
        max_length=64,
        help_text=_("2025-10-01, or to the minute: 2025-10-01T09:30+09:00."),
    )
    language = forms.CharField(
        label=_("Language"), max_length=12, help_text=_("en, ko, ja … as BCP 47 writes it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        publisher = self.fields["publisher"]
        assert isinstance(publisher, Pick)
        publisher.offer(choices.publishers(), id_for_list="publishers")


@desk_page(form=False)
def listed(sitting: Sitting) -> HttpResponse:
    """The sources drafted last; those without a text, where `only=not-captured` asks for them."""
    only = sitting.request.GET.get("only") == _NOT_CAPTURED
    rows = reading.newest_sources(captured=False if only else None)
    return sitting.render("desk/sources/list.html", {"sources": rows, "only": only})


def ask_for(sitting: Sitting, url: str) -> str:
    """Ask for the capture of an address; where its progress is told."""
    id = request_capture(by=sitting.by, now=sitting.now, url=url)
    transaction.on_commit(lambda: wake("negotiations.capture"))
    return reverse("pages:desk_capture", kwargs={"id": id})


def statement_from(source: int) -> str:
    """The address of the form for a statement from a source."""
    return f"{reverse('pages:desk_new', kwargs={'noun': 'statement'})}?source={source}"


def _text(sitting: Sitting, form: DeskForm) -> Mapping[str, Any]:  # noqa: ARG001 (as all nouns)
    """The text that was kept of the source that the address names."""
    match = sitting.request.resolver_match
    id = match.kwargs.get("id") if match else None
    try:
        return {"reading": reading.read_source(id)} if id else {}
    except Refusal:  # the draft was thrown away while somebody typed: the form tells it
        return {}


NOUNS["source"] = Noun(
    form=SourceForm, template="desk/sources/form.html", verb=operations.draft_source, around=_text
)
