"""Which request a line in a log belongs to, and which task: also where the one woke the other.

A request's id goes with each message to a worker, whose log names it then.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from celery.signals import before_task_publish, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, get_contextvars, unbind_contextvars

HEADER = "X-Request-ID"
REQUEST = "request_id"
_VALID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_begins(sent: str | None) -> str:
    """The id of a request: as it was sent, if it is one, or new; lines are its from here on.

    The next request of the thread takes its place: what Django logs of an answer it logs last.
    """
    own = sent if sent and _VALID.fullmatch(sent) else uuid4().hex
    bind_contextvars(request_id=own)
    return own


@before_task_publish.connect(weak=False)
def _send_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    own = get_contextvars().get(REQUEST)
    if headers is not None and own:
        headers.setdefault(REQUEST, own)


@task_prerun.connect(weak=False)
def _task_begins(task_id: str, task: Any, **_: Any) -> None:
    told = {"task_id": task_id, "task": task.name}
    # One that runs where it is called runs within the request.
    if own := task.request.get(REQUEST):
        told[REQUEST] = own
    elif not task.request.is_eager:
        unbind_contextvars(REQUEST)
    bind_contextvars(**told)


@task_postrun.connect(weak=False)
def _task_ends(task: Any, **_: Any) -> None:
    unbind_contextvars("task_id", "task")
    if not task.request.is_eager:
        unbind_contextvars(REQUEST)
