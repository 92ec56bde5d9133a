"""oEmbed: how another site shows a page of this one."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils.html import escape

from tests.pages.scenes import scene

pytestmark = pytest.mark.django_db


def asked(reader: Client, **query: object) -> tuple[int, dict]:
    """Status and answer."""
    answer = reader.get(f"/api/v1/oembed/?{urlencode(query)}")
    return answer.status_code, answer.json()


def test_a_track_is_answered_with_a_frame_that_is_there(reader: Client) -> None:
    scene()

    status, told = asked(reader, url="http://testserver/ko/rok-us/security/?known_on=2025-10-14")

    frame = "http://testserver/ko/embed/rok-us/security/?known_on=2025-10-14"
    assert status == 200
    assert told["html"].startswith(f'<iframe src="{frame}" title="안보"')
    assert told["title"] == "안보"
    assert reader.get(frame.removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("path", ["/rok-us/", "/rok-us/security/", "/statements/{id}/"])
@pytest.mark.parametrize("prefix", ["", "/ko"])
def test_the_frame_is_called_as_the_page_itself_calls_it(
    reader: Client, path: str, prefix: str
) -> None:
    """In the language of the address; the lines to copy on the page say the same."""
    own = f"{prefix}{path.format(id=scene().quoted.pk)}"

    _, told = asked(reader, url=f"http://testserver{own}")

    offered = escape(f'title="{told["title"]}"')
    assert offered in reader.get(own).content.decode()


@pytest.mark.parametrize("path", ["/rok-us/", "/rok-us/security/", "/statements/{id}/"])
def test_every_kind_of_page_and_the_size_asked_for(reader: Client, path: str) -> None:
    url = f"http://testserver{path.format(id=scene().quoted.pk)}"

    status, told = asked(reader, url=url, maxwidth=300, maxheight=200, format="json")

    assert (status, told["width"], told["height"]) == (200, 300, 200)
    assert 'width="300" height="200"' in told["html"]


@pytest.mark.parametrize(
    "url",
    [
        "http://elsewhere.example/rok-us/",
        "http://testserver.elsewhere.example/rok-us/",
        "http://testserver@elsewhere.example/rok-us/",
        "http://testserver/desk/account/login/",
        "http://testserver/rok-us/nowhere/",
        "http://testserver/statements/999999/",
        "http://testserver/search/",
        "http://[",
        "http://[::1/rok-us/",
    ],
)
def test_what_is_not_ours_or_not_there_is_not_found(reader: Client, url: str) -> None:
    scene()

    status, told = asked(reader, url=url)

    assert (status, told["code"]) == (404, "not_found")


def test_an_address_cannot_leave_the_frame(reader: Client) -> None:
    scene()

    _, told = asked(reader, url='http://testserver/rok-us/?known_on="><script>')

    assert "<script>" not in told["html"]


def test_no_address_is_refused(reader: Client) -> None:
    status, told = asked(reader)

    assert (status, told["code"], told["at"]) == (400, "bad_parameter", "url")


def test_xml_is_not_offered(reader: Client) -> None:
    status, told = asked(reader, url="http://testserver/rok-us/", format="xml")

    assert (status, told["code"], told["at"]) == (400, "bad_parameter", "format")
