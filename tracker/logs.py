"""Log lines: of all processes in one form, as JSON or for people, and without secrets.

The request or task under which a line is written is known here alone, by `structlog.contextvars`:
nothing in `negotiations` knows of it.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

from tracker.redaction import without_secrets

FORMATS = ("line", "json")
# What a line may carry beside its words, in this order.
_BESIDE = ("request_id", "task", "task_id", "method", "route", "path", "status", "duration_ms")
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127)} | {10: "\\n", 13: "\\r"}
Line = MutableMapping[str, Any]


def logging_settings(*, form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to the standard error stream; ValueError for another form."""
    if form not in FORMATS:
        raise ValueError(f"LOG_FORMAT={form} is neither {' nor '.join(FORMATS)}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": "tracker.logs.formatter", "form": form}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "told"}},
        "root": {"handlers": ["console"], "level": level},
    }


def formatter(*, form: str) -> ProcessorFormatter:
    """Writes a record of Python's logging as one line (in the form `line` tracebacks follow it)."""
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(_BESIDE),
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
        ],
        processors=[
            ProcessorFormatter.remove_processors_meta,
            _told,
            _as_json if form == "json" else _as_line,
        ],
    )


def _told(_logger: Any, _name: str, event: Line) -> Line:
    """What is told, in order and without secrets."""
    line = {name: event[name] for name in ("time", "level", "logger")}
    line["message"] = event["event"]
    beside = {name: event[name] for name in _BESIDE if event.get(name) not in (None, "")}
    failed = {name: event[name] for name in ("exception", "stack") if event.get(name)}
    return without_secrets({**line, **beside, **failed})


def _as_json(_logger: Any, _name: str, line: Line) -> str:
    # Half a surrogate, which no UTF-8 has, is escaped by the stream as JSON escapes it.
    return json.dumps(line, ensure_ascii=False, default=str)


def _as_line(_logger: Any, _name: str, line: Line) -> str:
    """For people; no message can pass for a line of its own."""
    told = " ".join(str(line[name]) for name in ("time", "level", "logger", "message"))
    beside = "".join(f" {name}={line[name]}" for name in _BESIDE if name in line)
    traced = [line[name] for name in ("exception", "stack") if name in line]
    return "\n".join([(told + beside).translate(_CONTROL), *traced])
