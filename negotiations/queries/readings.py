"""The latest reading of each voice on each track: any number of them in one SQL query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from negotiations.models import Clocks
from negotiations.queries.utterance_days import Word, day_of
from negotiations.queries.walks import held, newest, values_of, visible
from negotiations.sql import array, fetch


@dataclass(frozen=True, slots=True)
class HeardReading:
    """A latest reading, as far as the state of a track tells of it itself.

    `others`: readings of the same party and of the same, or an overlapping vague, date that name
    another stage, newest first.
    """

    id: int
    others: tuple[int, ...]
    stage: str
    momentum: str
    documentary_basis: str
    effective_on: str
    known_on: date
    headline_en: str
    headline_ko: str


class Voice(NamedTuple):
    """Who reads which track; `party` null is the desk."""

    track: int
    party: int | None


def latest_of(
    tracks: Collection[int], parties: Mapping[int, Collection[int]], *, clocks: Clocks
) -> dict[Voice, HeardReading]:
    """What the desk, and on each track these parties, read last; who is silent is left out."""
    pairs = [(track, party) for track in tracks for party in parties[track]]
    values = {
        **values_of(clocks),
        "tracks": array(tracks),
        "heard_on": array(track for track, _ in pairs),
        "heard": array(party for _, party in pairs),
    }
    rows = fetch(f"{_desk(clocks)} UNION ALL {_of_parties(clocks)}", values)
    return {Voice(track, party): HeardReading(pk, tuple(others), *told) for
            track, party, pk, others, *told in rows}  # fmt: skip


def words_read(
    tracks: Collection[int], parties: Mapping[int, Collection[int]], *, clocks: Clocks
) -> dict[Voice, Word]:
    """The party's own words that its latest reading of a track rests on; one SQL query.

    A statement need not be filed under every track that it is read for.
    """
    pairs = [(track, party) for track in tracks for party in parties[track]]
    values = {
        **values_of(clocks),
        "heard_on": array(track for track, _ in pairs),
        "heard": array(party for _, party in pairs),
    }
    # With OFFSET it is looked at for each reading that was found, and not for all beforehand.
    its = (
        "SELECT said.said_lower, said.said_upper, said.id FROM negotiations_statement said"  # noqa: S608
        " WHERE said.id = latest.basis_id AND said.said_lower <= %(on)s"
        " AND EXISTS (SELECT FROM negotiations_statement_parties spoken"
        "     WHERE spoken.statement_id = said.id AND spoken.party_id = voice.party)"
        f" AND {visible('said', 'statement', clocks=clocks)} OFFSET 0"
    )
    rows = fetch(
        "SELECT voice.track, voice.party, said.*"  # noqa: S608  words of ours
        " FROM unnest(%(heard_on)s::bigint[], %(heard)s::bigint[]) voice (track, party)"
        f" CROSS JOIN LATERAL ({_latest('row.according_to_id = voice.party', clocks)}) latest"
        f" CROSS JOIN LATERAL ({its}) said",
        values,
    )
    return {
        Voice(track, party): Word(min(day_of(lower, upper), clocks.on), pk, (party,))
        for track, party, lower, upper, pk in rows
    }


_TOLD = ", ".join(
    f"latest.{column}"
    for column in (
        *("stage", "momentum", "documentary_basis", "effective_on", "known_on"),
        *("headline_en", "headline_ko"),
    )
)


def _desk(clocks: Clocks) -> str:
    return (
        f"SELECT voice.track, NULL::bigint, latest.id, '{{}}'::bigint[], {_TOLD}"  # noqa: S608
        " FROM unnest(%(tracks)s::bigint[]) voice (track)"
        f" CROSS JOIN LATERAL ({_latest('row.according_to_id IS NULL', clocks)}) latest"
    )


def _of_parties(clocks: Clocks) -> str:
    others = (
        "SELECT other.id FROM negotiations_statuschange other"  # noqa: S608  words of ours
        " WHERE other.track_id = voice.track AND other.according_to_id = voice.party"
        " AND other.effective_upper >= latest.effective_lower"
        " AND other.effective_lower <= latest.effective_upper AND other.stage <> latest.stage"
        f" AND {held('other', 'statuschange', clocks=clocks)} ORDER BY {newest('other')}"
    )
    return (
        f"SELECT voice.track, voice.party, latest.id, ARRAY({others}), {_TOLD}"  # noqa: S608
        " FROM unnest(%(heard_on)s::bigint[], %(heard)s::bigint[]) voice (track, party)"
        f" CROSS JOIN LATERAL ({_latest('row.according_to_id = voice.party', clocks)}) latest"
    )


def _latest(whose: str, clocks: Clocks) -> str:
    return (
        "SELECT row.* FROM negotiations_statuschange row"  # noqa: S608  words of ours
        f" WHERE row.track_id = voice.track AND {whose}"
        f" AND {held('row', 'statuschange', clocks=clocks)} ORDER BY {newest('row')} LIMIT 1"
    )
