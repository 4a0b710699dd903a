"""The lines of pages as pictures of their own, for formats that hold nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, unique_stems

# No list can hold them, and nobody sees them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Without loss: the pages are mostly JPEG already.
CROP_ENDING = ".png"

NO_LINE = QT_TRANSLATE_NOOP("Errors", "The picture {image} was not found; the line is left out.")
EMPTY_TEXT = QT_TRANSLATE_NOOP("Errors", "The text of {image} is empty; the line comes in without one.")
TYPE_IT = QT_TRANSLATE_NOOP("Errors", "Type it on the Annotate page, or remove the line.")
TWICE_SAME = QT_TRANSLATE_NOOP("Errors", "{image} is listed a second time with the same text; it comes in once.")
TWICE_OTHER = QT_TRANSLATE_NOOP(
    "Errors", "{image} is listed a second time with another text, {text}; the first is taken."
)
CONTROLS = QT_TRANSLATE_NOOP("Errors", "{count} control characters in the text of {image} are left out.")
COMPARE_PICTURE = QT_TRANSLATE_NOOP("Errors", "Compare it with its picture.")
COMPARE = QT_TRANSLATE_NOOP("Errors", "Look which of the two is right.")


@dataclass(frozen=True)
class LineCrop:
    """One line: a file name that no other line of the export has, the text, and the encoded picture."""

    name: str
    text: str
    data: bytes


def crops(sources: Iterable[SourcePage], job: Writing) -> Iterator[LineCrop]:
    """The readable lines of all pages, cut out as training cuts them; what cannot be cut is told."""
    from ocrstudio.formats.crops import crop_box, encode_image, read_image
    from ocrstudio.formats.dataset import training_lines

    listed = list(sources)
    stems = unique_stems([source.page.file for source in listed])
    for source in listed:
        lines = list(training_lines(source.page))
        written = 0
        if lines:
            try:
                image = read_image(source.path)
            except StudioError as error:
                job.trouble(source.page.file, error.what, error.remedy, **error.values)
                lines = []
        for index, box, text in lines:
            try:
                data = encode_image(crop_box(image, box), CROP_ENDING)
            except StudioError as error:
                job.trouble(source.page.file, error.what, error.remedy, **error.values)
                continue
            written += 1
            yield LineCrop(f"{stems[source.page.file]}_{index:04d}{CROP_ENDING}", job.utf8(text), data)
        job.done(source, written)


class LineList:
    """Lines that are pictures of their own, as lists name them; what is not as it should be is told with its row.

    Args:
        reading: The source.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._seen: dict[str, tuple[str, Path]] = {}

    def page(self, file: Path, row: int, name: str, text: str) -> FoundPage | None:
        """A page for a row; None if its picture is not there or was listed before."""
        reading = self._reading
        if name in self._seen:
            self._tell_second(file, row, name, text)
            return None
        self._seen[name] = (text, file)
        text, count = _CONTROLS.subn("", text)
        if count:
            reading.trouble(file, row, CONTROLS, COMPARE_PICTURE, image=name, count=count)
        page = whole_picture(reading, name, text, reading.name(file), row)
        if page is not None and not text.strip():
            reading.trouble(file, row, EMPTY_TEXT, TYPE_IT, image=name)
        return page

    def _tell_second(self, file: Path, row: int, name: str, text: str) -> None:
        earlier_text, earlier_file = self._seen[name]
        if text != earlier_text:
            self._reading.trouble(file, row, TWICE_OTHER, COMPARE, image=name, text=text)
        elif file == earlier_file:  # PaddleX's train.txt and val.txt may share a line
            self._reading.trouble(file, row, TWICE_SAME, image=name)


def whole_picture(reading: Reading, name: str, text: str, file: str, line: int = 0) -> FoundPage | None:
    """A page for a line that is a picture of its own: one box around all of it; None if the picture is not there."""
    from ocrstudio.core.page import Box
    from ocrstudio.core.shaping import rectangle

    size = reading.size(name, file, line, NO_LINE)
    if size is None:
        return None
    box = Box(rectangle((0.0, 0.0), (float(size[0]), float(size[1]))), text, touched=True)
    return FoundPage(name, (box,), size, picture=reading.picture(name, file, line), file=file, line=line)
