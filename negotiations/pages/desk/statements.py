"""The form of a statement: what was said, by whom, when, as one source has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from negotiations import operations
from negotiations.pages.desk import hints, quoting
from negotiations.pages.desk.desk import Sitting
from negotiations.pages.desk.drafting import NOUNS, Noun
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.numbers import number
from negotiations.pages.desk.preview import as_published
from negotiations.pages.desk.said import SaidForm
from negotiations.pages.desk.words import offered
from negotiations.pages.desk.zones import ZonePick, zones_of
from negotiations.pages.frames import language_now
from negotiations.queries import choices, reading
from negotiations.queries.captures import known_source
from negotiations.queries.clippings import hints_for
from negotiations.queries.reading import ReadSource
from negotiations.queries.seats import Seat
from negotiations.refusals import Refusal


class StatementForm(SaidForm):
    """One utterance as given in one source; `reading` is that source, None while none is named.

    `near` is the passage that is nearest to a quotation which the text does not have.
    """

    source = forms.CharField(label=_("Source: its number or address"), max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "track" in self.initial:
            self.initial.setdefault("tracks", [self.initial["track"]])
        self.reading = find_source(str(self["source"].value() or ""), seat=self.seat)
        if self.reading is not None:
            self.initial.setdefault("language", self.reading.language)
            self._propose(self.reading.id)
        self.near: quoting.Place | None = None
        self._offer()

    def _propose(self, source: int) -> None:
        """What the clipping says of which the source was made, if there was one."""
        hints = None if self.is_bound else hints_for(source)
        if hints is not None:
            told = {
                "tracks": list(hints.tracks),
                "speaker": hints.speaker,
                "said_on": hints.said_on,
            }
            for name, value in told.items():
                if value:
                    self.initial.setdefault(name, value)

    def _offer(self) -> None:
        korean = language_now() == "ko"
        stood = self.initial.get("tracks") or ()
        self.trunks = choices.tracks(self.seat, also=[stood] if isinstance(stood, str) else stood)
        named = [
            (t.path, t.track.title_ko if korean else t.track.title_en) for t in self.trunks
        ]  # fmt: skip
        offered(self.fields["tracks"], named)
        parties = choices.parties(self.seat)
        for name in ("parties_for", "about"):
            told = [(p.code, p.name_ko if korean else p.name_en) for p in parties]
            offered(self.fields[name], told)
        self.pick("speaker").offer(choices.people(), id_for_list="people")
        self.pick("office_held").offer(choices.offices(), id_for_list="offices")
        zone = self.pick("zone")
        assert isinstance(zone, ZonePick)
        zone.offer(zones_of(parties), id_for_list="zones")

    def clean_source(self) -> int:
        """The number of the source."""
        if self.reading is None:
            raise forms.ValidationError(gettext("The desk knows no such source."), "no_such_source")
        return self.reading.id

    def place(self) -> quoting.Place | None:
        """Where the quotation stands as it is typed."""
        text, words = self._kept(), str(self["quotation"].value() or "")
        if not text or not words.strip():
            return None
        return quoting.place_of(text, words, self._number("start"), self._number("end"))

    def arguments(self) -> dict[str, Any]:
        """Offsets at which the quotation does not stand are left out: it is looked for then."""
        told, place = super().arguments(), self.place()
        told["start"], told["end"] = (place.start, place.end) if place else (None, None)
        return told

    def refuse(self, refusal: Refusal) -> None:
        """As every form; the passage nearest to a quotation that is not there is offered."""
        if refusal.code == "quotation_not_found":
            self.near = quoting.nearest(self._kept(), str(self["quotation"].value() or ""))
        super().refuse(refusal)

    def press(self, button: str) -> None:
        """`passage`: quote the nearest one; `office:slug`: name that office."""
        what, _sign, which = button.partition(":")
        if what == "office" and which:
            self.renew(office_held=self.pick("office_held").prepare_value(which))
        near = quoting.nearest(self._kept(), str(self["quotation"].value() or ""))
        if what == "passage" and near is not None:
            self.renew(quotation=near.words, start=near.start, end=near.end)

    def _kept(self) -> str:
        return self.reading.text if self.reading else ""

    def _number(self, name: str) -> int | None:
        return number(self[name].value())


def find_source(named: str, *, seat: Seat) -> ReadSource | None:
    """The source of a number or an address; None where the desk knows none."""
    named = named.strip()
    try:
        if (id := number(named)) is not None:
            return reading.read_source(id)
        known = known_source(named, seat=seat) if named else None
        return reading.read_source(known.id) if known else None
    except Refusal:
        return None


def _around(sitting: Sitting, form: DeskForm) -> Mapping[str, Any]:
    assert isinstance(form, StatementForm)
    if form.reading is None and not form.is_bound:
        return {"newest": reading.newest_sources(limit=10)}
    return {
        "place": form.place(), "tree": hints.tree(form["tracks"], form.trunks),
        "odd": hints.odd_dates(form), "held": hints.offices_then(form),
        "repeats": hints.repeats(sitting, form),
    }  # fmt: skip


def _onward(form: DeskForm) -> str:
    address = f"{reverse('pages:desk_new', kwargs={'noun': 'statement'})}?source="
    return format_html(
        '<a href="{}{}">{}</a>', address, form.cleaned_data["source"],
        gettext("Another statement from this source"),
    )  # fmt: skip


NOUNS["statement"] = Noun(
    form=StatementForm,
    template="desk/statements/form.html",
    verb=operations.draft_statement,
    preview=as_published,
    around=_around,
    onward=_onward,
)
