"""The journal: every confirmed edit as one JSON line, on disk before the screen says so.

A line holds the whole page, so replaying it twice, or after a save that had already finished, changes nothing. When a
save ends while later edits are in the journal already, a line `{"v":1,"saved":N}` says that its first N bytes are done.

An edit is safe from a killed process at once: the system has it. Only a power cut needs more, `sync`, which waits for
the disk; the window calls it on a worker, at most once a second, so a power cut loses at most the last second.
"""

from __future__ import annotations

import json
import logging
import os
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocrstudio.formats.atomic import make_folder, read_error, write_all, write_atomic, write_error

VERSION = 1
log = logging.getLogger(__name__)


@dataclass
class JournalContent:
    """What a journal held that has not been saved.

    Attributes:
        records: Page key to its latest record, in the order of the latest edits.
        lines: Page key to the lines of all its records, saved ones included.
        unreadable: (line number, bytes) of lines that are no records; a crash may have cut the last one.
        is_cut: Whether the last line has no end.
        size: Bytes read.
    """

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, list[bytes]] = field(default_factory=dict)
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
    latest: dict[str, tuple[int, dict[str, Any]]] = {}
    unreadable: list[tuple[int, int, bytes]] = []
    start = 0
    for number, raw in enumerate(data.split(b"\n"), start=1):
        record = decode_record(raw) if raw.strip() else {}
        if record is None:
            unreadable.append((start, number, raw))
        elif "page" in record:
            page = record["page"]
            latest.pop(page, None)
            latest[page] = (start, record)
            content.lines.setdefault(page, []).append(raw)
        elif record and record["saved"] <= start:
            saved = record["saved"]
            latest = {page: entry for page, entry in latest.items() if entry[0] >= saved}
            unreadable = [entry for entry in unreadable if entry[0] >= saved]
        start += len(raw) + 1
    content.records = {page: record for page, (_, record) in latest.items()}
    content.unreadable = [(number, raw) for _, number, raw in unreadable]
    return content


def decode_record(raw: bytes) -> dict[str, Any] | None:
    """The record of a line: an edit with its `page`, or how many bytes were `saved`; None if it is neither."""
    try:
        record = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or record.get("v") != VERSION:
        return None
    is_known = isinstance(record.get("page"), str) or ("page" not in record and type(record.get("saved")) is int)
    return record if is_known else None


def encode_record(record: dict[str, Any], boxes: str | None = None) -> bytes:
    """One line, version first.

    Args:
        record: What it holds.
        boxes: What goes into its list `boxes`, encoded already.

    Raises:
        ValueError: If a number is not finite.
    """
    line = json.dumps({"v": VERSION, **record}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if boxes is not None:
        line = f'{line[:-1]},"boxes":[{boxes}]}}'
    # half a surrogate pair cannot be UTF-8: its backslash form is just the JSON escape that carries it
    return line.encode("utf-8", "backslashreplace") + b"\n"


class Journal:
    """The journal of one project, open for appending from the first edit on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None
        self._closer: weakref.finalize[..., Journal] | None = None

    def append(self, record: dict[str, Any], boxes: str | None = None) -> None:
        """Adds a record; when this returns, a killed process no longer loses it. Arguments as of `encode_record`.

        Raises:
            ProjectError: If it could not be written; the journal is as before.
            ValueError: If a number in the record is not finite.
        """
        self._write(encode_record(record, boxes))

    def _write(self, lines: bytes) -> None:
        try:
            descriptor = self._open()
            if not os.fstat(descriptor).st_nlink:  # somebody has deleted it: what goes there is lost
                self.close()
                make_folder(self.path.parent)
                descriptor = self._open()
            start = os.fstat(descriptor).st_size
        except OSError as error:
            raise write_error(self.path, error) from error
        try:
            write_all(descriptor, lines)
        except OSError as error:
            self._truncate(start)
            raise write_error(self.path, error) from error

    @property
    def size(self) -> int:
        """Bytes in the journal; 0 if there is none."""
        try:
            return self.path.stat().st_size if self._descriptor is None else os.fstat(self._descriptor).st_size
        except OSError:
            return 0

    @property
    def is_lost(self) -> bool:
        """Whether somebody has deleted the file; one that was moved together with its folder goes on being written."""
        try:
            return self._descriptor is None or not os.fstat(self._descriptor).st_nlink
        except OSError:  # its drive was taken out
            return True

    def mark_saved(self, size: int, kept: bytes = b"") -> None:
        """Everything in the first `size` bytes has been saved: drops it, now or (later edits follow it) at replay.

        Args:
            size: What `size` was when the save began.
            kept: Lines of that part which could not be saved and go on waiting.

        Raises:
            ProjectError: If that fails; replaying what was saved does no harm.
        """
        if self._descriptor is None and not self.path.exists():
            return
        if self.size > size:
            self._write(kept)
            self.append({"saved": size})
            return
        if kept:
            self.close()
            write_atomic(self.path, kept)
            return
        try:
            os.ftruncate(self._open(), 0)
        except OSError as error:
            raise write_error(self.path, error) from error

    def begin_sync(self) -> Callable[[], None] | None:
        """What makes the edits so far survive a power cut, to be called on any thread; None if nothing is open."""
        if self._descriptor is None:
            return None
        descriptor = os.dup(self._descriptor)  # the journal may be closed meanwhile

        def sync() -> None:
            try:
                os.fsync(descriptor)
            except OSError:
                log.warning("the journal could not be synced", exc_info=True)
            finally:
                os.close(descriptor)

        return sync

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
