"""The form of a statement."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations import operations
from negotiations.models import Source, Statement
from tests.operations.desk import TEXT, Desk
from tests.pages.desk.browsing import Browser, refusals, sent_by, words
from tests.pages.desk.conftest import signed_in
from tests.pages.markup import parse


@pytest.fixture
def at(drafter: Client) -> Browser:
    """The first officer's browser."""
    return Browser(drafter)


def new(desk: Desk) -> str:
    """The address of the form for a statement from the desk's source."""
    return f"/desk/statements/new/?source={desk.ids['source']}"


def complete(**typed: Any) -> dict[str, Any]:
    """What an officer types for a whole statement."""
    return {
        "quotation": "close to a deal", "speaker": "조", "office_held": "minister",
        "parties_for": "KR", "about": "US", "said_on": "2025-10-01", "zone": "Asia/Seoul",
        "kind": "reports", "tracks": "talks/security", **typed,
    }  # fmt: skip


def drafted() -> Any:
    """The one draft of a statement that there is."""
    return Statement.objects.get(published_at__isnull=True)


def test_a_statement_is_drafted_from_its_form(desk: Desk, at: Browser) -> None:
    typed = complete(said_phrase="on Wednesday", credibility="2", note_ko="주석", place_en="Seoul")
    response = at.press(new(desk), "save", **typed)
    row = drafted()
    assert response["Location"] == f"/desk/drafts/statements/{row.pk}/"
    assert (row.speaker.slug, row.office.slug, row.language) == ("cho", "minister", "en")
    assert (row.said_phrase, row.zone, row.kind) == ("on Wednesday", "Asia/Seoul", "reports")
    assert (row.modality, row.attribution, row.credibility) == ("asserted", "on_record", "2")
    assert ([p.code for p in row.parties.all()], [t.slug for t in row.tracks.all()]) == (
        ["KR"], ["security"],
    )  # fmt: skip
    assert (row.note_ko, row.place_en, row.review) == ("주석", "Seoul", "")


def test_a_quotation_that_was_pasted_is_found_in_the_text(desk: Desk, at: Browser) -> None:
    at.press(new(desk), "save", **complete(quotation='"We are close\r\nto a deal."'))
    row = drafted()
    assert TEXT[row.start : row.end] == "“We are  close to a deal.”"
    assert row.prefix == "The minister said:\n"


def test_the_place_that_was_selected_is_kept(desk: Desk, at: Browser) -> None:
    start = TEXT.rindex("said")
    typed = complete(quotation="said", start=start, end=start + 4)
    at.press(new(desk), "save", **typed)
    assert (drafted().start, drafted().end) == (start, start + 4)


def test_words_changed_after_selecting_them_are_looked_for(desk: Desk, at: Browser) -> None:
    at.press(new(desk), "save", **complete(quotation="Soon, I hope", start=0, end=3))
    assert drafted().start == TEXT.index("Soon")


def test_the_nearest_passage_is_offered_and_taken_by_one_press(desk: Desk, at: Browser) -> None:
    typed = {**at.filled(new(desk), **complete(quotation="We are closer to a deal")), "action": ""}
    response = at.send(new(desk), {**typed, "action": "save"}, status=422)
    assert "not in the archived text" in refusals(response)
    assert "The nearest passage of the text:" in words(response)
    assert not Statement.objects.filter(published_at__isnull=True).exists()
    response = at.send(new(desk), {**typed, "action": "passage"}, status=200)
    page = words(response)
    assert "“We are close" not in refusals(response)
    assert "We are  close to a deal" in response.content.decode()
    assert "Nothing was saved." not in page


def test_what_is_not_kept_can_only_be_paraphrased(desk: Desk, at: Browser) -> None:
    source = desk.draft("source").id
    path = f"/desk/statements/new/?source={source}"
    assert "can only be paraphrased" in words(at.get(path))
    response = at.press(path, "save", status=422, **complete())
    assert "Quotation: A quotation needs a captured source." in refusals(response)
    at.press(path, "save", **complete(quotation="", paraphrase_en="They are close."))
    assert drafted().source_id == source


def test_without_a_source_one_is_asked_for(desk: Desk, at: Browser) -> None:
    told = words(at.get("/desk/statements/new/"))
    assert "A statement is taken from a source: which one?" in told
    assert "Close to a deal" in told
    url = Source.objects.get(pk=desk.ids["source"]).url
    assert "The minister said:" in words(at.get(f"/desk/statements/new/?source={url}"))


@pytest.mark.parametrize("named", ["999999", "9" * 40, "nonsense", "https://other.example/"])
def test_an_unknown_source_leads_to_a_new_one(at: Browser, named: str) -> None:
    told = words(at.get(f"/desk/statements/new/?source={named}"))
    assert "The desk knows no such source. Record it as a new source" in told


def test_a_sending_whose_source_is_lost_keeps_all_that_was_typed(at: Browser) -> None:
    typed = complete(paraphrase_en="They are close.", source="999999", action="save")
    response = at.send("/desk/statements/new/", typed, status=422)
    assert "The desk knows no such source." in refusals(response)
    assert "They are close." in words(response)


def test_an_unknown_name_is_refused_with_those_near_to_it(desk: Desk, at: Browser) -> None:
    response = at.press(new(desk), "save", status=422, **complete(speaker="Choo"))
    assert "Speaker: Nothing goes by “Choo”. Near to it: Cho · 조 (cho)." in refusals(response)


