"""The queue of clippings: what feeds caught is taken up, put away, snoozed, given to somebody."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations.addresses import shown_host
from negotiations.operations import clippings as verbs
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.sources import statement_from
from negotiations.queries import clippings as told
from negotiations.queries.shapes.clippings import ClippingRecord
from negotiations.waking import wake

_PILES = {
    "open": _("To triage"), "mine": _("Given to you"), "snoozed": _("Snoozed"),
    "decided": _("Decided"),
}  # fmt: skip
_NAPS = [("1", _("until tomorrow")), ("3", _("for three days")), ("7", _("for a week")),
         ("30", _("for a month"))]  # fmt: skip


class TriageForm(DeskForm):
    """What becomes of one clipping: which fields count is said by the button."""

    places = {"officer": "officer"}

    reason = forms.CharField(
        label=_("Why it is dismissed"), required=False, max_length=verbs.LONGEST_REASON
    )
    days = forms.ChoiceField(label=_("Snooze it"), choices=_NAPS, required=False)
    officer = forms.ChoiceField(label=_("Give it to"), required=False)

    def __init__(self, *args: Any, clipping: ClippingRecord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", clipping.version)
        self.initial.setdefault("officer", str(clipping.assigned_to or ""))
        known = [(str(id), name) for id, name in told.officers_of(clipping.negotiation)]
        if clipping.assigned_to and str(clipping.assigned_to) not in dict(known):
            known.append((str(clipping.assigned_to), clipping.assigned_name))
        officer = self.fields["officer"]
        assert isinstance(officer, forms.ChoiceField)
        officer.choices = [("", _now("nobody")), *known]


@desk_page(form=False)
def clippings(sitting: Sitting) -> HttpResponse:
    """A pile of the queue, by negotiation and track where they are named."""
    asked = sitting.request.GET
    pile = asked.get("pile", "open")
    pile = pile if pile in _PILES else "open"
    negotiation, track = asked.get("negotiation", ""), asked.get("track", "")
    found = told.clippings(
        sitting.seat, now=sitting.now, pile=pile, negotiation=negotiation, track=track,
        cursor=asked.get("cursor") or None,
    )  # fmt: skip
    page = {
        "pile": pile, "piles": list(_PILES.items()), "clippings": found.results,
        "onward": found.next, "track": track,
    }  # fmt: skip
    return sitting.render("desk/clippings/clippings.html", page)


@desk_page()
def clipping(sitting: Sitting, *, id: int) -> HttpResponse:
    """One clipping, and what may become of it."""
    found = told.clipping(id, seat=sitting.seat)
    form, was_kept = sent(sitting, partial(TriageForm, clipping=found))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _act(sitting, form, id))
        if done is not None:
            return done
        found = told.clipping(id, seat=sitting.seat)
        form.renew(version=found.version)
    page = {"clipping": found, "host": shown_host(found.url), "kept": was_kept}
    return answered(sitting, "desk/clippings/clipping.html", form, page)


def _act(sitting: Sitting, form: TriageForm, id: int) -> str:
    """Do what the button says; where it leads."""
    seen = {"clipping": id, "version": form.cleaned_data.get("version") or 0}
    by, now, said = sitting.by, sitting.now, ""
    match sitting.request.POST.get("action"):
        case "accept":
            return _accept(sitting, seen)
        case "dismiss":
            reason = form.cleaned_data["reason"]
            verbs.dismiss_clipping(by=by, now=now, reason=reason, **seen)
            said = _now("Dismissed.")
        case "snooze":
            until = now + timedelta(days=int(form.cleaned_data["days"] or 1))
            verbs.snooze_clipping(by=by, now=now, until=until, **seen)
            said = _now("Snoozed.")
        case "mine":
            verbs.assign_clipping(by=by, officer=by.officer, **seen)
            said = _now("It is yours.")
        case "assign":
            officer = form.cleaned_data["officer"]
            verbs.assign_clipping(by=by, officer=int(officer) if officer else None, **seen)
            said = _now("Given.") if officer else _now("It is nobody’s now.")
        case "reopen":
            verbs.reopen_clipping(by=by, **seen)
            said = _now("Back in the queue.")
    if said:
        messages.success(sitting.request, said)
    return reverse("pages:desk_clippings")


def _accept(sitting: Sitting, seen: dict[str, int]) -> str:
    """To the statement's form where the source is known, else to the capture of its page."""
    taken = verbs.accept_clipping(by=sitting.by, now=sitting.now, **seen)
    if taken.source is not None:
        return statement_from(taken.source)
    transaction.on_commit(lambda: wake("negotiations.capture"))
    return reverse("pages:desk_capture", kwargs={"id": taken.capture})
