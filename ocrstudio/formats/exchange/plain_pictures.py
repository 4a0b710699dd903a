"""Pictures without labels, from a folder or an archive: they only go into the project."""

from __future__ import annotations

from collections.abc import Iterator

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.values import FoundPage
from ocrstudio.formats.images import image_size, is_image_name


def detect(place: Place) -> bool:
    """Whether there are pictures; asked last, as most labels lie beside some."""
    return any(is_image_name(file.name) for file in place.files)


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page without boxes for each picture; those that cannot be opened are told."""
    files = [file for file in reading.place.files if is_image_name(file.name)]
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        try:
            image_size(file)
        except StudioError as error:
            # the message itself names the file
            reading.trouble("", 0, error.what, error.remedy, **{**error.values, "file": reading.name(file)})
            continue
        yield FoundPage(reading.name(file), (), picture=file, file=reading.name(file))
