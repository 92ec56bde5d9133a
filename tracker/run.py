"""What `make run` executes: everything Parley consists of, under one parent, until Ctrl-C.

This process only prepares and watches, and never loads Django, so it is small and quick to end.
"""

from __future__ import annotations

import http.client
import os
import socket
import sys

from tracker import run_commands as commands
from tracker import run_demo as demo
from tracker.local import LocalError, provide
from tracker.local_key import provide_key
from tracker.local_lock import until
from tracker.local_place import CHECKOUT, data_folder
from tracker.run_clock import say
from tracker.run_crew import Crew, die_with_make


def main() -> int:
    """Run Parley; return 0 after an orderly end, 1 with one line of reason when it cannot run."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if reason := _key_refusal() or _port_refusal(host, port):
        return _refuse(reason)
    die_with_make()
    try:
        say("Database and broker")
        doors = _demo(host)
        servers = provide(os.environ)
        if "DATABASE_URL" in servers.urls:
            provide_key(os.environ)
    except LocalError as refusal:
        return _refuse(str(refusal))
    except KeyboardInterrupt:
        return 130
    crew = Crew()
    crew.listen_for_signals()
    with servers, crew:
        if not _comes_up(crew, host, int(port)):
            return 0 if crew.stopping else 1
        for title, secret in doors.items():
            print(f"{title + ':':15} http://{_shown(host)}:{port}/desk/account/demo/{secret}/")
        say(f"Parley is at http://{_shown(host)}:{port}/   (Ctrl-C ends it)")
        return crew.watch(servers)


def _comes_up(crew: Crew, host: str, port: int) -> bool:
    """Prepare and start all parts; return False when one fails, or on the wish to end."""
    if crew.run_once(commands.prepare()) != 0:
        return False
    say("Web server")
    crew.start("web", commands.web(host, port))
    if not _answers(crew, host, port):
        if not crew.stopping:
            _refuse("The web server does not answer; its reason stands above.")
        return False
    # Only now, because on a small machine they would slow the first answer down.
    crew.start("worker", commands.worker())
    crew.start("dispatcher", commands.dispatcher())
    crew.start("beat", commands.beat(data_folder(os.environ) / "beat-schedule"))
    return True


def _demo(host: str) -> dict[str, str]:
    """The secrets of the demo's sign-ins; none where this is not a run for trying out."""
    os.environ.pop("PARLEY_DEMO", None)
    if not demo.is_offered(os.environ, host):
        return {}
    folder = data_folder(os.environ) / "demo"
    os.environ["PARLEY_DEMO"] = str(folder)
    return demo.offer(folder)


def _key_refusal() -> str | None:
    """Return why sign-in could not work, or None when it can."""
    if os.environ.get("DATABASE_URL") and not os.environ.get("SECRET_KEY"):
        return "DATABASE_URL is set, so SECRET_KEY must be: any long random text, kept secret."
    return None


def _port_refusal(host: str, port: str) -> str | None:
    """Return why the web server cannot listen there, or None when it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is not a port number between 1 and 65535."
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()  # with the option above, only this refuses where another server listens
    except OSError as error:
        return (
            f"Port {port} on {host} cannot be used ({error.strerror}); "
            "choose another one, as in PORT=8001 make run."
        )
    return None


def _answers(crew: Crew, host: str, port: int) -> bool:
    """Wait until the web server answers at all; False when it died first, or after a minute."""
    for _ in until(60, pause=0.05):
        if crew.stopping or not crew.is_alive("web"):
            return False
        connection = http.client.HTTPConnection(_shown(host), port, timeout=30)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
        return True
    return False


def _shown(host: str) -> str:
    every = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  asked for by HOST
    return every.get(host, f"[{host}]" if ":" in host else host)


def _refuse(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    os.chdir(CHECKOUT)
    sys.exit(main())
