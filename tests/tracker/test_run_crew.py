"""Who minds the processes of `make run`: the dead are started again, what cannot live ends all."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from tests.tracker.conftest import wait_for
from tracker.run_crew import Crew


def test_who_dies_again_and_again_as_soon_as_started_ends_everything(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Crew() as crew:
        crew.start("web", [sys.executable, "-S", "-c", "raise SystemExit(3)"])
        wait_for(lambda: crew.mind() or crew.failed)
    assert capfd.readouterr().err.count("web ended with 3; starting it again") == 5


def test_who_is_killed_is_started_again_however_often() -> None:
    with Crew() as crew:
        crew.start("web", ["sleep", "60"])
        for _ in range(8):
            child = crew._running["web"]
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
            crew.mind()
        assert crew.is_alive("web")
        assert not crew.failed
