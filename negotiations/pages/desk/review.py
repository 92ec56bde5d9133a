"""One draft, as readers will see it: handed in, thrown away, sent back, published."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations import operations
from negotiations.desk_words import Review, Role
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.drafting import NOUNS
from negotiations.pages.desk.forms import Difference, written
from negotiations.pages.desk.publication import Act, acts_on, done, judged, together
from negotiations.pages.desk.review_form import ReviewForm, saw, seen_body
from negotiations.pages.desk.sending import answered, sent
from negotiations.queries import drafts
from negotiations.queries.shapes.desk import DraftDetail
from negotiations.refusals import Refusal


@desk_page()
def draft(sitting: Sitting, *, noun: str, id: int) -> HttpResponse:
    """A draft and what can be done with it; a published row leads to its own page."""
    form, was_kept = sent(sitting, ReviewForm)
    response = done(sitting, form, _acts_on((noun, id)))
    if response is not None:
        return response
    try:
        told = drafts.draft(noun, id, seat=sitting.seat)
    except Refusal as refusal:
        if not sitting.posted:
            raise
        return _gone(sitting, form, refusal)
    if told.published and not sitting.posted:
        return HttpResponseRedirect(reverse("pages:desk_record", kwargs={"noun": noun, "id": id}))
    if told.published:
        return answered(sitting, "desk/review/published.html", form, {"draft": told})
    return _show(sitting, told, form, kept=was_kept)


def _show(sitting: Sitting, told: DraftDetail, form: ReviewForm, *, kept: bool) -> HttpResponse:
    row = told.row
    page: dict[str, Any] = {
        "kept": kept, "draft": told, "changed": _changed(sitting, told, form),
    }  # fmt: skip
    now = {"version": row.version, "saw": saw(told.body)}
    if form.is_bound:
        form.renew(**now)
    else:
        form.initial = {**form.initial, **now}
    page |= judged(sitting, together(sitting, [(row.noun, row.id)], form), form)
    negotiations = {track.negotiation for track in row.tracks}
    page |= {
        "may_discard": row.mine or sitting.seat.may(Role.ADMIN, negotiations),
        "submitted": row.review == Review.SUBMITTED,
        "sent_back": row.review == Review.SENT_BACK,
    }
    return answered(sitting, "desk/review/draft.html", form, page)


def _changed(sitting: Sitting, told: DraftDetail, form: ReviewForm) -> tuple[Difference, ...]:
    """What is not as the reviewer saw it, when the draft was changed meanwhile."""
    before, noun = seen_body(form, told.body) if form.is_bound else None, told.row.noun
    if before is None or noun not in NOUNS or str(told.row.version) == form["version"].value():
        return ()
    make, corrects = NOUNS[noun].form, told.row.supersedes is not None
    now, then = (
        make(initial=make.shown(body), seat=sitting.seat, correcting=corrects)
        for body in (told.body, before)
    )
    return tuple(
        Difference(label=str(now[name].label), theirs=written(now[name]), mine=written(then[name]))
        for name in now.fields
        if not now[name].is_hidden and written(now[name]) != written(then[name])
    )


def _gone(sitting: Sitting, form: ReviewForm, refusal: Refusal) -> HttpResponse:
    """The draft was thrown away meanwhile; what was typed about it is shown once more."""
    if not form.errors:
        form.refuse(refusal)
    return sitting.render("desk/review/gone.html", {"form": form}, status=refusal.status)


def _submit(sitting: Sitting, form: ReviewForm, *, main: tuple[str, int]) -> str:
    operations.submit_draft(by=sitting.by, now=sitting.now, **_named(form, main))
    messages.success(sitting.request, _("Handed in for review."))
    return _address(main)


def _send_back(sitting: Sitting, form: ReviewForm, *, main: tuple[str, int]) -> str:
    note = form.cleaned_data["note"]
    operations.send_back(by=sitting.by, now=sitting.now, note=note, **_named(form, main))
    messages.success(sitting.request, _("Sent back with your note."))
    return _address(main)


def _discard(sitting: Sitting, form: ReviewForm, *, main: tuple[str, int]) -> str:
    operations.discard_draft(by=sitting.by, now=sitting.now, **_named(form, main))
    messages.success(sitting.request, _("The draft was thrown away."))
    return reverse("pages:desk")


def _acts_on(main: tuple[str, int]) -> dict[str, Act]:
    own = {"submit": _submit, "send_back": _send_back, "discard": _discard}
    return {**acts_on(main), **{name: partial(act, main=main) for name, act in own.items()}}


def _named(form: ReviewForm, main: tuple[str, int]) -> dict[str, Any]:
    noun, id = main
    return {"noun": noun, "id": id, "version": form.cleaned_data["version"] or 0}


def _address(main: tuple[str, int]) -> str:
    noun, id = main
    return reverse("pages:desk_draft", kwargs={"noun": noun, "id": id})
