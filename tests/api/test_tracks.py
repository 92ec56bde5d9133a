"""Tracks and timelines."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.rows import Rows

TRACK = "/api/v1/negotiations/rok-us/tracks/currency-swap/"
pytestmark = pytest.mark.usefixtures("rows")


def test_track_has_what_the_contract_names(reader: Client) -> None:
    """The members of DESIGN.md section 6, flat."""
    track = reader.get(TRACK, {"on": "2025-10-05", "known_by": "2025-10-05"}).json()

    for name in ("stage", "momentum", "documentary_basis", "effective_on", "agreement", "floor"):
        assert isinstance(track[name], str)
    for name in ("readings", "terms", "linkages", "milestones", "basis"):
        assert isinstance(track[name], list)
        assert track[name]
    assert isinstance(track["ledger_number"], int)
    assert track["clocks"]["on"] == track["clocks"]["known_by"] == "2025-10-05"
    assert track["title_en"]
    assert track["title_ko"]


def test_silence_is_told_as_such(reader: Client) -> None:
    """A party that has not spoken has an empty reading, and the track is one-sided."""
    track = reader.get(TRACK).json()
    spoken = {reading["party"]["code"]: reading["stage"] for reading in track["readings"]}

    assert spoken == {"KR": "exploratory", "US": None}
    assert track["agreement"] == "one_sided"


def test_before_it_was_known_there_is_no_stage(reader: Client) -> None:
    """The public's clock hides what came later."""
    track = reader.get(TRACK, {"known_by": "2025-08-31"}).json()

    assert (track["stage"], track["agreement"], track["basis"]) == (None, "unknown", [])


@pytest.mark.parametrize(
    "kind",
    [
        "status_change",
        "position",
        "linkage",
        "milestone",
        "account",
        "statement",
        "position,linkage",
    ],
)
def test_timeline_by_kind(reader: Client, kind: str) -> None:
    """Only these kinds; exactly the member of that name is set."""
    entries = reader.get(f"{TRACK}timeline/", {"kind": kind}).json()["results"]

    assert {entry["kind"] for entry in entries} == set(kind.split(","))
    for entry in entries:
        members = {"status_change", "position", "linkage", "milestone", "account", "statement"}
        assert [name for name in members if entry[name] is not None] == [entry["kind"]]


def test_timeline_entry_is_flat_for_scripts(reader: Client, rows: Rows) -> None:
    """What the contract names stands on the entry itself."""
    entry = reader.get(f"{TRACK}timeline/", {"kind": "status_change"}).json()["results"][0]

    assert entry["quote"]
    assert entry["speaker"]["name_ko"] == "조현"
    assert {"title", "url", "publisher", "sha256"} <= entry["source"].keys()
    assert len(entry["source"]["sha256"]) == 64
    assert entry["supersedes"] is None or rows.ids


@pytest.mark.parametrize("kind", ["person", "position,position", "", "position,"])
def test_other_kinds_are_refused(reader: Client, kind: str) -> None:
    """Each kind once, and only those there are."""
    response = reader.get(f"{TRACK}timeline/", {"kind": kind})

    assert (response.status_code, response.json()["at"]) == (400, "kind")


def test_track_of_another_negotiation_is_not_found(reader: Client) -> None:
    """A track answers only below its own negotiation."""
    assert reader.get("/api/v1/negotiations/other/tracks/currency-swap/").status_code == 404
