"""The demo's one-time sign-ins: two addresses that `make run` prints, good once and for this run.

Each is a file named by the digest of its secret, with the account's name in it; whoever takes the
file away is signed in. Only for the embedded database, served to this machine alone.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

ACCOUNTS = {"Demo officer": "demo-officer", "Demo reviewer": "demo-reviewer"}


def is_offered(environ: Mapping[str, str], host: str) -> bool:
    """Whether this run is one for trying out: its own database, reached from this machine only."""
    return not environ.get("DATABASE_URL") and _is_loopback(host)


def offer(folder: Path) -> dict[str, str]:
    """Forget the sign-ins of earlier runs and make new ones in `folder`; the secrets by title."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    made = {title: secrets.token_hex(32) for title in ACCOUNTS}
    for title, secret in made.items():
        file = folder / hashlib.sha256(secret.encode()).hexdigest()
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(ACCOUNTS[title])
    return made


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
