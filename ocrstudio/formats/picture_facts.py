"""What is known of picture files: whether they can be read, their size, what they look like; kept in the user's cache.

A second look at ten thousand pictures asks only for their sizes and times.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core import list_rules as rules
from ocrstudio.core.errors import StudioError
from ocrstudio.core.list_rules import Rule
from ocrstudio.core.picture_rules import LOOK_COLUMNS, LOOK_ROWS, LOOK_WORDS, PictureFacts, look_of
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.images import image_size

log = logging.getLogger(__name__)

CACHE_FILE = "flight check.sqlite3"
# Of another version nothing is believed.
_VERSION = 1
# About 60 MB; then the cache begins anew.
_MOST_ROWS = 500_000
_TAIL = 4096
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIGNATURES = (_PNG, _JPEG, b"BM", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", *(b"P%d" % n for n in range(1, 7)))
# Larger JPEG files are decoded at an eighth of their size: what they look like can be told from that.
_LARGE_BYTES = 200_000
# Two pictures of one thing, scaled to this height: grey values that may differ on average, and nearly everywhere.
_SAME_HEIGHT, _SAME_MEAN, _SAME_MOST = 32, 7.0, 48.0
FAULTS = {rule.check: rule for rule in (rules.EMPTY_IMAGE, rules.BROKEN_IMAGE, rules.CUT_IMAGE)}

_Row = tuple[int, int, PictureFacts]


class PictureStore:
    """Looks at pictures from several threads and remembers what it saw.

    Args:
        cache: A folder for the cache; None remembers nothing.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._file = cache / CACHE_FILE if cache is not None else None
        self._folders: dict[str, dict[str, _Row]] = {}
        self._new: list[tuple[str, str, _Row]] = []
        self._lock = threading.Lock()

    def look(self, path: Path) -> PictureFacts:
        """What is known of a picture; a missing one fails `missing-pictures`."""
        try:
            status = path.stat()
        except (OSError, ValueError):
            return PictureFacts(rules.MISSING_IMAGE.check)
        folder, name = str(path.parent), path.name
        known = self._known(folder).get(name)
        if known is not None and known[:2] == (status.st_size, status.st_mtime_ns):
            return known[2]
        facts = picture_facts(path)
        with self._lock:
            row = (status.st_size, status.st_mtime_ns, facts)
            self._folders[folder][name] = row
            self._new.append((folder, name, row))
        return facts

    def save(self) -> None:
        """Keeps what is new; a cache that cannot be written only costs time."""
        with self._lock:
            new, self._new = self._new, []
        if self._file is None or not new:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(_opened(self._file)) as base, base:
                if base.execute("SELECT COUNT(*) FROM pictures").fetchone()[0] > _MOST_ROWS:
                    base.execute("DELETE FROM pictures")
                rows = [
                    (folder, name, *row[:2], facts.fault, facts.width, facts.height, *_texts(facts))
                    for folder, name, row in new
                    if _can_be_kept(folder + name) and (facts := row[2])
                ]
                base.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            log.info("the cache of the flight check cannot be written: %s", error)
            _remove_broken(self._file, error)

    def _known(self, folder: str) -> dict[str, _Row]:
        with self._lock:
            found = self._folders.get(folder)
            if found is None:
                found = self._folders[folder] = self._read(folder)
            return found

    def _read(self, folder: str) -> dict[str, _Row]:
        if self._file is None or not self._file.is_file() or not _can_be_kept(folder):
            return {}
        try:
            with closing(_opened(self._file)) as base:
                rows = base.execute("SELECT * FROM pictures WHERE folder = ?", (folder,)).fetchall()
            return {row[1]: (row[2], row[3], _facts(row[4:])) for row in rows}
        except (sqlite3.Error, OSError, ValueError, TypeError) as error:
            log.info("the cache of the flight check cannot be read: %s", error)
            _remove_broken(self._file, error)
            return {}


def _opened(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=2.0)
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version != _VERSION:
        with base:
            base.execute("DROP TABLE IF EXISTS pictures")
            base.execute(
                "CREATE TABLE pictures (folder TEXT, name TEXT, size INTEGER, changed INTEGER, fault TEXT, "
                "width INTEGER, height INTEGER, digest TEXT, look TEXT, PRIMARY KEY (folder, name)) WITHOUT ROWID"
            )
            base.execute(f"PRAGMA user_version = {_VERSION}")
    return base


def _remove_broken(file: Path, error: Exception) -> None:
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        file.unlink(missing_ok=True)


