"""ICDAR's text files: one for each picture, named `gt_<stem>.txt` (results: `res_<stem>.txt`).

2015 (incidental scenes): `x1,y1,x2,y2,x3,y3,x4,y4,text`; the text runs to the end of the line, commas included, and
`###` means "ignore". 2013 (focused scenes): `left, top, right, bottom, "text"`, in its training set with spaces in
place of the commas; a quotation mark inside the text is written `\\"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, text_of, unique_stems

_NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
_QUAD = re.compile(rf"^\s*({_NUMBER}(?:\s*,\s*{_NUMBER}){{7}})\s*(?:,(.*))?$", re.DOTALL)
_RECTANGLE = re.compile(rf'^\s*({_NUMBER}(?:\s*[,\s]\s*{_NUMBER}){{3}})\s*[,\s]\s*"(.*)"\s*$', re.DOTALL)
_SPLIT = re.compile(r"[,\s]+")
_PREFIX = re.compile(r"^(?:gt|res)_", re.IGNORECASE)

NOT_ICDAR = QT_TRANSLATE_NOOP(
    "Errors", "The line is neither eight numbers and a text nor four numbers and a text in quotes."
)
MEND_LINE = QT_TRANSLATE_NOOP("Errors", 'Write x1,y1,x2,y2,x3,y3,x4,y4,text or left, top, right, bottom, "text".')


def detect(place: Place) -> bool:
    """Whether there are text files whose first line is ICDAR's."""
    for file in place.with_ending(".txt")[:20]:
        first = next((line for line in place.head(file).split("\n") if line.strip()), "").rstrip("\r")
        if _QUAD.match(first) or _RECTANGLE.match(first):
            return True
    return False


def read(reading: Reading) -> Iterator[FoundPage]:
    """The pages of ICDAR's text files, 2013's and 2015's."""
    files = reading.place.with_ending(".txt")
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        boxes = [box for number, line in reading.lines(file) if (box := _box(reading, file, number, line)) is not None]
        image = _PREFIX.sub("", file.stem)
        yield FoundPage(image, tuple(boxes), picture=reading.picture(image, file), file=reading.name(file))


def _box(reading: Reading, file: Path, number: int, line: str) -> Box | None:
    rectangle = _RECTANGLE.match(line)
    quad = _QUAD.match(line)
    if quad is not None:
        values = _SPLIT.split(quad.group(1))
        pairs = [(values[place], values[place + 1]) for place in range(0, 8, 2)]
        text = quad.group(2) or ""
    elif rectangle is not None:
        left, top, right, bottom = _SPLIT.split(rectangle.group(1))
        pairs = [(left, top), (right, bottom)]
        text = rectangle.group(2).replace('\\"', '"')
    else:
        reading.trouble(file, number, NOT_ICDAR, MEND_LINE)
        return None
    points = reading.points(pairs, file, number)
    return Box(points, text, touched=True) if points is not None else None


def write_2015(sources: Iterable[SourcePage], job: Writing) -> None:
    """Four corners in whole pixels and the text."""
    for source, stem in _with_stems(sources):
        boxes = [(box, quad) for box in source.page.boxes if (quad := job.quad(box)) is not None]
        lines = [
            ",".join(f"{round(value)}" for point in quad for value in point) + f",{job.line(text_of(box))}\n"
            for box, quad in boxes
        ]
        _put(job, source, stem, lines)


def write_2013(sources: Iterable[SourcePage], job: Writing) -> None:
    """Left, top, right, bottom in whole pixels and the text in quotes."""
    for source, stem in _with_stems(sources):
        lines = []
        for box in source.page.boxes:
            numbers = ", ".join(f"{round(value)}" for value in job.rectangle(box))
            text = job.line(text_of(box)).replace('"', '\\"')
            lines.append(f'{numbers}, "{text}"\n')
        _put(job, source, stem, lines)


def _with_stems(sources: Iterable[SourcePage]) -> Iterator[tuple[SourcePage, str]]:
    listed = list(sources)
    stems = unique_stems([source.page.file for source in listed])
    for source in listed:
        yield source, stems[source.page.file]


def _put(job: Writing, source: SourcePage, stem: str, lines: list[str]) -> None:
    if job.pictures == "copy":
        job.picture(source, name=f"{stem}{source.path.suffix}")
    job.no_keys(source.page.boxes)
    job.put(f"gt_{stem}.txt", "".join(lines))
    job.done(source, len(lines))
