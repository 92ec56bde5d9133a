"""One item of a feed, in one language: title, words, address, name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from negotiations.api.feed_texts import line, one, safe, web_address
from negotiations.event_types import type_of
from negotiations.queries.act_lines import NOUNS
from negotiations.queries.shapes import SourceRecord, SourceRef, StatementRecord
from negotiations.queries.shapes.syndication import Feed, Item
from negotiations.queries.written_dates import date_en, date_ko

# Names of this product, below which uuid5 makes those of feeds and items: they are the same under
# every host, for ever.
_NAMES = UUID("4c5d36bd-fc26-4f68-9ff3-aa258b7868a1")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_REASON = {"en": "Reason given: ", "ko": "이유: "}
_SITE = {"en": "Parley: diplomatic negotiations", "ko": "Parley: 외교 협상 기록"}
_ABOUT = {
    "en": "Every act of the public record, newest first; corrections and retractions are acts of "
    "their own.",
    "ko": "공개 기록의 모든 행위를 최신순으로 알립니다. 정정과 철회는 별도의 항목으로 나옵니다.",
}
Absolute = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldItem:
    """What all three forms tell of an act; it never changes."""

    id: str
    type: str
    number: int
    hash: str
    at: datetime
    title: str
    html: str
    address: str
    source: str | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFeed:
    """A feed as all three forms tell it; `home` is the page about the same."""

    id: str
    language: str
    title: str
    about: str
    home: str
    address: str
    documentation: str
    updated_at: datetime
    items: tuple[ToldItem, ...]


def told_feed(
    feed: Feed, *, language: str, home: str, address: str, asked: object, absolute: Absolute
) -> ToldFeed:
    """The feed in the language; `asked` is what it holds, as far as the address names that.

    `home` is a path, `address` is absolute already; `absolute` makes the one of the other.
    """
    title = {"en": feed.title_en, "ko": feed.title_ko}
    newest = feed.items[0].act.at if feed.items else feed.began_at
    return ToldFeed(
        id=name_of("feed", feed.ledger, home, asked),
        language=language,
        title=line(f"Parley: {one(title, language)}") if any(title.values()) else _SITE[language],
        about=_ABOUT[language],
        home=absolute(home),
        address=address,
        documentation=absolute("/api/docs/"),
        updated_at=newest or _EPOCH,
        items=tuple(told_item(item, language=language, absolute=absolute) for item in feed.items),
    )


def told_item(item: Item, *, language: str, absolute: Absolute) -> ToldItem:
    """The item in the language; its name is made of the act's number and hash alone."""
    act, source = item.act, _source(item)
    return ToldItem(
        id=name_of("act", act.number, act.hash),
        type=type_of(act.noun, act.verb),
        number=act.number,
        hash=act.hash,
        at=act.at,
        title=line(one({"en": item.line_en, "ko": item.line_ko}, language)) or act.verb,
        html="".join(_paragraphs(item, language)),
        address=absolute(path_of(item, language)),
        source=web_address(source.url) if source else None,
        categories=(act.verb, act.noun, *(f"{t.negotiation}/{t.slug}" for t in act.tracks)),
    )


def name_of(*parts: object) -> str:
    """A name that stays, as a URN (RFC 9562); the same for the same parts."""
    return uuid5(_NAMES, repr(parts)).urn


def prefix(language: str) -> str:
    """What the addresses of pages in this language begin with."""
    return "/ko" if language == "ko" else ""


def path_of(item: Item, language: str) -> str:
    """The page on which the act is best read."""
    act, root = item.act, prefix(language)
    slug = act.payload.get("slug")
    if act.noun == "statement":
        return f"{root}/statements/{act.object_id}/"
    if item.source is not None:
        return f"{root}/sources/{item.source.id}/"
    if act.tracks:
        # Its place on the timeline, for as long as it stands there.
        place = f"#n{act.number}" if item.statement and act.verb != "retract" else ""
        return f"{root}/{act.tracks[0].negotiation}/{act.tracks[0].slug}/{place}"
    if act.noun == "negotiation" and isinstance(slug, str):
        return f"{root}/{slug}/"
    if act.noun == "person" and isinstance(slug, str):
        return f"{root}/people/{slug}/"
    return f"{root}/changes/"


def _source(item: Item) -> SourceRef | SourceRecord | None:
    return item.source or (item.statement.source if item.statement else None)


def _paragraphs(item: Item, language: str) -> Iterator[str]:
    noun = dict(zip(("en", "ko"), NOUNS.get(item.act.noun, (item.act.noun,) * 2), strict=True))
    tracks = (one({"en": t.title_en, "ko": t.title_ko}, language) for t in item.act.tracks)
    yield f"<p>{safe(' · '.join((noun[language], *tracks)))}</p>"
    if item.statement is not None:
        yield from _said(item.statement, language)
    if (source := _source(item)) is not None:
        yield f"<p>{_stands_in(source, item.statement, language)}</p>"
    if item.reason:
        yield f"<p>{safe(_REASON[language] + item.reason)}</p>"


def _said(statement: StatementRecord, language: str) -> Iterator[str]:
    words = {"en": statement.paraphrase_en, "ko": statement.paraphrase_ko}
    if statement.quotation:
        lang = safe(statement.language).replace("<br>", "")
        yield f'<blockquote lang="{lang}">{safe(statement.quotation)}</blockquote>'
        # For whom the quotation is in another language.
        if statement.language != language and words[language]:
            yield f"<p>{safe(words[language])}</p>"
    else:
        yield f"<p>{safe(one(words, language))}</p>"


def _stands_in(
    source: SourceRef | SourceRecord, statement: StatementRecord | None, language: str
) -> str:
    """ "Cho Hyun, Minister, 10 October 2025 – Title, Publisher", the title leading to the document.

    The day is that on which it was said, or without a statement that of the document, at the end.
    """
    speaker = statement.speaker if statement else None
    day = (date_ko if language == "ko" else date_en)(
        statement.said_on if statement else source.published_on
    )
    who = [
        one({"en": speaker.name_en, "ko": speaker.name_ko}, language),
        one({"en": speaker.office_en, "ko": speaker.office_ko}, language),
    ] if speaker else []  # fmt: skip
    title, address = safe(source.title or source.url), web_address(source.url)
    linked = f'<a href="{safe(address)}">{title}</a>' if address else title
    publisher = safe(
        one({"en": source.publisher.name_en, "ko": source.publisher.name_ko}, language)
    )
    if statement is None:
        return ", ".join(filter(None, (linked, publisher, safe(day))))
    return f"{safe(', '.join(filter(None, (*who, day))))} – {linked}, {publisher}"
