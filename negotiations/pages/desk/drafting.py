"""Drafts of every noun: a new one, a changed one, the correction of a published row.

A noun's form and template are declared once in `NOUNS`; these three views are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from negotiations import operations
from negotiations.operations import Receipt
from negotiations.operations.rehearsal import rehearse
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm, DraftForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries import drafts
from negotiations.queries.shapes.desk import DraftDetail
from negotiations.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """How the desk drafts a noun.

    `check` tells what an officer should see before saving: a mapping for the template, made of the
    arguments (the verb has been rehearsed with them); `preview` tells the same of the draft as it
    would stand then, which it can read. `around` tells what the form needs beside it
    (choices, the text to quote from), made of the form as it stands. `onward` is a link to what an
    officer is likely to do after saving.
    """

    form: type[DraftForm]
    template: str
    verb: Callable[..., Receipt]
    check: Callable[[Sitting, Mapping[str, Any]], Mapping[str, Any]] = lambda _s, _a: {}
    preview: Callable[[Sitting, Receipt], Mapping[str, Any]] = lambda _s, _r: {}
    around: Callable[[Sitting, DeskForm], Mapping[str, Any]] = lambda _s, _f: {}
    onward: Callable[[DeskForm], str] = lambda _f: ""


NOUNS: dict[str, Noun] = {}


@desk_page()
def new(sitting: Sitting, *, noun: str) -> HttpResponse:
    """A new draft; the query string fills fields in."""
    return begin(sitting, noun)


def begin(sitting: Sitting, noun: str) -> HttpResponse:
    """What `new` answers."""
    wanted = {name: text for name, text in sitting.request.GET.items() if text}
    return _write(sitting, noun, initial=wanted, place={})


@desk_page()
def edit(sitting: Sitting, *, noun: str, id: int) -> HttpResponse:
    """Change a draft; it names the version that the officer saw."""
    try:
        told = drafts.draft(noun, id, seat=sitting.seat)
        if told.published:
            raise Refusal("already_published", noun=noun)
    except Refusal as refusal:
        if not sitting.posted:
            raise
        return _too_late(sitting, noun, id, refusal)
    place = {"amends": id, "supersedes": told.row.supersedes}
    return _write(sitting, noun, initial=_initial(noun, told), place=place, draft=told)


@desk_page()
def correct(sitting: Sitting, *, noun: str, id: int) -> HttpResponse:
    """Draft the correction of a published row, which stays as it is beside it."""
    told = drafts.draft(noun, id, seat=sitting.seat)
    initial = {**_initial(noun, told), "correction_reason": ""}
    return _write(sitting, noun, initial=initial, place={"supersedes": id}, corrects=told)


def _too_late(sitting: Sitting, noun: str, id: int, refusal: Refusal) -> HttpResponse:
    """The draft is published or gone: what was typed may become a correction or a new draft."""
    published = refusal.code == "already_published"
    form = NOUNS[noun].form(sitting.request.POST, seat=sitting.seat, correcting=published)
    form.hold()
    form.refuse(refusal)
    form.renew()
    name, named = ("desk_correct", {"id": id}) if published else ("desk_new", {})
    address = reverse(f"pages:{name}", kwargs={"noun": noun, **named})
    return _show(sitting, noun, form, {"elsewhere": address, "published": published})


def _initial(noun: str, told: DraftDetail) -> dict[str, Any]:
    return {**NOUNS[noun].form.shown(told.body), "version": told.row.version}


def _write(
    sitting: Sitting,
    noun: str,
    *,
    initial: Mapping[str, Any],
    place: Mapping[str, Any],
    **told: Any,
) -> HttpResponse:
    how, request = NOUNS[noun], sitting.request
    correcting = place.get("supersedes") is not None
    make = partial(how.form, initial=dict(initial), seat=sitting.seat, correcting=correcting)
    form, told["kept"] = sent(sitting, make)
    action = request.POST.get("action", "save")
    if not sitting.posted:
        pass
    elif action not in ("save", "submit", "check"):
        form.press(action)
        form.hold()
    elif not form.is_valid():
        pass
    elif action == "check":
        told["checked"] = _check(sitting, noun, form, place)
    else:
        response = send(sitting, form, lambda: _save(sitting, noun, form, place, action))
        if response is not None:
            return response
        _compare(sitting, noun, form, place)
    return _show(sitting, noun, form, told)


def _save(
    sitting: Sitting, noun: str, form: DeskForm, place: Mapping[str, Any], action: str
) -> str:
    receipt = _run(sitting, noun, form, place)
    saved = _("Draft saved.")
    if action == "submit":
        saved = _("Saved and handed in for review.")
        operations.submit_draft(
            by=sitting.by, now=sitting.now, noun=noun, id=receipt.id, version=receipt.version
        )
    messages.success(sitting.request, format_html("{} {}", saved, NOUNS[noun].onward(form)))
    return reverse("pages:desk_draft", kwargs={"noun": noun, "id": receipt.id})


def _run(sitting: Sitting, noun: str, form: DeskForm, place: Mapping[str, Any]) -> Receipt:
    version = {"version": form.cleaned_data["version"]} if "amends" in place else {}
    arguments = {**form.arguments(), **place, **version}
    return NOUNS[noun].verb(by=sitting.by, now=sitting.now, **arguments)


def _check(
    sitting: Sitting, noun: str, form: DeskForm, place: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    try:
        return rehearse(
            lambda: _run(sitting, noun, form, place),
            lambda receipt: {
                "receipt": receipt, **NOUNS[noun].check(sitting, {**form.arguments(), **place}),
                **NOUNS[noun].preview(sitting, receipt),
            },
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        _compare(sitting, noun, form, place)
        return None


def _compare(sitting: Sitting, noun: str, form: DeskForm, place: Mapping[str, Any]) -> None:
    if form.status == 412 and "amends" in place:
        now = drafts.draft(noun, place["amends"], seat=sitting.seat)
        form.compare(now.body, version=now.row.version)


def _show(sitting: Sitting, noun: str, form: DeskForm, told: Mapping[str, Any]) -> HttpResponse:
    around = NOUNS[noun].around(sitting, form)
    return answered(sitting, NOUNS[noun].template, form, {"noun": noun, **told, **around})
