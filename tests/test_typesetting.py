"""Paper and pictures, by Typst."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore

import pytest

from negotiations import typesetting
from negotiations.refusals import Refusal
from negotiations.typesetting import SANS, NotSet, pdf, png

AT = datetime(2025, 10, 14, tzinfo=UTC)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(lang: "ko", font: "Noto Sans CJK KR")
= #data.title
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">'
    '<rect width="40" height="20" fill="#17457a"/>'
    f'<text x="2" y="15" font-family="{SANS}" font-weight="400" font-size="12">{{words}}</text>'
    "</svg>"
)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A document with a heading and nothing else."""
    file = tmp_path / "paper.typ"
    file.write_text(TEMPLATE)
    return file


def test_the_same_data_give_the_same_paper(template):
    told = {"title": "통화스와프 (currency swap)"}

    first, again = pdf(template, told, at=AT), pdf(template, told, at=AT)

    assert first == again
    assert first.startswith(b"%PDF-")


def test_data_are_never_read_as_markup(template):
    told = {"title": '#panic("no") $x$ *b* <label> \\ #import "/etc/passwd"'}

    assert pdf(template, told, at=AT).startswith(b"%PDF-")


def test_a_template_reads_no_file_outside_its_folder(template):
    template.write_text('#set document(title: "x")\n#read("/../../../etc/passwd")')

    with pytest.raises(NotSet, match="would escape the project root"):
        pdf(template, {}, at=AT)


def test_a_picture_has_the_size_asked_for():
    made = png(SVG.format(words="통화"), width=40, height=20, scale=2)

    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (80, 40)


def test_hangul_is_drawn():
    blank, hangul, other = (
        png(SVG.format(words=words), width=40, height=20) for words in ("", "통화", "관세")
    )

    assert len({blank, hangul, other}) == 3


def test_regular_letters_are_not_the_thinnest():
    weights = ("100", "400", "700")
    drawn = [png(SVG.format(words="a").replace('"400"', f'"{w}"'), width=40, height=20)
             for w in weights]  # fmt: skip

    assert len(set(drawn)) == 3


@pytest.mark.parametrize("words", ["Deal ✅", "🇰🇷 통화", "ไทย", "\ufeff", "\u0090"])
def test_letters_that_the_fonts_lack_hold_no_paper_up(template, words):
    assert pdf(template, {"title": words}, at=AT).startswith(b"%PDF-")


def test_who_comes_when_all_places_are_taken_is_refused_and_later_is_not(monkeypatch):
    monkeypatch.setattr(typesetting, "_places", BoundedSemaphore(1))

    with typesetting._place(), pytest.raises(Refusal) as refused:
        png(SVG.format(words=""), width=40, height=20)

    assert refused.value.code == "typesetting_busy"
    assert png(SVG.format(words=""), width=40, height=20)


def test_who_waits_too_long_is_refused_and_leaves_its_place(monkeypatch):
    monkeypatch.setattr(typesetting, "_places", BoundedSemaphore(1))
    monkeypatch.setattr(typesetting, "_SECONDS", 0.01)

    with typesetting._turn, pytest.raises(Refusal) as refused:
        png(SVG.format(words=""), width=40, height=20)

    assert refused.value.code == "typesetting_busy"
    with typesetting._place():
        pass


def test_what_takes_too_long_is_refused_and_holds_nobody_up(monkeypatch):
    with monkeypatch.context() as short:
        short.setattr(typesetting, "_SECONDS", 0.01)
        with pytest.raises(Refusal) as refused:
            png(SVG.format(words=""), width=40, height=20)

    assert refused.value.code == "typesetting_busy"
    assert png(SVG.format(words=""), width=40, height=20)


def test_who_is_set_steps_aside_for_others():
    """The request's turn is given back while the process works, and taken again."""
    asides = []

    @contextmanager
    def step_aside():
        asides.append("out")
        yield
        asides.append("in")

    png(SVG.format(words=""), width=40, height=20, aside=step_aside)

    assert asides == ["out", "in"]
