"""Publishing drafts, now or when an embargo ends; and the page on which several are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations import operations
from negotiations.desk_words import Role
from negotiations.operations import Receipt
from negotiations.pages.deeds import deed
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.numbers import number
from negotiations.pages.desk.preview import Preview, preview
from negotiations.pages.desk.review_form import ReviewForm, read_item
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries import ledger
from negotiations.queries.belonging import rest_on_it, rests_on
from negotiations.queries.desk_context import changed_since, kept_texts
from negotiations.queries.drafts import drafts_named
from negotiations.queries.releases import releases_of
from negotiations.queries.shapes import TrackRef
from negotiations.queries.shapes.desk import DraftRow
from negotiations.refusals import Refusal

Main = tuple[str, int] | None
Act = Callable[[Sitting, ReviewForm], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Drafts on one page: those it is about, what they rest on, what could go with them.

    `ticked` are those of the last that were chosen.
    """

    main: tuple[DraftRow, ...]
    needed: tuple[DraftRow, ...]
    offered: tuple[DraftRow, ...]
    ticked: frozenset[tuple[str, int]]

    @property
    def shown(self) -> tuple[DraftRow, ...]:
        """Those that the preview shows."""
        chosen = (row for row in self.offered if (row.noun, row.id) in self.ticked)
        return (*self.main, *self.needed, *chosen)

    @property
    def tracks(self) -> tuple[TrackRef, ...]:
        """The tracks that hear of it."""
        return tuple(dict.fromkeys(track for row in self.shown for track in row.tracks))


def together(sitting: Sitting, items: Sequence[tuple[str, int]], form: ReviewForm) -> Together:
    """These drafts with their company, as far as the account may see it."""
    needed = rests_on(items)
    further = rest_on_it([*items, *needed])
    rows = drafts_named([*items, *needed, *further], seat=sitting.seat)
    found = {(row.noun, row.id): row for row in rows}

    def those(wanted: Iterable[tuple[str, int]]) -> tuple[DraftRow, ...]:
        return tuple(found[item] for item in wanted if item in found)

    return Together(
        main=those(items), needed=those(needed), offered=those(further),
        ticked=frozenset(_ticked(form)),
    )  # fmt: skip


def _ticked(form: ReviewForm) -> Iterable[tuple[str, int]]:
    for text in form["items"].value() or ():
        try:
            noun, id, _version = read_item(str(text))
        except forms.ValidationError:
            continue
        yield noun, id


def publish(sitting: Sitting, form: ReviewForm, *, main: Main) -> str:
    """Publish the drafts that the form names; the address of what it leads to."""
    named = [(item["noun"], item["id"]) for item in form.named()]
    rows = {(r.noun, r.id): r for r in drafts_named(named, seat=sitting.seat)}
    receipts = operations.publish_together(by=sitting.by, now=sitting.now, **form.approval())
    first = next((r for r in receipts if (r.noun, r.id) == main), receipts[-1])
    # No message: it leads to a public page, which shows what was published, with its number.
    return address_of(first, rows[first.noun, first.id].tracks)


def release(sitting: Sitting, form: ReviewForm) -> str:
    """Approve them for a moment to come; the address of what waits."""
    operations.approve_release(
        by=sitting.by, now=sitting.now, release_at=form.release_at(), **form.approval()
    )
    said = _("Approved. Nobody outside the desk sees it before its moment.")
    messages.success(sitting.request, said)
    return reverse("pages:desk_releases")


def acts_on(main: Main) -> dict[str, Act]:
    """What a reviewer's buttons do; `main` is the draft that the page is about, if it is one."""
    return {"publish": partial(publish, main=main), "release": release}


def done(sitting: Sitting, form: ReviewForm, acts: Mapping[str, Act]) -> HttpResponse | None:
    """Do what the button says, once; None where the page is shown (again) with the form.

    Refuses `bad_request` for a button that there is not.
    """
    action = sitting.request.POST.get("action", "")
    if not sitting.posted:
        return None
    if action == "look":
        form.hold()
        return None
    if action not in acts:
        raise Refusal("bad_request")
    if not form.is_valid():
        return None
    return send(sitting, form, lambda: acts[action](sitting, form))


def address_of(receipt: Receipt, tracks: Sequence[TrackRef]) -> str:
    """Where readers find what was published: its own page, or its entry on its track."""
    place = f"#n{receipt.number}"
    if receipt.noun in ("statement", "source"):
        return reverse(f"pages:{receipt.noun}", kwargs={"id": receipt.id})
    if not tracks:
        return reverse("pages:changes") + place
    named = {"negotiation": tracks[0].negotiation, "track": tracks[0].slug}
    return reverse("pages:track", kwargs=named) + place


def judged(sitting: Sitting, company: Together, form: ReviewForm) -> dict[str, Any]:
    """All that a page of review tells beside the draft itself."""
    newest, items = ledger.latest_number(), [(row.noun, row.id) for row in company.shown]
    since = number(form["seen"].value()) if form.is_bound else newest
    if form.is_bound:
        form.renew(seen=newest)
    else:
        form.initial["seen"] = newest
    told = preview(sitting, company.shown) if company.shown else Preview()
    negotiations = {track.negotiation for row in company.shown for track in row.tracks}
    texts = kept_texts([row.id for row in company.shown if row.noun == "source"], seat=sitting.seat)
    return {
        "together": company, "preview": told, "number": newest,
        "may_review": sitting.seat.may(Role.REVIEWER, negotiations),
        "waiver_wanted": bool(told.personal) or any(row.mine for row in company.shown),
        "texts": texts, "transcribed": any(text.transcribed for text in texts),
        "since": tuple(
            (deed(change), since is not None and change.number > since)
            for change in changed_since(items, company.tracks)
        ),
        "releases": releases_of(items, seat=sitting.seat),
    }  # fmt: skip


@desk_page()
def publication(sitting: Sitting) -> HttpResponse:
    """Several drafts judged as one; `items` in the address are `noun:id`, repeated or by commas."""
    form, was_kept = sent(sitting, ReviewForm)
    response = done(sitting, form, acts_on(None))
    if response is not None:
        return response
    company = together(sitting, _wanted(sitting.request.GET.getlist("items")), form)
    told = {"kept": was_kept, **judged(sitting, company, form)}
    return answered(sitting, "desk/review/publication.html", form, told)


def _wanted(given: Sequence[str]) -> list[tuple[str, int]]:
    wanted = []
    for text in ",".join(given).split(","):
        noun, _colon, id = text.partition(":")
        if (named := number(id)) is not None:
            wanted.append((noun, named))
    if not wanted:
        raise Refusal("bad_items", at="items", most=100)
    return list(dict.fromkeys(wanted))
