"""PPOCRLabel's "Export Recognition Result": `rec_gt.txt` and `crop_img/`, without its faults.

Same names and layout. Unlike there, crops are never upside down, polygons do not end the export of their page, nobody's
placeholder is passed off as text, and `a.jpg` and `a.png` get different crops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.formats.atomic import make_folder, write_atomic
from ocrstudio.formats.crops import crop_quad, encode_image, read_image
from ocrstudio.formats.dataset import Skipped, crop_prefixes, training_lines
from ocrstudio.formats.rec_list import write_rec_list
from ocrstudio.formats.store import ProjectStore

LIST_FILE = "rec_gt.txt"
CROP_DIR = "crop_img"


@dataclass
class RecExport:
    """What was written: pages and lines, and what was left out."""

    list_file: Path
    pages: int = 0
    lines: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def export_recognition(store: ProjectStore, out: Path, progress: Callable[[int, int], None]) -> RecExport:
    """Writes the crops and texts of all checked pages.

    Args:
        store: The project; edits that are not saved yet count.
        out: Folder for `rec_gt.txt` and `crop_img/`; made if missing. Crops of the same name are replaced, others stay.
        progress: Called with (pages done, pages in all).

    Raises:
        DatasetError: If no page is checked.
        ProjectError: If a file cannot be written.
    """
    keys = store.checked_order()
    if not keys:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "No page of {folder} is checked, so there is nothing to export."),
            QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first."),
            folder=store.folder,
        )
    result = RecExport(out / LIST_FILE)
    prefixes = crop_prefixes(store.image_path(key).name for key in store.keys)
    make_folder(out / CROP_DIR)
    lines: list[tuple[str, str]] = []
    for done, key in enumerate(keys):
        progress(done, len(keys))
        found = _export_page(store, key, prefixes, out, result)
        result.pages += bool(found)
        lines += found
    write_rec_list(result.list_file, lines)
    result.lines = len(lines)
    progress(len(keys), len(keys))
    return result


def _export_page(
    store: ProjectStore, key: str, prefixes: dict[str, str], out: Path, result: RecExport
) -> list[tuple[str, str]]:
    page = store.page(key)
    wanted = list(training_lines(page))
    if not wanted:
        return []
    try:
        image = read_image(store.image_path(key))
    except StudioError as error:
        result.skipped.append(Skipped(key, error.what, error.values))
        return []
    lines = []
    for index, box, text in wanted:
        try:
            crop = crop_quad(image, box.points)
        except StudioError as error:
            result.skipped.append(Skipped(key, error.what, error.values))
            continue
        name = f"{CROP_DIR}/{prefixes[page.file]}_crop_{index}.jpg"
        write_atomic(out / name, encode_image(crop, ".jpg"))
        lines.append((name, text))
    return lines
