"""What templates say: the right language, words for the vocabulary, dates for people, links.

No filter touches the database; all read the page's language from Django's translation.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from negotiations.definitions import define
from negotiations.languages import chosen
from negotiations.pages import dates, places, wording
from negotiations.pages.frames import language_now
from negotiations.vocabulary import VOCABULARIES

register = template.Library()


@register.filter
def said(row: Any, field: str) -> SafeString | str:
    """`field`_en or `field`_ko of a row by the page's language; the other is marked by `lang`."""
    here = language_now()
    text, language = chosen(row, field, here)
    if not text or language == here:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def said_plain(row: Any, field: str) -> str:
    """The same without mark-up, for attributes and titles."""
    return wording.said(row, field)


@register.filter(name="word")
def label(word: str | None, vocabulary: str) -> str:
    """The reader's label of a word of the vocabulary; empty for none."""
    return wording.label(vocabulary, word)


@register.filter
def mark(word: str | None, vocabulary: str) -> SafeString:
    """The shape and the word of a stage, momentum, agreement or outcome; says when there is none.

    Told by both, so that nobody depends on colour or on knowing the shapes.
    """
    return glyph(vocabulary, word, label(word, vocabulary) or _("not on record"))


def glyph(vocabulary: str, word: str | None, words: str) -> SafeString:
    """The shape of a word of the vocabulary beside what is said of it."""
    return format_html(
        '<span class="mark mark-{0}{3}"><svg class="glyph glyph-{0}" aria-hidden="true">'
        '<use href="#g-{0}-{1}"></use></svg><span>{2}</span></span>',
        vocabulary,
        word or "none",
        words,
        "" if word else " silent",
    )


@register.filter
def meaning(word: str | None, vocabulary: str) -> str:
    """The definition of a word of the vocabulary; empty for none."""
    if not word:
        return ""
    defined = define(vocabulary, word)
    return defined.definition_ko if language_now() == "ko" else defined.definition_en


def _text(value: str | date) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _time(edtf: str, words: str) -> SafeString:
    machine = dates.machine_form(edtf)
    if not machine:
        return format_html('<span class="date">{}</span>', words)
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def when(value: str | date | None) -> SafeString | str:
    """EDTF text or a date, for people, inside `<time>` where HTML can say it."""
    return _time(_text(value), when_plain(value)) if value else ""


@register.filter
def when_short(value: str | date | None) -> SafeString | str:
    """The same for dense places: 1 Oct 2025, 2025. 10. 1."""
    if not value:
        return ""
    words = dates.in_words(_text(value), language_now(), short=True)
    return _time(_text(value), words)


@register.filter
def when_plain(value: str | date | None) -> str:
    """The same without mark-up."""
    return dates.in_words(_text(value), language_now()) if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """An instant of our record, to the minute, on the desk's clock."""
    return _moment(value, to="minutes")


@register.filter
def exact(value: datetime | None) -> SafeString | str:
    """The same to the second, where several happen within a minute."""
    return _moment(value, to="seconds")


def _moment(value: datetime | None, *, to: str) -> SafeString | str:
    if value is None:
        return ""
    there = value.astimezone(settings.DESK_ZONE)
    words = dates.in_words(there.date().isoformat(), language_now())
    hour = f"{there:%H:%M:%S}" if to == "seconds" else f"{there:%H:%M}"
    clock = f"{hour} {places.city(settings.TIME_ZONE, language_now())}"
    joined = f"{words} {clock}" if language_now() == "ko" else f"{words}, {clock}"
    machine = there.isoformat(timespec=to)
    return format_html('<time datetime="{}">{}</time>', machine, joined)


@register.filter
def said_when(statement: Any) -> SafeString:
    """A statement's local date with its city, then the other party's date where it differs."""
    parties = (*statement.parties, *statement.about)
    others = tuple(dict.fromkeys(zone for p in parties if (zone := getattr(p, "zone", ""))))
    return local_dates(statement.said_on, statement.zone, others=others)


def local_dates(on: str, zone: str, *, others: tuple[str, ...]) -> SafeString:
    """A date where it was, with its city, then that of other zones where it differs."""
    told = places.local_dates(on, zone, others=others, language=language_now())
    pieces = ((_time(day, words), city) for day, words, city in told)
    return format_html_join(" / ", '{} <span class="zone">({})</span>', pieces)


@register.filter
def number(value: int) -> str:
    """A whole number with thousands separators."""
    return f"{value:,d}"


@register.simple_tag
def words(vocabulary: str) -> tuple[str, ...]:
    """The words of a vocabulary, in its order."""
    return tuple(word.value for word in VOCABULARIES[vocabulary])


@register.simple_tag(takes_context=True)
def to(context: template.Context, name: str, **named: object) -> str:
    """The address of a page of ours, in the page's language, with the reader's clocks kept."""
    page = context.get("page")
    query = page.clock_query if page else ""
    path = _path(name, tuple(named.items()), language_now(), get_script_prefix())
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=2048)
def _path(name: str, named: tuple[tuple[str, object], ...], *_below: str) -> str:
    """The path of a page, which depends on `_below` as well: the language and the site's prefix.

    A page names a hundred addresses, most of which were named before.
    """
    return reverse(f"pages:{name}", kwargs=dict(named) or None)


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changed: object) -> str:
    """This page with some query parameters changed; an empty value takes one out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    path = context["request"].path
    return f"{path}?{query.urlencode()}" if query else path


@register.filter
def at(command: str, root: str) -> str:
    """A command for a shell with the address of this site's API in place of `{api}`."""
    return command.replace("{api}", f"{root}{reverse('api_docs').removesuffix('docs/')}v1/")
