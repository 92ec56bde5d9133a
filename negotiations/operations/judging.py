"""What a live page tells of the text kept of it: pure comparison, no rows and no clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from negotiations.addresses import address_digest, host_of
from negotiations.operations.passages import nearest_passage
from negotiations.operations.texts import Searched, fold
from negotiations.refusals import Refusal
from negotiations.vocabulary import EvidenceState

# Looking for what is like a passage costs the more, the longer the text.
_MOST_SEARCHED = 100_000
_MOST_NEAREST = 20
_MOST_FOUND = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A passage of the kept text that a published statement quotes."""

    statement: int
    quotation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A page as it was found.

    `final_url` is where it was in the end, `address` where it says that it is for good; `whole` is
    all that stands in it, also around its `text`.
    """

    final_url: str
    address: str
    text: str
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A passage that is no longer there, and what stands in its place; "" where nothing like it."""

    statement: int
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of a look; `address` is where the page moved to, or ""."""

    state: EvidenceState
    address: str = ""
    altered: tuple[Altered, ...] = ()

    @property
    def key(self) -> str:
        """What makes it another finding: not the words in place of others, nor a query."""
        ids = ",".join(str(one.statement) for one in self.altered)
        parts = urlsplit(self.address)
        return f"{self.state.value} {ids} {host_of(self.address)}{parts.path}"


GONE = Finding(state=EvidenceState.GONE)


def judge(live: Live, quoted: Sequence[Quoted], *, known: Collection[str]) -> Finding:
    """Compare a page with the passages quoted from it; `known` are addresses it is known by.

    A change elsewhere in the page is none. Refusal `sent_elsewhere` where passages are missing in
    another document than the one that was asked for: a first page, a wall before the article.
    """
    digests = {address_digest(url) for url in known}
    moved = live.address if address_digest(live.address) not in digests else ""
    page = _Page(live)
    missing = [one for one in quoted if not page.has(one.quotation)]
    if not missing:
        state = EvidenceState.MOVED if moved else EvidenceState.INTACT
        return Finding(state=state, address=moved)
    stayed = {*digests, address_digest(live.address)}
    if address_digest(live.final_url) not in stayed or _is_first_page(live.final_url, known):
        raise Refusal("sent_elsewhere", at="/url", host=host_of(live.final_url)[:200])
    altered = tuple(
        Altered(statement=one.statement, found=_nearest(one.quotation, live) if near else "")
        for one, near in ((one, place < _MOST_NEAREST) for place, one in enumerate(missing))
    )
    return Finding(state=EvidenceState.ALTERED, address=moved, altered=altered)


class _Page:
    """What stands in a page: in its text, or, wherever spaces are, in all of it; read once."""

    def __init__(self, live: Live) -> None:
        self._text, self._whole = Searched(live.text), _bare(live.whole)

    def has(self, words: str) -> bool:
        return self._text.find(words) is not None or _bare(words) in self._whole


def _nearest(quotation: str, live: Live) -> str:
    text = live.text[:_MOST_SEARCHED]
    near = nearest_passage(text, quotation[:_MOST_FOUND])
    found = text[near.start : near.end][:_MOST_FOUND] if near else ""
    # Words of one paragraph stand for words of one, not with the beginning of the next.
    return found if "\n" in quotation else max(found.split("\n"), key=len)


def _is_first_page(url: str, known: Collection[str]) -> bool:
    return urlsplit(url).path in {"", "/"} and all(urlsplit(one).path.strip("/") for one in known)


def _bare(text: str) -> str:
    return "".join(fold(text).split())
