"""A tie between two tracks as one sentence, in English and Korean; the one place that says it.

Three things change it: who says so (a party, a speaker by name, the desk), whether the tie is
asserted, denied or over, and whether the word still counts or a later one took its place.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString

from negotiations.languages import chosen
from negotiations.pages.particles import with_particle
from negotiations.queries.shapes import LinkageRecord
from negotiations.vocabulary import LinkageKind, LinkageStanding


class Placed(Protocol):
    """What has a place: a track, however much of it is told."""

    @property
    def negotiation(self) -> str:
        """The slug of its negotiation."""

    @property
    def slug(self) -> str:
        """Its own, which only its negotiation has once."""


class _English(NamedTuple):
    """What stands between the two tracks: as it is, as it was, and as it is and was no longer."""

    now: str
    past: str
    ended: str
    ended_past: str


class _Korean(NamedTuple):
    """The tracks with the verb, in the plain form that is quoted: as it is, and as it is not."""

    held: str
    not_held: str


def _be(words: str) -> _English:
    return _English(
        f"is {words}", f"was {words}", f"is no longer {words}", f"was no longer {words}"
    )


def _do(now: str, past: str) -> _English:
    return _English(now, past, f"no longer {now}", f"no longer {past}")


_ENGLISH = {
    LinkageKind.PRECONDITION_FOR: _be("a precondition for"),
    LinkageKind.CONDITIONAL_ON: _be("conditional on"),
    LinkageKind.PACKAGED_WITH: _be("packaged with"),
    LinkageKind.TRADED_AGAINST: _be("traded against"),
    LinkageKind.SEQUENCED_BEFORE: _do("comes before", "came before"),
    LinkageKind.DECOUPLED_FROM: _be("decoupled from"),
    LinkageKind.DELAYED_BY: _be("delayed by"),
    LinkageKind.IMPLEMENTS: _do("implements", "implemented"),
    LinkageKind.SUPERSEDES: _do("supersedes", "superseded"),
    LinkageKind.AFFECTS: _do("affects", "affected"),
}
_KOREAN = {
    LinkageKind.PRECONDITION_FOR: _Korean("{b}의 선결 조건이라", "{b}의 선결 조건이 아니라"),
    LinkageKind.CONDITIONAL_ON: _Korean(
        "{b}{b_을} 조건으로 한다", "{b}{b_을} 조건으로 하지 않는다"
    ),
    LinkageKind.PACKAGED_WITH: _Korean("{b}{b_과} 일괄 처리된다", "{b}{b_과} 일괄 처리되지 않는다"),
    LinkageKind.TRADED_AGAINST: _Korean("{b}{b_과} 맞교환된다", "{b}{b_과} 맞교환되지 않는다"),
    LinkageKind.SEQUENCED_BEFORE: _Korean("{b}보다 먼저 진행된다", "{b}보다 먼저 진행되지 않는다"),
    LinkageKind.DECOUPLED_FROM: _Korean("{b}{b_과} 분리돼 있다", "{b}{b_과} 분리돼 있지 않다"),
    LinkageKind.DELAYED_BY: _Korean("{b} 때문에 늦어지고 있다", "{b} 때문에 늦어지고 있지 않다"),
    LinkageKind.IMPLEMENTS: _Korean("{b}{b_을} 이행한다", "{b}{b_을} 이행하지 않는다"),
    LinkageKind.SUPERSEDES: _Korean("{b}{b_을} 대체한다", "{b}{b_을} 대체하지 않는다"),
    LinkageKind.AFFECTS: _Korean("{b}에 영향을 준다", "{b}에 영향을 주지 않는다"),
}
# By who says so: while the word counts, and once a later one took its place. A person spoke once;
# a party, and the desk, hold on to what they say.
_SAYS = {
    "party": ("{who} says that {what}.", "{who} said that {what}."),
    "speaker": ("{who} said that {what}.", "{who} said that {what}."),
    "desk": ("By the desk’s reading, {what}.", "By the desk’s reading at the time, {what}."),
}
_DENIES = {
    "party": ("{who} denies that {what}.", "{who} denied that {what}."),
    "speaker": ("{who} denied that {what}.", "{who} denied that {what}."),
    "desk": (
        "By the desk’s reading, it is not the case that {what}.",
        "By the desk’s reading at the time, it was not the case that {what}.",
    ),
}
_SAYS_KO = {
    "party": ("{who}{who_은} {what}고 밝혔습니다.", "{who}{who_은} {what}고 밝힌 바 있습니다."),
    "desk": ("데스크는 {what}고 판단합니다.", "데스크는 {what}고 판단한 바 있습니다."),
}
_DENIES_KO = {
    "party": (
        "{who}{who_은} {what}는 점을 부인했습니다.",
        "{who}{who_은} {what}는 점을 부인한 바 있습니다.",
    ),
    "desk": _SAYS_KO["desk"],
}
_SAYS_KO["speaker"], _DENIES_KO["speaker"] = _SAYS_KO["party"], _DENIES_KO["party"]


def place_of(track: Placed) -> str:
    """Negotiation and slug, which together no other track has ("rok-us/tariffs")."""
    return f"{track.negotiation}/{track.slug}"


def tie(
    linkage: LinkageRecord,
    *,
    language: str,
    links: dict[str, str],
    former: bool = False,
    by_name: bool = False,
) -> SafeString:
    """The sentence of `linkage`; `links` hold the addresses of tracks to be linked, by
    `place_of`.

    `former`: a later word of the same voice took its place. `by_name` names who spoke for the
    party, where the statement that it rests on is the party's own.
    """
    speaker = _speaker(linkage, language) if by_name else ""
    voice = "desk" if linkage.according_to is None else "speaker" if speaker else "party"
    form = (_korean if language == "ko" else _english)(linkage, voice, former=former)
    words = _titles(linkage, language)
    if linkage.according_to is not None:
        words["who"] = speaker or chosen(linkage.according_to, "capital", language)[0]
    particles = {
        f"{name}_{particle}": with_particle(word, particle)
        for name, word in words.items()
        for particle in ("은", "이", "을", "과")
    }
    for end, track in (("a", linkage.from_track), ("b", linkage.to_track)):
        if href := links.get(place_of(track)):
            words[end] = format_html('<a href="{}">{}</a>', href, words[end])
    return format_html(form, **words, **particles)


def named_speaker(linkage: LinkageRecord) -> bool:
    """Whether the statement that it rests on is spoken for the party according to which it is."""
    voice, said = linkage.according_to, linkage.basis[0]
    return voice is not None and any(party.code == voice.code for party in said.parties)


def _speaker(linkage: LinkageRecord, language: str) -> str:
    """ "Lee Jae-myung (Seoul)", empty where somebody else tells of the party."""
    if not named_speaker(linkage) or linkage.according_to is None:
        return ""
    said, party = linkage.basis[0].speaker, linkage.according_to
    names = (said.name_ko or said.office_ko, said.name_en or said.office_en)
    name = next(filter(None, names if language == "ko" else names[::-1]), "")
    capital, _language = chosen(party, "capital", language)
    if not name:
        return ""
    # Where it is the capital itself that is called the speaker, once is enough.
    if capital in name:
        return name
    return f"{name}({capital})" if language == "ko" else f"{name} ({capital})"


def _titles(linkage: LinkageRecord, language: str) -> dict[str, str]:
    ends = {"a": linkage.from_track, "b": linkage.to_track}
    return {end: chosen(track, "title", language)[0] for end, track in ends.items()}


def _english(linkage: LinkageRecord, voice: str, *, former: bool) -> str:
    clause = _ENGLISH[LinkageKind(linkage.kind)]
    if linkage.standing == LinkageStanding.ENDED:
        verb = clause.ended_past if former else clause.ended
    else:
        verb = clause.past if former else clause.now
    frames = _DENIES if linkage.standing == LinkageStanding.DENIED else _SAYS
    return frames[voice][former].replace("{what}", f"{{a}} {verb} {{b}}")


def _korean(linkage: LinkageRecord, voice: str, *, former: bool) -> str:
    """What was said is quoted in the tense in which it was said."""
    clause, standing = _KOREAN[LinkageKind(linkage.kind)], LinkageStanding(linkage.standing)
    denied = standing == LinkageStanding.DENIED
    said_not = standing == LinkageStanding.ENDED or (denied and voice == "desk")
    again = "더는 " if standing == LinkageStanding.ENDED else ""
    what = f"{{a}}{{a_이}} {again}{clause.not_held if said_not else clause.held}"
    frames = _DENIES_KO if denied else _SAYS_KO
    return frames[voice][former].replace("{what}", what)
