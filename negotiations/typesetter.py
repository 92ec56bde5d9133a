"""Sets type in a process of its own (`typesetting.py`): a job as JSON comes in, its bytes go out.

Typst keeps hundreds of megabytes after a handful of pictures; here they end with the process.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst

# PDF/UA-1 (ISO 14289-1): headings, tables and languages are told to screen readers.
_STANDARD: Any = "ua-1"
# It forbids letters that the fonts lack, such as most emoji: paper with a box in their place is
# better than none.
_FORBIDDEN = "could not be displayed"


def made(job: dict[str, Any]) -> bytes:
    """The document of a job, as `typesetting` asks for it; raises typst.TypstError."""
    folder = Path(manimgx_fonts_cjk.__file__).parent
    compiler = typst.Compiler(
        Path(job["template"]) if job["template"] else job["source"].encode(),
        root=Path(job["template"]).parent if job["template"] else None,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[folder]),
        sys_inputs=job["inputs"],
    )
    return _pdf(compiler, job["at"]) if job["at"] else _bytes(
        compiler.compile(format="png", ppi=job["ppi"])
    )  # fmt: skip


def _pdf(compiler: typst.Compiler, at: str) -> bytes:
    day = datetime.fromisoformat(at)
    try:
        made = compiler.compile(format="pdf", timestamp=day, pdf_standards=_STANDARD)
    except typst.TypstError as error:
        if _FORBIDDEN not in str(error):
            raise
        made = compiler.compile(format="pdf", timestamp=day)
    return _bytes(made)


def _bytes(made: Any) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("one page was expected")
    return made


if __name__ == "__main__":
    sys.stdout.buffer.write(made(json.load(sys.stdin)))
