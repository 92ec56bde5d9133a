"""Floor 0: the connection to a mail server, which can be ended from outside at any moment.

Django's own keeps what it is opening to itself, and a server that answers byte by byte outlasts
every time-out of a socket. It is what Django sends with (EMAIL_BACKEND) where EMAIL_URL is set.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_BOTH_WAYS = 2  # SHUT_RDWR


class MailServer(EmailBackend):
    """Sends by SMTP; `hang_up` ends the conversation, also one that is only beginning."""

    _talk: smtplib.SMTP | None = None

    @property
    def connection_class(self) -> Any:
        """The class of connections, each known here from its first byte on."""
        backend, usual = self, smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP

        class Talk(usual):  # type: ignore[misc, valid-type]
            def _get_socket(self, *where: Any) -> Any:
                backend._talk = self
                return super()._get_socket(*where)

        return Talk

    def hang_up(self) -> None:
        """End it now, from any thread: who waits for an answer gets an OSError."""
        line = getattr(self._talk, "sock", None)
        if line is not None:
            with suppress(OSError):  # it has just ended by itself
                line.shutdown(_BOTH_WAYS)
