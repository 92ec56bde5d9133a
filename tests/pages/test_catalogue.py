"""The Korean catalogue says everything that pages say."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

CATALOGUE = settings.BASE_DIR / "negotiations/locale/ko/LC_MESSAGES/django.po"
KEYWORDS = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_HOLE = re.compile(r"%\((\w+)\)s")


def _sources() -> Iterator[tuple[Path, str]]:
    templates = settings.BASE_DIR / "templates"
    for kind in ("*.html", "*.svg", "*.txt"):
        for file in sorted(templates.rglob(kind)):
            yield file, templatize(file.read_text(encoding="utf-8"), origin=str(file))
    for folder in ("pages", "templatetags"):
        for file in sorted((settings.BASE_DIR / "negotiations" / folder).rglob("*.py")):
            yield file, file.read_text(encoding="utf-8")


def _messages() -> Iterator[tuple[Path, str | tuple[str, ...], str | None]]:
    for file, source in _sources():
        stream = io.BytesIO(source.encode())
        for _line, message, _comments, context in extract("python", stream, keywords=KEYWORDS):
            yield file, message, context


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def test_every_message_of_the_pages_has_korean(catalogue):
    missing = set()
    for file, message, context in _messages():
        found = catalogue.get(message if isinstance(message, str) else message[0], context)
        if found is None or not all(found.string if found.pluralizable else [found.string]):
            missing.add((file.name, message))
    assert missing == set()


def test_the_catalogue_holds_nothing_that_no_page_says(catalogue):
    said = {m if isinstance(m, str) else m[0] for _file, m, _context in _messages()}
    held = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}
    assert held - said == set()


def test_translations_keep_the_holes(catalogue):
    for message in (m for m in catalogue if m.id):
        ids = message.id if message.pluralizable else (message.id,)
        strings = message.string if message.pluralizable else (message.string,)
        for string in strings:
            assert set(_HOLE.findall(string)) == set(_HOLE.findall(ids[-1])), message.id


def test_no_message_is_marked_fuzzy(catalogue):
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
