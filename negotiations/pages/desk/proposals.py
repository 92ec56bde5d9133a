"""What a worker found in a page is proposed as a source, never imposed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _now

from negotiations import operations
from negotiations.addresses import shown_host
from negotiations.operations.captures import keep_captured
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import answered, send, sent
from negotiations.pages.desk.sources import SourceForm, statement_from
from negotiations.pages.desk.transcriptions import WaivedForm
from negotiations.queries import reading
from negotiations.queries.captures import known_source
from negotiations.queries.likeness import similar_texts
from negotiations.queries.shapes.captures import CaptureRecord, Proposal


def proposed(sitting: Sitting, told: CaptureRecord, found: Proposal) -> HttpResponse:
    """The form of a source as it is proposed; of a page that is known already, its source."""
    page: dict[str, Any] = {"capture": told, "found": found, "host": shown_host(found.url)}
    known = _known(sitting, told, found)
    if known is None:
        return _new(sitting, told, found, page)
    page |= {"known": known, "used": told.source is not None}
    form, page["kept"] = sent(sitting, partial(WaivedForm, published=known.published))
    act = partial(_keep, sitting, told.id, known.id)
    return _sent(sitting, form, act) or answered(sitting, "desk/sources/known.html", form, page)


def _new(
    sitting: Sitting, told: CaptureRecord, found: Proposal, page: dict[str, Any]
) -> HttpResponse:
    make = partial(SourceForm, initial=_initial(found), seat=sitting.seat)
    form, page["kept"] = sent(sitting, make)
    _tell_origins(form, found)
    page["similar"] = similar_texts(found.text, seat=sitting.seat)
    act = partial(_draft, sitting, form, told.id)
    return _sent(sitting, form, act) or answered(sitting, "desk/sources/proposed.html", form, page)


def _sent(sitting: Sitting, form: DeskForm, act: Callable[[], str]) -> HttpResponse | None:
    return send(sitting, form, act) if sitting.posted and form.is_valid() else None


def _known(sitting: Sitting, told: CaptureRecord, found: Proposal) -> reading.ReadSource | None:
    """The source that was made of this capture, or stands at one of its addresses."""
    if told.source is not None:
        return reading.read_source(told.source)
    known = known_source(found.url, seat=sitting.seat) or known_source(told.url, seat=sitting.seat)
    return reading.read_source(known.id) if known else None


def _keep(sitting: Sitting, capture: int, source: int) -> str:
    waiver = sitting.request.POST.get("waiver", "")
    keep_captured(by=sitting.by, now=sitting.now, capture=capture, source=source, waiver=waiver)
    messages.success(sitting.request, _now("The text was kept."))
    return statement_from(source)


def _draft(sitting: Sitting, form: DeskForm, capture: int) -> str:
    source = operations.draft_source(by=sitting.by, now=sitting.now, **form.arguments()).id
    keep_captured(by=sitting.by, now=sitting.now, capture=capture, source=source)
    messages.success(sitting.request, _now("Source saved as a draft, with its text."))
    return statement_from(source)


def _initial(found: Proposal) -> dict[str, Any]:
    return {
        "url": found.url, "title": found.title, "publisher": found.publisher or "",
        "published_on": found.published_on or _fed(found), "language": found.language,
    }  # fmt: skip


def _fed(found: Proposal) -> str:
    """The feed's moment of publication, to the minute, on the desk's clock."""
    here = found.fed_at.astimezone(settings.DESK_ZONE) if found.fed_at else None
    return here.isoformat(timespec="minutes") if here else ""


def _tell_origins(form: DeskForm, found: Proposal) -> None:
    """Say of each proposal where it came from, and of each gap that the page does not fill it."""
    silent = _now("The page does not tell it.")
    origins = {
        "url": _now("The page’s own address."),
        "title": _now("Proposed: the page’s own title.") if found.title else silent,
        "published_on": _dated(found) or silent,
        "language": _now("Proposed: what the page or its text says.") if found.language else silent,
    }
    for name, origin in origins.items():
        form.fields[name].help_text = f"{origin} {form.fields[name].help_text}".strip()
    form.fields["publisher"].help_text = _whose(found)


def _dated(found: Proposal) -> str:
    if found.published_on:
        return _now("Proposed: the date that the page gives.")
    return _now("Proposed: the moment that the feed gives.") if found.fed_at else ""


def _whose(found: Proposal) -> str:
    if found.publisher:
        return _now("Proposed: whose sources stand at %(host)s, or go by its name.") % {
            "host": shown_host(found.url)
        }
    if found.publisher_name:
        return _now(
            "The page calls itself “%(name)s”, which is no publisher known here. "
            "A new one is registered by an admin."
        ) % {"name": found.publisher_name}
    return f"{_now('The page does not tell it.')} {SourceForm.base_fields['publisher'].help_text}"
