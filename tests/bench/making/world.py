"""The names of a made record, entered through the product's own operations, and their ids."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from negotiations import operations
from negotiations.desk_words import Role
from negotiations.models import LedgerEntry, Office, Officer, Party, Person, Publisher, Term, Track
from negotiations.operations import Actor
from tests.bench.making import people
from tests.bench.making.plan import BEGIN, SMALL_TRACKS, TERMS, TRACKS

NEGOTIATION, SMALL = "bench", "small"
# A record that is not whole has few: entering names takes longer than copying rows.
SPEAKERS, FEW_SPEAKERS = 500, 40
# The tokens of the two officers; they open nothing but a made record.
TOKENS = {"drafter": "parley_bench_drafter", "reviewer": "parley_bench_reviewer"}
_PROCEDURES = ("political_document", "executive_agreement", "treaty", "central_bank_arrangement")
_FIRST = BEGIN - timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the made rows point to: ids in the order of their numbers, with the names of each."""

    officers: tuple[int, int]
    acts: int
    parties: dict[str, int]
    # Id, path, id of the negotiation; those of the large negotiation first.
    tracks: tuple[tuple[int, str, int], ...]
    # Id, slug, party, then the same of the office.
    speakers: tuple[tuple[int, str, str, int, str], ...]
    # Id, slug, tier.
    publishers: tuple[tuple[int, str, str], ...]
    # Id, path, place of its track.
    terms: tuple[tuple[int, str, int], ...]


def make_world(*, speakers: int) -> World:
    """Enter all names into an empty database, with so many speakers and the offices they hold."""
    officers = tuple(_officer(name) for name in TOKENS)
    enter = _Enter(officers[1])
    for code, en, ko, capital, capital_ko, zone in people.PARTIES:
        enter("register_party", code=code, name_en=en, name_ko=ko, capital_en=capital,
              capital_ko=capital_ko, zone=zone)  # fmt: skip
    enter("register_negotiation", slug=NEGOTIATION, title_en="Bench", title_ko="측정용 협상",
          parties=["KR", "US"])  # fmt: skip
    enter("register_negotiation", slug=SMALL, title_en="Small bench", title_ko="작은 측정용 협상",
          parties=["KR", "JP"])  # fmt: skip
    _enter_tracks(enter)
    _enter_people(enter, speakers)
    for slug, en, ko, tier, letter in people.publishers():
        enter("register_publisher", slug=slug, name_en=en, name_ko=ko, tier=tier)
        enter("grade_publisher", publisher=slug, reliability=letter, graded_on=date(2023, 1, 1))
    for number in range(TERMS):
        enter("register_term", track=f"{NEGOTIATION}/{_track(number % TRACKS)}",
              slug=f"term-{number}", name_en=f"Term {number}", name_ko=f"{number}번 쟁점",
              unit="percent" if number % 2 else "usd_billion")  # fmt: skip
    return read_world()


class _Enter:
    def __init__(self, officer: int) -> None:
        self.by, self.now = Actor(officer=officer, role=Role.SEEDER), _FIRST

    def __call__(self, verb: str, **given: Any) -> None:
        self.now += timedelta(minutes=1)
        getattr(operations, verb)(by=self.by, now=self.now, **given)


def _officer(name: str) -> int:
    # A fixed day, so that the same record is made again; nobody signs in with this password.
    made = Officer.objects.create(username=f"bench-{name}", password="!", is_superuser=True,
                                  date_joined=_FIRST)  # fmt: skip
    made.tokens.create(
        name="bench", begins=TOKENS[name][:12], scopes=["publish"], created_at=_FIRST,
        sha256=hashlib.sha256(TOKENS[name].encode()).hexdigest(),
        expires_at=_FIRST + timedelta(days=36_500),
    )  # fmt: skip
    return int(made.pk)


def _track(number: int) -> str:
    return f"track-{number}"


def _enter_tracks(enter: _Enter) -> None:
    for negotiation, count in ((NEGOTIATION, TRACKS), (SMALL, SMALL_TRACKS)):
        for number in range(count):
            # Every fourth is a main track; the three after it hang below.
            main, procedure = number % 4 == 0, _PROCEDURES[number % 4]
            parent = None if main else _track(number - number % 4)
            enter("register_track", negotiation=negotiation, slug=_track(number),
                  title_en=f"Track {number}", title_ko=f"{number}번 의제", parent=parent,
                  procedure=procedure, headline=number < 16 and main)  # fmt: skip


def _enter_people(enter: _Enter, speakers: int) -> None:
    offices = people.offices()
    held = {office_of(number, offices) for number in range(speakers)}
    for slug, en, ko, party in offices:
        if slug in held:
            enter("register_office", slug=slug, title_en=en, title_ko=ko, party=party)
    for number in range(speakers):
        slug, en, ko = people.person(number)
        enter("register_person", slug=slug, name_en=en, name_ko=ko, aliases=[en.upper()])
        enter("appoint", person=slug, office=office_of(number, offices), held_from="2022-05")


def office_of(speaker: int, offices: list[tuple[str, str, str, str]]) -> str:
    """The slug of the office that a speaker holds, one of the speaker's party."""
    own = [slug for slug, _, _, party in offices if party == people.party_of(speaker)]
    return own[speaker % len(own)]


def read_world() -> World:
    """The names as they stand in the database of a made record."""
    drafter, reviewer = Officer.objects.order_by("pk").values_list("pk", flat=True)[:2]
    offices, ids = people.offices(), dict(Office.objects.values_list("slug", "pk"))
    known = dict(Person.objects.values_list("slug", "pk"))
    slugs = [people.person(number)[0] for number in range(len(known))]
    held = [office_of(number, offices) for number in range(len(known))]
    tracks = Track.objects.select_related("negotiation").order_by("pk")
    places = {track.pk: place for place, track in enumerate(tracks)}
    return World(
        officers=(drafter, reviewer),
        acts=LedgerEntry.objects.count(),
        parties=dict(Party.objects.values_list("code", "pk")),
        tracks=tuple((t.pk, f"{t.negotiation.slug}/{t.slug}", t.negotiation_id) for t in tracks),
        speakers=tuple(
            (known[slug], slug, people.party_of(number), ids[held[number]], held[number])
            for number, slug in enumerate(slugs)
        ),
        publishers=tuple(Publisher.objects.order_by("pk").values_list("pk", "slug", "tier")),
        terms=tuple(
            (term.pk, f"{NEGOTIATION}/{term.track.slug}/{term.slug}", places[term.track_id])
            for term in Term.objects.select_related("track").order_by("pk")
        ),
    )
