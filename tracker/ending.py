"""What is to be done when the process is asked to end, whoever handles its signals."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

_ENDS = {signal.SIGINT, signal.SIGTERM}


def at_ending(call: Callable[[], None]) -> None:
    """Call this once SIGINT or SIGTERM comes; to be set up in the main thread, else nothing is.

    The web server handles the signals itself, in ways that leave no room for others. What the
    interpreter writes down about each signal (`signal.set_wakeup_fd`) is read by a thread of ours,
    and handed on to whoever read it before.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    former = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    def listen() -> None:
        while noted := os.read(reader, 1):
            if former != -1:
                os.write(former, noted)
            if noted[0] in _ENDS:
                call()

    threading.Thread(target=listen, name="ending", daemon=True).start()
