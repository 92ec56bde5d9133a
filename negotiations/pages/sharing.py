"""What other sites are told of a page: Open Graph, oEmbed, schema.org, and lines to embed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from negotiations.pages.badges import badge_of
from negotiations.pages.cards import HEIGHT, WIDTH
from negotiations.pages.dates import machine_form
from negotiations.pages.frames import address, language_now
from negotiations.pages.questions import Question
from negotiations.pages.wording import said
from negotiations.queries.shapes import Board, NegotiationSummary, StatementRecord, TrackDetail
from negotiations.queries.statement_titles import statement_title

Structured = Mapping[str, Any]
_SCHEMA = "https://schema.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Embeddable:
    """Lines to copy: a frame, and a badge (empty: there is none) with its path and width here."""

    frame: str
    badge: str = ""
    badge_path: str = ""
    badge_width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What stands in the head for other sites.

    `picture` is the full address of an image of `width` by `height`, `oembed` where a frame of this
    page is asked for, `structured` the page in words of schema.org.
    """

    title: str
    description: str
    picture: str
    oembed: str
    structured: Structured
    embeddable: Embeddable
    width: int = WIDTH
    height: int = HEIGHT


def share_board(question: Question, board: Board) -> Shared:
    """Of the page of a negotiation."""
    whole = board.negotiation
    title, named = said(whole, "title"), {"negotiation": whole.slug}
    return Shared(
        title=title,
        description=said(whole, "summary"),
        picture=_here(question, "board_card", **named),
        oembed=_oembed(question, "board", **named),
        structured=_dataset(question, whole),
        embeddable=Embeddable(
            frame=_frame(_here(question, "embed_board", **named), title=title, height=480)
        ),
    )


def share_track(question: Question, track: TrackDetail, whole: NegotiationSummary) -> Shared:
    """Of the page of a track."""
    named = {"negotiation": whole.slug, "track": track.slug}
    title, drawn = said(track, "title"), badge_of(track)
    image = format_html(
        '<a href="{}"><img src="{}" alt="{}: {}" height="24"></a>',
        _here(question, "track", **named), _here(question, "badge", **named),
        drawn.title, drawn.state,
    )  # fmt: skip
    return Shared(
        title=f"{title} · {said(whole, 'title')}",
        description=said(track, "headline"),
        picture=_here(question, "track_card", **named),
        oembed=_oembed(question, "track", **named),
        structured=_track(question, track, whole),
        embeddable=Embeddable(
            frame=_frame(_here(question, "embed_track", **named), title=title, height=380),
            badge=image,
            badge_path=_asked(question, reverse("pages:badge", kwargs=named)),
            badge_width=round(drawn.width),
        ),
    )


def share_statement(
    question: Question, statement: StatementRecord, whole: NegotiationSummary | None
) -> Shared:
    """Of the page of a statement; its picture is that of its first track."""
    first = next(iter(statement.tracks), None)
    named = {"negotiation": first.negotiation, "track": first.slug} if first else {}
    title = statement_title(statement, language=language_now())
    words = statement.quotation or said(statement, "paraphrase")
    return Shared(
        title=title,
        description="" if statement.retracted else words,
        picture=_here(question, "track_card", **named) if named else "",
        oembed=_oembed(question, "statement", id=statement.id),
        structured={} if statement.retracted else _utterance(question, statement, whole),
        embeddable=Embeddable(
            frame=_frame(
                _here(question, "embed_statement", id=statement.id), title=title, height=280
            )
        ),
    )


