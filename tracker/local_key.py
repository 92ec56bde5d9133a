"""The key that signs sessions: one per data folder, shared by all processes and all starts."""

from __future__ import annotations

import os
import secrets
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

from tracker.local_place import data_folder


def provide_key(environ: MutableMapping[str, str]) -> None:
    """Set SECRET_KEY, where it is absent, to the one kept beside the embedded database.

    For who uses that database only: what belongs to another one must not hang on this folder.
    """
    if not environ.get("SECRET_KEY"):
        environ["SECRET_KEY"] = _kept(data_folder(environ) / "secret-key")


def _kept(file: Path) -> str:
    """The key in the file, which only its owner can read; made once, whoever comes first."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, file)  # whole or not at all, unlike writing in place
        draft.unlink()
    return file.read_text()
