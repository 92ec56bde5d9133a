"""The texts and headlines of what was found; one SQL query a noun."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from negotiations.definitions import define
from negotiations.models import Source, Statement
from negotiations.queries.excerpts import Passage

_SPOKEN = ("quotation", "paraphrase_en", "paraphrase_ko")
_BESIDE = (*("voice_en", "voice_ko", "said_phrase", "place_en", "place_ko", "note_en", "note_ko"),)
_VOICES = (
    *("speaker__name_en", "speaker__name_ko", "office__title_en", "office__title_ko"),
    *("source__publisher__name_en", "source__publisher__name_ko"),
)


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
        rows: Any = Source.objects.filter(pk__in=ids).values("pk", "title", "language")
        return {row["pk"]: _source(row) for row in rows}
    columns = ("pk", "kind", "language", *_SPOKEN, *_BESIDE, *_VOICES)
    rows = Statement.objects.filter(pk__in=ids).values(*columns)
    return {row["pk"]: _statement(row) for row in rows}


def name_passages(field: str, en: str, ko: str) -> tuple[Passage, ...]:
    """A name in both languages, as passages."""
    told = ((f"{field}_en", "en", en), (f"{field}_ko", "ko", ko))
    return tuple(Passage(field=f, language=code, text=text) for f, code, text in told if text)


def _source(row: dict[str, Any]) -> Told:
    title = row["title"]
    texts = (Passage(field="title", language=row["language"], text=title),)
    return Told(headline_en=title, headline_ko=title, texts=texts)


def _statement(row: dict[str, Any]) -> Told:
    kind = define("statement_kind", row["kind"])
    en = row["speaker__name_en"] or row["voice_en"] or row["office__title_en"] or ""
    ko = row["speaker__name_ko"] or row["voice_ko"] or row["office__title_ko"] or en
    return Told(
        headline_en=f"{en} – {kind.label_en}",
        headline_ko=f"{ko} – {kind.label_ko}",
        texts=tuple(_passage(row, name) for name in _SPOKEN if row[name]),
        beside=(
            *(_passage(row, name) for name in _BESIDE if row[name]),
            *name_passages("speaker", row["speaker__name_en"], row["speaker__name_ko"]),
            *name_passages("office", row["office__title_en"], row["office__title_ko"]),
            *name_passages(
                "publisher", row["source__publisher__name_en"], row["source__publisher__name_ko"]
            ),
        ),
    )


def _passage(row: dict[str, Any], name: str) -> Passage:
    language = {"_en": "en", "_ko": "ko"}.get(name[-3:], row["language"])
    return Passage(field=name, language=language, text=row[name])
