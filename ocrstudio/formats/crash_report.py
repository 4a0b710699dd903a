"""What a crash of the window's process leaves behind: found at the next start, and told to a helper if the user wants.

Python's fault handler writes to `crash.log` while the process dies. Once that was told it is set aside, so that each
crash is told once. Nothing leaves the machine by itself.
"""

from __future__ import annotations

import platform
from contextlib import suppress
from pathlib import Path

from ocrstudio import __version__

LOG_FILE, CRASH_FILE, TOLD_FILE = "ocrstudio.log", "crash.log", "crash.told.log"
LOG_BYTES, CRASH_BYTES = 60_000, 60_000


def take_crash(folder: Path) -> str:
    """What the fault handler wrote since the last call; "" if the program ended as it should.

    Args:
        folder: Of the logs.
    """
    crash = folder / CRASH_FILE
    text = _end_of(crash, CRASH_BYTES)
    if text.strip():
        with suppress(OSError):
            (folder / TOLD_FILE).write_text(text, encoding="utf-8")
            # emptied and not removed: this process writes to it too, at its end
            crash.write_bytes(b"")
    return text.strip()


def crash_report(folder: Path, crash: str) -> str:
    """What a helper needs, without names, places and passwords.

    Args:
        folder: Of the logs.
        crash: See `take_crash`.
    """
    # after a crash only: it brings along what reads runs and their configs
    from ocrstudio.formats.support_zip import machine_scrubber

    system = f"OCR Studio {__version__}, Python {platform.python_version()}, {platform.platform()}"
    # a backup holds what was written before the last start
    log = _end_of(folder / f"{LOG_FILE}.1", LOG_BYTES) + _end_of(folder / LOG_FILE, LOG_BYTES)
    text = f"{system}\n\n--- {CRASH_FILE}\n{crash}\n\n--- {LOG_FILE}\n{log[-LOG_BYTES:].strip()}\n"
    return machine_scrubber().text(text)


def _end_of(file: Path, size: int) -> str:
    """The last bytes of a file as text; "" if it cannot be read."""
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - size))
            return opened.read().decode("utf-8", errors="replace")
    except OSError:
        return ""
