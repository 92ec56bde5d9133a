"""What the workers do: who is at work, what waits, how far long jobs are, what was set aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from negotiations.desk_words import Role
from negotiations.operations.again import try_again
from negotiations.pages.desk.ages import age
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.queries import jobs as queries
from negotiations.queries.heartbeats import HeardWorkers, heard
from negotiations.queries.workload import ReaderBehind, pieces_behind, readers, workload
from negotiations.refusals import Refusal
from negotiations.waking import reach_of

# Three times the half minute after which the clock is heard of again.
_BEAT_LATE = 90
# A kind that has no line here goes by its own name.
_NAMES: dict[str, str | Promise] = {
    "capture": _("Captures"),
    "evidencecheck": _("Cited pages to look at again"),
    "feed": _("Feeds to look at"),
    "letter": _("Letters to readers"),
    "notice": _("Mails about webhooks"),
    "release": _("Embargoes that have ended"),
    "subscription": _("Webhooks to send to"),
    "pieces": _("Acts to be made ready for readers"),
    "webhooks": _("Acts to be told to webhooks"),
    "mails": _("Acts to be told in letters"),
    "rebuild": _("Making everything ready anew"),
    "export": _("Writing the nightly files"),
    "check_ledger": _("Checking the ledger"),
    "rehash": _("Hashing anew what is kept"),
}


class AgainForm(DeskForm):
    """Which work is tried again."""

    kind = forms.CharField(max_length=40)
    id = forms.IntegerField(min_value=1)


@desk_page()
def jobs(sitting: Sitting) -> HttpResponse:
    """The state of the workers and their work; an admin tries again here what was set aside."""
    if sitting.posted and not sitting.seat.rules:
        raise Refusal("not_allowed", role=Role.ADMIN.value)
    form, _kept = sent(sitting, AgainForm)
    if sitting.posted and form.is_valid():
        response = send(sitting, form, lambda: _again(sitting, form))
        if response is not None:
            return response
    return answered(sitting, "desk/jobs.html", form, _told(sitting))


def _again(sitting: Sitting, form: AgainForm) -> str:
    try_again(by=sitting.by, now=sitting.now, **form.arguments())
    messages.success(
        sitting.request, gettext("It is due now; a worker takes it up within half a minute.")
    )
    return reverse("pages:desk_jobs")


def _told(sitting: Sitting) -> dict[str, Any]:
    now = sitting.now
    waits = [
        {"name": named(one.kind), "due": one.due, "age": age(one.age_seconds)}
        for one in workload(now=now)
    ]
    behind = [one for one in (pieces_behind(now=now), *readers(now=now)) if one is not None]
    return {
        "signs": signs(heard(now=now), reach=reach_of(settings.CELERY_BROKER_URL)),
        "waits": waits,
        "readers": _readers(behind),
        "runs": _runs(queries.runs(now=now), now),
        "captures": queries.captures_under_way(sitting.seat),
        "aside": [(named(one.kind), one) for one in queries.aside_rows(sitting.seat)],
    }


def _readers(behind: Iterable[ReaderBehind]) -> list[dict[str, Any]]:
    return [
        {"name": named(one.name), "behind": one.behind, "age": age(one.age_seconds)}
        for one in behind
    ]


def _runs(told: Iterable[queries.JobTold], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "name": named(one.name), "run": one,
            "silent": age((now - one.moved_at).total_seconds()),
            "took": age(((one.ended_at or now) - one.begun_at).total_seconds()),
        }
        for one in told
    ]  # fmt: skip


def named(kind: str) -> str:
    """What a kind of work, a reader of the ledger or a job is called."""
    return str(_NAMES.get(kind, kind))


def signs(life: HeardWorkers, *, reach: str) -> list[tuple[bool, str]]:
    """The health of workers, clock and broker: whether it is well, and a sentence."""
    return [_workers(life.workers), _clock(life.beat_age_seconds), *_broker(reach)]


def _workers(count: int) -> tuple[bool, str]:
    if count == 0:
        return False, gettext(
            "No worker was heard of within a minute: nothing is fetched, released or sent until"
            " one runs."
        )
    text = ngettext("{n} worker is at work.", "{n} workers are at work.", count)
    return True, text.format(n=count)


def _clock(seconds: float | None) -> tuple[bool, str]:
    if seconds is None:
        return False, gettext("The clock that starts what is periodic has never been heard of.")
    if seconds > _BEAT_LATE:
        text = gettext("The clock that starts what is periodic was last heard of {age} ago.")
        return False, text.format(age=age(seconds))
    return True, gettext("The clock was heard of {age} ago.").format(age=age(seconds))


def _broker(reach: str) -> list[tuple[bool, str]]:
    if reach == "unreachable":
        return [(False, gettext("The broker, which wakes the workers, is out of reach."))]
    return [(True, gettext("The broker can be reached."))] if reach == "reachable" else []
