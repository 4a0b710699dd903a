"""The journal: every confirmed edit as one JSON line, on disk before the screen says so.

A line holds the whole page, so replaying it twice, or after a save that had already finished, changes nothing.
"""

from __future__ import annotations

import json
import os
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.formats.atomic import read_error, write_all, write_error

VERSION = 1


@dataclass
class JournalContent:
    """What a journal held.

    Attributes:
        records: Page key to its latest record, in the order of the latest edits.
        unreadable: (line number, bytes) of lines that are no records; a crash may have cut the last one.
        is_cut: Whether the last line has no end.
        size: Bytes read.
    """

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    unreadable: list[tuple[int, bytes]] = field(default_factory=list)
    is_cut: bool = False
    size: int = 0


def read_journal(path: Path) -> JournalContent:
    """Reads a journal; a missing file is an empty one.

    Raises:
        ProjectError: If the file exists and cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return JournalContent()
    except OSError as error:
        raise read_error(path, error) from error
    content = JournalContent(size=len(data), is_cut=bool(data) and not data.endswith(b"\n"))
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        record = _decode(raw)
        if record is None:
            content.unreadable.append((number, raw))
        else:
            content.records.pop(record["page"], None)
            content.records[record["page"]] = record
    return content


def _decode(raw: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or record.get("v") != VERSION or not isinstance(record.get("page"), str):
        return None
    return record


def encode_record(record: dict[str, Any]) -> bytes:
    """One line, version first. ValueError if a number is not finite."""
    line = json.dumps({"v": VERSION, **record}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # half a surrogate pair cannot be UTF-8: only a JSON escape carries it
    try:
        return line.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps({"v": VERSION, **record}, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


class Journal:
    """The journal of one project, open for appending from the first edit on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._closer: weakref.finalize[..., Journal] | None = None

    def append(self, record: dict[str, Any]) -> None:
        """Adds a record; when this returns, a killed process no longer loses it.

        Raises:
            ProjectError: If it could not be written; the journal is as before.
            ValueError: If a number in the record is not finite.
        """
        line = encode_record(record)
        try:
            descriptor = self._open()
            start = os.fstat(descriptor).st_size
        except OSError as error:
            raise write_error(self.path, error) from error
        try:
            write_all(descriptor, line)
        except OSError as error:
            self._truncate(start)
            raise write_error(self.path, error) from error

    def clear(self) -> None:
        """Empties the journal, after everything in it has been saved.

        Raises:
            ProjectError: If that fails.
        """
        if self._descriptor is None and not self.path.exists():
            return
        try:
            os.ftruncate(self._open(), 0)
        except OSError as error:
            raise write_error(self.path, error) from error

    def close(self) -> None:
        """Closes the file; the next `append` opens it again."""
        if self._closer is not None:
            self._closer()
        self._descriptor = None
        self._closer = None

    def _open(self) -> int:
        if self._descriptor is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(self.path, flags, 0o666)
            self._closer = weakref.finalize(self, os.close, self._descriptor)
            self._end_cut_line(self._descriptor)
        return self._descriptor

    def _end_cut_line(self, descriptor: int) -> None:
        """A crash may have left half a line: the next record must not continue it."""
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
            if os.read(descriptor, 1) != b"\n":
                write_all(descriptor, b"\n")

    def _truncate(self, size: int) -> None:
        if self._descriptor is None:
            return
        try:
            os.ftruncate(self._descriptor, size)
        except OSError:
            self.close()  # the half line stays; opening again ends it, and replay skips it
