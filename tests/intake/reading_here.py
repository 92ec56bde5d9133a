"""Documents read in the test's own process, by the functions that confined processes run.

To start one and load its libraries takes a second and a half. What a text becomes is the same
here; that a document does no harm is asked of the real process (test_extraction.py, drills).
"""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from negotiations import confinement


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read here; what a reader raises fails the test."""
    monkeypatch.setattr(confinement, "_run", _run)


def _run(reader: str, given: bytes, work: int, seconds: float) -> bytes:  # noqa: ARG001
    asked, _, document = given.partition(b"\n")
    module, _, function = reader.partition(".")
    read = getattr(import_module(f"negotiations.confined.{module}"), function)
    return json.dumps(read(document, **json.loads(asked))).encode()
