"""Numbers of days in words, as exact as they are: how far a date moved, how long until one."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.queries.shapes import Days, MilestoneState, Shift
from negotiations.vocabulary import MilestoneKind

# From so many days on a vague distance is told in weeks, then in months; a month has so many.
_WEEKS, _MONTHS, _MONTH = 11, 75, 30.4


def days_in_words(days: Days) -> str:
    """ "12 days", "about 2 weeks", "at least 12 days", "17 to 46 days"; numbers without their sign.

    Of a number that is not exact nothing precise is said: a vague date has no day to count to.
    """
    bounds = [None if n is None else abs(n) for n in (days.least, days.most)]
    least, most = sorted(bounds, key=lambda n: (n is None, n or 0))
    if least is None:
        return _("an unknown number of days")
    if most is None:
        return _("at least %(days)s") % {"days": _count(least)}
    if days.exact:
        return _count(least)
    if _roughly(least) == _roughly(most):
        return _("about %(days)s") % {"days": _roughly(most)}
    return _("%(least)s to %(most)s days") % {"least": least, "most": most}


def shift_in_words(move: Shift) -> str:
    """ "24 days later", "about 4 weeks earlier", "made more precise": how a date moved."""
    days = days_in_words(move)
    match move.direction:
        case "later":
            return _("%(days)s later") % {"days": days}
        case "earlier":
            return _("%(days)s earlier") % {"days": days}
        case "narrowed":
            return _("made more precise")
        case "widened":
            return _("made less precise")
    return _("the same days in other words")


def moves_in_words(moves: Sequence[Shift], moved: Shift | None, *, times: int | None = None) -> str:
    """ "Moved twice, 24 days later in all"; empty where it never moved.

    `moved` is how far in all, `times` how often where `moves` are only the newest. What only became
    more or less precise is no move.
    """
    if times is None:
        times = sum(move.is_move for move in moves)
    if not times or moved is None:
        return shift_in_words(moved).capitalize() + "." if moved else ""
    often = ngettext("Moved once", "Moved %(n)s times", times) % {"n": times}
    if times == 1 == len(moves):
        return _("%(times)s: %(shift)s.") % {"times": often, "shift": shift_in_words(moved)}
    if moved.is_move:
        whole = _("%(shift)s in all") % {"shift": shift_in_words(moved)}
    else:
        whole = _("in all no later and no earlier than first promised")
    return _("%(times)s: %(shift)s.") % {"times": often, "shift": whole}


def due_in_words(state: MilestoneState) -> str:
    """ "in 17 days", "now", "overdue by 12 days"; empty where it is over.

    A meeting is not overdue: that its day has passed without an outcome is our record's lack.
    """
    if state.days_late is not None:
        meeting = state.latest.kind == MilestoneKind.MEETING
        form = _("%(days)s ago") if meeting else _("overdue by %(days)s")
        return form % {"days": days_in_words(_at_least(state.days_late))}
    left = state.days_left
    if left is None:
        return ""
    if left.least == 0:
        return _still(left)
    if left.most is None:
        return _("in %(days)s at the earliest") % {"days": _count(left.least or 0)}
    # Of a stretch to the day, the first day is what one waits for.
    begins = Days(least=left.least, most=left.least, exact=True) if left.exact else left
    return _("in %(days)s") % {"days": days_in_words(begins)}


def _still(left: Days) -> str:
    if left.most is None:
        return _("may be any day now")
    if left.most == 0:
        return _("today") if left.exact else _("about today")
    return _("now, until %(days)s from today") % {
        "days": days_in_words(Days(least=left.most, most=left.most, exact=left.exact))
    }


def _at_least(late: Days) -> Days:
    """How long ago the last day was, at least: a vague date may have been meant for an earlier."""
    return (
        late
        if late.exact or late.least == late.most
        else (Days(least=late.least, most=None, exact=False))
    )


def _count(days: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,d}"}


def _roughly(days: int) -> str:
    """So many days as one would say them who does not know them to the day."""
    if days < _WEEKS:
        return _count(days)
    months = round(days / _MONTH)
    if days < _MONTHS and abs(days - _MONTH) > 2:
        weeks = round(days / 7)
        return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
