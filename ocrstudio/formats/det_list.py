"""PaddleOCR's detection lists: `<image path> TAB <JSON list of boxes>`, one page a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, FormatError, StudioError
from ocrstudio.core.page import Box, Point
from ocrstudio.formats import ppocr_label
from ocrstudio.formats.atomic import read_bytes

# Texts that stand for "there is text, but leave it out" (PaddleOCR, DetLabelEncode).
IGNORED_TEXTS = frozenset({"###", "*"})

WRITE_TAB = QT_TRANSLATE_NOOP("Errors", "Write the image's path, one tab, then the list of boxes.")


@dataclass(frozen=True)
class PageSample:
    """One page to learn or to measure.

    Attributes:
        image: The picture.
        polygons: Outlines of its texts in pixels, at least three points each.
        ignored: One per polygon: neither learned nor measured.
        list_file: Where the page is listed.
        line: The line there, from 1.
    """

    image: Path
    polygons: tuple[tuple[Point, ...], ...]
    ignored: tuple[bool, ...]
    list_file: Path
    line: int


def read_det_list(list_file: Path, data_dir: Path) -> list[PageSample]:
    """Reads a detection list.

    Blank lines are skipped; `[]` is a page without text. Two points are the opposite corners of a rectangle, as
    everywhere in the program.

    Args:
        list_file: The list, UTF-8, with or without a byte order mark, any line ends.
        data_dir: Folder the paths are relative to; absolute ones stay as they are.

    Raises:
        ProjectError: If the list cannot be read.
        FormatError: If a line breaks the format or its picture does not exist; names file and line.
    """
    samples = []
    for label in ppocr_label.read_lines(read_bytes(list_file)):
        if label.fault != ppocr_label.EMPTY:
            samples.append(_read_page(label, list_file, data_dir))
    return samples


def _read_page(label: ppocr_label.LabelLine, list_file: Path, data_dir: Path) -> PageSample:
    place = {"file": list_file, "line": label.number}
    if label.fault == ppocr_label.NOT_UTF8:
        what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is not UTF-8 text.")
        raise FormatError(what, QT_TRANSLATE_NOOP("Errors", "Save the list as UTF-8."), **place)
    if label.key is None:
        what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: there is no tab between image and boxes.")
        raise FormatError(what, WRITE_TAB, **place)
    if not label.key.strip():
        what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the image's path is missing.")
        raise FormatError(what, WRITE_TAB, **place)
    try:
        boxes = ppocr_label.parse_boxes(label.payload, touched=False)
    except ppocr_label.LineError as error:
        what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the boxes cannot be read ({reason}).")
        remedy = QT_TRANSLATE_NOOP(
            "Errors", 'Behind the tab there must be JSON: [{{"transcription": "text", "points": [[x, y], ...]}}].'
        )
        raise FormatError(what, remedy, reason=error, **place) from error
    image = data_dir / label.key
    if not image.is_file():
        what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture {picture} does not exist.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Correct the path in the list, or data_dir in the config.")
        raise FormatError(what, remedy, picture=image, **place)
    return PageSample(image, tuple(box.points for box in boxes), tuple(map(is_ignored, boxes)), list_file, label.number)


def is_ignored(box: Box) -> bool:
    """Whether a box is marked as neither to be learned nor to be measured."""
    return box.text in IGNORED_TEXTS


def unusable(sample: PageSample, error: StudioError) -> FormatError:
    """The failure to read a page's picture, with the place where it is listed."""
    what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture cannot be used ({reason}).")
    remedy = QT_TRANSLATE_NOOP("Errors", "Replace the picture, or take the line out of the list.")
    return FormatError(what, remedy, file=sample.list_file, line=sample.line, reason=error.text())
