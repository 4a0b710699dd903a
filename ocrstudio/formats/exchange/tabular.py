"""Lines as rows: CSV for spreadsheets, JSON lines for scripts. Both hold everything that a box has."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box, PageState
from ocrstudio.formats.exchange.line_crops import LineList
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_score, checked_text
from ocrstudio.formats.exchange.texts import number, plain
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, text_of
from ocrstudio.formats.images import is_image_name

CSV_FILE = "lines.csv"
JSONL_FILE = "lines.jsonl"
_COLUMNS = ("image", "index", "text", "score", "points", "key_cls", "touched", "state", "note")
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take the file for the system's old encoding

# What others call the two columns that a table of line pictures has.
_IMAGE_COLUMNS = ("image", "filename", "file_name", "file", "image_path", "path", "img", "picture")
_TEXT_COLUMNS = ("text", "label", "transcription", "ground_truth", "gt", "words")

NO_COLUMNS = QT_TRANSLATE_NOOP(
    "Errors", "The first line does not name the columns image and points, or image and text."
)
NO_PICTURE = QT_TRANSLATE_NOOP("Errors", "The row names no picture; it is left out.")
NOT_ROW = QT_TRANSLATE_NOOP("Errors", "The line is not an object of a picture, points and a text; it is left out.")
BROKEN_CSV = QT_TRANSLATE_NOOP("Errors", "The table cannot be read ({reason}).")


def detect_csv(place: Place) -> bool:
    """Whether there is a CSV file with our columns, or with pictures of lines and their texts."""
    for file in place.with_ending(".csv")[:20]:
        first = place.head(file).partition("\n")[0].removesuffix("\r")
        names = _split(first)
        if {"image", "points"} <= set(names) or _line_columns(names) is not None:
            return True
    return False


def _split(first: str) -> list[str]:
    """The cells of a table's first line."""
    return next(csv.reader([first], delimiter=_separator(first)), [])


def _separator(first: str) -> str:
    return max(",;\t", key=first.count)


def _line_columns(names: list[str]) -> tuple[int, int, bool] | None:
    """(place of the picture, place of the text, whether the first line names them) of a table of line pictures."""
    called = [name.strip().lower() for name in names]
    image = next((called.index(name) for name in _IMAGE_COLUMNS if name in called), None)
    text = next((called.index(name) for name in _TEXT_COLUMNS if name in called), None)
    if image is not None and text is not None:
        return image, text, True
    return (0, 1, False) if len(names) > 1 and is_image_name(names[0].strip()) else None


def detect_jsonl(place: Place) -> bool:
    """Whether there is a file of JSON lines with pictures and points."""
    return any(
        '"image"' in head and '"points"' in head
        for head in (place.head(file).partition("\n")[0] for file in place.with_ending(".jsonl")[:20])
    )


@dataclass
class _Pages:
    """Rows gathered by page, in the order in which pages first appear."""

    reading: Reading
    file: Path
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    states: dict[str, PageState] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, line: int, row: dict[str, Any]) -> None:
        image = checked_text(row.get("image"))
        if not image:
            self.reading.trouble(self.file, line, NOT_ROW, EXPORT_AGAIN)
            return
        boxes = self.boxes.setdefault(image, [])
        self.rows.setdefault(image, line)
        if row.get("state") == PageState.CHECKED.value:
            self.states[image] = PageState.CHECKED
        self.notes.setdefault(image, checked_text(row.get("note")))
        if row.get("points") in (None, "", []):
            return  # a page without boxes
        points = self.reading.points(row["points"], self.file, line)
        if points is None:
            return
        key_class = checked_text(row.get("key_cls"))
        extra = row.get("extra") if isinstance(row.get("extra"), dict) else {}
        touched = row.get("touched") not in (False, "0", "false", "False")
        merged = {**(extra or {}), **({"key_cls": key_class} if key_class else {})}
        boxes.append(
            Box(
                points,
                checked_text(row.get("text")),
                checked_score(row.get("score")),
                touched=touched,
                difficult=row.get("difficult") is True,
                extra=MappingProxyType(merged),
            )
        )

    def pages(self) -> Iterator[FoundPage]:
        for image, boxes in self.boxes.items():
            row = self.rows[image]
            picture = self.reading.picture(image, self.file, row)
            state, note = self.states.get(image), self.notes.get(image, "")
            yield FoundPage(image, tuple(boxes), None, state, note, picture, self.reading.name(self.file), row)


