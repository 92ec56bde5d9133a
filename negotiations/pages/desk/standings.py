"""What publication would change in where tracks stand, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from negotiations.pages.frames import language_now
from negotiations.pages.wording import label, said
from negotiations.queries.headlines import headline
from negotiations.queries.shapes import StatusChangeRecord, TrackDetail

Lines = Mapping[tuple[Any, ...], tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One line of where a track stands, before and after; empty: nothing is on record."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackShift:
    """A track with what would change on it; `shifts` empty: it stands as it stood."""

    track: TrackDetail
    shifts: tuple[Shift, ...]


def shifted(before: TrackDetail, after: TrackDetail) -> TrackShift:
    """The lines that differ between two states of one track."""
    was, now = lines(before), lines(after)
    keys = [*was, *(key for key in now if key not in was)]
    return TrackShift(
        track=after,
        shifts=tuple(
            Shift(
                label=now.get(key, was.get(key, ("", "")))[0],
                before=was.get(key, ("", ""))[1], after=now.get(key, ("", ""))[1],
            )
            for key in keys
            if was.get(key, ("", ""))[1] != now.get(key, ("", ""))[1]
        ),
    )  # fmt: skip


def lines(track: TrackDetail) -> Lines:
    """Where a track stands as labelled lines, by a key that both states share."""
    return {
        **_desk(track), **_readings(track), **_positions(track), **_linkages(track),
        **_milestones(track), **_upcoming(track),
    }  # fmt: skip


def _desk(track: TrackDetail) -> Lines:
    told = {
        ("stage",): (_("Stage"), label("stage", track.stage)),
        ("momentum",): (_("Momentum"), label("momentum", track.momentum)),
        ("paper",): (
            _("Documentary basis"), label("documentary_basis", track.documentary_basis),
        ),
        ("headline",): (_("Headline"), said(track, "headline")),
        ("agreement",): (
            _("Agreement of the parties"), label("agreement", track.agreement),
        ),
    }  # fmt: skip
    return told


def _readings(track: TrackDetail) -> Lines:
    return {
        ("reading", one.party.code): (
            _("Reading of {party}").format(party=said(one.party, "capital")),
            _reading(one.latest) if one.latest else "",
        )
        for one in track.readings
    }


def _reading(record: StatusChangeRecord) -> str:
    words = label("stage", record.stage), label("momentum", record.momentum)
    return f"{', '.join(words)} – {said(record, 'headline')}"


def _positions(track: TrackDetail) -> Lines:
    return {
        ("position", term.slug, one.according_to.code, one.standing in ("in_force", "void")): (
            _("Position"),
            _line(one),
        )
        for term in track.terms
        for one in term.positions
    }


def _linkages(track: TrackDetail) -> Lines:
    return {
        ("tie", one.from_track, one.to_track, one.according_to): (_("Linkage"), _line(one))
        for one in track.linkages
    }


def _milestones(track: TrackDetail) -> Lines:
    return {
        ("milestone", one.latest.slug): (_("Milestone"), _line(one.latest))
        for one in track.milestones
    }


def _upcoming(track: TrackDetail) -> Lines:
    records: Iterable[StatusChangeRecord] = track.upcoming
    return {("upcoming", one.id): (_("To come"), _reading(one)) for one in records}


def _line(record: Any) -> str:
    en, ko = headline(record)
    return ko if language_now() == "ko" else en
