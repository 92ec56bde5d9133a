"""A moment on somebody's clock: day and time as they are said there, and the instant it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from negotiations.pages.frames import language_now
from negotiations.pages.places import city

_OFTEN = ("Asia/Seoul", "America/New_York", "Europe/London", "UTC")


class WallClock(forms.Field):
    """Day and time as they are typed; whose clock it is stands beside them."""

    widget = forms.DateTimeInput({"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        """The typed day and time, without a zone."""
        if not value:
            return None
        try:
            return datetime.strptime(  # noqa: DTZ007 (no zone yet)
                str(value).replace(" ", "T")[:16], "%Y-%m-%dT%H:%M"
            )
        except ValueError:
            raise forms.ValidationError(_("Write it as 2025-10-31T09:00.")) from None


def zone_choices() -> list[tuple[str, str]]:
    """The desk's own zone first, then those in which moments are usually told."""
    zones = dict.fromkeys((settings.TIME_ZONE, *_OFTEN))
    return [(zone, city(zone, language_now())) for zone in zones]


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant of a wall clock's day and time.

    ValidationError for a time that the clock there leaves out; of an hour that it shows twice the
    earlier one counts.
    """
    there = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    try:
        back = there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except OverflowError:  # at the ends of the calendar
        back = None
    if back != local:
        raise forms.ValidationError(_("The clock there leaves that time out."))
    return there.astimezone(UTC)