def read_csv(reading: Reading) -> Iterator[FoundPage]:
    """The pages of CSV files; the separator may be a comma, a semicolon or a tab."""
    listed = LineList(reading)
    for file in reading.place.with_ending(".csv"):
        text = reading.text(file)
        if text is None:
            continue
        first = text.partition("\n")[0].removesuffix("\r")
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(first))
        try:
            names = _split(first)
            columns = _line_columns(names)
            if {"image", "points"} <= set(names):
                yield from _box_rows(_Pages(reading, file), names, rows)
            elif columns is not None:
                yield from _line_rows(listed, reading, file, columns, rows)
            else:
                reading.trouble(file, 1, NO_COLUMNS, EXPORT_AGAIN)
        except csv.Error as error:
            reading.trouble(file, rows.line_num, BROKEN_CSV, EXPORT_AGAIN, reason=str(error))


def _box_rows(pages: _Pages, names: list[str], rows: Any) -> Iterator[FoundPage]:
    """Our own tables: a row for each box. What was read before the table breaks is kept."""
    broken: csv.Error | None = None
    try:
        next(rows, None)
        for cells in filter(None, rows):
            row = dict(zip(names, cells, strict=False))
            pairs = [pair.split(",") for pair in row.get("points", "").split()]
            pages.add(rows.line_num, {**row, "points": pairs})
    except csv.Error as error:
        broken = error
    yield from pages.pages()
    if broken is not None:
        raise broken


def _line_rows(
    listed: LineList, reading: Reading, file: Path, columns: tuple[int, int, bool], rows: Any
) -> Iterator[FoundPage]:
    """Tables of others: a row for each picture of a line."""
    image, text, has_names = columns
    if has_names:
        next(rows, None)
    for cells in filter(None, rows):
        name = cells[image].strip() if image < len(cells) else ""
        if not name:
            reading.trouble(file, rows.line_num, NO_PICTURE, EXPORT_AGAIN)
            continue
        page = listed.page(file, rows.line_num, name, cells[text] if text < len(cells) else "")
        if page is not None:
            yield page


def read_jsonl(reading: Reading) -> Iterator[FoundPage]:
    """The pages of files of JSON lines."""
    for file in reading.place.with_ending(".jsonl"):
        pages = _Pages(reading, file)
        for line, text in reading.lines(file):
            try:
                row = json.loads(text)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                pages.add(line, row)
            else:
                reading.trouble(file, line, NOT_ROW, EXPORT_AGAIN)
        yield from pages.pages()


def write_csv(sources: Iterable[SourcePage], job: Writing) -> None:
    """`lines.csv`: one row for each box; a page without boxes has one row without points."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for source in sources:
        image, page = job.picture(source), source.page
        state = (page.state.value, job.utf8(page.note))
        for index, box in enumerate(page.boxes):
            points = " ".join(f"{number(x)},{number(y)}" for x, y in box.points)
            score = "" if box.score is None else f"{box.score:.4f}"
            text = job.utf8(text_of(box))
            rows.writerow((image, index, text, score, points, job.utf8(box.key_class), int(box.touched), *state))
        if not page.boxes:
            rows.writerow((image, "", "", "", "", "", "", *state))
        job.done(source, len(page.boxes))
    job.put(CSV_FILE, BYTE_ORDER_MARK + out.getvalue())


def write_jsonl(sources: Iterable[SourcePage], job: Writing) -> None:
    """`lines.jsonl`: one object for each box; a page without boxes has one object without points."""
    lines = []
    for source in sources:
        image, page = job.picture(source), source.page
        about: dict[str, Any] = {
            "image": image,
            "state": page.state.value,
            **({"note": page.note} if page.note else {}),
        }
        for index, box in enumerate(page.boxes):
            lines.append({**about, "index": index, **_row(box)})
        if not page.boxes:
            lines.append({**about, "points": []})
        job.done(source, len(page.boxes))
    job.put(JSONL_FILE, b"".join(_json_line(line) for line in lines))


def _row(box: Box) -> dict[str, Any]:
    return {
        "text": text_of(box),
        "score": box.score,
        "points": [[plain(x), plain(y)] for x, y in box.points],
        "touched": box.touched,
        **({"difficult": True} if box.difficult else {}),
        **({"extra": dict(box.extra)} if box.extra else {}),
    }


def _json_line(value: dict[str, Any]) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair: only the escape can carry it
        return json.dumps(value).encode("ascii") + b"\n"
