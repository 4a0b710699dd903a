"""YOLO-OBB and DOTA: four corners and a class for each box; neither holds texts.

YOLO-OBB (`labels/<stem>.txt`): `class x1 y1 x2 y2 x3 y3 x4 y4`, corners as shares of the picture's width and height.
Plain YOLO (`class cx cy w h`) and YOLO's polygons are read too. DOTA (`labelTxt/<stem>.txt`): corners in pixels, then
the class's name and 1 for difficult ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, Point
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import Reading, checked_number
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, unique_stems

TEXT_CLASS = "text"
_YOLO_LINE = re.compile(r"^\s*\d+(?:\s+[-+.\deE]+){4,}\s*$")
_DOTA_LINE = re.compile(r"^\s*[-+.\deE]+(?:\s+[-+.\deE]+){7}\s+(\S.*?)(?:\s+([01]))?\s*$")
_DOTA_HEADER = re.compile(r"^\s*(?:imagesource|gsd)\s*:", re.IGNORECASE)
_NOT_LABELS = frozenset(
    {"classes.txt", "requirements.txt", "readme.txt", "train.txt", "val.txt", "test.txt", "obj.names"}
)

NOT_YOLO = QT_TRANSLATE_NOOP("Errors", "The line is not a class and the corners of a box as numbers.")
NOT_DOTA = QT_TRANSLATE_NOOP("Errors", "The line is not eight numbers, a class and 0 or 1.")
NOT_A_SHARE = QT_TRANSLATE_NOOP(
    "Errors", "The corners are not shares of the picture between 0 and 1; the box is left out."
)


def detect_yolo(place: Place) -> bool:
    """Whether there are text files of classes and normalised corners."""
    for file in _label_files(place)[:20]:
        line = _first_line(place, file)
        if _YOLO_LINE.match(line) and all(abs(float(value)) <= 2 for value in line.split()[1:] if _is_float(value)):
            return True
    return False


def detect_dota(place: Place) -> bool:
    """Whether there are text files of corners in pixels and a class's name."""
    return any(_DOTA_LINE.match(_first_line(place, file)) for file in _label_files(place)[:20])


def _label_files(place: Place) -> list[Path]:
    return [file for file in place.with_ending(".txt") if file.name.lower() not in _NOT_LABELS]


def _first_line(place: Place, file: Path) -> str:
    lines = (line.rstrip("\r") for line in place.head(file).split("\n"))
    return next((line for line in lines if line.strip() and not _DOTA_HEADER.match(line)), "")


def _is_float(value: str) -> bool:
    return checked_number(value) is not None


def read_yolo(reading: Reading) -> Iterator[FoundPage]:
    """The pages of YOLO's label files; the pictures' sizes are needed."""
    names = _class_names(reading)
    files = _label_files(reading.place)
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        lines = reading.lines(file)
        size = reading.size(file.stem, file) if lines else None
        if lines and size is None:
            continue
        boxes = [box for number, line in lines if size and (box := _yolo_box(reading, file, number, line, size, names))]
        yield FoundPage(
            file.stem, tuple(boxes), size=size, picture=reading.picture(file.stem, file), file=reading.name(file)
        )


