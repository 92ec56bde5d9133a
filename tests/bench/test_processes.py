"""Processor time of other processes, as the kernel has it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tests.bench.processes import cpu_seconds, largest_pss, tree

_WORKS = (
    "import sys, threading, time\n"
    "def work():\n"
    "    while time.thread_time() < 0.2: pass\n"
    "one = threading.Thread(target=work); one.start(); one.join()\n"
    "print(time.process_time(), flush=True); sys.stdin.read()\n"
)


def test_the_time_of_a_thread_that_ended_is_in_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        told = float(other.stdout.readline())
        found = cpu_seconds(other.pid)
        assert told <= found < told + 0.2
        assert other.pid in tree(os.getpid())
        assert 1 < largest_pss(other.pid) < 100
        other.communicate()


def test_it_agrees_with_what_this_process_says_of_itself() -> None:
    before = time.process_time()
    found = cpu_seconds(os.getpid())
    assert before <= found <= time.process_time()


def test_a_process_that_is_gone_has_spent_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as other:
        other.wait()
    assert cpu_seconds(other.pid) == 0.0
