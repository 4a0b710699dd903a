"""PaddleX's text_rec and PaddleOCR's recognition lists: `<picture of a line> TAB <text>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.formats.exchange.label_lists import divided
from ocrstudio.formats.exchange.line_crops import LineList, crops
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.tabular import detect_csv
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import PICTURE_DIR, Writing
from ocrstudio.formats.images import EXTENSIONS, is_image_name

# A line without its tab: the picture's name ends where its ending does.
_WITHOUT_TAB = re.compile(
    r"(?i)(?P<name>[^\t]*?(?:" + "|".join(re.escape(one) for one in sorted(EXTENSIONS)) + r"))[ ,;|\u3000]+(?P<text>.*)"
)
# So many lines tell what a file is, whatever is wrong with the first.
_LOOKS = 50

NOT_REC = QT_TRANSLATE_NOOP("Errors", "The line is not a picture, one tab and a text; it is left out.")
NO_TAB = QT_TRANSLATE_NOOP("Errors", "There is no tab after {image}; the line was read as its text all the same.")
USE_TABS = QT_TRANSLATE_NOOP("Errors", "PaddleOCR itself reads such a line only with a tab.")
MORE_TABS = QT_TRANSLATE_NOOP("Errors", "There is a second tab; only what is before it was taken, as PaddleOCR does.")


def detect(place: Place) -> bool:
    """Whether there are text files of pictures and texts."""
    return any(_is_list(place, file) for file in _candidates(place)[:20])


def _candidates(place: Place) -> list[Path]:
    """A single file may be called as it likes, unless its first line names the columns of a table."""
    if place.is_folder:
        return place.with_ending(".txt")
    return [] if detect_csv(place) else place.files


def _is_list(place: Place, file: Path) -> bool:
    """Whether the first lines begin with the name of a picture, and are no detection list.

    Most of them must; or half of those with a tab, for what has none is no other table either.
    """
    lines = [line for line in place.head(file).split("\n") if line.strip()][:_LOOKS]
    parts = [part for part in map(_parts, lines) if part is not None]
    labels = [text for _, text, _ in parts if text.lstrip().startswith("[{")]
    tabbed = [has_tab for _, _, has_tab in parts if has_tab]
    most = 2 * len(parts) > len(lines) or 2 * len(tabbed) > sum("\t" in line for line in lines)
    return most and 2 * len(labels) < len(parts)


def _parts(line: str) -> tuple[str, str, bool] | None:
    """(picture, text, whether a tab parts them); None if it is no such line."""
    name, tab, text = line.removesuffix("\r").partition("\t")
    if tab:
        return (name.strip(), text, True) if is_image_name(name.strip()) else None
    found = _WITHOUT_TAB.fullmatch(name.strip())
    return (found["name"], found["text"], False) if found else None


def read(reading: Reading) -> Iterator[FoundPage]:
    """One page for each line's picture; lines that are not as they should be are told with their row."""
    place, listed = reading.place, LineList(reading)
    for file in [file for file in _candidates(place) if not place.is_folder or _is_list(place, file)]:
        lines = reading.lines(file)
        for done, (number, line) in enumerate(lines):
            reading.progress(done, len(lines))
            parts = _parts(line)
            if parts is None:
                reading.trouble(file, number, NOT_REC)
                continue
            name, text, has_tab = parts
            text, second_tab, _ = text.partition("\t")
            page = listed.page(file, number, name, text)
            if page is None:
                continue
            if not has_tab:
                reading.trouble(file, number, NO_TAB, USE_TABS, image=name)
            if second_tab:
                reading.trouble(file, number, MORE_TABS)
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
