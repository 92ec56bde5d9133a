"""Paper and pictures: a Typst template to PDF or PNG, an SVG picture to PNG.

Typst (https://typst.app/docs/reference/) and its fonts come as Python packages, so a fresh machine
sets Korean as well as English. Fonts of the system are not looked at: the same input gives the same
bytes everywhere.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

# The family that has both scripts; what is drawn as SVG names it, with a weight (400 or 700), too.
SANS = "Noto Sans CJK KR"
# PDF/UA-1 (ISO 14289-1): headings, tables and languages are told to screen readers.
_STANDARD: Any = "ua-1"
# The font is a variable one, whose thinnest letters Typst takes for 400 unless told by its axis.
_REGULAR = ('font-weight="400"', """font-weight="400" font-variation-settings="'wght' 400\"""")
_PICTURE = b"""
#set page(width: 1pt * int(sys.inputs.width), height: 1pt * int(sys.inputs.height), margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The document that `template` (a .typ file) makes of `data`, as PDF/UA-1.

    The template reads `json(bytes(sys.inputs.data))`: data stay data, whatever they contain. `at`
    is the document's own date, so the same data give the same bytes. The template must set a title
    and a language; what it cannot set raises typst.TypstError.
    """
    compiler = _compiler(template, data)
    return _bytes(compiler.compile(format="pdf", timestamp=at, pdf_standards=_STANDARD))


def image(template: Path, data: Mapping[str, Any], *, scale: float = 2) -> bytes:
    """The one page that `template` makes of `data`, as PNG: `scale` dots to each of its points."""
    return _bytes(_compiler(template, data).compile(format="png", ppi=72 * scale))


def png(svg: str, *, width: int, height: int, scale: float = 2) -> bytes:
    """The picture as PNG of `width` and `height` CSS pixels, `scale` dots each.

    It must carry all its looks in itself (no style sheet), and name SANS with a weight as font.
    """
    compiler = typst.Compiler(
        _PICTURE,
        font_paths=_fonts(),
        sys_inputs={"svg": svg.replace(*_REGULAR), "width": str(width), "height": str(height)},
    )
    return _bytes(compiler.compile(format="png", ppi=72 * scale))


def _compiler(template: Path, data: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        template,
        root=template.parent,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
    )


def _bytes(made: Any) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("one page was expected")
    return made


@functools.cache
def _fonts() -> typst.Fonts:
    folder = Path(manimgx_fonts_cjk.__file__).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
