"""Feeds and watched pages: how each is doing, and having one polled, paused, resumed, removed."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.operations import feeds as verbs
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send
from negotiations.queries import feeds as told
from negotiations.waking import wake


@desk_page(form=False)
def watched(sitting: Sitting) -> HttpResponse:
    """The negotiations whose feeds the officer keeps; where it is one alone, its feeds."""
    kept = told.watched(sitting.seat)
    if len(kept) == 1:
        return HttpResponseRedirect(page_of(kept[0].slug))
    return sitting.render("desk/feeds/watched.html", {"watched": kept})


@desk_page(form=False)
def feeds(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """All feeds of a negotiation with their health, those that want a look first."""
    found = told.feeds(negotiation, seat=sitting.seat)
    return sitting.render("desk/feeds/feeds.html", {"of": found.of, "feeds": found.feeds})


@desk_page()
def act(sitting: Sitting, *, id: int) -> HttpResponse:
    """One of the buttons beside a feed was pressed."""
    form = DeskForm(sitting.request.POST)
    form.is_valid()
    # First of all: a second copy of a removal goes where the first one went.
    done = send(sitting, form, lambda: _act(sitting, id, form)) if sitting.posted else None
    if done:
        return done
    negotiation, row = told.feed(id, seat=sitting.seat)
    if not sitting.posted:
        return HttpResponseRedirect(page_of(negotiation))
    page = {"feed": row, "negotiation": negotiation}
    return answered(sitting, "desk/feeds/refused.html", form, page)


def page_of(negotiation: str) -> str:
    """Where the feeds of a negotiation stand."""
    return reverse("pages:desk_feeds_of", kwargs={"negotiation": negotiation})


def wake_poller() -> None:
    """Ask a worker to poll what is due, once that is committed."""
    transaction.on_commit(lambda: wake("negotiations.poll"))


def _act(sitting: Sitting, id: int, form: DeskForm) -> str:
    """Do it, and say so; what no button is called does nothing."""
    negotiation, _feed = told.feed(id, seat=sitting.seat)
    by, now, said = sitting.by, sitting.now, ""
    match sitting.request.POST.get("action"):
        case "poll":
            verbs.poll_now(by=by, now=now, feed=id)
            said = _("It is polled as soon as its host may be asked again.")
        case "pause":
            verbs.pause_feed(by=by, feed=id)
            said = _("The feed is paused.")
        case "resume":
            verbs.resume_feed(by=by, now=now, feed=id)
            said = _("The feed is polled again.")
        case "remove":
            verbs.remove_feed(by=by, feed=id, version=form.cleaned_data.get("version") or 0)
            said = _("The feed is removed. Its clippings stay.")
    if said:
        messages.success(sitting.request, said)
        wake_poller()
    return page_of(negotiation)
