"""Acts of the ledger in plain words, with where each leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.definitions import definitions
from negotiations.pages.nouns import TIMELINE, noun_name
from negotiations.queries.shapes import Act

# By the first word of the verb.
_DONE: dict[str, Promise] = {
    "publish": _("{noun} published"),
    "correct": _("{noun} corrected"),
    "retract": _("{noun} retracted"),
    "capture": _("Text of a source kept"),
    "register": _("{noun} registered"),
    "appoint": _("{noun} registered"),
    "grade": _("Publisher graded"),
    "check": _("Looked, nothing new"),
    "mend": _("{noun} mended"),
    "recheck": _("Page of a source found otherwise"),
}
_ROLES: dict[str, Promise] = {
    "officer": _("desk officer"),
    "reviewer": _("second officer"),
    "admin": _("administrator"),
    "seeder": _("seeding"),
    "console": _("at the machine itself"),
    "keeper": _("nightly check"),
}
# The members of a payload that say what the act is about, best first.
_SUBJECTS = ("headline", "title", "name", "quotation", "paraphrase", "text", "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act as the changes page tells it.

    `page` names the page that the act leads to, with the value of its one name in `key`; both are
    empty where it leads to a track, or to no page.
    """

    change: Act
    words: str
    role: str
    subject_en: str
    subject_ko: str
    reason: str
    page: str
    key: str
    on_timeline: bool


def deed(change: Act) -> Deed:
    """The act in the page's language."""
    payload = change.payload
    page, key = _page(change)
    subject = _subject(change)
    return Deed(
        change=change,
        words=_words(change),
        role=str(_ROLES.get(change.role, change.role)),
        subject_en=subject[0],
        subject_ko=subject[1],
        reason=_text(payload, "correction_reason"),
        page=page,
        key=key,
        on_timeline=change.noun in TIMELINE,
    )


def _words(change: Act) -> str:
    first = change.verb.split("_")[0]
    form = _DONE.get(first)
    noun = noun_name(change.noun)
    if form is None:
        return f"{noun}: {change.verb.replace('_', ' ')}"
    return str(form).format(noun=noun)


def _subject(change: Act) -> tuple[str, str]:
    payload = change.payload
    if change.verb == "recheck_source":
        found = definitions().get(("evidence_state", _text(payload, "state")))
        return (found.label_en, found.label_ko) if found else ("", "")
    match change.noun:
        case "linkage":
            kind = definitions().get(("linkage_kind", _text(payload, "kind")))
            return (kind.label_en, kind.label_ko) if kind else ("", "")
        case "tenure" | "grade":
            names = (_text(payload, n) for n in ("person", "publisher", "office", "reliability"))
            named = ", ".join(name for name in names if name)
            return named, named
    for name in _SUBJECTS:
        en, ko = _text(payload, f"{name}_en"), _text(payload, f"{name}_ko")
        plain = _text(payload, name)
        if en or ko or plain:
            return en or plain, ko or plain
    figure = _figure(payload)
    return figure, figure


def _figure(payload: Mapping[str, object]) -> str:
    """A position told by its term's slug and the bare figure: the entry holds no names."""
    term = _text(payload, "term").rpartition("/")[2].replace("-", " ")
    amounts = (_text(payload, name) for name in ("amount", "amount_to"))
    return f"{term}: {'–'.join(one for one in amounts if one)}" if term else ""


def _text(payload: Mapping[str, object], name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _page(change: Act) -> tuple[str, str]:
    if change.noun in {"statement", "source"}:
        return change.noun, str(change.object_id)
    if change.noun == "snapshot":
        source = change.payload.get("source")
        return "source", str(source) if isinstance(source, int) else ""
    if change.noun == "person":
        return "person", _text(change.payload, "slug")
    if change.noun == "negotiation":
        return "board", _text(change.payload, "slug")
    return "", ""
