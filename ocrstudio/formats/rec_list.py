"""PaddleOCR's recognition lists: `<image path> TAB <text>`, one line per crop."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError, FormatError
from ocrstudio.formats.atomic import read_bytes, write_atomic

# What stands behind the tab in a detection list.
_OF_BOXES = re.compile(r'\[\s*\{\s*"(transcription|points)"\s*:')


@dataclass(frozen=True)
class Sample:
    """One line to learn or to measure.

    Attributes:
        image: The crop.
        text: What stands on it.
        source: The list it came from, for messages; None if it came from none.
        line: Its line there, from 1.
    """

    image: Path
    text: str
    source: Path | None = field(default=None, compare=False)
    line: int = field(default=0, compare=False)


def read_rec_list(list_file: Path, data_dir: Path) -> list[Sample]:
    """Reads a recognition list.

    A JSON list in place of the path (several pictures of one text) gives one sample each. Blank lines are skipped.

    Args:
        list_file: The list, UTF-8.
        data_dir: Folder the paths are relative to; absolute ones stay as they are.

    Raises:
        ProjectError: If the list cannot be read.
        FormatError: If a line breaks the format; names file and line. Whether the images exist is not looked at.
    """
    samples: list[Sample] = []
    for line, raw in enumerate(read_bytes(list_file).split(b"\n"), start=1):
        try:
            text = raw.decode("utf-8-sig" if line == 1 else "utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            raise FormatError(
                QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the line is not UTF-8 text."),
                QT_TRANSLATE_NOOP("Errors", "Save the list as UTF-8."),
                file=list_file,
                line=line,
            ) from error
        if text.strip():
            samples += _read_line(text, list_file, line, data_dir)
    return samples


def read_lines(list_files: Sequence[str | Path], data_dir: str | Path, *, look: bool = True) -> list[Sample]:
    """Reads recognition lists.

    Args:
        list_files: The lists.
        data_dir: What their paths are relative to.
        look: Refuse lists whose pictures are not there.

    Raises:
        ProjectError: If a list cannot be read.
        FormatError: If a list is malformed, or one of pages with their boxes.
        EngineError: If the lists hold no line, or a picture is missing.
    """
    samples = [sample for name in list_files for sample in read_rec_list(Path(name), Path(data_dir))]
    page = next((sample for sample in samples if _OF_BOXES.match(sample.text)), None)
    if page is not None:
        what = QT_TRANSLATE_NOOP(
            "Errors", "{file}, line {line}: a page with its boxes; a list of text lines is needed."
        )
        remedy = QT_TRANSLATE_NOOP("Errors", "Name a list such as rec/val.txt; det/val.txt is for detection.")
        raise FormatError(what, remedy, file=page.source, line=page.line)
    if not samples:
        what = QT_TRANSLATE_NOOP("Errors", "{file} lists no text lines.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Check some pages on the Annotate page and split the project again.")
        raise EngineError(what, remedy, file=", ".join(str(name) for name in list_files))
    missing = [sample for sample in samples if not sample.image.is_file()] if look else []
    if missing:
        what = QT_TRANSLATE_NOOP(
            "Errors", "{file}, line {line}: the picture {picture} does not exist, nor do {count} others."
        )
        if len(missing) == 1:
            what = QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the picture {picture} does not exist.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Split the project again, or correct data_dir in the config.")
        place = {"file": missing[0].source, "line": missing[0].line, "picture": missing[0].image}
        raise EngineError(what, remedy, count=len(missing) - 1, **place)
    return samples


def _read_line(text: str, list_file: Path, line: int, data_dir: Path) -> list[Sample]:
    parts = text.split("\t")
    if len(parts) != 2:
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: expected one tab between image and text, found {count}."),
            QT_TRANSLATE_NOOP("Errors", "Write the image's path, one tab, then the text."),
            file=list_file,
            line=line,
            count=len(parts) - 1,
        )
    image, label = parts
    if not image.strip():
        raise FormatError(
            QT_TRANSLATE_NOOP("Errors", "{file}, line {line}: the image's path is missing."),
            QT_TRANSLATE_NOOP("Errors", "Write the image's path, one tab, then the text."),
            file=list_file,
            line=line,
        )
    return [Sample(data_dir / name, label, list_file, line) for name in _image_names(image)]


def _image_names(image: str) -> list[str]:
    if image.startswith("["):
        try:
            names = json.loads(image)
        except ValueError:
            return [image]
        if isinstance(names, list) and names and all(isinstance(name, str) for name in names):
            return names
    return [image]


def format_rec_line(image: PurePath | str, text: str) -> str:
    """One line of a list, line end included; the path with forward slashes.

    Raises:
        FormatError: If path or text hold a tab or line end, which would break the list.
    """
    name = image.as_posix() if isinstance(image, PurePath) else image
    for part in (name, text):
        if any(char in part for char in "\t\r\n"):
            raise FormatError(
                QT_TRANSLATE_NOOP("Errors", "A tab or line end cannot be written to a list: {text}"),
                QT_TRANSLATE_NOOP("Errors", "Take it out of the text or the file name."),
                text=repr(part),
            )
    return f"{name}\t{text}\n"


def write_rec_list(list_file: Path, lines: Iterable[tuple[str, str]]) -> None:
    """Writes (relative path, text) pairs as a recognition list.

    Raises:
        FormatError: If one of them holds a tab or line end.
        ProjectError: If the file cannot be written.
    """
    write_atomic(list_file, "".join(format_rec_line(image, text) for image, text in lines))
