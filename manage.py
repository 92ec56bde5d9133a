"""Django's commands, on the embedded database and broker unless DATABASE_URL and BROKER_URL are
set.
"""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from tracker.local import LocalError, provide
from tracker.local_key import provide_key


def main(arguments: list[str]) -> int:
    """Run the command in `arguments`; return 1, with one sentence, when an embedded server cannot
    be had.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    # The limits are for requests; a command may take its time.
    os.environ.setdefault("DATABASE_LIMITS", "0")
    try:
        servers = provide(os.environ)
        if "DATABASE_URL" in servers.urls:
            provide_key(os.environ)
    except LocalError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    with servers:
        import tracker.celery  # noqa: F401  the broker of the tasks; needs the addresses that were just provided

        execute_from_command_line(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
