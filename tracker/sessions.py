"""Sessions last for hours after their last use, without a write at each request."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_OFTEN = 600  # seconds between two renewals
_KEY = "renewed_at"
Answer = Callable[[HttpRequest], HttpResponse]


class RenewedByUse:
    """Renews the session and its cookie where a request used it; must stand within Django's own.

    What is public uses no session, so it writes nothing and sets no cookie.
    """

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer."""
        response = self.answer(request)
        session = request.session
        if session.accessed and "_auth_user_id" in session:
            now = int(time.time())
            if now - session.get(_KEY, 0) >= _OFTEN:
                session[_KEY] = now
        return response
