"""How much memory a process and its children take at most."""

from __future__ import annotations

import threading

import psutil

# How often it is looked at.
INTERVAL_S = 0.1


class PeakMemory:
    """Watches a process tree until it is gone; `gib` is the most that was resident at a time.

    Args:
        pid: Of the process.
    """

    def __init__(self, pid: int) -> None:
        self.gib = 0.0
        self._gone = threading.Event()
        threading.Thread(target=self._watch, args=(pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        while not self._gone.wait(INTERVAL_S):
            try:
                process = psutil.Process(pid)
                tree = [process, *process.children(recursive=True)]
                self.gib = max(self.gib, sum(one.memory_info().rss for one in tree) / 2**30)
            except psutil.Error:
                return

    def end(self) -> None:
        """Stops watching."""
        self._gone.set()
