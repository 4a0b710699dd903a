"""Our own `train.log` of a run that PaddleOCR trains: all that it says, on either stream.

Its newer versions write a log of that name themselves, without what is printed or goes to stderr; the older ones write
none. So that no line is there twice, ours takes the place of theirs as soon as theirs shows.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

OTHER_NAME = "output.log"


class LogCopy:
    """Appends to the log of a run.

    Args:
        path: `train.log`; what is in it from earlier trainings stays.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: list[str] = []
        self._earlier = path.stat().st_size if path.is_file() else 0
        # line-buffered, so that whoever follows the file sees whole lines
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
        self._settled = False

    def write(self, line: str) -> None:
        """Adds a line."""
        if not self._settled:
            self._lines.append(line)
        with contextlib.suppress(OSError):
            # a full disk is told by the training itself
            self._file.write(line + "\n")

    def settle(self) -> None:
        """Looks whether the training writes into the same file, and if so goes on in a new one of that name.

        To be called once, when the training has told a few lines: it opens its log before the first one, and writes
        each line there right after it was printed.
        """
        if self._settled:
            return
        self._settled = True
        lines, self._lines = self._lines, []
        own = "".join(line + "\n" for line in lines).encode("utf-8", "backslashreplace")
        try:
            if self.path.stat().st_size <= self._earlier + len(own):
                return
            with self.path.open("rb") as file:
                earlier = file.read(self._earlier)
            part = self.path.with_name(f".{self.path.name}.part")
            part.write_bytes(earlier + own)
            self._file.close()
            try:
                part.replace(self.path)
            except PermissionError:
                # Windows: a file that another process writes cannot be replaced
                part.replace(self.path.with_name(OTHER_NAME))
                self.path = self.path.with_name(OTHER_NAME)
        except OSError:
            return
        finally:
            if self._file.closed:
                self._file = self.path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)

    def close(self) -> None:
        """Closes the file."""
        with contextlib.suppress(OSError):
            self._file.close()
