"""The desk's own list of drafts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.api.office import LINES, Office, Script, code_of


def _all(script: Script, query: str) -> list[Any]:
    rows, address = [], f"/drafts/?{query}"
    while address:
        page = script.send("GET", address).json()
        rows += [(row["noun"], row["id"]) for row in page["results"]]
        address = (page["next"] or "").partition("/api/v1")[2]
    return rows


@pytest.mark.django_db
def test_pages_of_a_batch_lose_and_repeat_nothing(office: Office) -> None:
    """Many drafts of one instant, between others."""
    script = office.script("officer")
    script.post("/linkages/", office.desk.usual("linkage"))
    lines = "\n".join([json.dumps(office.desk.usual("statement"))] * 25).encode()
    ids = script.post("/statements/batch/", lines, kind=LINES).json()["ids"]
    script.post("/sources/", office.desk.usual("source"))
    rows = _all(script, "limit=4")

    assert len(rows) == len(set(rows)) == 27
    assert [id for noun, id in rows if noun == "statement"] == sorted(ids, reverse=True)
    assert (rows[0][0], rows[-1][0]) == ("source", "linkage")


@pytest.mark.django_db
def test_drafts_are_found_by_noun_state_and_drafter(office: Office) -> None:
    """Each filter alone, and all at once."""
    desk, officer = office.desk, office.script("officer")
    mine = officer.post("/sources/", desk.usual("source")).json()["id"]
    theirs = desk.draft("source").id
    statement = officer.post("/statements/", desk.usual("statement")).json()["id"]
    officer.send("POST", f"/drafts/sources/{mine}/submission/", tag=1)

    assert _all(officer, "mine=true&noun=source") == [("source", mine)]
    assert _all(officer, "mine=false") == [("source", theirs)]
    assert _all(officer, "review=submitted") == [("source", mine)]
    assert _all(officer, "review=in_work,sent_back") == [
        ("statement", statement),
        ("source", theirs),
    ]
    assert _all(officer, "mine=true&noun=statement&review=in_work") == [("statement", statement)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["mine=yes", "noun=party", "review=done", "limit=0", "on=2025-10-05"]
)
def test_other_filters_are_refused(query: str, office: Office) -> None:
    """By name."""
    refused = office.script("officer").send("GET", f"/drafts/?{query}")

    assert code_of(refused) in ("bad_parameter", "unknown_parameter")


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "W10", "WyJkcmFmdHMiLCJub3ciLDEsInNvdXJjZSJd"])
def test_only_a_cursor_of_this_list_is_taken(cursor: str, office: Office) -> None:
    """As everywhere."""
    refused = office.script("officer").send("GET", f"/drafts/?cursor={cursor}")

    assert code_of(refused) == "bad_cursor"


@pytest.mark.django_db
def test_a_draft_goes_back_and_forth_and_into_the_record(office: Office) -> None:
    """Handed in, sent back, mended, handed in, published: each step names what it saw."""
    desk, officer, reviewer = office.desk, office.script("officer"), office.script("reviewer")
    body = desk.usual("status_change")
    made = officer.post("/status-changes/", body).json()
    path = f"/drafts/status-changes/{made['id']}/"
    officer.post(f"{path}submission/", tag=1)
    back = reviewer.post(f"{path}return/", {"note": "Which talks?"}, tag=1)
    assert (back.status_code, back["ETag"]) == (201, '"v1"')
    told = officer.send("GET", path).json()
    assert (told["row"]["review"], told["remarks"][0]["text"]) == ("sent_back", "Which talks?")
    officer.send("PUT", path, {**body, "headline_en": "Security talks go on"}, tag=1)
    stale = reviewer.post(
        f"/status-changes/{made['id']}/publication/", {"seen": made["number"]}, tag=1
    )
    assert code_of(stale) == "version_conflict"
    own = officer.post(f"/status-changes/{made['id']}/publication/", {"seen": 1}, tag=2)
    assert code_of(own) == "not_allowed"
    done = reviewer.post(
        f"/status-changes/{made['id']}/publication/", {"seen": made["number"]}, tag=2
    )
    assert (done.status_code, done["Location"]) == (201, f"/api/v1/status-changes/{made['id']}/")
    assert "ETag" not in done
    public = Script().send("GET", f"/status-changes/{made['id']}/").json()
    assert public["headline_en"] == "Security talks go on"
    assert public["ledger_number"] == done.json()["number"]
