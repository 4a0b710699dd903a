"""PPOCRLabel's "Export Recognition Result": `rec_gt.txt` and `crop_img/`, without its faults.

Same names and layout. Unlike there, crops are never upside down, polygons do not end the export of their page, nobody's
placeholder is passed off as text, and `a.jpg` and `a.png` get different crops.

The work comes in three steps, so that the window can do the middle one on other threads: `export_item` takes from the
project what is needed, `export_page` cuts and writes one page, `finish` writes the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Page
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.crops import encode_image
from ocrstudio.formats.dataset import Skipped, crop_prefixes, cut_lines
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.store import ProjectStore

LIST_FILE = "rec_gt.txt"
CROP_DIR = "crop_img"
# OpenCV decodes and warps without holding Python's lock.
THREADS = 2


@dataclass
class RecExport:
    """What was written: pages and lines, and what was left out."""

    list_file: Path
    pages: int = 0
    lines: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True)
class ExportItem:
    """What the export of one page needs; nothing of it belongs to the project any more.

    Attributes:
        key: Of the page.
        file: Its path within the project.
        image: Where its picture is.
        page: Gives its boxes as they were when the item was made; may run on any thread.
    """

    key: str
    file: str
    image: Path
    page: Callable[[], Page]


@dataclass(frozen=True)
class ExportedPage:
    """The lines of `rec_gt.txt` for one page, and what was left out of it."""

    lines: tuple[tuple[str, str], ...] = ()
    skipped: tuple[Skipped, ...] = ()


def export_item(store: ProjectStore, key: str) -> ExportItem:
    """Takes one page from a project; costs next to nothing."""
    return ExportItem(key, store.file_of(key), store.image_path(key), store.snapshot(key))


def export_page(item: ExportItem, out: Path, prefix: str) -> ExportedPage:
    """Writes the crops of one page; may run on any thread.

    Args:
        item: The page.
        out: Folder that holds `crop_img`.
        prefix: Of its crops; see `crop_prefixes`.

    Raises:
        ProjectError: If a crop cannot be written. A picture that cannot be read is left out.
    """
    try:
        lines, skipped = cut_lines(item.page(), item.image)
    except StudioError as error:
        return ExportedPage(skipped=(Skipped(item.key, error.what, error.values),))
    listed = []
    for line in lines:
        name = f"{CROP_DIR}/{prefix}_crop_{line.index}.jpg"
        # a crop can be made again at any time; thousands of waits for the disk would take minutes
        write_atomic(out / name, encode_image(line.crop, ".jpg"), durable=False)
        listed.append((name, line.text))
    return ExportedPage(tuple(listed), tuple(skipped))


def finish(out: Path, pages: Iterable[ExportedPage]) -> RecExport:
    """Writes `rec_gt.txt` in one step; the earlier one stays until then.

    Raises:
        ProjectError: If it cannot be written.
    """
    result = RecExport(out / LIST_FILE)
    lines: list[tuple[str, str]] = []
    for page in pages:
        lines += page.lines
        result.skipped += page.skipped
        result.pages += bool(page.lines)
    write_rec_list(result.list_file, lines)
    result.lines = len(lines)
    return result


def export_recognition(
    store: ProjectStore, out: Path, progress: Callable[[int, int], None], keys: Sequence[str] | None = None
) -> RecExport:
    """Writes the crops and texts of pages.

    Args:
        store: The project; edits that are not saved yet count.
        out: Folder for `rec_gt.txt` and `crop_img/`; made if missing. Crops of the same name are replaced, others stay.
        progress: Called with (pages done, pages in all).
        keys: Pages in the order of the list; None takes all checked ones, in the order they were checked in.

    Raises:
        DatasetError: If there is no page to export.
        ProjectError: If a file cannot be written.
    """
    wanted = store.checked_order() if keys is None else list(keys)
    if not wanted:
        raise nothing_to_export(store.folder)
    prefixes = crop_prefixes(store.file_of(key) for key in store.keys)
    make_folder(out / CROP_DIR)
    written: list[ExportedPage] = []

    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for page in pool.map(
                lambda item: export_page(item, out, prefixes[item.file]), [export_item(store, key) for key in wanted]
            ):
                progress(len(written), len(wanted))
                written.append(page)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    result = finish(out, written)
    progress(len(wanted), len(wanted))
    return result


def nothing_to_export(folder: Path) -> DatasetError:
    """The error for a project without checked pages."""
    return DatasetError(
        QT_TRANSLATE_NOOP("Errors", "No page of {folder} is checked, so there is nothing to export."),
        QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first."),
        folder=folder,
    )
