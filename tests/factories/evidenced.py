"""What rests on statements: status changes, positions, ties, milestones."""

from __future__ import annotations

from datetime import date

import factory

from negotiations import models
from negotiations.vocabulary import LEGAL_STANDINGS
from tests.factories.published import PublishedFactory, StatementFactory
from tests.factories.reference import PartyFactory, TermFactory, TrackFactory


class EvidencedFactory(PublishedFactory):
    """What rests on a statement, by default a new one."""

    class Meta:
        abstract = True

    _links = ("further_basis",)
    basis = factory.SubFactory(StatementFactory)
    effective_on = "2025-10-01"
    effective_lower = factory.LazyAttribute(lambda o: date.fromisoformat(o.effective_on))
    effective_upper = factory.SelfAttribute("effective_lower")


class StatusChangeFactory(EvidencedFactory):
    """The desk's reading that a track is being negotiated."""

    class Meta:
        model = models.StatusChange

    _links = ("further_basis", "dissent")
    track = factory.SubFactory(TrackFactory)
    stage = "negotiating"
    momentum = "steady"
    documentary_basis = "oral"
    headline_en = "They negotiate"
    headline_ko = "협상 중이다"


class PositionFactory(EvidencedFactory):
    """A party announces 15 per cent."""

    class Meta:
        model = models.Position

    term = factory.SubFactory(TermFactory)
    according_to = factory.SubFactory(PartyFactory, code="US")
    amount = 15
    qualifier = "exactly"
    standing = "announced"
    legal = factory.LazyAttribute(lambda o: o.standing in LEGAL_STANDINGS)


class LinkageFactory(EvidencedFactory):
    """One track is decoupled from another."""

    class Meta:
        model = models.Linkage

    from_track = factory.SubFactory(TrackFactory)
    to_track = factory.SubFactory(
        TrackFactory, negotiation=factory.SelfAttribute("..from_track.negotiation")
    )
    kind = "decoupled_from"
    standing = "asserted"


class AccountFactory(EvidencedFactory):
    """A party's account of a meeting says something on the rice market."""

    class Meta:
        model = models.Account

    track = factory.SubFactory(TrackFactory)
    meeting = "summit"
    topic = "rice-market"
    topic_en = "Rice market"
    topic_ko = "쌀 시장"
    according_to = factory.SubFactory(PartyFactory, code="KR")
    bearing = "tells"
    text_en = factory.LazyAttribute(lambda o: "" if o.bearing == "omits" else "Nothing was opened.")
    text_ko = factory.LazyAttribute(lambda o: "" if o.bearing == "omits" else "개방한 것이 없다.")


class MilestoneFactory(EvidencedFactory):
    """A deadline that is open."""

    class Meta:
        model = models.Milestone

    _links = ("further_basis", "tracks")
    tracks = factory.LazyFunction(lambda: [TrackFactory()])
    negotiation = factory.LazyAttribute(lambda o: o.tracks[0].negotiation)
    slug = factory.Sequence(lambda n: f"milestone-{n}")
    kind = "deadline"
    title_en = "Announcement before APEC"
    title_ko = "APEC 전 발표"
    due_on = "2025-10-31"
    due_lower = factory.LazyAttribute(lambda o: date.fromisoformat(o.due_on))
    due_upper = factory.SelfAttribute("due_lower")
    outcome = "open"
