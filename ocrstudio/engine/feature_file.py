"""What a frozen backbone says about pictures, kept in one file on disk: computed once, found again by the next run.

The file is a table of float16 numbers, one stretch of it for each picture; a second file has their check sums. Both are
written while the training runs, so that its first step comes at once and a run that ends early loses nothing; numbers
that do not fit their sum (a power cut, a full disk) are computed again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio import paths
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError

# All feature files together; the ones used longest ago go first.
CACHE_LIMIT_BYTES = 4 << 30
# Room on the disk that is left alone.
SPARE_BYTES = 200 << 20
# The largest number of float16.
LARGEST = 65504.0


def feature_key(parts: Iterable[bytes]) -> str:
    """Names a feature file: equal for equal parts (pictures, weights, settings, version of the computation)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()[:32]


class FeatureFile:
    """Numbers of some pictures; threads may share it.

    Args:
        key: Its name, see `feature_key`.
        counts: How many numbers each picture has.
        folder: Where it lies; in the user's cache folder if None.

    Raises:
        EngineError: If it cannot be written, or the disk lacks the room.
    """

    def __init__(self, key: str, counts: Sequence[int], folder: Path | None = None) -> None:
        self._starts = np.concatenate([[0], np.cumsum(np.asarray(counts, np.int64))])
        folder = folder or paths.user_cache() / "features"
        self._values_file, self._sums_file = folder / f"{key}.f16", folder / f"{key}.crc"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._open(folder, 2 * int(self._starts[-1]), len(counts))
        except OSError as error:
            what = QT_TRANSLATE_NOOP("Errors", "Intermediate results cannot be written to {file}: {reason}.")
            remedy = QT_TRANSLATE_NOOP("Errors", "Make room on the disk, or set Global.freeze to none.")
            raise EngineError(what, remedy, file=folder, reason=error.strerror or str(error)) from error

    def _open(self, folder: Path, size: int, pictures: int) -> None:
        files = (self._values_file, size), (self._sums_file, 4 * pictures)
        if not all(file.is_file() and file.stat().st_size == wanted for file, wanted in files):
            _require_room(folder, size)
            for file, wanted in files:
                with file.open("wb") as empty:
                    _reserve(empty.fileno(), wanted)
            _forget_oldest(folder, keep=self._values_file)
        for file, _ in files:
            os.utime(file)
        self._values = np.memmap(self._values_file, np.float16, "r+", shape=(size // 2,))
        self._sums = np.memmap(self._sums_file, np.uint32, "r+", shape=(pictures,))
        self._checked = np.zeros(pictures, bool)

    def get(self, picture: int) -> NDArray[np.float32] | None:
        """The numbers of a picture as one row; None if they are not there."""
        row = self._values[self._starts[picture] : self._starts[picture + 1]]
        if not self._checked[picture]:
            if self._sums[picture] != _sum(row):
                return None
            self._checked[picture] = True
        return np.asarray(row, np.float32)

    def put(self, picture: int, arrays: Iterable[NDArray[np.float32]]) -> None:
        """Keeps the numbers of a picture: its arrays one after the other."""
        row = np.concatenate([array.reshape(-1) for array in arrays])
        kept = np.clip(row, -LARGEST, LARGEST).astype(np.float16)
        self._values[self._starts[picture] : self._starts[picture + 1]] = kept
        self._sums[picture] = _sum(kept)
        self._checked[picture] = True


def _sum(row: NDArray[np.float16]) -> int:
    """Check sum of numbers; never 0, which stands for "not there"."""
    return zlib.crc32(row.tobytes()) or 1


def _reserve(descriptor: int, size: int) -> None:
    """Makes a file of that size; where the system can, with its room on the disk taken already."""
    if size and hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
    else:
        os.truncate(descriptor, size)


def _require_room(folder: Path, needed: int) -> None:
    """A mapped file that meets a full disk ends the process without a word: look before."""
    free = shutil.disk_usage(folder).free
    if needed + SPARE_BYTES > free:
        what = QT_TRANSLATE_NOOP("Errors", "The intermediate results need {needed} MB in {folder}, {free} MB are free.")
        remedy = QT_TRANSLATE_NOOP(
            "Errors", "Make room, lower Train.dataset.augment_copies, or set Global.freeze to none."
        )
        raise EngineError(what, remedy, needed=needed >> 20, folder=folder, free=free >> 20)


def _forget_oldest(folder: Path, keep: Path) -> None:
    files = sorted(folder.glob("*.f16"), key=lambda file: file.stat().st_mtime, reverse=True)
    room = CACHE_LIMIT_BYTES
    for file in files:
        room -= file.stat().st_size
        if room < 0 and file != keep:
            # Windows keeps what another training has open
            with contextlib.suppress(OSError):
                file.with_suffix(".crc").unlink(missing_ok=True)
                file.unlink(missing_ok=True)
