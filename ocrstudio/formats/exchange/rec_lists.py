"""PaddleX's text_rec and PaddleOCR's recognition lists: `<picture of a line> TAB <text>`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.exchange.label_lists import divided
from ocrstudio.formats.exchange.line_crops import crops, whole_picture
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import PICTURE_DIR, Writing
from ocrstudio.formats.images import is_image_name

NOT_REC = QT_TRANSLATE_NOOP("Errors", "The line is not a picture, one tab and a text; it is left out.")


def detect(place: Place) -> bool:
    """Whether there are text files of pictures and texts."""
    return any(_is_list(place, file) for file in place.with_ending(".txt")[:20])


def _is_list(place: Place, file: Path) -> bool:
    first = next((line for line in place.head(file).split("\n") if line.strip()), "")
    name, tab, text = first.partition("\t")
    return bool(tab) and is_image_name(name.strip()) and not text.lstrip().startswith("[{")


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page for each line's picture."""
    files = [file for file in reading.place.with_ending(".txt") if _is_list(reading.place, file)]
    seen: set[str] = set()
    for file in files:
        lines = reading.lines(file)
        for done, (number, line) in enumerate(lines):
            reading.progress(done, len(lines))
            name, tab, text = line.partition("\t")
            if not tab or not name.strip():
                reading.trouble(file, number, NOT_REC)
                continue
            if name in seen:
                continue  # PaddleX's train.txt and val.txt share a lonely line
            seen.add(name)
            page = whole_picture(reading, name, text, reading.name(file))
            if page is not None:
                yield page


def write_paddlex(sources: Iterable[SourcePage], job: Writing) -> None:
    """PaddleX's text_rec: `images/`, `train.txt`, `val.txt`, `dict.txt`; every tenth line is for validation."""
    lines: list[bytes] = []
    characters: set[str] = set()
    for crop in crops(sources, job):
        job.put(f"{PICTURE_DIR}/{crop.name}", crop.data)
        lines.append(f"{PICTURE_DIR}/{crop.name}\t{crop.text}\n".encode())
        characters |= set(crop.text)
    train, val = divided(lines)
    job.put("train.txt", b"".join(train))
    job.put("val.txt", b"".join(val))
    job.put("dict.txt", "".join(f"{character}\n" for character in sorted(characters - {" "})))
