"""nginx with the configuration that this repository documents, on a port of this machine."""

from __future__ import annotations

import http.client
import os
import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.site import started
from tests.loopback import own_certificate
from tests.tracker.conftest import CHECKOUT, wait_for
from tests.tracker.nodes import Door, Node, free_port

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
# What Debian's own nginx.conf gives to a site, as far as needed, with all files in one folder.
_AROUND = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  types {{ text/css css; text/javascript js; image/svg+xml svg; }}
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/parley.conf;
}}
"""


@dataclass(frozen=True)
class Proxy(Door):
    """The one address that the outside knows; it speaks TLS."""

    trusts: ssl.SSLContext

    def connect(self) -> http.client.HTTPConnection:
        """A connection to it."""
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.trusts)

    @property
    def origin(self) -> str:
        """How browsers name it."""
        return f"https://127.0.0.1:{self.port}"


@contextmanager
def proxied(nodes: list[Node], *, static: Path, folder: Path) -> Iterator[Proxy]:
    """nginx in front of the nodes, its files in `folder`."""
    port = free_port()
    _, trusts = own_certificate(folder, "127.0.0.1")
    lines = [f"server 127.0.0.1:{n.port} max_fails=1 fail_timeout=5s;" for n in nodes]
    filled = {
        "NODES": "\n  ".join(lines),
        "LISTEN": f"127.0.0.1:{port}",
        "CERTIFICATE": str(folder / "own.pem"),
        "STATIC": str(static),
        "EXPORTS": str(folder / "exports"),
        "CACHE": str(folder / "cache"),
    }
    text = (CHECKOUT / "tracker/deploy/nginx.conf").read_text()
    for name, value in filled.items():
        text = text.replace(f"${{PARLEY_{name}}}", value)
    (folder / "parley.conf").write_text(text)
    around = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    around.write_text(_AROUND.format(folder=folder, user=user))
    assert NGINX
    command = [NGINX, "-c", str(around), "-p", str(folder)]
    with started(command, dict(os.environ), folder / "said") as process:
        made = Proxy(port, trusts)
        wait_for(lambda: made.answers() or process.poll() is not None)
        assert process.poll() is None, (folder / "said").read_text()
        yield made
