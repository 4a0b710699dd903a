"""The lines of pages as pictures of their own, for formats that hold nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, unique_stems

# Without loss: the pages are mostly JPEG already.
CROP_ENDING = ".png"


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


def whole_picture(reading: Reading, name: str, text: str, file: str) -> FoundPage | None:
    """A page for a line that is a picture of its own: one box around all of it; None if the picture is not there."""
    from ocrstudio.core.page import Box
    from ocrstudio.core.shaping import rectangle

    size = reading.size(name, file)
    if size is None:
        return None
    box = Box(rectangle((0.0, 0.0), (float(size[0]), float(size[1]))), text, touched=True)
    return FoundPage(name, (box,), size, picture=reading.picture(name, file), file=file)
