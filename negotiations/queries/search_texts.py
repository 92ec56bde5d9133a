"""The texts and headlines of what was found; one SQL query a noun."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from negotiations.definitions import define
from negotiations.queries.excerpts import Passage
from negotiations.sql import array, fetch

_SPOKEN = ("quotation", "paraphrase_en", "paraphrase_ko")
_BESIDE = (*("voice_en", "voice_ko", "said_phrase", "place_en", "place_ko", "note_en", "note_ko"),)
_SUFFIXES = {"_en": "en", "_ko": "ko"}
_NAMES = {
    "speaker": ("person.name_en", "person.name_ko"),
    "office": ("office.title_en", "office.title_ko"),
    "publisher": ("publisher.name_en", "publisher.name_ko"),
}
_SOURCES = "SELECT id, title, language FROM negotiations_source WHERE id = ANY(%s::bigint[])"
_STATEMENTS = f"""
    SELECT said.id, said.kind, said.language,
        {", ".join(f"said.{name}" for name in (*_SPOKEN, *_BESIDE))},
        {", ".join(column for columns in _NAMES.values() for column in columns)}
    FROM negotiations_statement said
        JOIN negotiations_source source ON source.id = said.source_id
        JOIN negotiations_publisher publisher ON publisher.id = source.publisher_id
        LEFT JOIN negotiations_person person ON person.id = said.speaker_id
        LEFT JOIN negotiations_office office ON office.id = said.office_id
    WHERE said.id = ANY(%s::bigint[])
"""  # noqa: S608  words of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A headline in both languages, the texts of a row, and what else it is found by."""

    headline_en: str
    headline_ko: str
    texts: tuple[Passage, ...]
    beside: tuple[Passage, ...] = ()


def texts_of(noun: str, ids: Collection[int]) -> dict[int, Told]:
    """The texts of these statements or sources by id."""
    if noun == "source":
        return {
            pk: _source(title, language) for pk, title, language in fetch(_SOURCES, [array(ids)])
        }
    return {pk: _statement(*row) for pk, *row in fetch(_STATEMENTS, [array(ids)])}


@lru_cache(maxsize=4096)
def name_passages(field: str, en: str | None, ko: str | None) -> tuple[Passage, ...]:
    """A name in both languages, as passages."""
    told = ((f"{field}_en", "en", en), (f"{field}_ko", "ko", ko))
    return tuple(Passage(field=f, language=code, text=text) for f, code, text in told if text)


def _source(title: str, language: str) -> Told:
    texts = (Passage(field="title", language=language, text=title),)
    return Told(headline_en=title, headline_ko=title, texts=texts)


def _statement(kind: str, language: str, *columns: str | None) -> Told:
    spoken, rest = columns[: len(_SPOKEN)], columns[len(_SPOKEN) :]
    beside, voices = rest[: len(_BESIDE)], rest[len(_BESIDE) :]
    named = dict(zip(_NAMES, zip(voices[::2], voices[1::2], strict=True), strict=True))
    told_as = define("statement_kind", kind)
    own = dict(zip(_BESIDE, beside, strict=True))
    en = named["speaker"][0] or own["voice_en"] or named["office"][0] or ""
    ko = named["speaker"][1] or own["voice_ko"] or named["office"][1] or en
    return Told(
        headline_en=f"{en} – {told_as.label_en}",
        headline_ko=f"{ko} – {told_as.label_ko}",
        texts=_passages(_SPOKEN, spoken, language),
        beside=(
            *_passages(_BESIDE, beside, language),
            *(one for field, names in named.items() for one in name_passages(field, *names)),
        ),
    )


def _passages(
    names: Sequence[str], texts: Sequence[str | None], language: str
) -> tuple[Passage, ...]:
    return tuple(
        Passage(field=name, language=_SUFFIXES.get(name[-3:], language), text=text)
        for name, text in zip(names, texts, strict=True)
        if text
    )
