"""Labelled pages that a detector is measured on: detection lists, parts of datasets, checked pages of projects."""

from __future__ import annotations

from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.formats.det_list import PageSample, is_ignored, read_det_list
from ocrstudio.formats.labelled_sets import filled_part
from ocrstudio.formats.store import ProjectStore


def open_pages(place: Path, part: str = "", data_dir: Path | None = None) -> list[PageSample]:
    """The pages of a labelled set for detection.

    Args:
        place: A detection list, a dataset's folder, or a project's.
        part: Of a dataset: train, val or test; "" takes the first that holds pages of test, val and train.
        data_dir: What the paths of a list are relative to; None is its folder.

    Raises:
        StudioError: If it cannot be read or holds no page.
    """
    place = Path(place).absolute()
    file, root = place, data_dir or place.parent
    if place.is_dir() and (place / "det").is_dir():
        chosen = part or filled_part(place / "det")
        file, root = place / "det" / f"{chosen}.txt", place / "det"
    pages = _pages_of_project(place) if file.is_dir() else read_det_list(file, root)
    if not pages:
        what = QT_TRANSLATE_NOOP("Errors", "There are no labelled pages in {file}.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first.")
        raise DatasetError(what, remedy, file=file)
    return pages


def _pages_of_project(folder: Path) -> list[PageSample]:
    store = ProjectStore.open(folder)
    try:
        return [
            PageSample(
                store.image_path(key),
                tuple(box.points for box in store.page(key).boxes),
                tuple(map(is_ignored, store.page(key).boxes)),
                store.folder,
                0,
            )
            for key in store.checked_order()
        ]
    finally:
        store.close()
