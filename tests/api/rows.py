"""A small record for the tests of the API: `size` rows of every kind, all about one negotiation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from negotiations.api.docs import routes
from tests import factories
from tests.factories import reports

# The first of each, by the names that the description gives as examples.
NAMES = {
    "negotiation": "rok-us", "track": "currency-swap", "slug": "cho-hyun", "code": "KR",
    "meeting": "first-lee-trump-summit",
}  # fmt: skip
# What an address does not answer without.
NEEDED = {
    "/api/v1/search/": "?q=agreed",
    "/api/v1/ledger/consistency/": "?from=1",
    "/api/v1/oembed/": "?url=http://testserver/rok-us/currency-swap/",
}
KNOWN_ON = date(2025, 9, 1)
_READS = [route for route in routes() if route.method == "GET" and not route.scoped]
# What anybody may read; files have connections of their own, and so tests of their own.
PUBLIC = [r for r in _READS if "/export/" not in r.path and not r.path.endswith(".txt")]
EXPORTS = [route for route in _READS if "/export/" in route.path]
ENTERED_AT = datetime(2025, 10, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What the addresses of the record are filled with."""

    tracks: tuple[Any, ...]
    ids: dict[str, int]

    def fill(self, path: str) -> str:
        """An address that answers, from a path of the description."""
        noun = path.split("/")[3]
        return path.format(id=self.ids.get(noun, 7), number=1, **NAMES) + NEEDED.get(path, "")


def make_record(size: int) -> Rows:
    """Rows of every kind; each track has `size` of what can stand on it."""
    names = [chr(ord("a") + n) for n in range(size)]
    negotiations = [
        factories.NegotiationFactory(slug=_first(n, "negotiation") or f"talks-{name}")
        for n, name in enumerate(names)
    ]
    tracks: tuple[Any, ...] = tuple(
        factories.TrackFactory(
            negotiation=negotiations[0], slug=_first(n, "track") or f"track-{name}"
        )
        for n, name in enumerate(names)
    )
    made = [_on_track(tracks[0], tracks, number=n, name=name) for n, name in enumerate(names)]
    for name, ids in zip(names, made, strict=True):
        change = ids["status-changes"]
        factories.enter(tracks=tracks, object_id=change, payload={"name": name}, at=ENTERED_AT)
    return Rows(tracks=tracks, ids=made[0])


def _first(number: int, name: str) -> str:
    return NAMES[name] if number == 0 else ""


def _on_track(track: Any, tracks: tuple[Any, ...], *, number: int, name: str) -> dict[str, int]:
    korea, states = factories.PartyFactory(code="KR"), factories.PartyFactory(code="US")
    slug = _first(number, "slug") or f"later-{name}"
    speaker = factories.PersonFactory(slug=slug, aliases=["조 현"])
    factories.TenureFactory(person=speaker)
    publisher = factories.PublisherFactory(slug=slug)
    factories.GradeFactory(publisher=publisher)
    said = f"He said that {name} had agreed."
    source: Any = factories.SourceFactory(publisher=publisher, known_on=KNOWN_ON)
    snapshot = factories.SnapshotFactory(source=source, text=said)
    told = {"source": source, "speaker": speaker, "tracks": tracks, "known_on": KNOWN_ON}
    statement: Any = factories.StatementFactory(
        **told,
        parties=[korea],
        about=[states],
        snapshot=snapshot,
        quotation=said[3:7],
        start=3,
        end=7,
    )
    other = factories.StatementFactory(**told, parties=[states], repeats=statement)
    basis = {"basis": statement, "further_basis": [other], "known_on": KNOWN_ON}
    party = (korea, states)[number % 2]
    change: Any = factories.StatusChangeFactory(track=track, dissent=[other], **basis)
    factories.StatusChangeFactory(track=track, according_to=party, stage="exploratory", **basis)
    wrong = factories.StatusChangeFactory(track=track, stage="mooted", **basis)
    factories.StatusChangeFactory(track=track, stage="mooted", supersedes=wrong, **basis)
    term = factories.TermFactory(track=track)
    position: Any = factories.PositionFactory(term=term, according_to=party, amount="8.2", **basis)
    away = factories.TrackFactory(negotiation=track.negotiation, parent=track)
    linkage: Any = factories.LinkageFactory(from_track=track, to_track=away, **basis)
    milestone: Any = factories.MilestoneFactory(tracks=[track], **basis)
    account: Any = factories.AccountFactory(
        track=track,
        meeting=_first(number, "meeting") or f"meeting-{name}",
        according_to=party,
        **basis,
    )
    factories.MilestoneFactory(tracks=[track], kind="meeting", slug=account.meeting, **basis)
    sent = reports.report(change, text=name)
    return {
        "reports": sent.pk,
        "sources": source.pk,
        "statements": statement.pk,
        "status-changes": change.pk,
        "positions": position.pk,
        "linkages": linkage.pk,
        "milestones": milestone.pk,
        "accounts": account.pk,
    }
