"""What holds what up: the ties between the tracks of a negotiation, as each voice has them.

A tie's key is the pair of tracks, from whichever end it is told, and the voice: the latest word of
a party about two tracks counts, whatever its kind, and those before it are its history.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from negotiations.models import Clocks
from negotiations.queries import lookups, names, rings
from negotiations.queries.acts import newest_act
from negotiations.queries.clocks import clocks_used
from negotiations.queries.layouts import plan
from negotiations.queries.pieces import Tellers, records_of
from negotiations.queries.shapes import Cycle, Linkages, PartyRef, Tie, TieVoice, TrackRef, Wait
from negotiations.queries.states import TrackRow, party_ids
from negotiations.queries.ties import TieWord, newest_ties
from negotiations.queries.utterance_days import last_said_on
from negotiations.vocabulary import Agreement, LinkageKind, LinkageStanding

# More than these nobody reads; groups of tracks are told instead.
MOST_CYCLES = 12
# So many words of a voice on a tie are told, from the newest back: a page may not cost more the
# longer its record is.
MOST_WORDS = 20
_DESK = "desk"
_EITHER_WAY = frozenset({LinkageKind.PACKAGED_WITH, LinkageKind.TRADED_AGAINST})
# Which end waits, by kind: the first track for the second, or the second for the first.
_FIRST_WAITS = frozenset({LinkageKind.CONDITIONAL_ON, LinkageKind.DELAYED_BY})
_SECOND_WAITS = frozenset({LinkageKind.PRECONDITION_FOR, LinkageKind.SEQUENCED_BEFORE})


class _Pair(NamedTuple):
    """Two tracks with the words about them by voice, newest first: one more than is told."""

    number: int
    tracks: tuple[int, int]
    voices: Mapping[int | None, Sequence[TieWord]]


def linkages_of(
    negotiation_slug: str,
    *,
    clocks: Clocks,
    track: str | None = None,
    party: str | None = None,
    tell: Tellers = records_of,
) -> Linkages:
    """The ties of a negotiation, those with the newest words first, and its cycles of waiting.

    `track` and `party` (a code, or `desk`) narrow the ties to those of a track, and to those of
    which a party has said anything; cycles to those with such a tie. Seven SQL queries, one more
    for `party`, one where tracks elsewhere are tied to, six for what has no piece. Refuses
    `not_found`, and `bad_parameter` for what there is not.
    """
    room = plan(negotiation_slug, clocks=clocks)
    whole, tracks, ids = room.whole, room.tracks, room.ids
    here = room.track(track)
    # One more than is told tells whether there are more.
    pairs = _pairs(newest_ties(ids, most=MOST_WORDS + 1, clocks=clocks))
    wanted = _wanted(pairs, track=here, party=party)
    shown = [pair for pair in pairs if pair.number in wanted]
    parties = names.parties({*whole.party_ids, *_parties(pairs), *_own(tracks)})
    refs = {row.pk: room.ref(row) for row in tracks}
    if elsewhere := {pk for pair in pairs for pk in pair.tracks} - refs.keys():
        refs |= names.tracks(elsewhere)
    records = tell(
        clocks=clocks,
        linkage=[w.pk for p in shown for v in p.voices.values() for w in v[:MOST_WORDS]],
    )
    bound = {row.pk: party_ids(row) for row in tracks}
    cycles, knots = _cycles(pairs, refs, wanted)
    tied = {pk for pair in pairs for pk in pair.tracks}
    return Linkages(
        negotiation=room.summary(parties),
        ties=tuple(_tie(pair, refs, parties, bound, records.linkage) for pair in shown),
        untied=tuple(refs[pk] for pk in ids if pk not in tied),
        cycles=cycles,
        knots=knots,
        last_said_on=last_said_on(ids, clocks=clocks),
        clocks=clocks_used(clocks),
        ledger_number=newest_act(whole.pk, clocks=clocks),
    )


def claim(word: TieWord) -> tuple[object, ...]:
    """What a word claims of its two tracks, the same however it is put.

    That B is conditional on A is that A is a precondition for B; whatever says that there is no tie
    claims the same as whatever else does.
    """
    tied = word.standing == LinkageStanding.ASSERTED
    if word.kind == LinkageKind.DECOUPLED_FROM:
        return ("tied", not tied)
    if not tied:
        return ("tied", False)
    if word.kind in _EITHER_WAY:
        return (word.kind, *word.pair)
    if word.kind == LinkageKind.PRECONDITION_FOR:
        return (LinkageKind.CONDITIONAL_ON, word.after, word.before)
    return (word.kind, word.before, word.after)


def wait(word: TieWord) -> tuple[int, int] | None:
    """Who waits for whom by a word that is in effect; None where nobody does."""
    if word.standing != LinkageStanding.ASSERTED:
        return None
    if word.kind in _FIRST_WAITS:
        return word.before, word.after
    return (word.after, word.before) if word.kind in _SECOND_WAITS else None


def _pairs(words: Sequence[TieWord]) -> list[_Pair]:
    found: dict[tuple[int, int], dict[int | None, list[TieWord]]] = {}
    for word in words:
        found.setdefault(word.pair, {}).setdefault(word.party, []).append(word)
    return [
        _Pair(number, _as_told(voices), voices) for number, voices in enumerate(found.values(), 1)
    ]


def _as_told(voices: Mapping[int | None, Sequence[TieWord]]) -> tuple[int, int]:
    """The two tracks in the order in which the newest word names them."""
    word = next(iter(voices.values()))[0]
    return word.before, word.after


def _wanted(
    pairs: Sequence[_Pair],
    *,
    track: TrackRow | None,
    party: str | None,
) -> set[int]:
    """The numbers of the pairs that are asked for."""
    voice = None if party in {None, _DESK} else lookups.party_id(party)
    return {
        pair.number
        for pair in pairs
        if (track is None or track.pk in pair.tracks) and (party is None or voice in pair.voices)
    }


def _tie(
    pair: _Pair,
    refs: Mapping[int, TrackRef],
    parties: Mapping[int, PartyRef],
    bound: Mapping[int, Sequence[int]],
    records: Mapping[int, Any],
) -> Tie:
    concerned = dict.fromkeys(pk for track in pair.tracks for pk in bound.get(track, ()))
    spoken = [pk for pk in pair.voices if pk is not None]
    claims = {claim(pair.voices[pk][0]) for pk in spoken}
    silent = [pk for pk in concerned if pk not in pair.voices]
    return Tie(
        number=pair.number,
        tracks=(refs[pair.tracks[0]], refs[pair.tracks[1]]),
        agreement=_agreement(claims, silent=bool(silent)),
        voices=tuple(
            TieVoice(
                party=None if pk is None else parties[pk],
                latest=records[words[0].pk],
                earlier=tuple(records[word.pk] for word in words[1:MOST_WORDS]),
                cut=len(words) > MOST_WORDS,
            )
            for pk, words in pair.voices.items()
        ),
        silent=tuple(parties[pk] for pk in silent),
    )


def _agreement(claims: Collection[object], *, silent: bool) -> str:
    if not claims:
        return Agreement.UNKNOWN.value
    if len(claims) > 1:
        return Agreement.CONTESTED.value
    return Agreement.ONE_SIDED.value if silent else Agreement.CONCORDANT.value


def _cycles(
    pairs: Sequence[_Pair], refs: Mapping[int, TrackRef], wanted: Collection[int]
) -> tuple[tuple[Cycle, ...], tuple[tuple[TrackRef, ...], ...]]:
    """The cycles of which a pair is wanted; where there are too many of all, the knots as well."""
    waits: dict[tuple[int, int], Wait] = {}
    for pair in pairs:
        for words in pair.voices.values():
            if (step := wait(words[0])) is not None:
                before = waits[step].linkages if step in waits else ()
                waits[step] = Wait(
                    waiting=refs[step[0]],
                    awaited=refs[step[1]],
                    tie=pair.number,
                    linkages=(*before, words[0].pk),
                )
    web: dict[int, list[int]] = {}
    for waiting, awaited in waits:
        web.setdefault(waiting, []).append(awaited)
    found, whole = rings.rings(web, most=MOST_CYCLES)
    told = (
        tuple(waits[a, b] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))
        for ring in found
    )
    cycles = tuple(Cycle(waits=ring) for ring in told if any(w.tie in wanted for w in ring))
    knots = () if whole else rings.groups(web)
    return cycles, tuple(tuple(refs[pk] for pk in knot) for knot in knots)


def _parties(pairs: Sequence[_Pair]) -> set[int]:
    return {pk for pair in pairs for pk in pair.voices if pk is not None}


def _own(tracks: Sequence[Any]) -> set[int]:
    return {pk for track in tracks for pk in party_ids(track)}
