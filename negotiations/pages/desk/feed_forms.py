"""A feed or a watched page is added or changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations.desk_words import FeedKind
from negotiations.operations.feeds import (
    LEAST_MINUTES,
    MOST_MINUTES,
    MOST_TITLE,
    add_feed,
    change_feed,
)
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.feeds import page_of, wake_poller
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.picks import Pick
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries import choices
from negotiations.queries import feeds as told
from negotiations.queries.shapes.feeds import FeedRecord

_KINDS = (
    (FeedKind.FEED.value, _("a feed: RSS, Atom or JSON Feed")),
    (FeedKind.PAGE.value, _("a page whose links are watched")),
)


class FeedForm(DeskForm):
    """What is polled, and how often."""

    places = {"duplicate": "url", "bad_text": "title"}

    kind = forms.ChoiceField(
        label=_("What is watched"), choices=_KINDS, widget=forms.RadioSelect, initial="feed"
    )
    url = forms.CharField(
        label=_("Address"), max_length=2000, widget=forms.TextInput({"inputmode": "url"})
    )
    title = forms.CharField(
        label=_("Title"), max_length=MOST_TITLE, required=False,
        help_text=_("Empty: as the feed calls itself."),
    )  # fmt: skip
    publisher = Pick(
        label=_("Publisher"), required=False, help_text=_("Where all of it has one publisher.")
    )
    links_under = forms.CharField(
        label=_("Of a page: only links that begin with"), max_length=2000, required=False,
        help_text=_("A path such as /news/, or an address. Empty: all links to its own host."),
    )  # fmt: skip
    every_minutes = forms.IntegerField(
        label=_("Poll every … minutes"), initial=15, min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=_("While nothing new comes it is polled less often, up to once an hour."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        publisher = self.fields["publisher"]
        assert isinstance(publisher, Pick)
        publisher.offer(choices.publishers(), id_for_list="publishers")


@desk_page()
def new(sitting: Sitting, *, negotiation: str) -> HttpResponse:
    """A feed more."""
    of = told.feeds(negotiation, seat=sitting.seat).of
    form, was_kept = sent(sitting, FeedForm)
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _add(sitting, negotiation, form))
        if done:
            return done
    return answered(sitting, "desk/feeds/form.html", form, {"of": of, "kept": was_kept})


@desk_page()
def edit(sitting: Sitting, *, id: int) -> HttpResponse:
    """Change a feed; it can be removed here, too."""
    negotiation, feed = told.feed(id, seat=sitting.seat)
    initial = {**FeedForm.shown(_body(feed)), "version": feed.version}
    form, was_kept = sent(sitting, lambda *typed: FeedForm(*typed, initial=initial))
    if sitting.posted and form.is_valid():
        done = send(sitting, form, lambda: _change(sitting, negotiation, id, form))
        if done:
            return done
        if form.has_error("__all__", "version_conflict"):
            form.compare(_body(feed), version=feed.version)
    page = {"feed": feed, "negotiation": negotiation, "kept": was_kept}
    removal = DeskForm(auto_id="removal_%s", initial={"version": feed.version})
    return answered(sitting, "desk/feeds/form.html", form, {**page, "removal": removal})


def _body(feed: FeedRecord) -> dict[str, Any]:
    return {name: getattr(feed, name) or "" for name in FeedForm.base_fields if hasattr(feed, name)}


def _arguments(form: FeedForm) -> dict[str, Any]:
    given = form.arguments()
    return {**given, "publisher": given["publisher"] or None}


def _add(sitting: Sitting, negotiation: str, form: FeedForm) -> str:
    add_feed(by=sitting.by, now=sitting.now, negotiation=negotiation, **_arguments(form))
    messages.success(sitting.request, _now("The feed is added and is polled at once."))
    wake_poller()
    return page_of(negotiation)


def _change(sitting: Sitting, negotiation: str, id: int, form: FeedForm) -> str:
    seen = form.cleaned_data.get("version") or 0
    change_feed(by=sitting.by, now=sitting.now, feed=id, version=seen, **_arguments(form))
    messages.success(sitting.request, _now("The feed is changed."))
    wake_poller()
    return page_of(negotiation)
