"""The text of a fetched document, taken out of it by a process that may be killed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO, Any

from negotiations.network import Fetched
from negotiations.operations.texts import mended
from negotiations.refusals import Refusal

SECONDS = 15.0
_MOST_OUTPUT = 64 * 1024 * 1024
_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)
_EXTRACTING = Path(__file__).with_name("extracting.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A document's text, and what it says of itself: "" where it does not."""

    text: str
    title: str = ""
    publisher_name: str = ""
    published_on: str = ""
    language: str = ""
    canonical: str = ""


_MEMBERS = frozenset(field.name for field in fields(Extracted))


def extract(fetched: Fetched, *, today: date, seconds: float = SECONDS) -> Extracted:
    """Read a page or a plain text; `today` is the latest day it can be of.

    Raises Refusal `not_a_document` (its content type) and `unreadable_document`: no text in it, or
    more than ten seconds of work or a gigabyte of memory to find one.
    """
    kind = "application/pdf" if fetched.body.startswith(b"%PDF-") else fetched.content_type
    if kind not in _PAGES and kind != "text/plain":
        raise Refusal("not_a_document", at="/url", content_type=kind)
    asked = {
        "url": fetched.final_url,
        "kind": kind,
        "charset": fetched.charset,
        "today": today.isoformat(),
    }
    given = json.dumps(asked).encode() + b"\n" + fetched.body
    return _checked(_run(given, seconds))


def _run(given: bytes, seconds: float) -> bytes:
    """What the child answers; nothing where it dies, hangs or says too much."""
    with subprocess.Popen(
        [sys.executable, "-I", str(_EXTRACTING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Nothing of our surroundings: no address of a database, no key.
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        killer = threading.Timer(seconds, child.kill)
        killer.start()
        threading.Thread(target=_hand_over, args=(child.stdin, given), daemon=True).start()
        answer = child.stdout.read(_MOST_OUTPUT + 1)
        child.kill()
        killer.cancel()
    return answer if len(answer) <= _MOST_OUTPUT else b""


def _hand_over(pipe: IO[bytes], given: bytes) -> None:
    try:
        with pipe:
            pipe.write(given)
    except OSError:
        pass  # it is gone; what it answered tells


def _checked(answer: bytes) -> Extracted:
    """The answer of a process that a stranger's document may have taken over: trust nothing."""
    try:
        found: Any = json.loads(answer)
    except (ValueError, RecursionError):
        found = None
    if (
        not isinstance(found, dict)
        or not found.keys() <= _MEMBERS
        or not all(isinstance(value, str) for value in found.values())
        or not (text := mended(found.get("text", "")).strip())
    ):
        raise Refusal("unreadable_document", at="/url")
    return Extracted(
        text=text,
        title=_line(found, "title", 500),
        publisher_name=_line(found, "publisher_name", 200),
        published_on=_day(found.get("published_on", "")),
        language=_word(found.get("language", "")),
        canonical=_line(found, "canonical", 2000),
    )


def _line(found: dict[str, str], name: str, most: int) -> str:
    return " ".join(mended(found.get(name, "")).split())[:most].strip()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


def _word(text: str) -> str:
    # "zxx": no language at all.
    return text if _LANGUAGE.fullmatch(text) and text != "zxx" else ""
