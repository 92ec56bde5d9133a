"""The product behind a real HTTP server on this machine, inside the transaction of a test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections

from tests.api.conftest import staying_connected


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: Any) -> None:
        """Say nothing."""


@contextmanager
def live() -> Iterator[str]:
    """The address of the server, which answers one request after the other.

    It uses the connection of the test, which must wait for each answer; its transaction may be idle
    for as long as a busy machine takes over the client.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    shared, serve = connection._connections[connection._alias], WSGIHandler()

    def application(environ: Any, start_response: Any) -> Any:
        connections["default"] = shared
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        return serve(environ, start_response)

    with staying_connected(), make_server("127.0.0.1", 0, application, handler_class=_Quiet) as web:
        shared.inc_thread_sharing()
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{web.server_port}"
        finally:
            web.shutdown()
            thread.join()
            shared.dec_thread_sharing()
