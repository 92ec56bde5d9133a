"""Sources with the statements that stand in them, each made from its place alone."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from negotiations.vocabulary import StatementKind
from tests.bench.making.plan import GROUP, TRACKS, Event, Plan
from tests.bench.making.words import FILLER, sentence, title
from tests.bench.making.world import World

_SEED = 20_261_126
_AROUND = 40
_KINDS = [kind.value for kind in StatementKind]
_SLOTS = 4096
_ZONES = {"KR": "Asia/Seoul", "US": "America/New_York", "KP": "Asia/Pyongyang", "JP": "Asia/Tokyo"}


def _skewed(count: int, flat: int) -> list[int]:
    """Slots for numbers below `count`, by a Zipf law that is flatter at its head."""
    weights = list(accumulate(1 / (rank + flat) for rank in range(1, count + 1)))
    slots, at = [], 0
    for slot in range(_SLOTS):
        while weights[at] / weights[-1] < (slot + 0.5) / _SLOTS:
            at += 1
        slots.append(at)
    return slots


_TRACK_OF, _SPEAKER_OF = _skewed(TRACKS, 2), _skewed(500, 5)


def chain_of(noun: str, place: int) -> UUID:
    """The chain of a row, the same in every record."""
    return UUID(bytes=hashlib.md5(f"{noun} {place}".encode(), usedforsecurity=False).digest())


class Utterances:
    """The sources and statements of one record."""

    def __init__(self, plan: Plan, world: World) -> None:
        """Of this plan, pointing into this world."""
        self.plan, self.world = plan, world
        # A correction looks back to its original, which is in one of the last groups.
        self.document = lru_cache(maxsize=64)(self._document)

    def _document(self, group: int) -> dict[str, Any]:
        """A source with its text and the statements in it, those that correct others left out."""
        random = Random(_SEED * 7 + group)
        first = self.plan.source_number(group)
        at = self.plan.at(first)
        language = "ko" if random.random() < 0.55 else "en"
        day = (at - timedelta(days=random.getrandbits(8) % 3)).date()
        publisher = self.world.publishers[random.getrandbits(16) % len(self.world.publishers)]
        pieces, places, length = [], {}, 0

        def say(text: str) -> None:
            nonlocal length
            pieces.append(text)
            length += len(text) + 1

        filler = FILLER[language]
        for place in range(GROUP * group, GROUP * group + GROUP):
            say(filler[random.getrandbits(10)])
            words = sentence(Random(_SEED + place), language)
            places[place] = (words, length + 1)
            say(f'"{words}"')
            say(filler[random.getrandbits(10)])
        text = " ".join(pieces)
        return {
            "id": group + 1, "number": first, "at": at, "language": language, "day": day,
            "publisher": publisher, "text": text, "places": places,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "title": title(random, language),
        }  # fmt: skip

    def source(self, group: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """The values of a source and of its kept text, and the names of what it points to."""
        made = self.document(group)
        address = f"https://bench.example/{group}"
        values = {
            **_published(self, made["id"], made["number"], made["at"], made["day"]),
            "chain": chain_of("source", group), "url": address, "title": made["title"],
            "url_sha256": hashlib.sha256(address.encode()).hexdigest(),
            "publisher_id": made["publisher"][0], "language": made["language"],
            "published_on": made["day"].isoformat(), "published_lower": made["day"],
            "published_upper": made["day"],
        }  # fmt: skip
        snapshot = {
            "id": made["id"], "source_id": made["id"], "text": made["text"],
            "sha256": made["sha256"], "captured_at": values["drafted_at"],
            "recorded_at": values["drafted_at"], "capture": "fetched",
        }  # fmt: skip
        return values, snapshot, {"publisher": made["publisher"][1]}

    def statement(self, place: int) -> tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]:
        """A statement: the verb that published it, its values, the names and the ids it points to.

        One in a hundred corrects the one ten places before, one in a thousand withdraws it; one in
        twenty repeats an earlier one.
        """
        corrects = place % 100 == 50
        original = place - 10 if corrects else place
        made = self.document(original // GROUP)
        values, keys, ids = self._said(original, made)
        number = self.plan.number(place)
        at = self.plan.at(number)
        values |= _published(self, place + 1, number, at, made["day"])
        values["chain"] = chain_of("statement", original)
        if not corrects:
            return "publish", values, keys, ids
        values |= {"supersedes_id": original + 1, "correction_reason": "The digit was misread.",
                   "credibility": "1", "withdrawn": place % 1000 == 950}  # fmt: skip
        return "retract" if values["withdrawn"] else "correct", values, keys, ids

    def _said(
        self, place: int, made: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        random = Random(_SEED * 3 + place)
        draw = random.getrandbits
        event = self.plan.cited.get(place)
        tracks, speaker = self._bears(random, event), self._speaker(random, place)
        person, slug, party, office, office_slug = speaker
        said = made["day"] - timedelta(days=(0, 0, 0, 1, 1, 2, 3, 14)[draw(3)])
        vague = draw(5) == 0
        lower = said.replace(day=1) if vague else said
        upper = (lower + timedelta(days=27)) if vague else said
        other = "US" if party != "US" else "KR"
        about = [other] if draw(8) < 150 else []
        named = draw(5) > 0
        values = {
            "source_id": made["id"], **self._worded(place, made, draw(8) < 38),
            "speaker_id": person if named else None, "office_id": office,
            "said_on": said.strftime("%Y-%m~") if vague else said.isoformat(),
            "said_lower": lower, "said_upper": upper, "zone": _ZONES[party],
            "place_en": "Seoul" if draw(3) == 0 else "", "kind": _KINDS[draw(16) % len(_KINDS)],
            "modality": "hedged" if draw(3) == 0 else "asserted",
            "attribution": "official_document" if event else "on_record",
            "credibility": "2", "language": made["language"],
            "repeats_id": place - 3 if place % 20 == 7 else None,
        }  # fmt: skip
        keys = {
            "snapshot": made["sha256"] if values["snapshot_id"] else None,
            "speaker": slug if named else None, "office": office_slug, "parties": [party],
            "about": about, "tracks": [self.world.tracks[track][1] for track in tracks],
        }  # fmt: skip
        ids = {
            "parties": [self.world.parties[party]],
            "about": [self.world.parties[code] for code in about],
            "tracks": [(self.world.tracks[t][0], self.world.tracks[t][2]) for t in tracks],
        }
        return values, keys, ids

    def _worded(self, place: int, made: dict[str, Any], paraphrased: bool) -> dict[str, Any]:
        words, start = made["places"][place]
        if paraphrased:
            return {"paraphrase_en": f"Number {place}: {words}", "paraphrase_ko": words,
                    "snapshot_id": None}  # fmt: skip
        end, text = start + len(words), made["text"]
        return {
            "quotation": words, "snapshot_id": made["id"], "start": start, "end": end,
            "prefix": text[max(0, start - _AROUND) : start], "suffix": text[end : end + _AROUND],
        }  # fmt: skip

    def _bears(self, random: Random, event: Event | None) -> list[int]:
        """Places of its tracks: one to three, that of what rests on it first."""
        if random.getrandbits(10) < 10 and event is None:
            return [TRACKS + random.getrandbits(8) % (len(self.world.tracks) - TRACKS)]
        count = (1, 1, 1, 1, 1, 2, 2, 3)[random.getrandbits(3)]
        picks = dict.fromkeys(_TRACK_OF[random.getrandbits(12)] for _ in range(count))
        return list({**({track_of(event, self.world): None} if event else {}), **picks})[:3]

    def _speaker(self, random: Random, place: int) -> tuple[int, str, str, int, str]:
        event = self.plan.cited.get(place)
        speaker = _SPEAKER_OF[random.getrandbits(12)]
        # Of who negotiates, where something rests on it: the first eighteen of twenty are.
        if event is not None and speaker % 20 > 17:
            speaker -= 5
        return self.world.speakers[speaker % len(self.world.speakers)]


def track_of(event: Event, world: World) -> int:
    """The place of the track that an event is about, or the first of them."""
    if event.noun == "position":
        return world.terms[event.place % len(world.terms)][2]
    return event.place % TRACKS


def _published(
    utterances: Utterances, id: int, number: int, at: datetime, known: Any
) -> dict[str, Any]:
    drafter, reviewer = utterances.world.officers
    return {
        "id": id, "drafted_by_id": drafter, "drafted_at": at - timedelta(minutes=30),
        "published_by_id": reviewer, "published_at": at, "ledger_number": number,
        "known_on": known,
    }  # fmt: skip
