"""What a correction changed, member by member, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.languages import chosen
from negotiations.pages.dates import in_words
from negotiations.pages.places import city
from negotiations.pages.wording import label
from negotiations.queries.shapes import Correction, Entry

Write = Callable[[Any, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One member that is not what it was; an empty side was not given."""

    label: str
    before: str
    after: str


def differences(correction: Correction, *, language: str) -> tuple[Difference, ...]:
    """What is different in the corrected version; nothing for a retraction."""
    if correction.retracted:
        return ()
    before, after = _row(correction.before), _row(correction.after)
    return tuple(
        _difference(str(label), before, after, write=write, language=language)
        for names, label, write in _MEMBERS
        if all(hasattr(row, name) for row in (before, after) for name in names)
        and _values(before, names) != _values(after, names)
    )


def _difference(label: str, before: Any, after: Any, *, write: Write, language: str) -> Difference:
    """In `language`, or in the other one where it is only there that the words differ."""
    if write(before, language) == write(after, language):
        language = "en" if language == "ko" else "ko"
    return Difference(label=label, before=write(before, language), after=write(after, language))


def _row(version: Any) -> Any:
    return getattr(version, version.kind) if isinstance(version, Entry) else version


def _values(row: Any, names: tuple[str, ...]) -> list[Any]:
    return [getattr(row, name) for name in names]


def _text(name: str) -> Write:
    return lambda row, _language: str(getattr(row, name) or "")


def _said(name: str) -> Write:
    """A member that is written in both languages."""

    return lambda row, language: chosen(row, name, language)[0]


def _word(name: str, vocabulary: str) -> Write:
    return lambda row, language: label(vocabulary, getattr(row, name), language)


def _own_word(name: str) -> Write:
    """A word whose vocabulary depends on the row: each noun has kinds of its own."""
    nouns = {"quotation": "statement", "from_track": "linkage", "due_on": "milestone"}

    def write(row: Any, language: str) -> str:
        noun = next((noun for member, noun in nouns.items() if hasattr(row, member)), "")
        vocabulary = f"{noun}_{name}" if noun else name
        return _word(name, vocabulary)(row, language)

    return write


def _party(party: Any, language: str) -> str:
    return _said("capital")(party, language) if party else str(_("the desk’s reading"))


def _date(name: str) -> Write:
    return lambda row, language: in_words(getattr(row, name), language)


def _zone(row: Any, language: str) -> str:
    return city(row.zone, language)


def _voice(speaker: Any, language: str) -> str:
    parts = (_said("name")(speaker, language), _said("office")(speaker, language))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _of(name: str, write: Write) -> Write:
    """The same of a member's member: the speaker's name."""
    return lambda row, language: write(getattr(row, name), language)


def _each(name: str, write: Write) -> Write:
    return lambda row, language: ", ".join(write(one, language) for one in getattr(row, name))


def _evidence(row: Any, _language: str) -> str:
    return ", ".join(str(statement.id) for statement in row.basis)


_MEMBERS: tuple[tuple[tuple[str, ...], Promise, Write], ...] = (
    (("headline_en", "headline_ko"), _("Headline"), _said("headline")),
    (("title_en", "title_ko"), _("Title"), _said("title")),
    (("title",), _("Title"), _text("title")),
    (("stage",), _("Stage"), _word("stage", "stage")),
    (("momentum",), _("Momentum"), _word("momentum", "momentum")),
    (
        ("documentary_basis",),
        _("Documentary basis"),
        _word("documentary_basis", "documentary_basis"),
    ),
    (("figure_en", "figure_ko"), _("Position"), _said("figure")),
    (("standing",), _("Standing"), _own_word("standing")),
    (("kind",), _("Kind"), _own_word("kind")),
    (("according_to",), _("According to"), _of("according_to", _party)),
    (("topic_en", "topic_ko"), _("Topic"), _said("topic")),
    (("meeting",), _("Meeting"), _text("meeting")),
    (("bearing",), _("Bearing"), _word("bearing", "account_bearing")),
    (("bearing", "text_en", "text_ko"), _("In words"), _said("text")),
    (("contradicts",), _("Contradicts"), _text("contradicts")),
    (("due_on",), _("Due"), _date("due_on")),
    (("outcome",), _("Outcome"), _word("outcome", "outcome")),
    (("effective_on",), _("Effective"), _date("effective_on")),
    (("quotation",), _("Quotation"), _text("quotation")),
    (("paraphrase_en", "paraphrase_ko"), _("Paraphrase"), _said("paraphrase")),
    (("speaker",), _("Speaker"), _of("speaker", _voice)),
    (("parties",), _("Spoken for"), _each("parties", _said("name"))),
    (("about",), _("Spoken of"), _each("about", _said("name"))),
    (("said_on",), _("Said on"), _date("said_on")),
    (("zone",), _("Time zone"), _zone),
    (("modality",), _("Modality"), _word("modality", "modality")),
    (("attribution",), _("Attribution"), _word("attribution", "attribution")),
    (("credibility",), _("Credibility"), _word("credibility", "credibility")),
    (("tracks",), _("Tracks"), _each("tracks", _said("title"))),
    (("basis",), _("Evidence (statements)"), _evidence),
    (("publisher",), _("Publisher"), _of("publisher", _said("name"))),
    (("published_on",), _("Published"), _date("published_on")),
    (("url",), _("Address"), _text("url")),
    (("language",), _("Language"), _text("language")),
    (("note_en", "note_ko"), _("Note"), _said("note")),
)
