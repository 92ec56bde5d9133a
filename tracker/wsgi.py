"""The WSGI application for any server: `tracker.wsgi:application`."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tracker.ending import at_ending
from tracker.local_process import die_with_parent
from tracker.replica_watch import watch
from tracker.turns import Turns

if (
    os.environ.get("DIE_WITH_PARENT") == "1"
):  # set by `make run`: a killed web server takes its workers along
    die_with_parent(of=os.getppid())()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
if not os.environ.get("SECRET_KEY"):  # each process would sign sessions with a key of its own
    raise SystemExit("SECRET_KEY must be set to serve: any long random text, kept secret.")

application = Turns(get_wsgi_application())


def _send_waiting_away() -> None:
    from negotiations.api.waiting import ROOM  # here, where the settings have been read

    ROOM.close()


at_ending(_send_waiting_away)
if "replica" in settings.DATABASES:
    watch.start()
