"""How the C library hands out memory, for training on a CPU."""

from __future__ import annotations

import ctypes
import sys

# glibc's names of the options (malloc.h)
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4


def keep_memory() -> None:
    """Tells glibc to keep freed memory for the next tensor instead of handing it back to the system.

    By default every tensor above some hundred kilobytes is mapped anew, and the page faults of its first use cost three
    to ten times as much as an element-wise operation on it. Does nothing where another C library is at work.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, -1)
        mallopt(_TOP_PAD, 64 << 20)
