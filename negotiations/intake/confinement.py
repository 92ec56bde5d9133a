"""Handing a stranger's document to a process that may be killed, and taking its answer back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

# Of processor time; of the clock on the wall half as much more.
WORK = 10
_MOST_OUTPUT = 64 * 1024 * 1024
_CONFINED = Path(__file__).with_name("confined.py")


def read_confined(
    reader: str,
    document: bytes,
    asked: Mapping[str, Any],
    *,
    work: int = WORK,
    seconds: float | None = None,
) -> Any:
    """What the reader of that name (a file of this folder) makes of a document, as JSON.

    None where it dies, takes more than `work` seconds of processor time, `seconds` on the wall
    (half as many again) or a gigabyte of memory, or says too much.
    The process may have been taken over by the document: trust nothing of what it says.
    """
    given = json.dumps(asked).encode() + b"\n" + document
    try:
        return json.loads(_run(reader, given, work, seconds or 1.5 * work))
    except (ValueError, RecursionError):
        return None


def _run(reader: str, given: bytes, work: int, seconds: float) -> bytes:
    with subprocess.Popen(
        [sys.executable, "-I", str(_CONFINED), reader, str(work)],
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
