"""Entity tags: what changes them and what does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from negotiations.api.freshness import etag
from negotiations.queries.ledger import Latest
from tests import factories
from tests.api.rows import Rows

pytestmark = pytest.mark.usefixtures("rows")
LIST = "/api/v1/statements/"
TRACK = "/api/v1/negotiations/rok-us/tracks/currency-swap/"


def _tag(reader: Client, address: str) -> str:
    return str(reader.get(address)["ETag"])


@pytest.mark.parametrize(
    "held", ["{tag}", '"other", {tag}', '{strong}, W/"x"', "*", ' W/"a" , {tag} ']
)
def test_held_tag_is_304(reader: Client, held: str) -> None:
    """A list, a strong form (weak comparison) and a star all count."""
    tag = _tag(reader, LIST)
    header = held.format(tag=tag, strong=tag.removeprefix("W/"))

    response = reader.get(LIST, headers={"If-None-Match": header})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)
    assert response["Cache-Control"] == reader.get(LIST)["Cache-Control"]


@pytest.mark.parametrize("held", ['W/"other"', "nonsense", "", '"', "W/"])
def test_other_tag_is_200(reader: Client, held: str) -> None:
    """What is not the tag is answered in full."""
    assert reader.get(LIST, headers={"If-None-Match": held}).status_code == 200


def test_star_needs_something_there(reader: Client) -> None:
    """`*` is no way around a 404."""
    response = reader.get("/api/v1/statements/999999/", headers={"If-None-Match": "*"})

    assert response.status_code == 404


def test_public_act_changes_it_and_a_draft_does_not(reader: Client, rows: Rows) -> None:
    """Acts on drafts leak into no tag."""
    before = _tag(reader, TRACK)
    factories.enter(public=False)
    assert _tag(reader, TRACK) == before

    factories.enter(tracks=rows.tracks)
    assert _tag(reader, TRACK) != before


def test_tag_belongs_to_the_question(reader: Client) -> None:
    """Another address, parameter or clock is another tag; another order of writing is not."""
    asked = ["", "?limit=2", "?on=2025-10-06", "?as_of=2025-12-01", "?on=2025-10-06&limit=2"]
    assert len({_tag(reader, LIST + query) for query in asked}) == len(asked)
    assert _tag(reader, LIST + "?limit=2&on=2025-10-06") == _tag(reader, LIST + asked[-1])


def test_default_clocks_count_as_their_day(reader: Client) -> None:
    """The same tag all day long; another one after midnight where the desk is."""
    tags = []
    for moment in (
        datetime(2026, 1, 5, 1, tzinfo=UTC),
        datetime(2026, 1, 5, 9, tzinfo=UTC),
        datetime(2026, 1, 5, 16, tzinfo=UTC),
    ):
        with time_machine.travel(moment, tick=False):
            tags.append(_tag(reader, LIST))

    assert tags[0] == tags[1] != tags[2]


def test_refusals_have_no_tag(reader: Client) -> None:
    """A refusal is never stored."""
    response = reader.get(LIST + "?limit=0")

    assert "ETag" not in response
    assert response["Cache-Control"] == "no-store"


def test_bad_parameters_come_before_304(
    reader: Client, query_count: Callable[[Callable[[], Any]], int]
) -> None:
    """A refusal costs no query."""
    assert query_count(lambda: reader.get(LIST + "?limit=0", headers={"If-None-Match": "*"})) == 0


def test_another_ledger_with_the_same_number_has_another_tag() -> None:
    """As after a restored backup, where other acts took the numbers."""
    tags = {
        etag(path=LIST, values={}, clocks=None, latest=latest, representation="")
        for latest in (Latest(number=7, hash="a" * 64), Latest(number=7, hash="b" * 64))
    }

    assert len(tags) == 2


@pytest.mark.parametrize("address", [LIST, "/rok-us/currency-swap/", "/api/v1/search/?q=ahead"])
def test_what_the_tag_counts_is_told(reader: Client, rows: Rows, address: str) -> None:
    """An act by a writer whose clock is ahead of ours is not missed until the next one."""
    ahead = timezone.now() + timedelta(minutes=2)
    said = factories.StatementFactory(
        tracks=rows.tracks, said_on="2025-10-14", paraphrase_en="Words ahead of their time.",
        published_at=ahead,
    )  # fmt: skip
    factories.enter(tracks=rows.tracks, noun="statement", object_id=said.pk, at=ahead)

    assert b"Words ahead of their time." in reader.get(address).content.replace(
        b"</mark>", b""
    ).replace(b"<mark>", b"")
