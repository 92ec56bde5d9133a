"""Says so many times that the desk looked at a track and found nothing new.

Run as a process of its own against the site's database, with the number and `negotiation/track`.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def main(times: int, track: str) -> None:
    """By the officer who mended."""
    django.setup()
    from django.utils import timezone  # needs the settings

    from negotiations import models, operations  # likewise

    by = operations.Actor(officer=models.Officer.objects.get(username="drafter").pk)
    for _ in range(times):
        operations.check_track(by=by, now=timezone.now(), track=track)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
