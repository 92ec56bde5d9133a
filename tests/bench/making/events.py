"""What rests on statements: status changes, positions, ties, milestones; made one by one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from negotiations.vocabulary import (
    LEGAL_STANDINGS,
    PATHS,
    LinkageKind,
    Momentum,
    Procedure,
    Stage,
    Standing,
    unusual_move,
)
from tests.bench.making.plan import GROUP, TRACKS, Event, Plan
from tests.bench.making.utterances import Utterances, chain_of, track_of
from tests.bench.making.world import _PROCEDURES, World

_VOICES = (None, "KR", "US", "KR", "US")
_STANDINGS = [standing.value for standing in Standing]
_ROUND = TRACKS * len(_VOICES)


def make(
    event: Event, number: int, *, plan: Plan, world: World, said: Utterances
) -> tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Verb, values, names and ids of what an event points to.

    `ids` hold its links by name and `scope`, the pairs of track and negotiation that hear of it.
    """
    at = plan.at(number)
    drafter, reviewer = world.officers
    known = said.document(event.basis // GROUP)["day"]
    random = Random(f"{event.noun} {event.place}")
    # A second witness for every third: the statement before the first, which is published, too.
    further = [event.basis] if event.place % 3 == 0 and event.basis else []
    day = known + timedelta(days=random.choice((0, 0, 0, 0, 7, 30)))
    values = {
        "id": event.place + 1, "drafted_by_id": drafter, "drafted_at": at - timedelta(minutes=20),
        "published_by_id": reviewer, "published_at": at, "ledger_number": number,
        "known_on": known, "chain": chain_of(event.noun, event.place),
        "effective_on": day.isoformat(), "effective_lower": day, "effective_upper": day,
        "basis_id": event.basis + 1, "note_en": "As the sources have it.",
    }  # fmt: skip
    own, keys, ids = _OWN[event.noun](event, world, random)
    if event.noun == "milestone":
        # It is due some weeks after it was told.
        due = day + timedelta(days=random.randrange(10, 120))
        own |= {"due_on": due.isoformat(), "due_lower": due, "due_upper": due}
    keys["further_basis"] = further
    return "publish", {**values, **own}, keys, {**ids, "further_basis": further}


def _scope(world: World, *tracks: int) -> list[tuple[int, int]]:
    return [(world.tracks[track][0], world.tracks[track][2]) for track in tracks]


def _status(event: Event, world: World, random: Random) -> tuple[Any, Any, Any]:
    track, voice = track_of(event, world), _VOICES[event.place // TRACKS % len(_VOICES)]
    procedure = Procedure(_PROCEDURES[track % 4])
    before, stage = _stage(event.place - _ROUND, procedure), _stage(event.place, procedure)
    move = unusual_move(procedure, before, stage) if stage is not None else None
    own = {
        "track_id": world.tracks[track][0],
        "according_to_id": world.parties[voice] if voice else None,
        "stage": stage, "momentum": random.choice([m.value for m in Momentum]),
        "documentary_basis": "published_text", "unusual": move.value if move else "",
        "reason_en": "The talks took another way." if move else "",
        "headline_en": f"Reading {event.place} of track {track}",
        "headline_ko": f"{track}번 의제의 {event.place}번째 판단",
    }  # fmt: skip
    keys = {"track": world.tracks[track][1], "according_to": voice, "dissent": []}
    return own, keys, {"dissent": [], "scope": _scope(world, track)}


def _stage(place: int, procedure: Procedure) -> Any:
    """The stage of a voice's reading: up the ladder of the procedure, with a step back at times."""
    if place < 0:
        return None
    path, turn = PATHS[procedure], place // _ROUND
    ahead = place // TRACKS % 2 + turn - (2 if place % 7 == 0 else 0)
    return Stage(path[min(max(ahead, 0), len(path) - 1)]).value


def _position(event: Event, world: World, random: Random) -> tuple[Any, Any, Any]:
    term, path, track = world.terms[event.place % len(world.terms)]
    party = ("KR", "US")[event.place // len(world.terms) % 2]
    standing = random.choice(_STANDINGS)
    own = {
        "term_id": term, "according_to_id": world.parties[party], "qualifier": "up_to",
        "amount": Decimal(random.randrange(1, 4000)) / 10, "standing": standing,
        "legal": standing in LEGAL_STANDINGS,
    }  # fmt: skip
    return own, {"term": path, "according_to": party}, {"scope": _scope(world, track)}


def _linkage(event: Event, world: World, random: Random) -> tuple[Any, Any, Any]:
    track = track_of(event, world)
    to = (track + 1 + random.randrange(TRACKS - 1)) % TRACKS
    party = (None, "KR", "US")[event.place % 3]
    own = {
        "from_track_id": world.tracks[track][0], "to_track_id": world.tracks[to][0],
        "according_to_id": world.parties[party] if party else None,
        "kind": random.choice([kind.value for kind in LinkageKind]), "standing": "asserted",
    }  # fmt: skip
    keys = {"from_track": world.tracks[track][1], "to_track": world.tracks[to][1],
            "according_to": party}  # fmt: skip
    return own, keys, {"scope": _scope(world, track, to)}


def _milestone(event: Event, world: World, random: Random) -> tuple[Any, Any, Any]:
    track = track_of(event, world)
    # Five rows a milestone: it slips, and at last it has an outcome.
    turn = event.place // TRACKS
    own = {
        "negotiation_id": world.tracks[0][2], "slug": f"milestone-{track}", "kind": "meeting",
        "title_en": f"Meeting on track {track}", "title_ko": f"{track}번 의제 회의",
        "outcome": random.choice(["met", "missed"]) if turn == 4 else "open",
    }  # fmt: skip
    keys = {"negotiation": world.tracks[0][1].split("/")[0], "tracks": [world.tracks[track][1]]}
    scope = _scope(world, track)
    return own, keys, {"tracks": [scope[0][0]], "scope": scope}


_OWN = {"status_change": _status, "position": _position, "linkage": _linkage,
        "milestone": _milestone}  # fmt: skip
