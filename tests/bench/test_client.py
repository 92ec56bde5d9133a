"""The client reads what servers send, whole."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.client import Ask, Client


@contextmanager
def _server(*answers: bytes) -> Iterator[int]:
    """Sends these, one for each request, on whatever connection it comes by."""
    left = list(answers)

    def serve(listener: socket.socket) -> None:
        while left:
            connection, _ = listener.accept()
            with connection:
                while left and connection.recv(65536):
                    answer = left.pop(0)
                    connection.sendall(answer)
                    if b"onnection: close" in answer:
                        break

    with socket.create_server(("127.0.0.1", 0)) as listener:
        worker = threading.Thread(target=serve, args=(listener,))
        worker.start()
        yield listener.getsockname()[1]
        worker.join(5)


def test_bodies_by_length_and_in_chunks_come_over_one_connection() -> None:
    by_length = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello"
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"
    )
    unchanged = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    with _server(by_length, chunked, unchanged) as port:
        client = Client(port, timeout=5)
        found = [client.ask(Ask("/")) for _ in range(3)]
        client.close()
    assert [(one.status, one.body) for one in found] == [
        (200, b"hello"),
        (200, b"hello"),
        (304, b""),
    ]
    assert found[0].headers["etag"] == "x"


def test_a_server_that_hangs_up_is_called_again() -> None:
    last = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi"
    with _server(last, last) as port:
        client = Client(port, timeout=5)
        assert [client.ask(Ask("/")).body for _ in range(2)] == [b"hi", b"hi"]
        client.close()
