"""Labelled sets that a model is measured on: lists of crops, parts of datasets, checked pages of projects."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, GeometryError, StudioError
from ocrstudio.core.evaluation import MeasuredData, SetKind
from ocrstudio.core.geometry import quad_size
from ocrstudio.core.orientation import is_tall
from ocrstudio.core.page import Box, Orientation, Point
from ocrstudio.core.picture_rules import page_of
from ocrstudio.core.strips import outline
from ocrstudio.engine.prefetch import prefetched
from ocrstudio.formats.crops import crop_quad, read_image
from ocrstudio.formats.dataset import crop_prefixes, training_lines
from ocrstudio.formats.exchange.writing import relative
from ocrstudio.formats.images import image_size
from ocrstudio.formats.labelled_sets import filled_part
from ocrstudio.formats.rec_list import read_lines
from ocrstudio.formats.store import ProjectStore
from ocrstudio.paths import STATE_DIR

# Threads that decode pictures while the model reads earlier ones.
DECODERS = 2
Image = NDArray[np.uint8]


@dataclass(frozen=True)
class LabelledLine:
    """A line whose text is known; the attributes are those of `core.evaluation.LineReading`."""

    mark: str
    image: str
    truth: str
    page: str = ""
    points: tuple[Point, ...] = ()
    orientation: Orientation = Orientation.AUTO
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class CutLine:
    """A line with its picture, or why there is none."""

    line: LabelledLine
    crop: Image | StudioError


@dataclass(frozen=True)
class LabelledSet:
    """A set of lines and where it comes from."""

    data: MeasuredData
    lines: tuple[LabelledLine, ...]

    def cut(self, lines: list[LabelledLine]) -> Iterator[CutLine]:
        """Some of the lines with their pictures, in their order; those of one page must follow each other."""
        root = Path(self.data.root)
        jobs: list[Callable[[], list[CutLine]]] = []
        start = 0
        for place in range(1, len(lines) + 1):
            if place == len(lines) or not lines[place].points or lines[place].image != lines[start].image:
                jobs.append(partial(_cut, root, lines[start:place]))
                start = place
        for cut in prefetched(jobs, DECODERS):
            yield from cut


def open_set(place: Path, part: str = "", data_dir: Path | None = None) -> LabelledSet:
    """Opens a labelled set.

    Args:
        place: A recognition list, a dataset's folder, or a project's.
        part: Of a dataset: train, val or test; "" takes the first that holds lines of test, val and train.
        data_dir: What the paths of a list are relative to; None is its folder.

    Raises:
        StudioError: If it cannot be read or holds no line.
    """
    place = Path(place).absolute()
    if place.is_dir() and not (place / "rec").is_dir():
        return _checked_pages(place)
    if not place.is_dir():
        return _listed("list", place, "", place, data_dir or place.parent)
    chosen = part or filled_part(place / "rec")
    return _listed("dataset", place, chosen, place / "rec" / f"{chosen}.txt", place / "rec")


def _listed(kind: SetKind, place: Path, part: str, file: Path, root: Path) -> LabelledSet:
    lines = []
    origins = _origins(place) if kind == "dataset" else {}
    for sample in read_lines([file], root, look=False):
        image = relative(sample.image, root)
        page, at = origins.get((sample.image.stem, sample.text), (page_of(image), None))
        mark = _mark(image, *_stamp(sample.image))
        lines.append(LabelledLine(mark, image, sample.text, page, at=at))
    return _set(kind, place, part, root, lines)


def _origins(dataset: Path) -> dict[tuple[str, str], tuple[str, tuple[float, float] | None]]:
    """Where the crops of a project's own dataset were cut from, as far as its pages are still the same.

    Returns:
        (name of a crop, its text) to the page's key and the place on it.
    """
    if dataset.parent.parent.name != STATE_DIR:
        return {}
    try:
        store = ProjectStore.open(dataset.parent.parent.parent)
    except StudioError:
        return {}
    found: dict[tuple[str, str], tuple[str, tuple[float, float] | None]] = {}
    try:
        prefixes = crop_prefixes(store.file_of(key) for key in store.keys)
        for key in store.keys:
            lines = list(training_lines(store.page(key)))
            try:
                size = image_size(store.image_path(key)) if lines else (1, 1)
            except StudioError:
                continue
            for index, box, text in lines:
                found[f"{prefixes[store.file_of(key)]}_{index}", text] = (key, _middle(box.points, *size))
    finally:
        store.close()
    return found


def _middle(points: tuple[Point, ...], width: int, height: int) -> tuple[float, float]:
    """The middle of a line as shares of its page's width and height."""
    across, down = np.clip(np.mean(np.array(points), axis=0) / (width, height), 0, 1)
    return float(across), float(down)


def _checked_pages(folder: Path) -> LabelledSet:
    store = ProjectStore.open(folder)
    lines: list[LabelledLine] = []
    try:
        for key in store.checked_order():
            file, stamp = store.file_of(key), _stamp(store.image_path(key))
            for _, box, text in training_lines(store.page(key)):
                mark = _mark(file, *stamp, repr(box.points), box.orientation.value, _deciding(box))
                lines.append(LabelledLine(mark, file, text, key, box.points, box.orientation))
    finally:
        store.close()
    if not lines:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "No page of {folder} is checked, so there are no lines to measure on."),
            QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first."),
            folder=folder,
        )
    return _set("project", store.folder, "", store.folder, lines)


def _stamp(picture: Path) -> tuple[str, ...]:
    """Tells a picture from one that takes its place later; nothing if it is not there."""
    try:
        status = picture.stat()
    except OSError:
        return ()
    return str(status.st_size), str(status.st_mtime_ns)


def _deciding(box: Box) -> str:
    """The text of a box if it decides how the box is cut out (`core.orientation.turns`)."""
    try:
        return box.text if is_tall(*quad_size(outline(list(box.points)))) else ""
    except GeometryError:
        return ""


def _cut(root: Path, lines: list[LabelledLine]) -> list[CutLine]:
    """On a thread: the lines of one picture."""
    try:
        image = read_image(root / lines[0].image)
    except StudioError as error:
        return [CutLine(line, error) for line in lines]
    found: list[CutLine] = []
    for line in lines:
        if not line.points:
            found.append(CutLine(line, image))
            continue
        placed = replace(line, at=_middle(line.points, image.shape[1], image.shape[0]))
        try:
            found.append(CutLine(placed, crop_quad(image, line.points, line.truth, line.orientation)))
        except StudioError as error:
            found.append(CutLine(placed, error))
    return found


def _set(kind: SetKind, place: Path, part: str, root: Path, lines: list[LabelledLine]) -> LabelledSet:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line.mark}\t{line.truth}\n".encode("utf-8", "surrogatepass"))
    return LabelledSet(MeasuredData(kind, str(place), part, str(root), digest.hexdigest()), tuple(lines))


def _mark(*facts: str) -> str:
    return hashlib.blake2b("\n".join(facts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
