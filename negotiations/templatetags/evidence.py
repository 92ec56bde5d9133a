"""What the pages of tracks, statements and sources say beside `parley`: ties, addresses, codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.pages import places
from negotiations.pages.attention import Look, told_look
from negotiations.pages.frames import language_now
from negotiations.pages.hints import fate_words
from negotiations.pages.meetings import verdict_words
from negotiations.pages.nouns import noun_name, searched_name
from negotiations.pages.spans import due_in_words, moves_in_words, shift_in_words
from negotiations.pages.ties import Placed, place_of
from negotiations.pages.ties import tie as tie_sentence
from negotiations.queries.shapes import (
    Entry,
    LinkageRecord,
    MilestoneRecord,
    MilestoneState,
    PartyRef,
    Shift,
    TopicLine,
    TrackState,
)
from negotiations.queries.shapes.statements import QUOTATION_MARKS
from negotiations.templatetags.parley import glyph, local_dates, to, when
from negotiations.vocabulary import LEGAL_STANDINGS

register = template.Library()


@register.simple_tag(takes_context=True)
def tie(
    context: template.Context,
    linkage: LinkageRecord,
    here: Placed | None = None,
    *,
    linked: bool = True,
    former: bool = False,
    by_name: bool = False,
) -> SafeString:
    """A linkage as a sentence (`ties.tie`); its tracks are links, but for that we are `here` on."""
    links = {
        place_of(track): to(context, "track", negotiation=track.negotiation, track=track.slug)
        for track in (linkage.from_track, linkage.to_track)
        if linked and not (here and place_of(track) == place_of(here))
    }
    language = language_now()
    return tie_sentence(linkage, language=language, links=links, former=former, by_name=by_name)


@register.simple_tag(takes_context=True)
def room(context: template.Context, name: str, negotiation: str, **asked: object) -> str:
    """The address of a page of a negotiation that is asked for something."""
    return asking(to(context, name, negotiation=negotiation), **asked)


@register.simple_tag
def asking(path: str, **asked: object) -> str:
    """An address of ours with these query parameters, too; those without a value are left out."""
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


@register.filter
def moves(state: MilestoneState) -> str:
    """How often and how far a milestone moved; empty where it never did."""
    return moves_in_words(state.moves, state.moved, times=state.times_moved)


@register.filter
def due(state: MilestoneState) -> str:
    """How long it is to a milestone, or since its day; empty where it is over."""
    return due_in_words(state)


@register.filter
def shifted(shift: Shift) -> str:
    """How far a date moved."""
    return shift_in_words(shift)


@register.simple_tag(takes_context=True)
def ledger_entry(context: template.Context, number: int) -> str:
    """The address of one entry on the changes page: the list that begins with it."""
    path = to(context, "changes")
    return f"{path}{'&' if '?' in path else '?'}cursor={number + 1}#n{number}"


@register.simple_tag(takes_context=True)
def looked(context: template.Context, state: TrackState) -> Look | None:
    """When the desk last looked at a track, where the page may say so."""
    return told_look(state, context["question"])


@register.filter
def meeting_when(due_on: str, parties: Sequence[PartyRef]) -> SafeString | str:
    """When a meeting is due: a moment on the clock of each capital, a day as it was given.

    A day is that of the place of the meeting, and is never carried over into another zone.
    """
    if places.said_instant(due_on) is None or not parties:
        return when(due_on)
    first, *others = (party.zone for party in parties)
    return local_dates(due_on, first, others=tuple(others))


@register.filter
def verdict(line: TopicLine) -> SafeString:
    """What the accounts of a topic amount to: its shape, and whose accounts they are."""
    return glyph("account_verdict", line.verdict, verdict_words(line))


@register.filter
def fate(milestone: MilestoneRecord, on: date) -> SafeString:
    """What became of a milestone by `on`: a day that passed without an outcome is not open."""
    return glyph("outcome", milestone.outcome, fate_plain(milestone, on))


@register.filter
def fate_plain(milestone: MilestoneRecord, on: date) -> str:
    """The same without mark-up."""
    return fate_words(milestone, on)


@register.filter
def legal(standing: str) -> bool:
    """Whether a position of this standing is law, or was: no bargaining position."""
    return standing in LEGAL_STANDINGS


@register.filter
def noun(word: str) -> str:
    """What readers call a kind of row."""
    return noun_name(word)


@register.filter
def searched(word: str) -> str:
    """The heading over what a search found of a noun."""
    return searched_name(word)


@register.filter
def record(entry: Entry) -> Any:
    """The row behind a timeline entry."""
    return getattr(entry, entry.kind)


@register.filter
def web_address(url: str) -> str:
    """A source's address if a reader may be sent there (http or https), else empty."""
    return url if url.lower().startswith(("http://", "https://")) else ""


@register.filter
def host(url: str) -> str:
    """The host of an address in its ASCII form, so that a look-alike letter is seen as one."""
    name = urlsplit(url).hostname or ""
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name.encode("ascii", "backslashreplace").decode()


@register.filter
def language_name(tag: str) -> str:
    """A language by its name; the tag itself where we have none."""
    names = {"en": _("English"), "ko": _("Korean"), "ja": _("Japanese"), "zh": _("Chinese")}
    return names.get(tag.split("-")[0].lower(), tag)


@register.filter
def nested(words: str) -> str:
    """The class that quotes words in single marks where they hold double marks themselves."""
    return "quote-nested" if any(mark in words for mark in QUOTATION_MARKS) else ""


@register.filter
def admiralty(statement: Any) -> str:
    """The Admiralty code of a statement: its publisher's letter and its own digit, as in B2."""
    return f"{statement.source.publisher.reliability or '–'}{statement.credibility}"
