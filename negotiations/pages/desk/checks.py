"""The tracks that an officer keeps, and saying of one: checked, nothing new."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from negotiations import operations
from negotiations.pages.attention import Look, look
from negotiations.pages.desk.desk import Sitting, desk_page
from negotiations.pages.desk.forms import DeskForm
from negotiations.pages.desk.sending import send
from negotiations.pages.questions import plain_question
from negotiations.queries.attention import desk_tracks, kept_negotiations
from negotiations.queries.shapes import TrackState
from negotiations.queries.shapes.desk import KeptNegotiation

# Where the button may stand, and where it leads back to.
_BACK = ("desk", "desk_tracks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A track at the desk: its state, the desk's last look, and the key of its button."""

    state: TrackState
    of: KeptNegotiation
    look: Look | None
    once: str

    @property
    def neglected(self) -> bool:
        """Whether nobody has looked for longer than the desk means to."""
        return self.look is None or self.look.overdue

    @property
    def path(self) -> str:
        """The track as verbs name it."""
        return f"{self.state.negotiation}/{self.state.slug}"


def tracks_told(sitting: Sitting) -> tuple[Told, ...]:
    """The tracks that the officer keeps, by negotiation."""
    clocks, of = plain_question(now=sitting.now).clocks, kept_negotiations(sitting.seat)
    return tuple(
        Told(
            state=state,
            of=of[state.negotiation],
            look=look(state, as_of=sitting.now),
            once=uuid.uuid4().hex,
        )
        for state in desk_tracks(sitting.seat, clocks=clocks)
    )


@desk_page(form=False)
def tracks(sitting: Sitting) -> HttpResponse:
    """All of them, each with what can be done on it."""
    return _show(sitting, DeskForm())


@desk_page()
def check(sitting: Sitting, *, negotiation: str, track: str) -> HttpResponse:
    """The desk looked at a track and found nothing new."""
    if not sitting.posted:
        return HttpResponseRedirect(reverse("pages:desk_tracks"))
    form = DeskForm(sitting.request.POST)
    form.is_valid()
    done = send(sitting, form, lambda: _check(sitting, f"{negotiation}/{track}"))
    return done or _show(sitting, form)


def _check(sitting: Sitting, path: str) -> str:
    receipt = operations.check_track(by=sitting.by, now=sitting.now, track=path)
    told = _("Noted: looked, nothing new. It is on the public record as number %(number)s.")
    messages.success(sitting.request, told % {"number": receipt.number})
    back = sitting.request.POST.get("back", "")
    return reverse(f"pages:{back if back in _BACK else 'desk_tracks'}")


def _show(sitting: Sitting, form: DeskForm) -> HttpResponse:
    told = {"tracks": tracks_told(sitting), "form": form}
    return sitting.render("desk/tracks.html", told, status=form.status)
