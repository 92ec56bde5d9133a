"""What RFC 5545 asks of a calendar, as a list of faults; and its events as read back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import icalendar

_LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)(?P<parameters>(;[A-Z0-9-]+=(\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|"
    r"[^\";:,\x00-\x08\x0a-\x1f\x7f]*))*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME"}
_TEXT = re.compile(r"([^\\;,]|\\[\\;,nN])*")
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_ONCE = ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "LAST-MODIFIED", "CREATED",
         "DESCRIPTION", "URL", "TRANSP")  # fmt: skip


def events(body: bytes) -> list[Any]:
    """The events, as the library reads them."""
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def calendar_faults(body: bytes) -> list[str]:
    """What is wrong with a calendar."""
    lines = list(_unfolded(body))
    faults = [*_of_folding(body), *(fault for line in lines for fault in _of_line(line))]
    names = [line.split(":")[0].split(";")[0] for line in lines]
    if lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        faults.append("no calendar")
    if lines.count("VERSION:2.0") != 1 or names.count("PRODID") != 1:
        faults.append("VERSION or PRODID")
    if names.count("BEGIN") < 2:
        faults.append("nothing in it")
    told = events(body)
    faults += [fault for event in told for fault in _of_event(event)]
    uids = Counter(str(event["UID"]) for event in told)
    return [*faults, *(f"UID {uid} twice" for uid, n in uids.items() if n > 1)]


def _unfolded(body: bytes) -> Iterator[str]:
    yield from body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _of_folding(body: bytes) -> Iterator[str]:
    if not body.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", body):
        yield "line ends"
    for line in body.removesuffix(b"\r\n").split(b"\r\n"):
        line.decode()  # no letter is cut in two
        if len(line) > 75 or not line.strip():
            yield f"{len(line)} octets"


def _of_line(line: str) -> Iterator[str]:
    found = _LINE.fullmatch(line)
    if found is None:
        yield f"no content line: {line[:80]!r}"
    elif found["name"] in _TEXTS and not _TEXT.fullmatch(found["value"]):
        yield f"not escaped: {line[:80]!r}"
    elif found["name"] in ("DTSTAMP", "LAST-MODIFIED", "CREATED") and not _STAMP.fullmatch(
        found["value"]
    ):
        yield f"no instant in UTC: {line}"


def _of_event(event: Any) -> Iterator[str]:
    yield from (name for name in _ONCE if not event.get(name) and event.get(name) != 0)
    yield from (name for name, told in event.items() if isinstance(told, list) and name in _ONCE)
    if event["STATUS"] not in ("TENTATIVE", "CONFIRMED", "CANCELLED"):
        yield "STATUS"
    if event["SEQUENCE"] < 0:
        yield "SEQUENCE"
    if event["DTSTART"].params["VALUE"] != "DATE":
        yield "not the whole day"
    if "DTEND" in event and event["DTEND"].dt <= event["DTSTART"].dt:
        yield "DTEND"
