"""The newest public acts of the ledger, in plain words, with what is needed to check them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from negotiations.pages.deeds import deed
from negotiations.pages.page import Context, page
from negotiations.pages.questions import Question
from negotiations.queries import ledger
from negotiations.refusals import Refusal

PAGE_LENGTH = 40


@page(
    "changes.html",
    twin="/api/v1/changes/",
    twin_takes=("negotiation", "track"),
    takes=("cursor", "negotiation", "track"),
    clocked=False,
)
def changes(question: Question) -> Context:
    """Newest first; `negotiation` and `track` narrow it, `cursor` is the number to go below."""
    found = ledger.recent_changes(
        before=_number(question.parameter("cursor")),
        limit=PAGE_LENGTH,
        negotiation=question.parameter("negotiation"),
        track=question.parameter("track"),
    )
    return {
        "deeds": tuple(deed(change) for change in found.results),
        "next": found.next,
        "older": bool(question.parameter("cursor")),
        "narrowed": bool(question.parameter("negotiation") or question.parameter("track")),
    }


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    raise Refusal("bad_parameter", at="cursor", name="cursor", why=_("it is a ledger number"))
