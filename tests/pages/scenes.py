"""A small record with something of everything that pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import factories as make

TEXT = (
    "Preliminary agreement.\n\nThe minister said the present state of the currency swap is "
    "“not optimistic,” while talks go on.\n\nMore later."
)
QUOTATION = "not optimistic,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The rows of `scene`."""

    negotiation: Any
    track: Any
    tariffs: Any
    person: Any
    source: Any
    quoted: Any
    paraphrased: Any
    desk: Any
    seoul: Any
    term: Any
    position: Any
    linkage: Any
    first_date: Any
    second_date: Any


def quotation(**members: Any) -> Any:
    """A statement whose words stand in the snapshot of its source."""
    source = members.pop("source", None) or make.SourceFactory(title="Swap talks")
    snapshot = make.SnapshotFactory(source=source, text=TEXT)
    start = TEXT.index(QUOTATION)
    return make.StatementFactory(
        source=source,
        snapshot=snapshot,
        quotation=QUOTATION,
        start=start,
        end=start + len(QUOTATION),
        prefix=TEXT[start - 20 : start],
        suffix=TEXT[start + len(QUOTATION) :][:20],
        **members,
    )


def scene() -> Scene:
    """Security stands at agreed in principle, heard from Seoul only; tariffs hang beside it."""
    kr = make.PartyFactory(code="KR", capital_en="Seoul", capital_ko="서울", name_ko="대한민국")
    us = make.PartyFactory(
        code="US", capital_en="Washington", capital_ko="워싱턴", zone="America/New_York"
    )
    negotiation = make.NegotiationFactory(slug="rok-us", title_en="Korea–US", title_ko="한미")
    track = make.TrackFactory(
        negotiation=negotiation, slug="security", title_en="Security", title_ko="안보"
    )
    tariffs = make.TrackFactory(
        negotiation=negotiation, slug="tariffs", title_en="Tariffs", title_ko="관세"
    )
    person = make.PersonFactory(slug="cho-hyun")
    office = make.OfficeFactory(slug="foreign-minister", party=kr)
    make.TenureFactory(person=person, office=office)
    publisher = make.PublisherFactory(slug="the-paper")
    make.GradeFactory(publisher=publisher)
    source = make.SourceFactory(title="Swap talks", publisher=publisher)
    voice = {"speaker": person, "office": office, "parties": [kr], "tracks": (track,)}
    quoted = quotation(source=source, about=[us], said_phrase="Wednesday", **voice)
    paraphrased = make.StatementFactory(
        paraphrase_en="They hope to announce it before APEC.",
        paraphrase_ko="APEC 전에 발표하기를 바란다.",
        said_on="2025-09-30",
        **voice,
    )
    desk = make.StatusChangeFactory(
        track=track,
        basis=quoted,
        further_basis=[paraphrased],
        stage="agreed_in_principle",
        headline_en="Security agreed in principle",
        headline_ko="안보 원칙적 합의",
    )
    seoul = make.StatusChangeFactory(
        track=track,
        basis=quoted,
        stage="agreed_in_principle",
        according_to=kr,
        headline_en="Seoul sees the main elements settled",
        headline_ko="서울은 핵심 내용이 정리됐다고 본다",
    )
    term = make.TermFactory(track=track, slug="defence-budget", name_en="Defence budget growth")
    position = make.PositionFactory(
        term=term, according_to=kr, amount="8.2", standing="announced", basis=paraphrased
    )
    linkage = make.LinkageFactory(from_track=track, to_track=tariffs, according_to=kr, basis=quoted)
    milestones = {"slug": "announcement", "tracks": [track], "basis": quoted}
    first_date = make.MilestoneFactory(due_on="2025-09-15", effective_on="2025-08-01", **milestones)
    second_date = make.MilestoneFactory(due_on="2025-10-31", **milestones)
    # Seoul and Washington tell of one meeting, and do not say the same.
    make.MilestoneFactory(
        slug="summit", tracks=[tariffs], kind="meeting", outcome="met", basis=quoted,
        title_en="Summit", title_ko="정상회담", due_on="2025-09-01", effective_on="2025-09-01",
        place_en="Washington", place_ko="워싱턴",
    )  # fmt: skip
    rice = make.AccountFactory(track=tariffs, according_to=kr, basis=quoted)
    make.AccountFactory(
        track=tariffs, according_to=us, basis=paraphrased, text_en="All of it was opened.",
        text_ko="모두 개방됐다.", contradicts=rice,
    )  # fmt: skip
    return Scene(
        negotiation=negotiation,
        track=track,
        tariffs=tariffs,
        person=person,
        source=source,
        quoted=quoted,
        paraphrased=paraphrased,
        desk=desk,
        seoul=seoul,
        term=term,
        position=position,
        linkage=linkage,
        first_date=first_date,
        second_date=second_date,
    )


LATER = {"known_on": date(2025, 10, 2)}
