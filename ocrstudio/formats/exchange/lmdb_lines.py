"""Lines in an LMDB environment as CRNN and PaddleOCR's LMDBDataSet read them.

Keys: `num-samples` (a decimal number), `image-000000001` (an encoded picture), `label-000000001` (UTF-8), from 1 on.
"""

from __future__ import annotations

import io
import os
import shutil
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError
from ocrstudio.core.page import Box
from ocrstudio.core.shaping import rectangle
from ocrstudio.formats.atomic import make_folder, write_error
from ocrstudio.formats.exchange.line_crops import LineCrop, crops
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing

DATA_FILE = "data.mdb"
_COUNT = b"num-samples"
_START_BYTES = 16 * 1024 * 1024
_LINES_AT_ONCE = 200
_ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "BMP": ".bmp", "WEBP": ".webp", "TIFF": ".tif", "GIF": ".gif"}

BROKEN = QT_TRANSLATE_NOOP("Errors", "The database cannot be read ({reason}).")
CUT = QT_TRANSLATE_NOOP("Errors", "The database is shorter than it says; it was copied only in part.")
COPY_AGAIN = QT_TRANSLATE_NOOP("Errors", "Copy it again.")
NO_COUNT = QT_TRANSLATE_NOOP("Errors", "The database does not say how many lines it holds (num-samples).")
FEWER = QT_TRANSLATE_NOOP("Errors", "The database promises {count} lines and holds at most {entries}.")
NO_LINE = QT_TRANSLATE_NOOP("Errors", "Line {number} has no picture or no text in UTF-8; it is left out.")
NO_PICTURE = QT_TRANSLATE_NOOP("Errors", "The picture of line {number} cannot be read; the line is left out.")


def detect(place: Place) -> bool:
    """Whether there is an LMDB data file."""
    return bool(place.named(DATA_FILE))


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page for each line; its picture is inside the database."""
    for file in reading.place.named(DATA_FILE):
        yield from _lines(reading, file)


def _lines(reading: Reading, file: Path) -> Iterator[FoundPage]:
    import lmdb

    try:
        with lmdb.open(str(file), subdir=False, readonly=True, lock=False, create=False) as environment:
            status = environment.stat()
            entries = int(status["entries"])
            # what is beyond the end of the file would be read from nowhere, which ends the whole program
            if (environment.info()["last_pgno"] + 1) * status["psize"] > file.stat().st_size:
                reading.trouble(file, 0, CUT, COPY_AGAIN)
                return
            with environment.begin() as transaction:
                yield from _records(reading, file, transaction, entries)
    except (lmdb.Error, OSError) as error:
        reading.trouble(file, 0, BROKEN, EXPORT_AGAIN, reason=str(error)[:200])


def _records(reading: Reading, file: Path, transaction: Any, entries: int) -> Iterator[FoundPage]:
    stated = bytes(transaction.get(_COUNT) or b"")
    if not stated.isdigit() or len(stated) > 12:
        reading.trouble(file, 0, NO_COUNT, EXPORT_AGAIN)
        return
    count = int(stated)
    if count > entries:
        reading.trouble(file, 0, FEWER, EXPORT_AGAIN, count=count, entries=entries)
        count = entries
    # several databases of one folder must not give their lines the same names
    prefix = "lmdb" if file.parent == reading.place.root else f"lmdb_{file.parent.name}"
    for number in range(1, count + 1):
        reading.progress(number, count)
        image, label = (transaction.get(f"{kind}-{number:09d}".encode()) for kind in ("image", "label"))
        text = _text(label)
        if not image or text is None:
            reading.trouble(file, 0, NO_LINE, EXPORT_AGAIN, number=number)
            continue
        known = _picture(bytes(image))
        if known is None:
            reading.trouble(file, 0, NO_PICTURE, EXPORT_AGAIN, number=number)
            continue
        ending, size = known
        corners = rectangle((0.0, 0.0), (float(size[0]), float(size[1])))
        name = f"{prefix}_{number:09d}{ending}"
        yield FoundPage(name, (Box(corners, text, touched=True),), size, picture=bytes(image), file=reading.name(file))


def _text(label: bytes | None) -> str | None:
    try:
        return None if label is None else bytes(label).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _picture(data: bytes) -> tuple[str, tuple[int, int]] | None:
    """(ending, size) by the picture's header; None if it is none that the program opens."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                ending = _ENDINGS.get(picture.format or "")
                return (ending, picture.size) if ending else None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def write(sources: Iterable[SourcePage], job: Writing) -> None:
    """`data.mdb` with every readable line; an earlier one stays until the new one is whole."""
    job.files.append(write_database(job.out, crops(sources, job)))


def write_database(folder: Path, lines: Iterable[LineCrop]) -> Path:
    """Writes lines as `data.mdb`; an earlier one stays until the new one is whole.

    Args:
        folder: Where; made if missing.
        lines: In the order of their numbers.

    Returns:
        The file.

    Raises:
        ProjectError: If it cannot be written.
    """
    import lmdb

    work = folder / f".lmdb.{os.getpid()}.tmp"
    target = folder / DATA_FILE
    try:
        make_folder(work)
        _fill(work / "filling.mdb", lines)
        with lmdb.open(str(work / "filling.mdb"), subdir=False, lock=False, readonly=True) as environment:
            environment.copy(str(work / DATA_FILE), compact=True)
        (work / DATA_FILE).replace(target)
    except lmdb.Error as error:
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{file} could not be written: {reason}."),
            QT_TRANSLATE_NOOP("Errors", "The earlier file is unchanged; try again when this is solved."),
            file=target,
            reason=str(error),
        ) from error
    except OSError as error:
        raise write_error(target, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _fill(file: Path, lines: Iterable[LineCrop]) -> None:
    import lmdb

    with lmdb.open(str(file), subdir=False, lock=False, map_size=_START_BYTES) as environment:
        count = 0
        batch: list[tuple[bytes, bytes]] = []
        for count, line in enumerate(lines, start=1):
            batch.append((f"image-{count:09d}".encode(), line.data))
            batch.append((f"label-{count:09d}".encode(), line.text.encode()))
            if len(batch) >= _LINES_AT_ONCE:
                _commit(environment, batch)
                batch = []
        _commit(environment, [*batch, (_COUNT, str(count).encode())])


def _commit(environment: Any, batch: list[tuple[bytes, bytes]]) -> None:
    """Puts records; the file grows as needed, because Windows takes the whole promised size from the disk."""
    import lmdb

    while True:
        try:
            with environment.begin(write=True) as transaction:
                for key, value in batch:
                    transaction.put(key, value)
        except lmdb.MapFullError:
            environment.set_mapsize(environment.info()["map_size"] * 2)
        else:
            return
