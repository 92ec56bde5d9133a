"""What is to be done when the process is asked to end."""

from __future__ import annotations

import signal
import subprocess
import sys
from threading import Thread

import pytest

from tests.tracker.conftest import CHECKOUT
from tracker.ending import at_ending

_PROCESS = """
import os, signal, threading
from tracker.ending import at_ending
reader, writer = os.pipe()
os.set_blocking(writer, False)
signal.set_wakeup_fd(writer)
asked, handled = threading.Event(), threading.Event()
at_ending(asked.set)
for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGUSR1):
    signal.signal(signum, lambda *_: handled.set())
os.kill(os.getpid(), signal.SIGUSR1)
assert os.read(reader, 1)[0] == signal.SIGUSR1 and not asked.is_set()
print("ready", flush=True)
handled.wait(20)
assert asked.wait(20), "nothing was done"
handed_on = os.read(reader, 1)[0]
print(handed_on, flush=True)
"""


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_it_is_done_and_who_read_before_reads_on(signum: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _PROCESS], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signum)
    assert process.communicate(timeout=20)[0] == f"{signum.value}\n"
    assert process.returncode == 0


def test_beside_the_main_thread_nothing_is_set_up() -> None:
    before = signal.set_wakeup_fd(-1)
    thread = Thread(target=at_ending, args=(lambda: None,))
    thread.start()
    thread.join()
    assert (before, signal.set_wakeup_fd(-1)) == (-1, -1)