def _can_be_kept(text: str) -> bool:
    """Whether a path is text: names on Linux may hold any bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _texts(facts: PictureFacts) -> tuple[str, str]:
    # SQLite's whole numbers have a sign
    return f"{facts.digest:016x}", "".join(f"{word:016x}" for word in facts.look)


def _facts(row: tuple[Any, ...]) -> PictureFacts:
    fault, width, height, digest, look = row
    words = tuple(int(look[start : start + 16], 16) for start in range(0, 16 * LOOK_WORDS, 16))
    return PictureFacts(str(fault), int(width), int(height), int(digest, 16), words)


def picture_facts(path: Path) -> PictureFacts:
    """Reads and decodes a picture once and tells all there is to know."""
    try:
        data = path.read_bytes()
    except OSError:
        return PictureFacts(rules.MISSING_IMAGE.check)
    if not data:
        return PictureFacts(rules.EMPTY_IMAGE.check)
    digest = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")
    cut = breaks_off(data[:16], data[-_TAIL:])
    try:
        # OpenCV makes something of half a picture; what the engines read it with may not
        grey, size = _from_image(read_image(path)) if cut else _decoded(path, data)
    except StudioError:
        return PictureFacts(rules.BROKEN_IMAGE.check, digest=digest)
    fault = rules.CUT_IMAGE.check if cut else ""
    return PictureFacts(fault, *size, digest, look_of(_scaled(grey, LOOK_COLUMNS, LOOK_ROWS)))


def _decoded(path: Path, data: bytes) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """Grey values, and the size of the whole picture.

    Raises:
        StudioError: If it cannot be read.
    """
    import cv2

    large = data.startswith(_JPEG) and len(data) > _LARGE_BYTES
    size = image_size(path) if large else None
    try:
        flag = cv2.IMREAD_REDUCED_GRAYSCALE_8 if large else cv2.IMREAD_GRAYSCALE
        found: Any = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    except cv2.error:
        found = None
    if found is None:
        # what OpenCV does not know, such as GIF, Pillow may
        found, size = _from_image(read_image(path))
    return found, size or (int(found.shape[1]), int(found.shape[0]))


def _from_image(image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], tuple[int, int]]:
    """Grey values and size of a (height, width, 3) picture."""
    return image.mean(axis=2).astype(np.uint8), (image.shape[1], image.shape[0])


def _scaled(grey: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    import cv2

    scaled: NDArray[np.uint8] = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return scaled


def look_same(first: Path, second: Path) -> bool:
    """Whether two pictures show the same, saved anew, scaled or made lighter; a closer look than that at their hashes.

    One character more or less makes them different.
    """
    try:
        one, other = (_decoded(path, path.read_bytes())[0] for path in (first, second))
    except (StudioError, OSError):
        return False
    width = max(8, round(_SAME_HEIGHT * one.shape[1] / max(1, one.shape[0])))
    difference = np.abs(_levelled(_scaled(one, width, _SAME_HEIGHT)) - _levelled(_scaled(other, width, _SAME_HEIGHT)))
    return bool(difference.mean() <= _SAME_MEAN and np.percentile(difference, 99.5) <= _SAME_MOST)


def _levelled(grey: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The values spread over 0 to 255: light and contrast are no difference."""
    low, high = np.percentile(grey, (1, 99))
    spread: NDArray[np.float64] = (grey.astype(np.float64) - low) * (255 / max(32.0, float(high - low)))
    return spread


def breaks_off(head: bytes, tail: bytes) -> bool:
    """Whether a picture file ends before its end mark.

    Args:
        head: Its first bytes.
        tail: Its last ones.
    """
    return (head.startswith(_PNG) and b"IEND" not in tail) or (head.startswith(_JPEG) and b"\xff\xd9" not in tail)


def image_fault(path: Path, *, whole: bool = False) -> Rule | None:
    """What is wrong with a picture; None if nothing shows.

    Args:
        path: The file.
        whole: Decode it; otherwise its head and tail are looked at.
    """
    try:
        with path.open("rb") as file:
            head = file.read(16)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except OSError:
        return rules.MISSING_IMAGE
    if not head:
        return rules.EMPTY_IMAGE
    cut = breaks_off(head, tail)
    if whole or cut or not head.startswith(_SIGNATURES):
        try:
            read_image(path)
        except StudioError:
            return rules.BROKEN_IMAGE
    return rules.CUT_IMAGE if cut else None