def test_the_office_held_on_that_date_is_proposed_and_taken_by_one_press(
    desk: Desk, at: Browser
) -> None:
    desk.act(operations.appoint, person="cho", office="minister", held_from="2025-06")
    typed = at.filled(new(desk), **complete(office_held=""))
    response = at.send(new(desk), {**typed, "action": "check"}, status=200)
    assert "Held then: Talks" in words(response)
    response = at.send(new(desk), {**typed, "action": "office:minister"}, status=200)
    assert 'name="office_held" value="Talks"' in response.content.decode()
    assert "Held then:" not in words(response)
    before = at.send(new(desk), {**typed, "said_on": "2024-01-01", "action": "look"}, status=200)
    assert "Held then:" not in words(before)


def test_a_phrase_of_another_weekday_is_pointed_out_but_not_refused(
    desk: Desk, at: Browser
) -> None:
    typed = complete(said_phrase="on Friday")
    told = words(at.press(new(desk), "check", status=200, **typed))
    assert "The phrase says “Friday”, but 1 October 2025 is a Wednesday in Seoul." in told
    at.press(new(desk), "save", **typed)
    assert drafted().said_phrase == "on Friday"


def test_a_zone_may_be_named_by_its_city(desk: Desk, at: Browser) -> None:
    at.press(new(desk), "save", **complete(zone="워싱턴"))
    assert drafted().zone == "America/New_York"


def test_an_unknown_zone_is_refused_at_its_field(desk: Desk, at: Browser) -> None:
    response = at.press(new(desk), "save", status=422, **complete(zone="Mars/Base"))
    assert "Whose clock: “Mars/Base” is not an IANA time zone." in refusals(response)


def test_an_unreadable_date_is_refused_at_its_field(desk: Desk, at: Browser) -> None:
    response = at.press(new(desk), "save", status=422, **complete(said_on="yesterday"))
    assert "Said on: “yesterday” is not an EDTF date" in refusals(response)


def test_likely_repeats_are_offered_and_one_is_chosen(desk: Desk, at: Browser) -> None:
    path, first = new(desk), desk.ids["statement"]
    response = at.press(path, "check", status=200, **complete(quotation="We are  close"))
    assert f'name="repeats" value="{first}"' in response.content.decode()
    assert "They are close." in words(response)
    at.press(path, "save", **complete(repeats=str(first)))
    assert drafted().repeats_id == first


def test_check_first_shows_it_as_readers_will_and_saves_nothing(desk: Desk, at: Browser) -> None:
    before = Statement.objects.count()
    told = words(at.press(new(desk), "check", status=200, **complete()))
    assert "Checked, not saved" in told
    assert "Nothing stands against saving this." in told
    assert Statement.objects.count() == before


def test_after_saving_another_statement_from_the_source_is_one_click(
    desk: Desk, at: Browser
) -> None:
    response = at.press(new(desk), "save", **complete())
    page = at.get(response["Location"]).content.decode()
    assert f'<a href="{new(desk)}">Another statement from this source</a>' in page


def test_a_draft_is_changed_with_all_that_it_says(desk: Desk, at: Browser) -> None:
    at.press(new(desk), "submit", **complete(voice_en="a man", translates=desk.ids["statement"]))
    row = drafted()
    before = {n: v for n, v in vars(row).items() if n not in ("_state", "version", "review")}
    at.press(f"/desk/drafts/statements/{row.pk}/edit/", "save")
    row = drafted()
    assert (row.version, row.review) == (2, "")
    assert {n: v for n, v in vars(row).items() if n in before} == before


def test_a_correction_begins_with_what_is_published_and_asks_why(desk: Desk, at: Browser) -> None:
    path = f"/desk/statements/{desk.ids['statement']}/correction/"
    assert "Reason for the correction" in refusals(at.press(path, "save", status=422))
    at.press(path, "save", kind="denies", correction_reason="He denied it.")
    row = Statement.objects.get(supersedes=desk.ids["statement"])
    assert (row.kind, row.paraphrase_ko, row.speaker.slug) == ("denies", "가까워졌다.", "cho")


def test_a_changed_draft_is_shown_beside_what_was_typed(desk: Desk, at: Browser) -> None:
    draft = desk.draft("statement").id
    path = f"/desk/drafts/statements/{draft}/edit/"
    typed = at.filled(path, paraphrase_en="Mine")
    desk.draft("statement", amends=draft, version=1, paraphrase_en="Theirs")
    response = at.send(path, {**typed, "action": "save"}, status=412)
    assert "Paraphrase in English The draft now Theirs What you typed Mine" in words(response)
    again = at.client.post(path, {**sent(response), "action": "save"})
    assert (again.status_code, drafted().paraphrase_en) == (303, "Mine")


def test_a_statement_begun_at_a_track_has_it_ticked(desk: Desk, at: Browser) -> None:
    page = at.get(f"{new(desk)}&track=talks/trade").content.decode()
    assert page.count(" checked") == 3
    assert 'value="talks/trade" id="id_tracks_1" checked' in page


def test_the_form_costs_the_same_however_much_is_known(
    desk: Desk, at: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        desk.published("statement")
    with django_assert_max_num_queries(16):
        at.get(new(desk))
    typed = at.filled(new(desk), **complete())
    with django_assert_max_num_queries(24):
        at.send(new(desk), {**typed, "action": "look"}, status=200)


def test_in_korean_the_form_and_its_refusals_are_korean(desk: Desk, at: Browser) -> None:
    response = at.press(f"/ko{new(desk)}", "check", status=422, **complete(quotation="없는 말"))
    assert "보관한 원문의 그 자리에 인용문이 없습니다." in refusals(response)
    assert "발언 기록" in words(response)


def test_a_reader_has_no_such_form(client: Client, hire: Any, desk: Desk) -> None:
    assert signed_in(hire("reader")).get(new(desk)).status_code == 403
    assert client.get(new(desk)).status_code == 302


def sent(response: Any) -> dict[str, Any]:
    """What the form of this response would send."""
    return sent_by(parse(response.content.decode()))
