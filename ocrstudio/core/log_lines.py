"""Lines of a trainer's output as people read them: cleaned, with their severity, and messages kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum

# What terminals take for colours, titles and moves of the cursor (ECMA-48), and what else cannot be seen.
_CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]?|[\x00-\x08\x0b-\x1f\x7f]"
)
_TAB = "    "
# PaddleOCR's, Paddle's own and glog's prefixes.
_PREFIX = re.compile(
    r"\[\d{4}[/-]\d\d[/-]\d\d [\d:,.]+\] (?:\S+ (?P<level>[A-Z]+):|\[ *(?P<other>[A-Z]+)\])"
    r"|(?P<glog>[IWEF])\d{4} \d\d:\d\d:\d\d"
)
_LEVEL_WORDS = {"WARNING": 1, "WARN": 1, "ERROR": 2, "CRITICAL": 2, "FATAL": 2, "W": 1, "E": 2, "F": 2}
_WARNING = re.compile(r"\b\w*Warning: ")
_ERROR = re.compile(
    r"(?:[\w.]+\.)?\w*(?:Error|Exception|Interrupt)(?:: |:?$)|(?:FatalError|Error Message Summary|C\+\+ Traceback)\b"
    r"|Segmentation fault|Killed$|Aborted\b|Out of memory|fatal error\b"
)
_TRACEBACK = "Traceback (most recent call last)"
_CHAIN = ("During handling of the above exception", "The above exception was the direct cause")
_PROGRESS = re.compile(r"(.*?)\s*\d{1,3}%\|.*\| *\d+/\d+")


class Level(IntEnum):
    """How much a line matters."""

    PLAIN = 0
    WARNING = 1
    ERROR = 2


def clean_line(line: str) -> str:
    """A line as a terminal shows it in the end: without colours, and of a progress bar only its last state."""
    if "\r" in line:
        parts = [part for part in line.split("\r") if part.strip()]
        line = parts[-1] if parts else ""
    if line.isprintable():
        return line
    return _CONTROL.sub("", line).replace("\t", _TAB)


class LogLines:
    """The latest lines of a log.

    A traceback belongs to one message with the line that it ends with, indented lines to the one before them. A message
    counts once, however many lines it has.

    Args:
        most: Lines that are kept; when there are more, the oldest eighth goes.

    Attributes:
        texts: The lines.
        levels: One `Level` for each.
        counts: Messages of each level since the beginning, dropped ones included.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.clear()

    def clear(self) -> None:
        """Forgets everything."""
        self.texts: list[str] = []
        self.levels = bytearray()
        self.counts = [0, 0, 0]
        self._level = Level.PLAIN
        # in a traceback, and after it as long as it may go on
        self._traceback = self._after_traceback = False
        self._progress = ""

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, lines: Iterable[str]) -> int:
        """Adds lines; a progress bar replaces its earlier state.

        Returns:
            How many of the oldest lines were dropped.
        """
        for line in lines:
            self._add(clean_line(line))
        surplus = len(self.texts) - self._most
        if surplus <= 0:
            return 0
        dropped = surplus + self._most // 8
        del self.texts[:dropped]
        del self.levels[:dropped]
        return dropped

    def at_least(self, level: Level) -> list[int]:
        """The places of the lines that matter so much."""
        return [place for place, other in enumerate(self.levels) if other >= level]

    def _add(self, line: str) -> None:
        progress = _PROGRESS.match(line) if "%|" in line else None
        name = progress[1] if progress is not None else ""
        if progress is not None and self.texts and name == self._progress:
            self.texts[-1] = line
            return
        self._progress = name if progress is not None else "\n"
        if self._goes_on(line):
            level = self._level
        else:
            level = self._level = _level_of(line)
            self.counts[level] += 1
        if _TRACEBACK in line:
            self._traceback, self._after_traceback = True, False
        self.texts.append(line)
        self.levels.append(level)

    def _goes_on(self, line: str) -> bool:
        """Whether a line belongs to the message before it."""
        if not self.texts:
            return False
        if line[:1] in (" ", ""):
            return True
        if self._traceback:
            # the first line that is not indented says what went wrong
            if not line.startswith(_TRACEBACK) and not _PREFIX.match(line):
                self._traceback, self._after_traceback = False, True
                return True
            self._traceback = False
        after, self._after_traceback = self._after_traceback, False
        if after and line.startswith((*_CHAIN, _TRACEBACK)):
            self._after_traceback = not line.startswith(_TRACEBACK)
            return True
        # an error of the logger, and the traceback that belongs to it
        return self._level == Level.ERROR and line.startswith(_TRACEBACK)


def _level_of(line: str) -> Level:
    found = _PREFIX.match(line)
    if found is None and ("] ppocr " in line or "] root " in line):
        # other output may be glued to the front
        found = _PREFIX.search(line)
    if found is not None:
        word = found["level"] or found["other"] or found["glog"]
        return Level(_LEVEL_WORDS.get(word, 0))
    if line.startswith(_TRACEBACK) or _ERROR.match(line):
        return Level.ERROR
    return Level.WARNING if "Warning" in line and _WARNING.search(line) else Level.PLAIN
