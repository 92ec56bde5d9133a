"""What templates say with the filters and tags of ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

ROW = SimpleNamespace(title_en="Tariffs", title_ko="관세", note_en="Only <here>", note_ko="")


def say(template: str, language: str = "en", **context: object) -> str:
    """A template rendered in a language."""
    with translation.override(language):
        return Template("{% load parley %}" + template).render(Context(context))


def test_the_page_language_is_chosen():
    assert say('{{ row|said:"title" }}', row=ROW) == "Tariffs"
    assert say('{{ row|said:"title" }}', "ko", row=ROW) == "관세"


def test_what_is_missing_falls_back_and_is_marked():
    told = say('{{ row|said:"note" }}', "ko", row=ROW)
    assert told == '<span lang="en">Only &lt;here&gt;</span>'
    assert say('{{ row|said_plain:"note" }}', "ko", row=ROW) == "Only &lt;here&gt;"


def test_what_is_in_no_language_is_empty():
    assert say('{{ row|said:"nothing" }}', row=ROW) == ""


@pytest.mark.parametrize(("language", "words"), [("en", "Stalled"), ("ko", "교착")])
def test_words_of_the_vocabulary_have_labels(language, words):
    assert say('{{ "stalled"|word:"momentum" }}', language) == words
    assert say('{{ "stalled"|meaning:"momentum" }}', language)


def test_a_mark_is_shape_and_word():
    told = say('{{ "one_sided"|mark:"agreement" }}')
    assert 'href="#g-agreement-one_sided"' in told
    assert "<span>One-sided</span>" in told


def test_no_stage_is_said_in_words():
    assert "not on record" in say('{{ none|mark:"stage" }}', none=None)
    assert "기록 없음" in say('{{ none|mark:"stage" }}', "ko", none=None)


def test_no_word_has_no_label():
    assert say('{{ none|word:"stage" }}{{ none|meaning:"stage" }}', none=None) == ""


def test_dates_carry_their_machine_form():
    assert say("{{ day|when }}", day="2025-10-01") == (
        '<time datetime="2025-10-01">1 October 2025</time>'
    )
    assert say("{{ day|when_short }}", "ko", day=date(2025, 10, 1)) == (
        '<time datetime="2025-10-01">2025. 10. 1.</time>'
    )
    assert say("{{ day|when_plain }}", day="2025-10") == "October 2025"


def test_vague_dates_have_none():
    assert say("{{ day|when }}", day="2025-09-10~") == (
        '<span class="date">about 10 September 2025</span>'
    )


def test_hostile_date_text_is_escaped():
    assert "<b>" not in say("{{ day|when }}", day="<b>2025</b>")


def test_no_date_is_nothing():
    assert say("{{ d|when }}{{ d|when_short }}{{ d|when_plain }}{{ d|moment }}", d=None) == ""


def test_an_instant_is_told_on_the_desks_clock():
    at = datetime(2025, 10, 14, 18, 5, tzinfo=UTC)
    assert say("{{ at|moment }}", at=at) == (
        '<time datetime="2025-10-15T03:05+09:00">15 October 2025, 03:05 Seoul</time>'
    )
    assert "2025년 10월 15일 03:05 서울" in say("{{ at|moment }}", "ko", at=at)


def test_a_statement_is_dated_where_it_was_made_and_where_it_was_read():
    statement = SimpleNamespace(
        said_on="2025-10-01T09:00:00+09:00",
        zone="Asia/Seoul",
        parties=(SimpleNamespace(zone="Asia/Seoul"),),
        about=(SimpleNamespace(zone="America/New_York"),),
    )
    told = say("{{ s|said_when }}", s=statement)
    assert told == (
        '<time datetime="2025-10-01">1 October 2025, 09:00</time> <span class="zone">(Seoul)</span>'
        ' / <time datetime="2025-09-30">30 September 2025</time>'
        ' <span class="zone">(Washington)</span>'
    )


def test_numbers_are_grouped():
    assert say("{{ n|number }}", n=12345) == "12,345"


def test_links_keep_clocks_and_language():
    page = SimpleNamespace(clock_query="known_on=2025-10-05")
    link = '{% to "board" negotiation="rok-us" %}'
    assert say(link, page=page) == "/rok-us/?known_on=2025-10-05"
    assert say(link, "ko") == "/ko/rok-us/"


def test_here_changes_one_parameter():
    request = RequestFactory().get("/changes/?kind=position&cursor=a")
    assert say('{% here cursor="b" %}', request=request) == "/changes/?kind=position&amp;cursor=b"
    assert say('{% here cursor="" %}', request=request) == "/changes/?kind=position"
    bare = RequestFactory().get("/changes/?cursor=a")
    assert say('{% here cursor="" %}', request=bare) == "/changes/"


def test_words_lists_a_vocabulary():
    assert say('{% words "momentum" as all %}{{ all|join:" " }}') == (
        "advancing steady stalled halted"
    )
