"""Public reads from a streaming replica (REPLICA_URL): which requests, and what if it fails.

For the time of such a request the two connections of its thread exchange their names, so `default`
is the replica: every query is asked there, with the ORM or in SQL, without knowing of it, and no
answer comes from two databases. Django's routers choose for each query instead, and see neither
SQL of our own nor the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponseBase

from negotiations.replicas import ALIAS, STANDING
from tracker.replica_watch import watch

Answer = Callable[[HttpRequest], HttpResponseBase]
# The desk and subscribers read what they write; health looks at both.
_TOO_MANY = 429
_OF_THE_PRIMARY = re.compile(r"(/ko)?/(?:desk|subscriptions)/|/api/v1/health/|/(health|metrics)/?$")


class ReadsFromReplica:
    """Asks the replica for who only reads; must stand outside all that uses the database.

    Whoever is known here (a token, a session) reads what they wrote: their requests are the
    primary's. What the replica refuses or fails is asked again of the primary at once: there may be
    a row, or a number, that has not reached the replica yet. Where the replica is gone no other
    request tries it until the watch has seen it again.
    """

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request; there is nothing to do without a replica."""
        if ALIAS not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        standing = request.META[STANDING] = watch.standing
        if standing.state != "in_use" or not is_public_read(request):
            ask(PRIMARY)
            return self.answer(request)
        if not _within_reach():
            watch.lost()
            return self.answer(request)
        ask(ALIAS)
        response = self.answer(request)
        if response.status_code >= 400 and response.status_code != _TOO_MANY:
            return self._again(request, response)
        # What is streamed is still to be read; the thread's next request chooses anew.
        if not response.streaming:
            ask(PRIMARY)
        return response

    def _again(self, request: HttpRequest, first: HttpResponseBase) -> HttpResponseBase:
        replica = connections[PRIMARY]
        replica.close_if_unusable_or_obsolete()
        if first.status_code >= 500 and replica.connection is None:
            watch.lost()
        ask(PRIMARY)
        second = self.answer(request)
        return first if second.status_code >= 500 else second


def _within_reach() -> bool:
    """Whether the replica is connected, or can be.

    Here, before names are exchanged: what Django asks of a new connection it asks under the name
    of its settings, which would be the primary, also where that is away.
    """
    ask(PRIMARY)
    try:
        connections[ALIAS].ensure_connection()
    except OperationalError:
        return False
    return True


def is_public_read(request: HttpRequest) -> bool:
    """Whether anybody would be told the same, and nothing can be written."""
    return (
        request.method in ("GET", "HEAD")
        and "Authorization" not in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not _OF_THE_PRIMARY.match(request.path_info)
    )


def ask(alias: str) -> None:
    """From here on this thread's `default` is the connection that the settings call `alias`."""
    if connections[PRIMARY].alias != alias:
        connections[PRIMARY], connections[ALIAS] = connections[ALIAS], connections[PRIMARY]
