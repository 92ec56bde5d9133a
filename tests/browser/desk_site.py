"""The product at work: web, worker and beat, three officers, and two articles to capture."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.officers import make_officers
from tests.browser.outside import outside
from tests.browser.site import prepared, run, served, started
from tests.loopback import Loopback
from tracker import run_commands


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSite:
    """A running site with its desk: its address, one page of each kind, and the outside."""

    url: str
    paths: dict[str, str]
    environ: dict[str, str]
    outside: Loopback


@contextmanager
def running_desk(folder: Path) -> Iterator[DeskSite]:
    """Prepare and serve it; everything goes away at the end."""
    with ExitStack() as stack:
        far = stack.enter_context(outside())
        allowed = ",".join(f"{host}:{port}" for host, port in sorted(far.pairs))
        environ = stack.enter_context(prepared(folder, FETCH_ALLOW=allowed))
        make_officers(environ)
        paths = json.loads(run([sys.executable, "-m", "tests.browser.desk_drafts"], environ))
        stack.enter_context(started(run_commands.worker(), environ, folder / "worker.log"))
        beat = run_commands.beat(folder / "beat")
        stack.enter_context(started(beat, environ, folder / "beat.log"))
        url = stack.enter_context(served(environ, folder))
        yield DeskSite(url=url, paths=paths, environ=environ, outside=far)
