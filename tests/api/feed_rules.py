"""What the public validators ask of feeds, as lists of faults: RFC 4287, RSS 2.0, JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from defusedxml.ElementTree import fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}",
    re.ASCII,
)
_FEED = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors",
         "items", "icon", "favicon", "next_url", "user_comment", "expired", "hubs"}  # fmt: skip
_ITEM = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
         "banner_image", "date_published", "date_modified", "authors", "tags", "language",
         "attachments"}  # fmt: skip


def is_iri(text: Any) -> bool:
    """Whether it is an absolute IRI as all readers take it."""
    if not isinstance(text, str) or re.search(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]", text):
        return False
    return bool(urlsplit(text).scheme)


def is_web(text: Any) -> bool:
    """Whether it is an address of the web."""
    return is_iri(text) and urlsplit(text).scheme in ("http", "https")


def atom_faults(body: bytes) -> list[str]:
    """What is wrong with an Atom feed."""
    feed = fromstring(body)
    entries = feed.findall(f"{ATOM}entry")
    faults = [fault for entry in entries for fault in _atom_entry(entry, feed)]
    names = [entry.findtext(f"{ATOM}id") for entry in (feed, *entries)]
    return [*_atom_feed(feed), *faults, *_twice(names, "id")]


def _atom_feed(feed: Any) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"it is {feed.tag}"
    yield from _exactly_once(feed, "id", "title", "updated", "author")
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        yield "the author has no name"
    if len([one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]) != 1:
        yield "it does not name itself"
    yield from _atom_common(feed)


def _atom_entry(entry: Any, feed: Any) -> Iterator[str]:
    yield from _exactly_once(entry, "id", "title", "updated", "published", "summary")
    if entry.findtext(f"{ATOM}updated") > feed.findtext(f"{ATOM}updated"):
        yield "an entry is newer than the feed"
    yield from _atom_common(entry)


def _atom_common(element: Any) -> Iterator[str]:
    links = element.findall(f"{ATOM}link")
    if len([one for one in links if one.get("rel") == "alternate"]) != 1:
        yield "not one alternate link"
    yield from (f"no address: {one.get('href')!r}" for one in links if not is_web(one.get("href")))
    if not is_iri(element.findtext(f"{ATOM}id")):
        yield "id is no IRI"
    for name in ("updated", "published"):
        for one in element.findall(ATOM + name):
            if not RFC3339.fullmatch(one.text or ""):
                yield f"{name} is {one.text!r}"
    for name in ("title", "subtitle", "summary"):
        for one in element.findall(ATOM + name):
            if one.get("type", "text") not in ("text", "html") or len(one) or not one.text:
                yield f"{name} is no text"
    if not all(one.get("term") for one in element.findall(f"{ATOM}category")):
        yield "a category without a term"


def _exactly_once(element: Any, *names: str) -> Iterator[str]:
    yield from (name for name in names if len(element.findall(ATOM + name)) != 1)


def rss_faults(body: bytes) -> list[str]:
    """What is wrong with an RSS feed."""
    rss = fromstring(body)
    (channel,) = rss
    items = channel.findall("item")
    faults = (
        [] if (rss.tag, rss.get("version"), channel.tag) == ("rss", "2.0", "channel") else ["root"]
    )
    for name in ("title", "link", "description", "lastBuildDate", "language"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            faults.append(f"channel {name}")
    own = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if len(own) != 1 or not is_web(own[0].get("href")):
        faults.append("it does not name itself")
    faults += [fault for item in items for fault in _rss_item(item)]
    if not RFC822.fullmatch(channel.findtext("lastBuildDate") or ""):
        faults.append("lastBuildDate")
    return [*faults, *_twice([item.findtext("guid") for item in items], "guid")]


def _rss_item(item: Any) -> Iterator[str]:
    for name in ("title", "link", "description", "guid", "pubDate"):
        if len(item.findall(name)) != 1 or not item.findtext(name):
            yield f"item {name}"
    if item.find("guid").get("isPermaLink") != "false" and not is_web(item.findtext("guid")):
        yield "guid is no address"
    if not is_web(item.findtext("link")):
        yield "link is no address"
    if not RFC822.fullmatch(item.findtext("pubDate") or ""):
        yield "pubDate"
    parsedate_to_datetime(item.findtext("pubDate"))


def json_faults(body: bytes) -> list[str]:
    """What is wrong with a JSON Feed."""
    feed = json.loads(body.decode())
    faults = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    if not feed["title"] or not isinstance(feed["items"], list):
        faults.append("title or items")
    faults += [name for name in ("home_page_url", "feed_url") if not is_web(feed[name])]
    if not all(isinstance(one, dict) and one.get("name") for one in feed["authors"]):
        faults.append("authors")
    faults += _strangers(feed, _FEED)
    faults += [fault for item in feed["items"] for fault in _json_item(item)]
    return [*faults, *_twice([item["id"] for item in feed["items"]], "id")]


def _json_item(item: Any) -> Iterator[str]:
    if not isinstance(item["id"], str) or not item["id"]:
        yield "id"
    if not item.get("content_html") and not item.get("content_text"):
        yield "no content"
    yield from (n for n in ("url", "external_url") if n in item and not is_web(item[n]))
    if not RFC3339.fullmatch(item["date_published"]):
        yield "date_published"
    if not all(isinstance(tag, str) and tag for tag in item["tags"]):
        yield "tags"
    yield from _strangers(item, _ITEM)


def _strangers(told: dict[str, Any], known: set[str]) -> list[str]:
    """Members of our own begin with an underscore, and are objects."""
    return [
        name for name in told.keys() - known
        if not name.startswith("_") or not isinstance(told[name], dict)
    ]  # fmt: skip


def _twice(names: list[Any], what: str) -> list[str]:
    return [f"{what} {name} twice" for name, n in Counter(names).items() if n > 1]


FAULTS = {"atom": atom_faults, "rss": rss_faults, "json": json_faults}
