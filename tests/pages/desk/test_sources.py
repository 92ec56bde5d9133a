"""Sources at the desk: changed, corrected, listed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Publisher, Source
from tests.operations.desk import Desk, capture
from tests.pages.desk.browsing import Browser, refusals, words
from tests.pages.desk.conftest import signed_in

LIST = "/desk/sources/"


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def test_a_draft_is_changed_where_it_stands(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source").id
    path = f"/desk/drafts/sources/{draft}/edit/"
    assert at.press(path, "save", title="Better")["Location"] == f"/desk/drafts/sources/{draft}/"
    row = Source.objects.get(pk=draft)
    assert (row.title, row.publisher.slug, row.version) == ("Better", "paper", 2)


def test_the_publisher_is_shown_by_name_where_the_name_is_one_publishers(
    desk: Desk, at: Browser
) -> None:
    Publisher.objects.filter(slug="paper").update(name_en="The Paper", name_ko="신문")
    path = f"/desk/drafts/sources/{desk.draft('source').id}/edit/"
    assert at.filled(path)["publisher"] == "The Paper"
    assert at.filled(f"/ko{path}")["publisher"] == "신문"
    at.press(f"/ko{path}", "save", title="제목")
    assert Source.objects.latest("pk").publisher.slug == "paper"


def test_two_who_change_one_draft_see_both_versions(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source").id
    path = f"/desk/drafts/sources/{draft}/edit/"
    mine = at.filled(path, title="Mine")
    Browser(signed_in(desk.reviewer)).press(path, "save", title="Theirs")
    response = at.send(path, {**mine, "action": "save"}, status=412)
    assert "Title The draft now Theirs What you typed Mine" in words(response)
    renewed = {**mine, "action": "save"} | {
        name: response.context["form"][name].value() for name in ("once", "version")
    }
    at.send(path, renewed)
    assert Source.objects.get(pk=draft).title == "Mine"


def test_a_published_source_is_corrected_with_a_reason(desk: Desk, at: Browser) -> None:
    path = f"/desk/sources/{desk.ids['source']}/correction/"
    assert "Reason for the correction" in refusals(at.press(path, "save", status=422, title="T"))
    at.press(path, "save", title="T", correction_reason="A slip.")
    row = Source.objects.get(supersedes=desk.ids["source"])
    assert (row.title, row.correction_reason) == ("T", "A slip.")


def test_check_first_saves_nothing(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source").id
    told = words(at.press(f"/desk/drafts/sources/{draft}/edit/", "check", status=200, title="T"))
    assert "Nothing stands against saving this." in told
    assert Source.objects.get(pk=draft).title == "Close to a deal"


def test_a_draft_without_its_text_leads_to_where_it_is_added(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source").id
    path = f"/desk/drafts/sources/{draft}/edit/"
    assert f'href="/desk/sources/{draft}/text/"' in at.get(path).content.decode()
    capture(desk, draft)
    assert "Its text is kept, and stays as it is." in words(at.get(path))


def test_from_its_own_pages_a_source_leads_to_its_text_and_to_a_statement(
    desk: Desk, at: Browser
) -> None:
    draft, row = desk.draft("source").id, desk.published("source")
    for id, path in (
        (draft, f"/desk/drafts/sources/{draft}/"),
        (row, f"/desk/record/sources/{row}/"),
    ):
        page = at.get(path).content.decode()
        assert f'href="/desk/sources/{id}/text/"' in page
        assert f'href="/desk/statements/new/?source={id}"' in page


def test_the_list_begins_with_what_was_drafted_last(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source", title="The newest").id
    rows = at.get(LIST).context["sources"]
    assert [(row.id, row.captured, row.published) for row in rows] == [
        (draft, False, False), (desk.ids["source"], True, True),
    ]  # fmt: skip
    assert "The newest draft text not kept yet" in words(at.get(LIST))


def test_the_list_can_tell_those_without_a_text(desk: Desk, at: Browser) -> None:
    draft = desk.draft("source").id
    rows = at.get(f"{LIST}?only=not-captured").context["sources"]
    assert [row.id for row in rows] == [draft]


def test_a_corrected_source_is_listed_once(desk: Desk, at: Browser) -> None:
    after = desk.correct("source", desk.ids["source"], url="https://paper.example/right")
    assert [row.id for row in at.get(LIST).context["sources"]] == [after]


def test_the_list_reads_as_much_for_three_as_for_one(desk: Desk, at: Browser) -> None:
    at.get(LIST)
    with CaptureQueriesContext(connection) as one:
        at.get(LIST)
    for _ in range(2):
        desk.draft("source")
    with CaptureQueriesContext(connection) as three:
        at.get(LIST)
    assert len(three) == len(one)


def test_the_list_speaks_korean(at: Browser) -> None:
    assert "최근에 작성된 출처" in words(at.get(f"/ko{LIST}"))
