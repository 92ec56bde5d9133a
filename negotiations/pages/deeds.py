"""Acts of the ledger in plain words, with where each leads."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from negotiations.pages.nouns import TIMELINE, noun_name
from negotiations.queries.shapes import Act
from negotiations.queries.subjects import subject, text_of

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
    subject_en, subject_ko = subject(change)
    return Deed(
        change=change,
        words=_words(change),
        role=str(_ROLES.get(change.role, change.role)),
        subject_en=subject_en,
        subject_ko=subject_ko,
        reason=text_of(payload, "correction_reason"),
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


def _page(change: Act) -> tuple[str, str]:
    if change.noun in {"statement", "source"}:
        return change.noun, str(change.object_id)
    if change.noun == "snapshot":
        source = change.payload.get("source")
        return "source", str(source) if isinstance(source, int) else ""
    if change.noun == "person":
        return "person", text_of(change.payload, "slug")
    if change.noun == "negotiation":
        return "board", text_of(change.payload, "slug")
    return "", ""
