"""What is held of any number of tracks under one setting of the clocks, by the ids of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from negotiations.models import Clocks
from negotiations.queries.accounts import latest_accounts
from negotiations.queries.contrasts import HeldState
from negotiations.queries.milestones import Due, milestones_of
from negotiations.queries.readings import Voice, latest_of
from negotiations.queries.states import party_ids
from negotiations.queries.terms import latest_positions
from negotiations.queries.ties import latest_ties

_Keyed = dict[int, dict[Any, int]]


def held_by(tracks: Collection[Any], *, clocks: Clocks) -> dict[int, HeldState]:
    """What is held of these tracks of `tracks_of`, by their ids; five SQL queries."""
    ids = [track.pk for track in tracks]
    heard = latest_of(ids, {track.pk: party_ids(track) for track in tracks}, clocks=clocks)
    positions, linkages = _positions(ids, clocks=clocks), _linkages(ids, clocks=clocks)
    milestones, accounts = _milestones(ids, clocks=clocks), _accounts(tracks, clocks=clocks)
    return {
        track.pk: HeldState(
            on=clocks.on,
            desk=heard.get(Voice(track.pk, None)),
            voices={party: heard.get(Voice(track.pk, party)) for party in party_ids(track)},
            positions=positions.get(track.pk, {}),
            linkages=linkages.get(track.pk, {}),
            milestones=milestones.get(track.pk, {}),
            accounts=accounts.get(track.pk, {}),
        )
        for track in tracks
    }


def _positions(tracks: Collection[int], *, clocks: Clocks) -> _Keyed:
    """The latest position of each party on each term, what is said apart from what is law."""
    found: _Keyed = defaultdict(dict)
    for one in latest_positions(tracks, clocks=clocks):
        found[one.track][one.term, one.party, one.legal] = one.id
    return found


def _linkages(tracks: Collection[int], *, clocks: Clocks) -> _Keyed:
    """The latest word of each voice on each pair of tracks, at both of them, newest first."""
    found: _Keyed = defaultdict(dict)
    for word in latest_ties(tracks, clocks=clocks):
        for track in word.pair:
            found[track][*word.pair, word.party] = word.pk
    return found


def _milestones(tracks: Collection[int], *, clocks: Clocks) -> dict[int, dict[str, Due]]:
    found: dict[int, dict[str, Due]] = defaultdict(dict)
    for due in milestones_of(tracks, clocks=clocks):
        for track in due.tracks:
            found[track][due.slug] = due
    return found


def _accounts(tracks: Collection[Any], *, clocks: Clocks) -> _Keyed:
    """The latest account of each party on each topic of each meeting, by its track.

    On a topic a party has one account, on whichever track it is told, as its meeting's page has it.
    """
    found: _Keyed = defaultdict(dict)
    for one in latest_accounts({track.negotiation_id for track in tracks}, clocks=clocks):
        found[one.track][one.meeting, one.topic, one.party] = one.pk
    return found
