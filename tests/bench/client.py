"""One client on one kept-alive connection, as plain as can be: its own time does not count."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ask:
    """One request."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Asks one server on this machine."""

    def __init__(self, port: int, *, timeout: float = 300) -> None:
        """Connect at the first question."""
        self.port, self.timeout = port, timeout
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(self, ask: Ask) -> Answer:
        """Ask, on a new connection where the server has closed the old one."""
        try:
            return self._ask(ask)
        except (ConnectionError, EOFError):
            self.close()
            return self._ask(ask)

    def close(self) -> None:
        """Hang up."""
        if self._socket:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _ask(self, ask: Ask) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), self.timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [f"{ask.method} {ask.path} HTTP/1.1", "Host: 127.0.0.1"]
        headers = {"Accept-Encoding": "identity", **ask.headers}
        if ask.body:
            headers["Content-Length"] = str(len(ask.body))
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode() + ask.body)
        return self._read()

    def _read(self) -> Answer:
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
        status = int(first.split()[1])
        if status in {204, 304}:
            body = b""
        elif headers.get("transfer-encoding") == "chunked":
            body = self._chunks()
        elif "content-length" in headers:
            body = self._take(int(headers["content-length"]))
        else:
            body = self._until_end()
        if headers.get("connection") == "close":
            self.close()
        return Answer(status, headers, body)

    def _more(self) -> None:
        assert self._socket is not None
        got = self._socket.recv(1 << 18)
        if not got:
            raise EOFError
        self._rest += got

    def _take(self, length: int) -> bytes:
        parts, missing = [self._rest[:length]], length - len(self._rest)
        self._rest = self._rest[length:]
        while missing > 0:
            self._more()
            parts.append(self._rest[:missing])
            self._rest, missing = self._rest[missing:], missing - len(parts[-1])
        return b"".join(parts)

    def _chunks(self) -> bytes:
        parts = []
        while True:
            while b"\r\n" not in self._rest:
                self._more()
            size, _, self._rest = self._rest.partition(b"\r\n")
            parts.append(self._take(int(size, 16)))
            self._take(2)
            if not parts[-1]:
                return b"".join(parts)

    def _until_end(self) -> bytes:
        try:
            while True:
                self._more()
        except EOFError:
            body, self._rest = self._rest, b""
            self.close()
            return body
