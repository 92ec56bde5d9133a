"""What a reader asks of a page: the clocks and the page's other parameters, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from negotiations.addresses import follows_readers
from negotiations.queries.clocks import Clocks, clocks_used, read_clocks, read_day, worded
from negotiations.queries.lookups import typed
from negotiations.refusals import Refusal
from negotiations.typesetting import Aside

CLOCKS = ("known_on", "on", "known_by", "as_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request as a page understands it.

    `clocks` go to every query; `given` are the clock parameters as the reader set them (empty:
    today); `parameters` are the page's own, as text; `now` is the moment of asking, and `reached`
    that of the newest act where it came later; `root` is the site's address as the reader knows it,
    for what is taken away; `aside` is what it waits in for something else than us.
    """

    now: datetime
    clocks: Clocks
    given: Mapping[str, str]
    parameters: Mapping[str, str]
    reached: datetime | None = None
    root: str = ""
    aside: Aside = field(default=nullcontext, compare=False)

    @property
    def clock_query(self) -> str:
        """The clocks as a query string that pages read; empty for today."""
        return urlencode(self.given)

    @property
    def worded(self) -> Clocks:
        """The clocks as readers are told them."""
        asked = not {"known_on", "known_by"}.isdisjoint(self.given)
        return worded(self.clocks, asked=asked, zone=settings.DESK_ZONE)

    @property
    def fixed_query(self) -> str:
        """All three clocks as they stand now, as pages and the API read them: a link for ever."""
        told = clocks_used(self.clocks)
        return clock_query(on=told.on, known_by=told.known_by, as_of=told.as_of)

    @property
    def twin_query(self) -> str:
        """The clocks as a query string that the API reads."""
        return urlencode(_as_api(self.given))

    def parameter(self, name: str) -> str | None:
        """One of the page's own parameters, or None when it is absent or empty."""
        return self.parameters.get(name) or None


def clock_query(**clocks: date | datetime) -> str:
    """Clocks by their names as a query string, as pages and the API read them."""
    return urlencode({name: _written(clock) for name, clock in clocks.items()}, safe=":")


def _written(clock: date | datetime) -> str:
    if isinstance(clock, datetime):
        return clock.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return clock.isoformat()


def read_question(
    asked: QueryDict,
    *,
    takes: tuple[str, ...],
    now: datetime,
    reached: datetime | None = None,
    root: str = "",
    aside: Aside = nullcontext,
) -> Question:
    """Read the query string of a page that takes the parameters `takes` beside the clocks.

    Refuses what is unknown, repeated or unreadable. A clock left empty is not set: a plain form
    cannot leave its field out.
    """
    values = _once_each(asked, valid=(*CLOCKS, *takes))
    given = {name: values[name] for name in CLOCKS if values.get(name)}
    return Question(
        now=now,
        clocks=_read_clocks(_as_api(given), now=now, reached=reached),
        given=given,
        parameters={name: values[name] for name in takes if name in values},
        reached=reached,
        root=root,
        aside=aside,
    )


def plain_question(*, now: datetime, reached: datetime | None = None) -> Question:
    """The question of today, for pages that refuse or pass over what was asked."""
    clocks = _read_clocks({}, now=now, reached=reached)
    return Question(now=now, clocks=clocks, given={}, parameters={})


def _once_each(asked: QueryDict, *, valid: tuple[str, ...]) -> dict[str, str]:
    for name, values in asked.lists():
        # Others add these to a link that is passed on; they ask nothing of us.
        if follows_readers(name):
            continue
        if name not in valid:
            raise Refusal("unknown_parameter", at=name, name=name, valid=", ".join(valid))
        if len(values) > 1:
            raise Refusal("repeated_parameter", at=name, name=name)
        if not typed(values[0]).isprintable():
            raise _unreadable(name, _("it holds a character that cannot be shown"))
    return {
        name: typed(value)
        for name, value in asked.items()
        if name in valid and isinstance(value, str)
    }


def _as_api(given: Mapping[str, str]) -> dict[str, str]:
    """The API's clocks; `known_on` is the reader's one date, which sets two of them."""
    day = given.get("known_on")
    if day is None:
        return dict(given)
    if "on" in given or "known_by" in given:
        raise _unreadable("known_on", _("it already sets “on” and “known_by”"))
    read_day("known_on", day)
    return {**{"on": day, "known_by": day}, **{k: v for k, v in given.items() if k == "as_of"}}


def _read_clocks(
    api: Mapping[str, str], *, now: datetime, reached: datetime | None = None
) -> Clocks:
    return read_clocks(
        on=api.get("on"),
        known_by=api.get("known_by"),
        as_of=api.get("as_of"),
        now=now,
        zone=settings.DESK_ZONE,
        reached=reached,
    )


def _unreadable(name: str, why: str) -> Refusal:
    return Refusal("bad_parameter", at=name, name=name, why=why)
