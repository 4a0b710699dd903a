"""Project packages: a zip for a colleague to label, and the way back to merge it.

    manifest.json    version, name of the project, who made it, when
    pages.jsonl      one page a line: file, state, note, boxes, as they are now
    base.jsonl       the same as they were when the first package was made: what a three-way merge begins with
    images/...       the pictures, if they are wanted

A folder made from a package keeps the beginning in `.ocrstudio/package_base.jsonl`, so that its way back can be merged.
Names inside a package are checked before anything is written: none may leave the folder.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, ProjectError
from ocrstudio.core.page import Page, PageState
from ocrstudio.formats.archives import UNPACK_IT, allowance, gigabytes, inside, too_large, write_entry
from ocrstudio.formats.atomic import make_folder, read_error, write_atomic, write_error
from ocrstudio.formats.images import is_image_name
from ocrstudio.formats.ppocr_label import LineError, box_from_record, box_record
from ocrstudio.formats.store import ProjectStore
from ocrstudio.paths import STATE_DIR

VERSION = 1
MANIFEST, PAGES, BASE, IMAGES = "manifest.json", "pages.jsonl", "base.jsonl", "images/"
BASE_FILE = "package_base.jsonl"
# A label file of ten thousand dense pages has some 300 MB; more is a bomb and no package.
_MAX_LABELS = 1_000_000_000

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Package:
    """What a colleague sends.

    Attributes:
        annotator: Who made it; empty if that is not known.
        pages: File of each page (forward slashes) to the page as the colleague left it.
        base: The same as both began with; empty if that is not known.
        images: Files whose pictures are in the package.
        faults: Lines that could not be read, as (file, line number).
    """

    annotator: str = ""
    pages: Mapping[str, Page] = field(default_factory=dict)
    base: Mapping[str, Page] = field(default_factory=dict)
    images: tuple[str, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()


def base_pages(folder: Path) -> bytes:
    """What the folder's labels were when it was made from a package; empty for other folders."""
    path = folder / STATE_DIR / BASE_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise read_error(path, error) from error


