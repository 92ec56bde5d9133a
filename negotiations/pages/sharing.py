"""What other sites are told of a page: Open Graph, oEmbed, schema.org, and lines to embed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html

from negotiations.pages.badges import badge_of
from negotiations.pages.cards import HEIGHT, WIDTH
from negotiations.pages.frames import in_language, language_now
from negotiations.pages.questions import Question
from negotiations.pages.wording import said
from negotiations.queries.shapes import Board, NegotiationSummary, StatementRecord, TrackDetail

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
    path = f"/{whole.slug}/"
    return Shared(
        title=said(whole, "title"),
        description=said(whole, "summary"),
        picture=_here(question, f"{path}card.png"),
        oembed=_oembed(question, path),
        structured=_dataset(question, whole),
        embeddable=Embeddable(frame=_frame(question, path, title=said(whole, "title"), height=480)),
    )


def share_track(question: Question, track: TrackDetail, whole: NegotiationSummary) -> Shared:
    """Of the page of a track."""
    path = f"/{whole.slug}/{track.slug}/"
    title, drawn = said(track, "title"), badge_of(track)
    image = format_html(
        '<a href="{}"><img src="{}" alt="{}: {}" height="24"></a>',
        _here(question, path), _here(question, f"{path}badge.svg"), drawn.title, drawn.state,
    )  # fmt: skip
    return Shared(
        title=f"{title} · {said(whole, 'title')}",
        description=said(track, "headline"),
        picture=_here(question, f"{path}card.png"),
        oembed=_oembed(question, path),
        structured=_track(question, track, whole, path),
        embeddable=Embeddable(
            frame=_frame(question, path, title=title, height=380),
            badge=image,
            badge_path=_asked(question, in_language(f"{path}badge.svg", language_now())),
            badge_width=round(drawn.width),
        ),
    )


def share_statement(
    question: Question, statement: StatementRecord, whole: NegotiationSummary | None
) -> Shared:
    """Of the page of a statement; its picture is that of its first track."""
    path = f"/statements/{statement.id}/"
    track = statement.tracks[0] if statement.tracks else None
    card = f"/{track.negotiation}/{track.slug}/card.png" if track else ""
    who = said(statement.speaker, "name") or said(statement.speaker, "office")
    words = statement.quotation or said(statement, "paraphrase")
    return Shared(
        title=who,
        description="" if statement.retracted else words,
        picture=_here(question, card) if card else "",
        oembed=_oembed(question, path),
        structured={} if statement.retracted else _utterance(question, statement, whole, path),
        embeddable=Embeddable(frame=_frame(question, path, title=who, height=280)),
    )


def _dataset(question: Question, whole: NegotiationSummary) -> Structured:
    """The negotiation as a data set with what can be downloaded of it."""
    export = f"{question.root}/api/v1/negotiations/{whole.slug}/export"
    return {
        "@context": _SCHEMA,
        "@type": "Dataset",
        "name": said(whole, "title"),
        "description": said(whole, "summary") or said(whole, "title"),
        "url": _here(question, f"/{whole.slug}/", asked=False),
        "inLanguage": ["en", "ko"],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "Parley", "url": f"{question.root}/"},
        "about": [{"@type": "Organization", "name": said(p, "name")} for p in whole.parties],
        "hasPart": [
            {
                "@type": "WebPage",
                "name": said(track, "title"),
                "url": _here(question, f"/{whole.slug}/{track.slug}/", asked=False),
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


def _track(
    question: Question, track: TrackDetail, whole: NegotiationSummary, path: str
) -> Structured:
    page: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "WebPage",
        "name": said(track, "title"),
        "description": said(track, "headline"),
        "url": _here(question, path, asked=False),
        "inLanguage": language_now(),
        "isPartOf": _whole(question, whole),
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                _crumb(1, said(whole, "title"), _here(question, f"/{whole.slug}/", asked=False)),
                _crumb(2, said(track, "title"), _here(question, path, asked=False)),
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
    question: Question, statement: StatementRecord, whole: NegotiationSummary | None, path: str
) -> Structured:
    """A quotation in the words of the source, or a claim in ours."""
    speaker, source = statement.speaker, statement.source
    kind = "Person" if speaker.person else "Organization"
    who = {"@type": kind, "name": said(speaker, "name") or said(speaker, "office")}
    told: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Quotation" if statement.quotation else "Claim",
        "text": statement.quotation or said(statement, "paraphrase"),
        "url": _here(question, path, asked=False),
        "inLanguage": statement.language if statement.quotation else language_now(),
        "dateCreated": statement.said_on,
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "datePublished": source.published_on,
            "publisher": {"@type": "Organization", "name": said(source.publisher, "name")},
        },
    }
    told["spokenByCharacter" if statement.quotation else "author"] = who
    return told | ({"isPartOf": _whole(question, whole)} if whole else {})


def _whole(question: Question, whole: NegotiationSummary) -> Structured:
    url = _here(question, f"/{whole.slug}/", asked=False)
    return {"@type": "Dataset", "name": said(whole, "title"), "url": url}


def _crumb(position: int, name: str, url: str) -> Structured:
    return {"@type": "ListItem", "position": position, "name": name, "item": url}


def _here(question: Question, path: str, *, asked: bool = True) -> str:
    """The full address of a path in the reader's language, under the reader's clocks if `asked`."""
    address = question.root + in_language(path, language_now())
    return _asked(question, address) if asked else address


def _asked(question: Question, address: str) -> str:
    return f"{address}?{question.clock_query}" if question.clock_query else address


def _oembed(question: Question, path: str) -> str:
    return f"{question.root}/api/v1/oembed/?{urlencode({'url': _here(question, path)})}"


def _frame(question: Question, path: str, *, title: str, height: int) -> str:
    return format_html(
        '<iframe src="{}" title="{}" width="640" height="{}" loading="lazy"></iframe>',
        _here(question, f"/embed{path}"), title, height,
    )  # fmt: skip
