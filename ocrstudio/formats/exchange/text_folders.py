"""Pictures of lines in folders that are named by their text: `合计/1.png`, `合计/2.png`, `Total/a.jpg`.

Nothing in such a folder says what it is, and folders of pages look the same; hence it is never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.exchange.line_crops import whole_picture
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.texts import safe_name
from ocrstudio.formats.exchange.values import FoundPage
from ocrstudio.formats.images import is_image_name

NO_FOLDER = QT_TRANSLATE_NOOP("Errors", "The picture lies in no folder that says its text; it is left out.")
NO_PICTURES = QT_TRANSLATE_NOOP("Errors", "There is no picture in it.")


def detect(place: Place) -> bool:
    """Never: the user says that it is so."""
    return False


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page for each picture, called `<folder>_<file>`.

    `%2F` and the like in a folder's name stand for what no name can hold.
    """
    root = reading.place.root.resolve()
    files = [file for file in reading.place.files if is_image_name(file.name)]
    if not files:
        reading.trouble(root, 0, NO_PICTURES)
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
        folder = name.rpartition("/")[0].rpartition("/")[2]
        if not folder:
            reading.trouble(file, 0, NO_FOLDER)
            continue
        page = whole_picture(reading, name, unquote(folder), name)
        if page is not None:
            # the same names come again in every folder, so the picture goes along under another one
            called = safe_name(name.replace("/", "_"))
            yield replace(page, image=called, picture=file, target=called)
