"""A brief or a handover as HTML and as PDF: its stamp, its levels, its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations.pages.dates import in_words
from negotiations.pages.frames import in_language, language_now
from negotiations.pages.paper_breaks import all_breakable
from negotiations.pages.papers import LEVELS, Level, Line, Sheet
from negotiations.pages.places import city
from negotiations.pages.questions import Question, clock_query
from negotiations.queries.briefs import fingerprint
from negotiations.queries.shapes.briefs import Brief, Stamped
from negotiations.queries.shapes.handovers import Handover
from negotiations.typesetting import pdf

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "briefs" / "sheet.typ"
Told = Brief | Handover
Write = Callable[[Any, Level], Sheet]


def paper(told: Told, write: Write, *, pages: int, question: Question) -> bytes:
    """The PDF: as large as fits into so many pages; the same bytes for the same facts and site.

    What is asked knows the address of the site, and how to wait for Typst.
    """
    root = question.root
    sheets = [leading_on(write(told, level), pinned(told)) for level in LEVELS]
    language = language_now()
    link = root + in_language(told.address, language)
    data: dict[str, Any] = {
        "name": f"{sheets[0].kind}: {sheets[0].title.text}",
        "sheets": [_for_typst(sheet, language) for sheet in sheets],
        "pages": pages,
        "root": root.partition("://")[2],
        "root-url": root,
        "stamp": [{"label": label, "text": text} for label, text in stamp(told)],
        "link": {
            "label": _("Permanent link"),
            "url": link,
            "text": link.partition("://")[2],
            "why": _("tells what has changed since, and which endnotes were corrected."),
        },
        "endnotes": _("Endnotes"),
        "addresses": _("Addresses begin with {site}.").format(site=root.partition("://")[2]),
        "paraphrase": _("paraphrase"),
        "no-reading": _("The desk has no reading of it yet."),
    }
    data["stamp"].append({"label": f"{_('To check it')}:", "text": check(told, root)})
    return pdf(TEMPLATE, data, at=told.as_of.replace(microsecond=0), aside=question.aside)


def stamp(told: Told) -> list[tuple[str, str]]:
    """What is printed on it: the three clocks, the act, the digest; each with its label."""
    return [
        (f"{_('Clocks')}:", clocks(told)),
        ("SHA-256:", fingerprint(told)),
    ]


def clocks(told: Stamped) -> str:
    """The three clocks in words, with the zone of this desk."""
    language = language_now()
    return _(
        "on {on} · public by {known_by} · from our record up to act № {number}, {as_of}"
    ).format(
        on=in_words(told.on.isoformat(), language),
        known_by=_moment(told.known_by, language),
        number=f"{told.ledger_number:,d}",
        as_of=_moment(told.as_of, language),
    )


def check(told: Stamped, root: str) -> str:
    """A line for a shell whose answer is the digest."""
    return f"curl -s '{root}{twin(told)}' | sha256sum"


def twin(told: Stamped) -> str:
    """The path of the JSON that the digest is of."""
    return f"/api/v1/negotiations{told.address}"


def _moment(value: Any, language: str) -> str:
    if not isinstance(value, datetime):
        return in_words(value.isoformat(), language)
    there = value.astimezone(settings.DESK_ZONE)
    words = in_words(there.date().isoformat(), language)
    return f"{words} {there:%H:%M} ({city(settings.TIME_ZONE, language)})"


def leading_on(sheet: Sheet, clocks: str) -> Sheet:
    """The sheet with the addresses at which each of its parts goes on, under these clocks."""
    named = {"negotiation": sheet.negotiation}
    sections = (
        replace(
            section,
            others=tuple(_leading_on(line, sheet.negotiation, clocks) for line in section.others),
            more_path=reverse(f"pages:{section.more_page}", kwargs=named),
            more_query="&".join(filter(None, (urlencode(section.more_asked), clocks))),
        )
        if section.more
        else section
        for section in sheet.sections
    )
    return replace(sheet, sections=tuple(sections))


def _leading_on(line: Line, negotiation: str, clocks: str) -> Line:
    named = {"negotiation": negotiation, "track": line.track}
    return replace(
        line, path="?".join(filter(None, (reverse("pages:track", kwargs=named), clocks)))
    )


def pinned(told: Stamped) -> str:
    """The clocks that it stands on, as a query string."""
    return clock_query(on=told.on, known_by=told.known_by, as_of=told.as_of)


def _for_typst(sheet: Sheet, language: str) -> dict[str, Any]:
    told: dict[str, Any] = all_breakable(asdict(sheet))
    for note in told["notes"]:
        note["address"] = in_language(note["address"], language)
    return told
