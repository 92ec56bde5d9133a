"""Paper and pictures: a Typst template to PDF or PNG, an SVG picture to PNG.

Typst (https://typst.app/docs/reference/) and its fonts come as Python packages, so a fresh machine
sets Korean as well as English. Fonts of the system are not looked at: the same input gives the same
bytes everywhere. Each is set in a process of its own (`typesetter.py`), one at a time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

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
# Each takes a processor and a hundred megabytes or two; twenty at once would starve the pages.
_turn = threading.Lock()


class NotSet(Exception):
    """The document could not be set; it says why."""


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The document that `template` (a .typ file) makes of `data`, as PDF/UA-1.

    The template reads `json(bytes(sys.inputs.data))`: data stay data, whatever they contain. `at`
    is the document's own date, so the same data give the same bytes. The template must set a title
    and a language; what it cannot set raises NotSet. Letters that the fonts lack are boxes, and
    such paper does not call itself PDF/UA.
    """
    return _made(template=str(template), inputs=_inputs(data), at=at.isoformat())


def image(template: Path, data: Mapping[str, Any], *, scale: float = 2) -> bytes:
    """The one page that `template` makes of `data`, as PNG: `scale` dots to each of its points."""
    return _made(template=str(template), inputs=_inputs(data), ppi=72 * scale)


def png(svg: str, *, width: int, height: int, scale: float = 2) -> bytes:
    """The picture as PNG of `width` and `height` CSS pixels, `scale` dots each.

    It must carry all its looks in itself (no style sheet), and name SANS with a weight as font.
    """
    inputs = {"svg": svg.replace(*_REGULAR), "width": str(width), "height": str(height)}
    return _made(source=_PICTURE, inputs=inputs, ppi=72 * scale)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False, default=str)}


def _made(**job: Any) -> bytes:
    whole = {"template": "", "source": "", "at": "", "ppi": 0, **job}
    with _turn:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROCESS)],
            input=json.dumps(whole).encode(),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            # Nothing of our surroundings: no address of a database, no key.
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-4000:])
    return done.stdout
