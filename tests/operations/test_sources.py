"""A document has one source, however its address is written, and its text a fingerprint."""

from __future__ import annotations

import hashlib

import pytest

from negotiations.likeness import bands_of
from negotiations.models import Fingerprint, Source
from negotiations.operations.sources import read_address
from negotiations.refusals import Refusal
from tests.operations.desk import TEXT, Desk, capture, refuses

URL = "https://paper.example/close?a=1&b=2"


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "http://PAPER.example:80/close?b=2&a=1#top",
        "https://paper.example/close?a=1&utm_source=mail&b=2",
    ],
)
def test_an_address_written_otherwise_is_no_other_source(desk: Desk, url: str) -> None:
    desk.draft("source", url=URL)
    with refuses("duplicate", at="/url"):
        desk.draft("source", url=url)


def test_an_address_stays_as_it_was_typed(desk: Desk) -> None:
    typed = "https://PAPER.example/close?utm_source=mail"
    assert Source.objects.get(pk=desk.draft("source", url=typed).id).url == typed


def test_a_source_from_before_is_known_by_its_address_as_it_was_typed(desk: Desk) -> None:
    typed = "https://PAPER.example/close?utm_source=mail"
    draft = desk.draft("source", url=typed).id
    as_typed = hashlib.sha256(typed.encode()).hexdigest()
    Source.objects.filter(pk=draft).update(url_sha256=as_typed)
    with refuses("duplicate", at="/url"):
        desk.draft("source", url=typed)


@pytest.mark.parametrize(
    "url", ["https://me@paper.example/", "https://me:secret@paper.example/", "https://:@a.example/"]
)
def test_an_address_with_a_name_or_password_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match="is not an http or https address"):
        read_address(url)


def test_a_text_is_kept_with_its_fingerprint(desk: Desk) -> None:
    source = desk.draft("source").id
    snapshot = capture(desk, source)
    assert Fingerprint.objects.get(snapshot=snapshot).bands == bands_of(TEXT)
