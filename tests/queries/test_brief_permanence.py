"""A brief at its number is the same for ever: names mended, rows corrected, tracks registered."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any

import pytest

from negotiations import operations
from negotiations.models import Negotiation, Office, Party, Person, Publisher, Term, Track
from negotiations.queries.briefs import brief, fingerprint, handover
from negotiations.queries.clocks import Clocks, read_clocks
from negotiations.queries.encoding import encode
from negotiations.queries.pins import Pin, newest_pin, pin_at
from negotiations.queries.since import since
from tests import factories as make
from tests.operations.desk import NOW, Desk, last_entry, open_desk
from tests.queries.one_act import mend

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture
def desk() -> Desk:
    """Something of everything is published."""
    desk = open_desk()
    for party in (None, "KR"):
        said = {"according_to": party} if party else {}
        desk.ids["status_change"] = desk.published("status_change", **said)
    desk.ids["linkage"] = desk.published("linkage", kind="precondition_for")
    for noun in ("position", "milestone"):
        desk.ids[noun] = desk.published(noun)
    return desk


def default_clocks() -> Clocks:
    return read_clocks(on=None, known_by=None, as_of=None, now=NOW, zone=UTC)


def pinned(told: Any) -> Pin:
    return pin_at(told.ledger_number, on=told.on, known_by=told.known_by, zone=UTC)


def mended_everywhere(desk: Desk) -> None:
    """Every name, and what the order and the parties depend on."""
    names = {"name_en": "Renamed", "name_ko": "새 이름"}
    titles = {"title_en": "Retitled", "title_ko": "새 제목"}
    party = Party.objects.get(code="KR").pk
    mend(desk, "party", party, **names, capital_en="Sejong", capital_ko="세종")
    mend(desk, "person", Person.objects.get(slug="cho").pk, **names)
    mend(desk, "office", Office.objects.get(slug="minister").pk, **titles)
    mend(desk, "publisher", Publisher.objects.get(slug="paper").pk, **names, tier="mirror")
    mend(desk, "term", Term.objects.get(slug="car-tariff").pk, **names)
    mend(desk, "negotiation", Negotiation.objects.get(slug="talks").pk, **titles, parties=["KR"])
    trade, security = (Track.objects.get(slug=slug).pk for slug in ("trade", "security"))
    mend(desk, "track", trade, **titles, headline=True, position=0, parties=["US"])
    mend(desk, "track", security, parent="trade", position=9)


@pytest.mark.parametrize("compose", [brief, handover])
@pytest.mark.parametrize("pieces", [False, True])
def test_the_same_bytes_after_everything_was_mended_corrected_and_added(desk, compose, pieces):
    first = compose("talks", pin=newest_pin(default_clocks()))
    assert first.notes
    desk.act(operations.grade_publisher, publisher="paper", reliability="F",
             graded_on=date(2025, 1, 2))  # fmt: skip
    mended_everywhere(desk)
    desk.act(operations.register_track, negotiation="talks", slug="new", title_en="New",
             title_ko="새것", procedure="treaty")  # fmt: skip
    desk.correct("statement", desk.ids["statement"], paraphrase_en="They are far.")
    desk.correct("status_change", desk.ids["status_change"], according_to="KR", stage="signed")
    desk.retract("milestone", desk.ids["milestone"])
    desk.published("position", amount="25", according_to="KR")
    if pieces:
        make.pieces()

    again = compose("talks", pin=pinned(first))

    assert encode(again) == encode(first)
    assert fingerprint(again) == fingerprint(first)
    assert compose("talks", pin=newest_pin(default_clocks())) != first


def test_what_was_mended_is_told_by_its_new_name_from_then_on(desk):
    mended_everywhere(desk)
    now = brief("talks", pin=newest_pin(default_clocks()))

    assert (now.title_en, [party.name_en for party in now.parties]) == ("Retitled", ["Renamed"])
    assert now.notes[0].speaker.name_en == "Renamed"


@pytest.mark.usefixtures("desk")
def test_the_address_names_the_act_and_the_clocks():
    told = brief("talks", pin=newest_pin(default_clocks()))

    number = last_entry().number
    assert told.address == f"/talks/brief/{number}/?on=2025-10-14&known_by=2025-10-14"
    assert told.ledger_hash == last_entry().hash
    assert told.as_of == last_entry().at


@pytest.mark.usefixtures("desk")
def test_nothing_has_changed_at_first():
    told = brief("talks", pin=newest_pin(default_clocks()))
    changed = since(told, pin=pinned(told), clocks=default_clocks())

    assert changed.changed is False
    assert (changed.acts, changed.moved, changed.terms, changed.dates) == (0, (), (), ())
    assert (changed.ties, changed.said, changed.overtaken) == ((), False, ())
    assert changed.ledger_number == changed.since == told.ledger_number


def test_since_tells_acts_tracks_that_moved_and_what_was_overtaken(desk):
    told = brief("talks", pin=newest_pin(default_clocks()))
    statement = desk.correct("statement", desk.ids["statement"], paraphrase_en="They are far.")
    corrected = last_entry().number
    desk.retract("milestone", desk.ids["milestone"])
    retracted = last_entry().number
    desk.published("status_change", stage="agreed_in_principle", momentum="stalled",
                   effective_on="2025-10-10")  # fmt: skip
    changed = since(told, pin=pinned(told), clocks=default_clocks())

    assert changed.acts == 3
    assert changed.ledger_number == last_entry().number
    (moved,) = changed.moved
    assert (moved.track.slug, moved.stage_before, moved.stage, moved.momentum) == (
        "security", "negotiating", "agreed_in_principle", "stalled",
    )  # fmt: skip
    assert [
        (one.noun, one.superseded_by, one.retracted, one.number, one.endnotes, one.reason)
        for one in changed.overtaken
    ] == [
        ("statement", statement, False, corrected, (1,), "A slip of the pen."),
        ("milestone", None, True, retracted, (), "It is not so."),
    ]


def test_what_was_corrected_before_the_brief_was_made_is_not_told_as_new(desk):
    desk.correct("statement", desk.ids["statement"], paraphrase_en="They are far.")
    told = brief("talks", pin=newest_pin(default_clocks()))

    assert since(told, pin=pinned(told), clocks=default_clocks()).overtaken == ()


@pytest.mark.parametrize("compose", [brief, handover])
def test_whose_words_a_quotation_is_stays_when_its_publisher_is_placed_elsewhere(desk, compose):
    quoted = desk.published(
        "statement", quotation="The minister said:", said_on="2025-10-03",
        paraphrase_en="Close.", paraphrase_ko="가깝다.",
    )  # fmt: skip
    desk.published("status_change", basis=[quoted], effective_on="2025-10-03")
    publisher = Publisher.objects.get(slug="paper")
    first = compose("talks", pin=newest_pin(default_clocks()))
    assert {note.reported for note in first.notes if note.quotation} == {True}
    mend(desk, "publisher", publisher.pk, tier="primary_text")

    assert encode(compose("talks", pin=pinned(first))) == encode(first)
