"""Whose words an endnote and a last word give: the speaker's, or those of who reports it."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
ASKED = "known_on=2025-10-14"
ACCOUNT = "Cho told lawmakers that talks go on"
OWN = {"": "Cho Hyun, Foreign minister", "/ko": "조현, 외교부 장관"}
TOLD = {
    "": f"Red Censor, reporting {OWN['']}, 3 Oct 2025: {ACCOUNT}",
    "/ko": f"붉은 검열 보도: {OWN['/ko']}, 2025. 10. 3: 요지",
}
LAST = {
    "": f"Seoul: Red Censor, reporting Cho Hyun: {ACCOUNT} (3 Oct 2025)",
    "/ko": "서울: 붉은 검열 보도(조현): 요지 요약 (2025. 10. 3.)",
}


@pytest.fixture
def account(shown: Scene) -> Scene:
    """A reporter's sentence on what the minister said, from which the tariffs are read."""
    publisher = make.PublisherFactory(slug="red", name_en="Red Censor", name_ko="붉은 검열")
    source = make.SourceFactory(title="Lawmakers ask", publisher=publisher)
    told = make.StatementFactory(
        source=source, snapshot=make.SnapshotFactory(source=source, text=f"{ACCOUNT}."),
        quotation=ACCOUNT, start=0, end=len(ACCOUNT), prefix="", suffix=".", tracks=[shown.tariffs],
        speaker=shown.person, office=shown.quoted.office, parties=[make.PartyFactory(code="KR")],
        said_on="2025-10-03", paraphrase_en="A sense.", paraphrase_ko="요지",
    )  # fmt: skip
    make.StatusChangeFactory(track=shown.tariffs, basis=told, effective_on="2025-10-03")
    return shown


def notes(page: Any) -> list[str]:
    """The endnotes of a page."""
    return [e.words for e in page.all("li") if "note-" in str(e.attributes.get("id"))]


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("prefix", TOLD)
def test_an_endnote_names_who_reports(reader: Any, prefix: str) -> None:
    told = notes(reader.read(f"{prefix}/rok-us/brief/?{ASKED}"))
    assert [one for one in told if TOLD[prefix] in one] != [], told


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("prefix", TOLD)
def test_words_of_the_speaker_name_nobody_else(reader: Any, prefix: str) -> None:
    told = notes(reader.read(f"{prefix}/rok-us/brief/?{ASKED}"))
    assert any(one.startswith(OWN[prefix]) for one in told)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("prefix", LAST)
def test_so_does_a_last_word(reader: Any, prefix: str) -> None:
    page = reader.read(f"{prefix}/rok-us/handover/?{ASKED}")
    assert LAST[prefix] in page.one("section", aria_labelledby="words").words
    assert reader.get(f"{prefix}/rok-us/handover.pdf?{ASKED}").status_code == 200


@pytest.mark.usefixtures("account")
def test_the_facts_tell_it(reader: Any) -> None:
    path = "/api/v1/negotiations/rok-us/brief/"
    facts = reader.get(f"{path}?on=2025-10-14&known_by=2025-10-14").json()
    assert {one["publisher"]: one["reported"] for one in facts["notes"]}["red"] is True
    assert [one["reported"] for one in facts["notes"]].count(True) == 1


SILENT = {"": "Washington: no words of its own on record", "/ko": "워싱턴: 직접 한 말 기록 없음"}


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("prefix", SILENT)
def test_a_party_of_which_others_tell_has_no_words_of_its_own(reader: Any, prefix: str) -> None:
    page = reader.read(f"{prefix}/rok-us/handover/?{ASKED}")
    assert SILENT[prefix] in page.one("section", aria_labelledby="words").words


UNREAD = {"": "Read by Washington – no reading by the desk", "/ko": "워싱턴만 – 데스크 판단 없음"}


@pytest.mark.parametrize("prefix", UNREAD)
def test_a_track_by_name_that_the_parties_alone_have_read_is_not_off_the_record(
    reader: Any, shown: Scene, prefix: str
) -> None:
    for number in range(40):
        track = make.TrackFactory(negotiation=shown.negotiation, slug=f"t{number}")
        make.StatusChangeFactory(track=track, headline_en="Word " * 40, basis=shown.quoted)
    unread = make.TrackFactory(
        negotiation=shown.negotiation, slug="unread", title_en="Read by Washington",
        title_ko="워싱턴만",
    )  # fmt: skip
    make.StatusChangeFactory(
        track=unread, according_to=make.PartyFactory(code="US"), effective_on="2025-08-01",
        basis=shown.quoted,
    )  # fmt: skip
    page = reader.read(f"{prefix}/rok-us/brief/?{ASKED}")
    assert UNREAD[prefix] in page.one("section", aria_labelledby="tracks").words
