"""Sending a form: its act is done once, however often the button is pressed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.http import HttpResponse, HttpResponseRedirect

from negotiations.operations.answers import Kept, given, once
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.keeping import kept
from negotiations.refusals import Refusal

F = TypeVar("F", bound=DeskForm)


def sent(sitting: Sitting, make: Callable[..., F]) -> tuple[F, bool]:
    """The form as it was sent, as it was kept through a sign-in, or new; and whether it was kept.

    `make` takes what was typed, if anything was.
    """
    if sitting.posted:
        return make(sitting.request.POST), False
    typed = kept(sitting.request)
    if typed is None:
        return make(), False
    form = make(typed)
    form.renew()
    form.hold()
    return form, True


def answered(
    sitting: Sitting, template: str, form: DeskForm, told: Mapping[str, object]
) -> HttpResponse:
    """The form's page, with the status of what stands against the form."""
    status = 422 if form.is_bound and form.errors and form.status == 200 else form.status
    return sitting.render(template, {**told, "form": form}, status=status)


def send(sitting: Sitting, form: DeskForm, act: Callable[[], str]) -> HttpResponse | None:
    """Do `act`, which returns the address it leads to, and go there.

    A second copy of the same sending goes to the same place. None where it was refused: the form
    holds the sentence then, and everything that was typed.
    """

    def answer() -> Kept:
        return Kept(status=303, headers={"Location": act()})

    request, officer = sitting.request, sitting.seat.officer
    # Whatever stands in the field, its digest can be kept.
    once_only = request.POST.get("once") or uuid.uuid4().hex
    key = f"form:{hashlib.sha256(once_only.encode(errors='surrogatepass')).hexdigest()}"
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    asked = f"{request.get_full_path()}\n{typed.urlencode()}".encode()
    try:
        made = once(officer=officer, key=key, asked=asked, now=sitting.now, answer=answer)
    except Refusal as refusal:
        if refusal.code == "key_reused":
            form.went = given(officer=officer, key=key).headers.get("Location", "")
            refusal = Refusal("form_reused")
        form.refuse(refusal)
        form.renew()
        return None
    return HttpResponseRedirect(made.headers["Location"], status=303)
