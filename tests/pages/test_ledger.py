"""The ledger's pages: what is sealed, the proof of an act, growth, and the program."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pytest

from negotiations.pages import ledger
from negotiations.verifier import read_checkpoint, read_key
from tests import factories as make
from tests.operations.desk import last_entry, open_desk
from tests.pages.markup import Markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries() -> list[Any]:
    """Five entries: the second and the last are on drafts."""
    return [make.enter(public=one, payload={"url": "x"} if one else {})
            for one in (True, False, True, True, False)]  # fmt: skip


def texts(page: Markup) -> list[str]:
    """What can be copied."""
    return [element.words for element in page.all("pre")]


@pytest.mark.usefixtures("entries")
def test_shows_a_checkpoint_that_verifies_under_the_key_that_it_shows(reader: Any) -> None:
    response = reader.get("/ledger/").content.decode()
    note, key = re.findall(r"<pre[^>]*><code>(.*?)</code>", response, re.S)[:2]
    assert read_checkpoint(note, read_key(key))[0] == 4


def test_an_empty_ledger_has_a_checkpoint(reader: Any) -> None:
    page = reader.read("/ledger/")
    assert "There is no public act yet." in page.one("main").words
    assert texts(page)[0].startswith("localhost/ledger 0 47DEQpj8HBSa")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_a_number_leads_to_its_act(reader: Any, prefix: str) -> None:
    response = reader.get(f"{prefix}/ledger/?number=%203")
    assert (response.status_code, response["Location"]) == (302, f"{prefix}/ledger/3/")


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("asked", "then"),
    [("number=3&utm_source=x", ""), ("number=3&known_on=2025-10-14", "?known_on=2025-10-14")],
)
def test_the_way_to_an_act_keeps_clocks_and_nothing_else(
    reader: Any, asked: str, then: str
) -> None:
    assert reader.get(f"/ledger/?{asked}")["Location"] == f"/ledger/3/{then}"


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("asked", ["number=3&colour=blue", "number=3&number=4"])
def test_what_is_asked_amiss_leads_nowhere(reader: Any, asked: str) -> None:
    assert reader.get(f"/ledger/?{asked}").status_code == 400


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("number", ["x", "-1", "³", "1" * 19])
def test_what_is_no_number_is_refused(reader: Any, number: str) -> None:
    told = reader.read(f"/ledger/?number={number}", status=400).one("main").words
    assert "The parameter number cannot be read: it is a ledger number." in told


def test_an_empty_form_shows_the_page(reader: Any) -> None:
    assert reader.read("/ledger/?number=").one("h1").words == "The ledger"


def test_the_steps_lead_from_the_entry_to_the_checkpoint(reader: Any, entries: list[Any]) -> None:
    page = reader.read("/ledger/3/")
    shown = [code.words for code in page.within("ol", "code")]
    leaf = hashlib.sha256(b"\0" + bytes.fromhex(entries[2].hash)).hexdigest()
    assert shown[0] == leaf
    reached = bytes.fromhex(leaf)
    for sibling, result in zip(shown[1::2], shown[2::2], strict=True):
        pair = (bytes.fromhex(sibling), reached)
        both = {hashlib.sha256(b"\1" + a + b).hexdigest() for a, b in (pair, pair[::-1])}
        assert result in both
        reached = bytes.fromhex(result)
    assert reached.hex() == reader.get("/api/v1/ledger/checkpoint/").json()["root_hash"]
    assert "It is in the ledger." in page.one("main").words
    assert "원장에 있습니다." in reader.read("/ko/ledger/3/").one("main").words


def test_the_letters_that_are_sealed_have_the_hash_of_the_entry(
    reader: Any,
) -> None:
    open_desk().published("position")
    entry = last_entry()
    page = reader.read(f"/ledger/{entry.number}/")
    (sealed,) = (text for text in texts(page) if text.startswith(entry.previous_hash))
    assert hashlib.sha256(sealed.encode()).hexdigest() == entry.hash


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize("number", [2, 5, 6])
def test_acts_on_drafts_have_no_page(reader: Any, number: int) -> None:
    told = reader.read(f"/ledger/{number}/", status=404).one("main").words
    assert f"No public act has the number {number}" in told


@pytest.mark.usefixtures("entries")
def test_growth_is_shown_between_two_checkpoints(reader: Any) -> None:
    page = reader.read("/ledger/consistency/?from=1&to=4")
    assert "Nothing was rewritten." in page.one("main").words
    assert [text.split()[1] for text in texts(page)[:2]] == ["1", "4"]
    (twin,) = page.all("link", type="application/json")
    assert twin.attributes["href"] == "/api/v1/ledger/consistency/?from=1&to=4"
    assert (
        "Both are the same checkpoint."
        in reader.read("/ledger/consistency/?from=4").one("main").words
    )


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("from=2", "There is no checkpoint of the size 2"),
        ("from=x", "it is a ledger number"),
        ("from=4&to=1", "it is larger than the checkpoint of size 1"),
    ],
)
def test_growth_that_cannot_be_shown_is_refused(reader: Any, query: str, why: str) -> None:
    assert why in reader.read(f"/ledger/consistency/?{query}", status=400).one("main").words


@pytest.mark.usefixtures("entries")
def test_a_ledger_that_was_tampered_with_is_told(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.merkle, "leaf_hash", lambda data: data)
    assert "This proof does not hold." in reader.read("/ledger/3/").one("main").words


def test_the_program_is_a_file_to_keep(reader: Any) -> None:
    response = reader.get("/ledger/verify.py")
    assert response["Content-Type"] == "text/x-python; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="verify.py"'
    assert response.content.startswith(b'"""Checks what Parley says of its ledger.')
    assert response["Cache-Control"].startswith("public, max-age=")
    assert reader.client.post("/ledger/verify.py").status_code == 405


def test_the_changes_lead_to_the_proofs(reader: Any) -> None:
    make.enter(tracks=[make.TrackFactory()])
    links = {a.attributes["href"] for a in reader.read("/changes/").all("a")}
    assert {"/ledger/", "/ledger/1/"} <= links
