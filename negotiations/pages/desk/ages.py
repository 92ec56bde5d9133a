"""How long ago, in the fewest words."""

from __future__ import annotations

from django.utils.translation import gettext

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def age(seconds: float) -> str:
    """12 s, 5 min, 3 h, 2 d: whole ones of the largest unit that there are two of."""
    whole = int(seconds)
    if whole < 2 * _MINUTE:
        return gettext("{n} s").format(n=whole)
    if whole < 2 * _HOUR:
        return gettext("{n} min").format(n=whole // _MINUTE)
    if whole < 2 * _DAY:
        return gettext("{n} h").format(n=whole // _HOUR)
    return gettext("{n} d").format(n=whole // _DAY)
