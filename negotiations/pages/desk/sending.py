"""Sending a form: its act is done once, however often the button is pressed."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect

from negotiations.operations.answers import Kept, given, once
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.forms import DeskForm
from negotiations.refusals import Refusal


def send(sitting: Sitting, form: DeskForm, act: Callable[[], str]) -> HttpResponse | None:
    """Do `act`, which returns the address it leads to, and go there.

    A second copy of the same sending goes to the same place. None where it was refused: the form
    holds the sentence then, and everything that was typed.
    """

    def answer() -> Kept:
        return Kept(status=303, headers={"Location": act()})

    request, officer = sitting.request, sitting.seat.officer
    key = f"form:{request.POST.get('once') or uuid.uuid4().hex}"[:255]
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
