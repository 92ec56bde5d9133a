"""Paper and pictures: a Typst template to PDF or PNG, an SVG picture to PNG.

Typst (https://typst.app/docs/reference/) and its fonts come as Python packages, so a fresh machine
sets Korean as well as English. Fonts of the system are not looked at: the same input gives the same
bytes everywhere. Each is set in a process of its own (`typesetter.py`), one at a time, and a few
more wait for it; who comes then is refused (`typesetting_busy`). `aside` is what each waits in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from negotiations.refusals import Refusal

# The family that has both scripts; what is drawn as SVG names it, with a weight (400 or 700), too.
SANS = "Noto Sans CJK KR"
# The font is a variable one, whose thinnest letters Typst takes for 400 unless told by its axis.
_REGULAR = ('font-weight="400"', """font-weight="400" font-variation-settings="'wght' 400\"""")
_PICTURE = """
#set page(width: 1pt * int(sys.inputs.width), height: 1pt * int(sys.inputs.height), margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
_PROCESS = Path(__file__).with_name("typesetter.py")
_SECONDS = 60
Aside = Callable[[], AbstractContextManager[None]]
# The one that is set and who waits for it, each on a thread of the web process.
PLACES = 4
# Each takes a processor and a hundred megabytes or two; twenty at once would starve the pages.
_places, _turn = BoundedSemaphore(PLACES), Lock()


class NotSet(Exception):
    """The document could not be set; it says why."""


def pdf(
    template: Path, data: Mapping[str, Any], *, at: datetime, aside: Aside = nullcontext
) -> bytes:
    """The document that `template` (a .typ file) makes of `data`, as PDF/UA-1.

    The template reads `json(bytes(sys.inputs.data))`: data stay data, whatever they contain. `at`
    is the document's own date, so the same data give the same bytes. The template must set a title
    and a language; what it cannot set raises NotSet. Letters that the fonts lack are boxes, and
    such paper does not call itself PDF/UA.
    """
    return _made(aside, template=str(template), inputs=_inputs(data), at=at.isoformat())


def image(
    template: Path, data: Mapping[str, Any], *, scale: float = 2, aside: Aside = nullcontext
) -> bytes:
    """The one page that `template` makes of `data`, as PNG: `scale` dots to each of its points."""
    return _made(aside, template=str(template), inputs=_inputs(data), ppi=72 * scale)


def png(
    svg: str, *, width: int, height: int, scale: float = 2, aside: Aside = nullcontext
) -> bytes:
    """The picture as PNG of `width` and `height` CSS pixels, `scale` dots each.

    It must carry all its looks in itself (no style sheet), and name SANS with a weight as font.
    """
    inputs = {"svg": svg.replace(*_REGULAR), "width": str(width), "height": str(height)}
    return _made(aside, source=_PICTURE, inputs=inputs, ppi=72 * scale)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False, default=str)}


def _made(aside: Aside, **job: Any) -> bytes:
    whole = {"template": "", "source": "", "at": "", "ppi": 0, **job}
    with _place(), aside():
        done = _set(json.dumps(whole).encode())
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-4000:])
    return done.stdout


@contextmanager
def _place() -> Iterator[None]:
    """One of the few places; refuses `typesetting_busy` where there is none."""
    if not _places.acquire(blocking=False):
        raise Refusal("typesetting_busy")
    try:
        yield
    finally:
        _places.release()


def _set(job: bytes) -> subprocess.CompletedProcess[bytes]:
    """Once it is its turn; refuses `typesetting_busy` where that or the work lasts too long."""
    if not _turn.acquire(timeout=_SECONDS):
        raise Refusal("typesetting_busy")
    try:
        return subprocess.run(
            [sys.executable, "-I", str(_PROCESS)],
            input=job,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            # Nothing of our surroundings: no address of a database, no key.
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as late:
        raise Refusal("typesetting_busy") from late
    finally:
        _turn.release()