def _yolo_box(
    reading: Reading, file: Path, number: int, line: str, size: tuple[int, int], names: dict[int, str]
) -> Box | None:
    parts = line.split()
    values = [checked_number(part) for part in parts[1:]]
    if not parts[0].isdecimal() or len(parts[0]) > 6 or None in values or len(values) < 4:
        reading.trouble(file, number, NOT_YOLO)
        return None
    numbers = [value for value in values if value is not None]
    if any(not -1 <= value <= 2 for value in numbers[:8]):
        reading.trouble(file, number, NOT_A_SHARE)
        return None
    if len(numbers) in (4, 5):  # the fifth is a score
        x, y, width, height = numbers[:4]
        pairs = [(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]
    else:
        pairs = [(numbers[place], numbers[place + 1]) for place in range(0, len(numbers) - 1, 2)]
    scaled = [(round(x * size[0], 2), round(y * size[1], 2)) for x, y in pairs]
    points = reading.points(scaled, file, number)
    if points is None:
        return None
    name = names.get(int(parts[0]), "")
    return Box(points, touched=True, extra=_class_extra(name))


def _class_extra(name: str) -> MappingProxyType[str, str]:
    return MappingProxyType({"key_cls": name} if name and name.casefold() != TEXT_CLASS else {})


def _class_names(reading: Reading) -> dict[int, str]:
    """Names from `classes.txt` or `data.yaml`, which may also lie one folder higher."""
    for file in reading.place.named("classes.txt", "obj.names"):
        return {number: line.strip() for number, (_, line) in enumerate(reading.lines(file))}
    for file in reading.place.with_ending(".yaml", ".yml"):
        names = _yaml_names(reading, file)
        if names:
            return names
    return {}


def _yaml_names(reading: Reading, file: Path) -> dict[int, str]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe", pure=True).load(reading.text(file) or "")
    except (YAMLError, ValueError, RecursionError):
        return {}
    names = content.get("names") if isinstance(content, dict) else None
    items = names.items() if isinstance(names, dict) else enumerate(names) if isinstance(names, list) else ()
    return {int(number): str(name) for number, name in items if isinstance(number, int)}


def read_dota(reading: Reading) -> Iterator[FoundPage]:
    """The pages of DOTA's label files."""
    files = _label_files(reading.place)
    for done, file in enumerate(files):
        reading.progress(done, len(files))
        lines = [(number, line) for number, line in reading.lines(file) if not _DOTA_HEADER.match(line)]
        boxes = [box for number, line in lines if (box := _dota_box(reading, file, number, line)) is not None]
        yield FoundPage(file.stem, tuple(boxes), picture=reading.picture(file.stem, file), file=reading.name(file))


def _dota_box(reading: Reading, file: Path, number: int, line: str) -> Box | None:
    match = _DOTA_LINE.match(line)
    if match is None:
        reading.trouble(file, number, NOT_DOTA)
        return None
    values = line.split()[:8]
    pairs = [(values[place], values[place + 1]) for place in range(0, 8, 2)]
    points = reading.points(pairs, file, number)
    if points is None:
        return None
    return Box(points, touched=True, difficult=match.group(2) == "1", extra=_class_extra(match.group(1)))


def write_yolo(sources: Iterable[SourcePage], job: Writing) -> None:
    """`labels/`, `images/` and `data.yaml` as Ultralytics' trainer reads them."""
    listed = list(sources)
    classes = _classes(listed)
    for source, stem in _with_stems(listed, job):
        size = job.size(source)
        if size is None:
            continue
        lines = []
        for box, quad in _quads(source, job):
            shares = [f"{value:.6f}" for x, y in quad for value in (x / size[0], y / size[1])]
            lines.append(f"{classes[box.key_class or TEXT_CLASS]} {' '.join(shares)}\n")
        job.put(f"labels/{stem}.txt", "".join(lines))
        job.done(source, len(lines))
    names = "".join(f"  {number}: {_quoted(name)}\n" for name, number in classes.items())
    job.put("data.yaml", f"path: .\ntrain: images\nval: images\nnames:\n{names}")
    job.put("classes.txt", "".join(f"{job.line(name)}\n" for name in classes))


def write_dota(sources: Iterable[SourcePage], job: Writing) -> None:
    """`labelTxt/` and `images/`."""
    for source, stem in _with_stems(list(sources), job):
        lines = []
        for box, quad in _quads(source, job):
            numbers = " ".join(f"{value:.1f}" for point in quad for value in point)
            name = "-".join(job.line(box.key_class).split()) or TEXT_CLASS
            lines.append(f"{numbers} {name} {int(box.difficult)}\n")
        job.put(f"labelTxt/{stem}.txt", "".join(lines))
        job.done(source, len(lines))


def _quads(source: SourcePage, job: Writing) -> Iterator[tuple[Box, tuple[Point, ...]]]:
    job.no_texts(source.page.boxes)
    for box in source.page.boxes:
        quad = job.quad(box)
        if quad is not None:
            yield box, quad


def _with_stems(sources: list[SourcePage], job: Writing) -> Iterator[tuple[SourcePage, str]]:
    """Labels are found by the stem of the picture, so two pictures never share one."""
    stems = unique_stems([source.page.file for source in sources])
    for source in sources:
        stem = stems[source.page.file]
        if job.pictures == "copy":
            job.picture(source, name=f"{stem}{source.path.suffix}")
        yield source, stem


def _classes(sources: Iterable[SourcePage]) -> dict[str, int]:
    found = sorted({box.key_class for source in sources for box in source.page.boxes} - {"", TEXT_CLASS})
    return {name: number for number, name in enumerate([TEXT_CLASS, *found])}


def _quoted(name: str) -> str:
    import json

    return json.dumps(name)  # a YAML double-quoted scalar knows all escapes of JSON
