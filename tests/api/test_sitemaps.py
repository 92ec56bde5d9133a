"""What search engines are told of."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from negotiations.queries import sitemaps
from tests import factories as make
from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(reader: Client, path: str) -> list[str]:
    """The paths that a sitemap, or a list of them, names."""
    answer = reader.get(path)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")
    return [str(each.text).removeprefix("http://testserver") for each in found]


def every(reader: Client) -> list[str]:
    """All addresses of all sitemaps."""
    return [page for part in locations(reader, "/sitemap.xml") for page in locations(reader, part)]


def test_every_address_leads_to_a_page_in_its_language(reader: Client) -> None:
    shown = scene()

    found = every(reader)

    assert {"/rok-us/", "/ko/rok-us/security/", f"/statements/{shown.quoted.pk}/"} <= set(found)
    assert [path for path in found if reader.get(path).status_code != 200] == []
    assert len(found) == len(set(found))


def test_drafts_are_not_told_nor_counted(reader: Client) -> None:
    shown = scene()
    before = every(reader)

    make.StatementFactory(
        id=sitemaps.PORTION * 3, source=shown.source, speaker=shown.person, published_at=None
    )

    assert every(reader) == before


def test_of_a_corrected_statement_its_correction_is_told(reader: Client) -> None:
    shown = scene()
    corrected = make.StatementFactory(supersedes=shown.paraphrased)

    found = every(reader)

    assert f"/statements/{shown.paraphrased.pk}/" not in found
    assert f"/statements/{corrected.pk}/" in found


def test_portions_cost_the_same_for_one_row_and_three(
    reader: Client, django_assert_num_queries: Any
) -> None:
    scene()
    for _ in range(2):
        with django_assert_num_queries(3):
            reader.get("/sitemap-statements-0.xml")
        make.StatementFactory.create_batch(2)


@pytest.mark.parametrize("part", ["statements-7", "sources-100000000", "desk", "pages-0"])
def test_a_portion_that_is_not_there(reader: Client, part: str) -> None:
    scene()

    assert reader.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_led_to_it_and_away_from_the_desk(reader: Client) -> None:
    told = reader.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml\n" in told
    assert "Disallow: /desk/\n" in told


def test_an_empty_record_has_pages_alone(reader: Client) -> None:
    assert locations(reader, "/sitemap.xml") == ["/sitemap-pages.xml"]
