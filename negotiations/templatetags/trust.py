"""The marks of trust beside a claim, and the addresses at which an error in it is reported."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from negotiations.operations.seeding import WAIVER
from negotiations.pages.trust import UNKEPT, Trust, trust_of
from negotiations.recognition import is_korean
from negotiations.templatetags.parley import glyph
from negotiations.vocabulary import EvidenceState

register = template.Library()
_HEALTH = {
    EvidenceState.INTACT.value: (
        _("page intact"),
        _("No nightly check has found the page otherwise than it is kept here."),
    ),
    EvidenceState.MOVED.value: (
        _("page moved"),
        _("The page stands at another address now, with the words in it."),
    ),
    EvidenceState.ALTERED.value: (
        _("words altered at the source"),
        _("The live page no longer has these words; the text kept here does."),
    ),
    EvidenceState.GONE.value: (
        _("page gone"),
        _("The publisher no longer has the page; its text is kept here."),
    ),
    EvidenceState.UNCHECKED.value: (
        _("page not checked"),
        _("The kept text was typed off, so no machine compares it with the page."),
    ),
    UNKEPT: (_("text not kept"), _("No text of the source is kept here yet.")),
}
_MOST_DOTS = 4


@register.simple_tag(takes_context=True)
def trust(context: template.Context, claim: Any) -> Trust:
    """How far a record can be trusted; `healths` in the context are those of its sources."""
    return trust_of(claim, healths=context.get("healths"))


@register.filter
def witnesses(number: int) -> SafeString:
    """How many independent witnesses there are: dots, and the number in words."""
    words = ngettext("%(n)s independent witness", "%(n)s independent witnesses", number)
    return glyph("witness", str(min(number, _MOST_DOTS)), words % {"n": number})


@register.filter
def health_mark(word: str) -> SafeString:
    """How the page of a source was found again: shape and word."""
    return glyph("evidence_state", word, str(_HEALTH[word][0]))


@register.filter
def health_meaning(word: str) -> str:
    """The same in a sentence."""
    return str(_HEALTH[word][1])


@register.filter
def graded(admiralty: str) -> SafeString:
    """An Admiralty code as it stands in a line."""
    return format_html('<span class="grade">{}</span>', admiralty)


@register.simple_tag
def report_address(about: str) -> str:
    """Where an error in `statement:12` (`track:rok-us/security`) is reported.

    A report is of today's record, whatever day its reader came from.
    """
    return f"{reverse('pages:report_new')}?about={quote(about, safe=':/')}"


@register.simple_tag
def health_words() -> tuple[str, ...]:
    """All that can be said of the page of a source."""
    return tuple(_HEALTH)


@register.filter
def waived(waiver: str) -> SafeString:
    """The words of a waiver: the seeds' in the page's language, others as written, marked so."""
    here = get_language() or "en"
    if waiver == WAIVER:
        told = gettext("Loaded from a seeds folder: one account drafted and published this.")
        return format_html("<bdi>{}</bdi>", told)
    written = "ko" if is_korean(waiver) else "en"
    marked = format_html(' lang="{}"', written) if written != here else ""
    return format_html("<bdi{}>{}</bdi>", marked, waiver)