def write_package(
    pages: Iterable[Page],
    folder: Path,
    out: Path,
    *,
    annotator: str = "",
    images: bool = True,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Writes a package in one step. Touches no store, so it may run on any thread.

    Args:
        pages: The pages to send, as the store has them.
        folder: The project's folder, where their images are.
        out: The zip file; replaced if it exists.
        annotator: Who made it.
        images: Whether the pictures go along.
        progress: Told (done, total) pictures.

    Returns:
        How many pages it holds.

    Raises:
        ProjectError: If a picture cannot be read or the file cannot be written; the old file stays.
    """
    chosen = list(pages)
    now = b"".join(_encode(page) for page in chosen)
    manifest = {
        "version": VERSION,
        "project": folder.name,
        "annotator": annotator,
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "pages": len(chosen),
    }
    temporary = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            archive.writestr(PAGES, now)
            archive.writestr(BASE, base_pages(folder) or now)
            for done, page in enumerate(chosen if images else ()):
                progress(done, len(chosen))
                # pictures are compressed already
                archive.write(folder / page.file, IMAGES + page.file, zipfile.ZIP_STORED)
        temporary.replace(out)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.filename and Path(str(error.filename)).parent != out.parent:
            raise read_error(Path(str(error.filename)), error) from error
        raise write_error(out, error) from error
    progress(len(chosen), len(chosen))
    return len(chosen)


def read_package(path: Path) -> Package:
    """Reads a package, or a colleague's whole project folder.

    Args:
        path: A zip made by `write_package`, or a folder of images with labels.

    Raises:
        FormatError: If it is no package.
        ProjectError: If it cannot be read.
    """
    if path.is_dir():
        return _read_folder(path)
    with _opened(path) as archive:
        manifest = _read_manifest(archive, path)
        faults: list[tuple[str, int]] = []
        pages = _decode(_member(archive, PAGES, path), PAGES, faults)
        base = _decode(_member(archive, BASE, path), BASE, faults)
        images = [
            name[len(IMAGES) :]
            for name in archive.namelist()
            if name.startswith(IMAGES) and _is_safe(name[len(IMAGES) :])
        ]
    return Package(str(manifest.get("annotator") or ""), pages, base, tuple(images), tuple(faults))


def unpack(path: Path, folder: Path, progress: Progress = lambda _done, _total: None) -> ProjectStore:
    """Makes a project of a package: pictures, labels, and the beginning for the way back.

    Args:
        path: The package.
        folder: A folder that does not exist or is empty.
        progress: Told (done, total) pictures.

    Returns:
        The saved project, open.

    Raises:
        FormatError: If it is no package or holds no pictures.
        ProjectError: If the folder holds anything, or cannot be written.
    """
    package = read_package(path)
    if not package.images:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} holds no pictures."),
            QT_TRANSLATE_NOOP("Errors", "Merge it into the project that has them, or ask for a package with pictures."),
            file=path,
        )
    make_folder(folder)
    if any(folder.iterdir()):
        raise ProjectError(
            QT_TRANSLATE_NOOP("Errors", "{folder} is not empty."),
            QT_TRANSLATE_NOOP("Errors", "Choose a new folder, so that nothing of yours is overwritten."),
            folder=folder,
        )
    with _opened(path) as archive:
        left = allowance(path, folder)
        for done, name in enumerate(package.images):
            progress(done, len(package.images))
            left = _extract(archive, name, folder / PurePosixPath(name), left)
            if left < 0:
                raise too_large(path, gigabytes(allowance(path, folder)), UNPACK_IT)
        base = _member(archive, BASE, path)
    make_folder(folder / STATE_DIR)
    write_atomic(folder / STATE_DIR / BASE_FILE, base)
    store = ProjectStore.open(folder)
    for key in store.keys:
        page = store.page(key)
        sent = package.pages.get(page.file)
        if sent is not None and (sent.boxes or sent.note or sent.state is not page.state):
            store.put(Page(key, page.file, sent.boxes, sent.state, sent.note))
    store.save()
    progress(len(package.images), len(package.images))
    return store


def _read_folder(folder: Path) -> Package:
    store = ProjectStore.open(folder)
    try:
        pages = {(page := store.page(key)).file: page for key in store.keys}
        faults: list[tuple[str, int]] = [(problem.file, problem.line) for problem in store.problems if problem.line]
    finally:
        store.close()
    return Package("", pages, _decode(base_pages(folder), BASE_FILE, faults), (), tuple(faults))


def _encode(page: Page) -> bytes:
    record = {
        "file": page.file,
        "state": page.state.value,
        "note": page.note,
        "boxes": [box_record(box) for box in page.boxes],
    }
    # escapes only: half a surrogate pair in somebody's text must not stop a package
    return json.dumps(record, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def _decode(data: bytes, name: str, faults: list[tuple[str, int]]) -> dict[str, Page]:
    """The pages of a label file of a package; lines that are none are noted and left out."""
    pages: dict[str, Page] = {}
    for number, raw in enumerate(data.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            record = json.loads(raw.decode("utf-8"))
            file = record["file"]
            boxes = tuple(box_from_record(box, place) for place, box in enumerate(record["boxes"], start=1))
            page = Page(str(file), str(file), boxes, PageState(record["state"]), str(record.get("note", "")))
        except (ValueError, KeyError, TypeError, AttributeError, LineError, RecursionError):
            faults.append((name, number))
            continue
        if _is_safe(page.file):
            pages[page.file] = page
        else:
            faults.append((name, number))
    return pages


def _is_safe(name: str) -> bool:
    """Whether a name stays inside its folder, is a picture, and is not one of ours."""
    path = inside(name)
    return (
        path is not None
        and path.as_posix() == name
        and is_image_name(path.name)
        and not any(part.startswith(".") for part in path.parts)
    )


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise _not_a_package(path) from error
    except OSError as error:
        raise read_error(path, error) from error


def _read_manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(_member(archive, MANIFEST, path))
    except ValueError as error:
        raise _not_a_package(path) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("version"), int):
        raise _not_a_package(path)
    if manifest["version"] > VERSION:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file} was made by a newer version of OCR Studio."),
            QT_TRANSLATE_NOOP("Errors", "Update the program and open it again."),
            file=path,
        )
    return manifest


def _member(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise _not_a_package(path) from error
    if info.file_size > _MAX_LABELS:
        raise _not_a_package(path)
    with archive.open(info) as file:
        # the size in the directory may lie
        data = file.read(_MAX_LABELS + 1)
    if len(data) > _MAX_LABELS:
        raise _not_a_package(path)
    return data


def _extract(archive: zipfile.ZipFile, name: str, target: Path, left: int) -> int:
    """Writes a picture and returns how many bytes more may come."""
    make_folder(target.parent)
    try:
        return write_entry(archive.open(IMAGES + name), target, left)
    except OSError as error:
        raise write_error(target, error) from error


def _not_a_package(path: Path) -> FormatError:
    return FormatError(
        QT_TRANSLATE_NOOP("Errors", "{file} is not a project package."),
        QT_TRANSLATE_NOOP("Errors", "Choose a file made with “Project package”, or a colleague's project folder."),
        file=path,
    )
