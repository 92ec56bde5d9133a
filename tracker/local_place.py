"""Where the embedded servers keep their files, and under which account they run.

Anybody but root runs them as oneself, with the files in `$PARLEY_DATA`, else in `.parley/` in the
checkout. For root they run as `postgres`, else `nobody`, because PostgreSQL refuses root; where
that account cannot reach the checkout, the files are in `/var/lib/parley-…` (else
`/var/tmp/parley-…`), with a digest of the checkout's path for the dots.
"""

from __future__ import annotations

import hashlib
import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CHECKOUT = Path(__file__).resolve().parent.parent
Purpose = Literal["data", "test", "bench"]


class LocalError(RuntimeError):
    """An embedded server cannot be had; the message is one a newcomer can act on."""


@dataclass(frozen=True)
class Account:
    """The account that owns the servers and their files."""

    name: str
    uid: int
    gid: int

    def can_enter(self, directory: Path) -> bool:
        """Say whether the account may pass through `directory` and all that is above it, by the
        mode bits.
        """
        return all(
            self._may_pass(step) for step in (directory, *directory.parents) if step.exists()
        )

    def _may_pass(self, directory: Path) -> bool:
        found = directory.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        if found.st_gid in os.getgrouplist(self.name, self.gid):
            return bool(found.st_mode & 0o010)
        return bool(found.st_mode & 0o001)


def server_account() -> Account:
    """Return the account for the servers: oneself, or for root an account that PostgreSQL accepts.

    Raises LocalError when root finds neither `postgres` nor `nobody`.
    """
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise LocalError("PostgreSQL refuses root, and there is no account 'postgres' or 'nobody'.")


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder for all local files, made if need be, which the servers' account can enter.

    Raises LocalError when it cannot be had there, or PARLEY_DATA is out of that account's reach.
    """
    account = server_account()
    if asked := environ.get("PARLEY_DATA"):
        folder = made(Path(asked).absolute())
        if os.geteuid() == 0 and not account.can_enter(folder):
            raise LocalError(
                f"PARLEY_DATA={folder}: the servers run as '{account.name}', which cannot enter it."
            )
        return folder
    if os.geteuid() != 0 or account.can_enter(CHECKOUT):
        return made(CHECKOUT / ".parley")
    return _folder_outside(account)


def made(folder: Path) -> Path:
    """Return `folder`, made if need be: for root, so that other accounts can pass through.

    Raises LocalError when this account may not make it or write to it.
    """
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711 if os.geteuid() == 0 else 0o700)  # whatever the umask is
    except PermissionError:
        raise LocalError(f"{folder} cannot be made by this account; set PARLEY_DATA.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LocalError(f"{folder} belongs to another account; be that one, or set PARLEY_DATA.")
    return folder


def _folder_outside(account: Account) -> Path:
    digest = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
    for parent in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108  the owner is checked below
        if parent.is_dir() and account.can_enter(parent):
            folder = made(parent / f"parley-{digest}")
            # Anybody can make a folder in /var/tmp; root must not build on one of another.
            if folder.lstat().st_uid != 0:
                raise LocalError(f"{folder} was made by somebody else; set PARLEY_DATA.")
            return folder
    raise LocalError(f"'{account.name}' can enter neither /var/lib nor /var/tmp; set PARLEY_DATA.")
