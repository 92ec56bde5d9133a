"""Two officers of a running site, made as its operator makes them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who signs in, and with what."""

    username: str
    name: str
    role: str
    password: str = "a long word for one officer"


OFFICER = Officer(username="minji", name="Kim Minji", role="officer")
REVIEWER = Officer(username="haneul", name="Park Haneul", role="reviewer")
ADMIN = Officer(username="dana", name="Dana Admin", role="admin")


def make_officers(environ: Mapping[str, str]) -> None:
    """Make them by `manage.py createofficer`, which reads the password from its input."""
    for officer in (OFFICER, REVIEWER, ADMIN):
        subprocess.run(
            [
                *(sys.executable, "manage.py", "createofficer", officer.username),
                *("--email", f"{officer.username}@example.org", "--name", officer.name),
                *("--negotiation", "rok-us", "--role", officer.role, "--password-stdin"),
            ],
            cwd=settings.BASE_DIR, env=dict(environ), input=officer.password + "\n", text=True,
            check=True, capture_output=True,
        )  # fmt: skip