def _dataset(question: Question, whole: NegotiationSummary) -> Structured:
    """The negotiation as a data set with what can be downloaded of it."""
    export = f"{question.root}/api/v1/negotiations/{whole.slug}/export"
    return {
        "@context": _SCHEMA,
        "@type": "Dataset",
        "name": said(whole, "title"),
        "description": said(whole, "summary") or said(whole, "title"),
        "url": address(question, "board", negotiation=whole.slug),
        "inLanguage": ["en", "ko"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Parley", "url": f"{question.root}/"},
        "about": [{"@type": "Organization", "name": said(p, "name")} for p in whole.parties],
        "hasPart": [
            {
                "@type": "WebPage",
                "name": said(track, "title"),
                "url": address(question, "track", negotiation=whole.slug, track=track.slug),
            }
            for track in whole.tracks
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": f"{noun} ({form})",
                "encodingFormat": media,
                "contentUrl": f"{export}/{noun}.{ending}",
            }
            for noun in ("statements", "status-changes", "positions")
            for form, ending, media in (
                ("CSV", "csv", "text/csv"),
                ("NDJSON", "ndjson", "application/x-ndjson"),
            )
        ],
    }


def _track(question: Question, track: TrackDetail, whole: NegotiationSummary) -> Structured:
    here = address(question, "track", negotiation=whole.slug, track=track.slug)
    above = _whole(question, whole)
    page: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "WebPage",
        "name": said(track, "title"),
        "description": said(track, "headline"),
        "url": here,
        "inLanguage": language_now(),
        "isPartOf": above,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                _crumb(1, above["name"], above["url"]),
                _crumb(2, said(track, "title"), here),
            ],
        },
        "citation": [
            {"@type": "CreativeWork", "name": one.source.title, "url": one.source.url}
            for one in track.basis
        ],
    }
    if track.acted_at:
        page["dateModified"] = track.acted_at.isoformat()
    return page


def _utterance(
    question: Question, statement: StatementRecord, whole: NegotiationSummary | None
) -> Structured:
    """A quotation in the words of the source, or a claim in ours."""
    speaker, source = statement.speaker, statement.source
    kind = "Person" if speaker.person else "Organization"
    who = {"@type": kind, "name": said(speaker, "name") or said(speaker, "office")}
    told: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Quotation" if statement.quotation else "Claim",
        "text": statement.quotation or said(statement, "paraphrase"),
        "url": address(question, "statement", id=statement.id),
        "inLanguage": statement.language if statement.quotation else language_now(),
        **_dated("dateCreated", statement.said_on),
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            **_dated("datePublished", source.published_on),
            "publisher": {"@type": "Organization", "name": said(source.publisher, "name")},
        },
    }
    if statement.reported:
        # The words are the source's, about what somebody said.
        told |= {"author": told["isBasedOn"]["publisher"], "about": who}
    else:
        told["spokenByCharacter" if statement.quotation else "author"] = who
    return {**told, **({"isPartOf": _whole(question, whole)} if whole else {})}


def _dated(name: str, edtf: str) -> Structured:
    """A date as schema.org takes it (ISO 8601); nothing of one that is vague, for it has no word.

    EDTF's qualifiers (2025-10-02~) and open ends are no ISO 8601 of 2004, which readers expect.
    """
    day = machine_form(edtf)
    return {name: day} if day else {}


def _whole(question: Question, whole: NegotiationSummary) -> Structured:
    url = address(question, "board", negotiation=whole.slug)
    return {"@type": "Dataset", "name": said(whole, "title"), "url": url}


def _crumb(position: int, name: str, url: str) -> Structured:
    return {"@type": "ListItem", "position": position, "name": name, "item": url}


def _here(question: Question, name: str, **named: object) -> str:
    """The full address of a page under the reader's clocks."""
    return _asked(question, address(question, name, **named))


def _asked(question: Question, path: str) -> str:
    return f"{path}?{question.clock_query}" if question.clock_query else path


def _oembed(question: Question, name: str, **named: object) -> str:
    query = urlencode({"url": _here(question, name, **named)})
    return f"{question.root}/api/v1/oembed/?{query}"


def _frame(address: str, *, title: str, height: int) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="640" height="{}" loading="lazy"></iframe>',
        address, title, height,
    )  # fmt: skip
