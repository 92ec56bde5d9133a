"""What is said of a status change when all that it rested on was retracted."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import section
from tests.pages.scenes import LATER, Scene, scene

pytestmark = pytest.mark.django_db
PATH = "/rok-us/security/?known_on=2025-10-14"
SAID = {"": "The evidence for this was retracted.", "/ko": "이 내용의 근거가 철회됐습니다."}


@pytest.fixture
def shown() -> Scene:
    """Security agreed in principle; another voice of Seoul; a change not yet in effect."""
    made = scene()
    rests = {"track": made.track, "basis": made.quoted}
    make.StatusChangeFactory(
        according_to=made.seoul.according_to, effective_on=made.seoul.effective_on, **rests
    )
    make.StatusChangeFactory(effective_on="2025-11-20", **rests)
    return made


def retract(shown: Scene, statement: Any) -> None:
    """Withdraw a statement, after what rests on it was published."""
    make.StatementFactory(supersedes=statement, withdrawn=True, tracks=(shown.track,), **LATER)


@pytest.mark.parametrize("prefix", SAID)
def test_a_change_whose_whole_evidence_fell_says_so(reader: Any, shown: Scene, prefix: str) -> None:
    retract(shown, shown.quoted)
    assert SAID[prefix] not in section(reader.read(prefix + PATH), "present")
    retract(shown, shown.paraphrased)
    page = reader.read(prefix + PATH)
    told = {name: section(page, name).count(SAID[prefix]) for name in ("present", "readings")}
    assert told == {"present": 1, "readings": 2}
    assert SAID[prefix] in section(page, "upcoming")
    entries = page.all("li", class_="entry")
    timeline = [e for e in entries if "entry-statement" not in e.attributes["class"]]
    assert timeline
    assert all(SAID[prefix] in entry.words for entry in timeline)
    in_terms = 1
    notices = [e.words for e in page.all("div", class_="notice-retraction")]
    assert notices.count(SAID[prefix]) == 1 + 2 + 1 + in_terms + len(timeline)


@pytest.mark.usefixtures("shown")
def test_it_is_not_said_while_anything_stands(reader: Any) -> None:
    assert SAID[""] not in reader.read(PATH).words


def test_the_change_itself_stands(reader: Any, shown: Scene) -> None:
    retract(shown, shown.quoted)
    retract(shown, shown.paraphrased)
    page = reader.read(PATH)
    assert page.one("p", class_="lead").words == "Security agreed in principle"
    assert "Stage Agreed in principle" in section(page, "present")
