"""Compiles the translation catalogues with Babel, so that nobody needs GNU gettext."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_LOCALE = Path(__file__).resolve().parent.parent / "negotiations" / "locale"


def stale_catalogues(locale: Path = _LOCALE) -> Iterator[Path]:
    """Yield each catalogue (`.po`) below `locale` that is newer than its compiled form."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            yield source


def compile_catalogue(source: Path) -> None:
    """Compile `source` to a `.mo` beside it; raises what Babel raises on a broken catalogue."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # By renaming, so that a server which starts just now does not read half of it.
    draft = source.with_suffix(f".{os.getpid()}")
    with source.open("rb") as text, draft.open("wb") as compiled:
        write_mo(compiled, read_po(text, abort_invalid=True))
    draft.rename(source.with_suffix(".mo"))
