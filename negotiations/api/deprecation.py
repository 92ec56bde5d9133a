"""What is going to go away, and how that is told: declared once, where the thing itself is.

A route has it as `deprecated`, a parameter as its argument of that name, a member of an answer
stands in MEMBERS. The schema and the documentation page show it; the headers come with every answer
of the route, or every answer to a request that uses the parameter. Of members the headers say
nothing: who reads them cannot be told from who does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.http import http_date

# What the README promises: nothing goes sooner.
SHORTEST = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecation:
    """Since when something is not to be used any more, when it goes, and what takes its place.

    Days begin in UTC. `successor` is an address that takes its place; `instead` says it in words.
    ValueError for a `sunset` that leaves less than 180 days.
    """

    since: date
    sunset: date
    instead: str
    successor: str = ""

    def __post_init__(self) -> None:
        """Hold it to the policy."""
        if self.sunset - self.since < SHORTEST:
            raise ValueError(f"{self.sunset} is less than {SHORTEST.days} days after {self.since}")

    @property
    def sentence(self) -> str:
        """For readers of the description."""
        return f"Deprecated since {self.since}, gone on {self.sunset}: {self.instead}"


# By shape and member: "StatementRecord.prefix".
MEMBERS: Mapping[str, Deprecation] = {}


def headers_of(told: Sequence[Deprecation], *, docs: str) -> dict[str, str]:
    """Deprecation (RFC 9745), Sunset (RFC 8594) and Link of what a request used; none for nothing.

    Where it is several things, the earliest days count. `docs` is where the policy is explained.
    """
    if not told:
        return {}
    links = [f'<{docs}>; rel="deprecation"; type="text/html"']
    links += [f'<{one.successor}>; rel="successor-version"' for one in told if one.successor]
    return {
        "Deprecation": f"@{_second(min(one.since for one in told))}",
        "Sunset": http_date(_second(min(one.sunset for one in told))),
        "Link": ", ".join(links),
    }


def _second(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
