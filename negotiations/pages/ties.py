"""A tie between two tracks as one sentence, in English and Korean."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from negotiations.pages.particles import with_particle
from negotiations.pages.sheets import clip
from negotiations.queries.shapes import LinkageRecord
from negotiations.queries.shapes.briefs import BriefTie
from negotiations.vocabulary import LinkageKind, LinkageStanding

_ENGLISH = {
    LinkageKind.PRECONDITION_FOR: "{a} is a precondition for {b}",
    LinkageKind.CONDITIONAL_ON: "{a} is conditional on {b}",
    LinkageKind.PACKAGED_WITH: "{a} is packaged with {b}",
    LinkageKind.TRADED_AGAINST: "{a} is traded against {b}",
    LinkageKind.SEQUENCED_BEFORE: "{a} comes before {b}",
    LinkageKind.DECOUPLED_FROM: "{a} is decoupled from {b}",
    LinkageKind.DELAYED_BY: "{a} is delayed by {b}",
    LinkageKind.IMPLEMENTS: "{a} implements {b}",
    LinkageKind.SUPERSEDES: "{a} supersedes {b}",
    LinkageKind.AFFECTS: "{a} affects {b}",
}
_KOREAN = {
    LinkageKind.PRECONDITION_FOR: "{a}{a_이} {b}의 선결 조건이다",
    LinkageKind.CONDITIONAL_ON: "{a}{a_이} {b}{b_을} 조건으로 한다",
    LinkageKind.PACKAGED_WITH: "{a}{a_이} {b}{b_과} 일괄 처리된다",
    LinkageKind.TRADED_AGAINST: "{a}{a_이} {b}{b_과} 맞교환된다",
    LinkageKind.SEQUENCED_BEFORE: "{a}{a_이} {b}보다 먼저 진행된다",
    LinkageKind.DECOUPLED_FROM: "{a}{a_이} {b}{b_과} 분리돼 있다",
    LinkageKind.DELAYED_BY: "{a}{a_이} {b}{b_으로} 인해 늦어지고 있다",
    LinkageKind.IMPLEMENTS: "{a}{a_이} {b}{b_을} 이행한다",
    LinkageKind.SUPERSEDES: "{a}{a_이} {b}{b_을} 대체한다",
    LinkageKind.AFFECTS: "{a}{a_이} {b}에 영향을 준다",
}
# By standing: in the words of a party, and in the desk's own.
_FRAMES_EN = {
    LinkageStanding.ASSERTED: ("{who} says that {what}.", "{what}."),
    LinkageStanding.DENIED: ("{who} denies that {what}.", "It is not the case that {what}."),
    LinkageStanding.ENDED: (
        "{who} says it no longer holds that {what}.",
        "It no longer holds that {what}.",
    ),
}
_FRAMES_KO = {
    LinkageStanding.ASSERTED: ("{who}{who_은} {what}고 밝혔다.", "{what}."),
    LinkageStanding.DENIED: (
        "{who}{who_은} {what}는 점을 부인했다.",
        "{what}는 것은 사실이 아니다.",
    ),
    LinkageStanding.ENDED: (
        "{who}{who_은} {what}는 관계가 끝났다고 밝혔다.",
        "{what}는 관계는 끝났다.",
    ),
}


def tie(linkage: LinkageRecord, *, language: str, links: dict[str, str]) -> SafeString:
    """The sentence of `linkage`; `links` hold the addresses of tracks to be linked, by slug."""
    told = _korean(linkage) if language == "ko" else _english(linkage)
    form, words = told
    for end, track in (("a", linkage.from_track), ("b", linkage.to_track)):
        title = words[end]
        href = links.get(track.slug)
        words[end] = format_html('<a href="{}">{}</a>', href, title) if href else title
    return format_html(form, **words)


class _Tied(NamedTuple):
    """A tie of a brief, as the sentences read it."""

    from_track: Any
    to_track: Any
    according_to: Any
    kind: str
    standing: str = LinkageStanding.ASSERTED


def tie_plain(told: BriefTie, *, language: str, most: int) -> str:
    """The sentence of a tie that holds, without mark-up; titles are cut to a width of `most`."""
    tied = _Tied(told.from_track, told.to_track, told.party, told.linkage_kind)
    form, words = (_korean if language == "ko" else _english)(tied)
    # What particle follows is settled before the cut, and by the end of the whole title.
    cut = {name: clip(words[name], most) for name in ("a", "b")}
    return form.format(**{**words, **cut})


def _english(linkage: LinkageRecord | _Tied) -> tuple[str, dict[str, str]]:
    frame = _FRAMES_EN[LinkageStanding(linkage.standing)][linkage.according_to is None]
    words = {"a": linkage.from_track.title_en, "b": linkage.to_track.title_en}
    if linkage.according_to:
        words["who"] = linkage.according_to.capital_en
    return frame.replace("{what}", _ENGLISH[LinkageKind(linkage.kind)]), words


def _korean(linkage: LinkageRecord | _Tied) -> tuple[str, dict[str, str]]:
    frame = _FRAMES_KO[LinkageStanding(linkage.standing)][linkage.according_to is None]
    clause = _KOREAN[LinkageKind(linkage.kind)]
    if "{what}." not in frame:
        clause = clause.removesuffix("이다") + "이라" if clause.endswith("이다") else clause
    words = {"a": linkage.from_track.title_ko, "b": linkage.to_track.title_ko}
    if linkage.according_to:
        words["who"] = linkage.according_to.capital_ko
    form = frame.replace("{what}", clause)
    return form, words | {
        f"{name}_{particle}": with_particle(word, particle)
        for name, word in words.items()
        for particle in ("은", "이", "을", "과", "으로")
    }
