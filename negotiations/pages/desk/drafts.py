"""Drafts by pile and by noun, newest first; some of them can be reviewed as one."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.nouns import PLURALS
from negotiations.queries import desk

PAGE_LENGTH = 30
NAMES: dict[str, Promise] = {
    "review": _("To review"),
    "back": _("Sent back to you"),
    "mine": _("Yours, in work"),
    "handed": _("Yours, handed in"),
    "all": _("All"),
}


@desk_page(form=False)
def drafts(sitting: Sitting) -> HttpResponse:
    """One pile: `pile` (all), `noun` and `cursor` are the query's."""
    asked = sitting.request.GET
    pile, noun = asked.get("pile") or "all", asked.get("noun") or None
    found = desk.draft_pile(
        sitting.seat, pile=pile, noun=noun, limit=PAGE_LENGTH, cursor=asked.get("cursor") or None
    )
    told = {"drafts": found.results, "next": found.next, "older": bool(asked.get("cursor"))}
    chosen = {"pile": pile, "noun": noun, "piles": NAMES, "nouns": tuple(PLURALS)}
    return sitting.render("desk/drafts.html", {**told, **chosen})
