"""What search engines are told of."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import URLPattern, resolve

from negotiations.pages.urls import urlpatterns
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


# Pages that search engines are not told of.
LEFT_OUT = {
    "search": "a question, not a page of the record; closed to robots",
    "subscriptions": "a form; closed to robots",
    "subscriptions_asked": "an answer to a form; closed to robots",
    "subscription": "a reader's own; its address is a secret",
    "report_new": "a form",
    "report": "says itself that it is not to be found by search; the list is told",
    "ledger_act": "one of as many as there are acts; told from the act itself",
    "consistency": "an answer to a question",
    "compare_track": "a part of what compares the negotiation",
    "fixed_brief": "the past of a page that is told",
    "fixed_handover": "the past of a page that is told",
    "embed_statement": "a part of a page that is told, for other sites",
    "embed_track": "a part of a page that is told, for other sites",
    "embed_board": "a part of a page that is told, for other sites",
}
# Whatever ends like this stands beside a page.
FILES = (".png", ".svg", ".csv", ".pdf", ".py", ".bib", ".ris", ".json", ".txt")


def test_every_page_is_told_of_or_left_out_for_a_reason(reader: Client) -> None:
    """A new page stands in a sitemap or in the table, or this fails."""
    scene()

    told = {resolve(path).url_name for path in every(reader) if not path.startswith("/ko/")}

    own = [each for each in urlpatterns if isinstance(each, URLPattern)]
    pages = {each.name for each in own if not str(each.pattern).endswith(FILES)}
    assert told & LEFT_OUT.keys() == set()
    assert pages == told | LEFT_OUT.keys()


def test_each_address_names_both_languages(reader: Client) -> None:
    scene()

    entries = ElementTree.fromstring(reader.get("/sitemap-pages.xml").content)

    for entry in entries:
        hrefs = {e.attrib["hreflang"]: e.attrib["href"] for e in entry if "hreflang" in e.attrib}
        assert hrefs["ko"] == hrefs["en"].replace("testserver", "testserver/ko", 1)
        assert entry[0].text in hrefs.values()


def test_a_meeting_that_became_something_else_is_not_told_of(reader: Client) -> None:
    shown = scene()
    assert "/rok-us/meetings/summit/" in every(reader)

    make.MilestoneFactory(
        slug="summit", tracks=[shown.tariffs], kind="deadline", effective_on="2025-10-01"
    )

    assert "/rok-us/meetings/summit/" not in every(reader)


def test_pages_cost_the_same_for_one_negotiation_and_three(
    reader: Client, django_assert_num_queries: Any
) -> None:
    scene()
    for _ in range(2):
        with django_assert_num_queries(5):
            reader.get("/sitemap-pages.xml")
        make.MilestoneFactory.create_batch(2, kind="meeting")


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
