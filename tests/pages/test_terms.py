"""Terms on a track's page: party by party, with how far they are apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories as make
from tests.pages.parts import section
from tests.pages.scenes import Scene

pytestmark = pytest.mark.django_db
PATH = "/rok-us/security/?known_on=2025-10-14"


def says(shown: Scene, party: str, amount: object, on: str, **members: Any) -> Any:
    """A party's word on the one term of the scene."""
    return make.PositionFactory(
        term=shown.term,
        according_to=make.PartyFactory(code=party),
        amount=amount,
        effective_on=on,
        known_on=date.fromisoformat(on),
        **members,
    )


def cells(page: Any) -> list[str]:
    """What the cells of the terms say, without the marks of trust."""
    return [e.words.partition(" How far to trust it:")[0] for e in page.all("td")]


@pytest.mark.usefixtures("shown")
def test_terms_stand_party_by_party(reader: Any) -> None:
    page = reader.read(PATH)
    columns = [e.words for e in page.all("th", scope="col")]
    assert columns == ["Term", "Do they agree?", "Seoul", "Washington"]
    assert [e.words for e in page.all("th", scope="row")] == ["Defence budget growth"]
    assert cells(page) == [
        "Do they agree? One-sided since 1 Oct 2025",
        "Seoul 8.2 % Announced since 1 Oct 2025 Cho Hyun, The Paper",
        "Washington Nothing stated",
    ]


def test_parties_that_are_apart_have_a_clock(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02", standing="demanded")
    words = cells(reader.read(PATH))[0]
    assert words == "Do they agree? Apart for 12 days, since 2 Oct 2025 different standing"


def test_the_clock_in_korean(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02")
    words = cells(reader.read(f"/ko{PATH}"))[0]
    assert words == "일치 여부 차이 있음 12일째, 2025. 10. 2.부터"


def test_on_its_first_day_the_clock_counts_no_days(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-14")
    assert cells(reader.read(PATH))[0] == "Do they agree? Apart since 14 Oct 2025"


def test_a_vague_beginning_says_at_least(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02", effective_upper=date(2025, 10, 13))
    assert cells(reader.read(PATH))[0].startswith("Do they agree? Apart for at least 1 day, since")


def test_law_stands_beside_what_is_bargained(reader: Any, shown: Scene) -> None:
    says(shown, "US", 25, "2025-09-01", standing="in_force")
    assert cells(reader.read(PATH))[2] == (
        "Washington No bargaining position stated 25 % law In force since 1 Sept 2025 "
        "Cho Hyun, The Paper"
    ).replace("Sept", "Sep")


def test_what_was_withdrawn_is_struck_through(reader: Any, shown: Scene) -> None:
    says(shown, "US", 10, "2025-10-02")
    says(shown, "US", 10, "2025-10-05", standing="withdrawn")
    struck = [e.words for e in reader.read(PATH).all("s", class_="figure")]
    assert struck == ["10 %"]


@pytest.mark.usefixtures("shown")
def test_it_leads_to_the_terms_over_time(reader: Any) -> None:
    page = reader.read(PATH)
    (link,) = [e for e in page.all("a") if e.words == "These terms over time"]
    assert link.attributes["href"] == "/rok-us/figures/?known_on=2025-10-14#security"
    assert "These terms over time" in section(page, "terms")
