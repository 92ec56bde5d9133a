"""A real HTTP server on this machine, which answers each path as a test says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from negotiations.network import Pairs

Answer = Callable[[socket.socket], None]


@dataclass
class Loopback:
    """Where it listens, what it answers by path, and which requests came."""

    port: int
    answers: dict[str, bytes | Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def pairs(self) -> Pairs:
        """What `fetch` must be allowed to reach it."""
        return frozenset({("127.0.0.1", self.port), ("localhost", self.port)})

    def url(self, path: str = "/") -> str:
        """The address of a path here."""
        return f"http://127.0.0.1:{self.port}{path}"


def reply(
    body: bytes = b"", *, status: str = "200 OK", kind: str = "text/html", head: str = ""
) -> bytes:
    """The bytes of an answer."""
    lines = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{head}\r\n"
    )
    return lines.encode() + body


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """A server for as long as this lasts; with TLS where there is a context."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = Loopback(port=listener.getsockname()[1])
        listener.settimeout(0.02)
        thread = threading.Thread(target=_serve, args=(listener, here, context))
        thread.start()
        try:
            yield here
        finally:
            here.ended.set()
            thread.join()


def _serve(listener: socket.socket, here: Loopback, context: ssl.SSLContext | None) -> None:
    threads = []
    while not here.ended.is_set():
        with suppress(TimeoutError):
            accepted, _ = listener.accept()
            threads.append(threading.Thread(target=_answer, args=(accepted, here, context)))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _answer(accepted: socket.socket, here: Loopback, context: ssl.SSLContext | None) -> None:
    accepted.settimeout(5)
    with suppress(OSError), accepted:
        peer = context.wrap_socket(accepted, server_side=True) if context else accepted
        with peer:
            _converse(peer, here)


def _converse(peer: socket.socket, here: Loopback) -> None:
    request = b""
    while b"\r\n\r\n" not in request:
        request += (got := peer.recv(65536))
        if not got:
            return
    here.requests.append(request.decode("latin-1"))
    path = here.requests[-1].split(" ")[1]
    answer = here.answers.get(path, reply(status="404 Not Found"))
    if isinstance(answer, bytes):
        peer.sendall(answer)
    else:
        answer(peer)


def drip(head: bytes, drop: bytes) -> Answer:
    """An answer that begins well and then comes drop by drop, for five seconds."""

    def answer(peer: socket.socket) -> None:
        peer.sendall(head)
        for _ in range(100):
            peer.sendall(drop)
            time.sleep(0.05)

    return answer


def own_certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for `name`, and a client's that trusts it."""
    key, named = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    alternative: Any = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(named).issuer_name(named)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "own.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(folder / "own.pem")
    return theirs, ssl.create_default_context(cadata=pem.decode())
