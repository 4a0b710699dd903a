"""PPOCRLabel's table labels, `gt.txt`: one JSON object a line with the table's structure and its cells.

The structure comes from `tableRec_excel_output/<stem>.xlsx`, which PPOCRLabel's table recognition leaves beside the
pictures (merged cells included); the boxes of the page are its cells in list order, as PPOCRLabel takes them.
"""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ocrstudio.core.errors import QT_TRANSLATE_NOOP
from ocrstudio.core.page import Box
from ocrstudio.formats.exchange.place import Place
from ocrstudio.formats.exchange.reading import EXPORT_AGAIN, Reading, checked_text
from ocrstudio.formats.exchange.values import FoundPage, SourcePage
from ocrstudio.formats.exchange.writing import Writing, text_of

TABLE_LIST = "gt.txt"
EXCEL_DIR = "tableRec_excel_output"
# A table of a page; a workbook that claims a million rows is broken or hostile.
_MAX_CELLS = 100_000
_MAX_UNPACKED_BYTES = 64 * 1024 * 1024

BROKEN_LINE = QT_TRANSLATE_NOOP("Errors", "The line is not an object of a picture and its table; it is left out.")
NO_WORKBOOK = QT_TRANSLATE_NOOP("Errors", "{count} pages have no table in tableRec_excel_output and were left out.")
BAD_WORKBOOK = QT_TRANSLATE_NOOP("Errors", "The table {file} cannot be read ({reason}).")
RECOGNISE_TABLE = QT_TRANSLATE_NOOP("Errors", "Let PPOCRLabel recognise the table of the page again.")
FEWER_BOXES = QT_TRANSLATE_NOOP(
    "Errors", "The table has {cells} cells and the page {boxes} boxes; cells without a box stay empty."
)
SORT_BOXES = QT_TRANSLATE_NOOP("Errors", "Give every cell one box, in the order of the cells, and export again.")


@dataclass(frozen=True)
class TableCell:
    """A cell of the structure: how many columns and rows it spans."""

    columns: int = 1
    rows: int = 1


def detect(place: Place) -> bool:
    """Whether there are JSON lines of tables."""
    return place.any_head(place.with_ending(".txt", ".jsonl"), '"html"', '"structure"', '"cells"')


def read(reading: Reading) -> Iterator[FoundPage]:
    """The cells of tables as boxes; cells without a place on the page are passed over."""
    for file in reading.place.with_ending(".txt", ".jsonl"):
        if reading.place.is_folder and '"structure"' not in reading.place.head(file):
            continue
        lines = reading.lines(file)
        for done, (number, line) in enumerate(lines):
            reading.progress(done, len(lines))
            page = _page(reading, file, number, line)
            if page is not None:
                yield page


def _page(reading: Reading, file: Path, number: int, line: str) -> FoundPage | None:
    try:
        content = json.loads(line)
        image, cells = content["filename"], content["html"]["cells"]
    except (ValueError, RecursionError, KeyError, TypeError):
        image, cells = None, None
    if not isinstance(image, str) or not isinstance(cells, list):
        reading.trouble(file, number, BROKEN_LINE, EXPORT_AGAIN)
        return None
    boxes = []
    for place, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or not cell.get("bbox"):
            continue
        points = reading.points(_corners(cell["bbox"]), file, number, str(place))
        if points is not None:
            boxes.append(Box(points, _cell_text(cell.get("tokens")), touched=True))
    return FoundPage(image, tuple(boxes), picture=reading.picture(image, file), file=reading.name(file))


def _corners(value: Any) -> Any:
    """PubTabNet has left, top, right, bottom where PPOCRLabel has four corners."""
    if isinstance(value, list) and len(value) == 4 and not any(isinstance(one, list) for one in value):
        return [value[:2], value[2:]]
    return value


def _cell_text(tokens: Any) -> str:
    """Single characters are text; longer tokens in angle brackets are markup such as <b>."""
    if not isinstance(tokens, list):
        return ""
    texts = [checked_text(token) for token in tokens]
    return "".join(text for text in texts if not (len(text) > 2 and text.startswith("<") and text.endswith(">")))


def write(sources: Iterable[SourcePage], job: Writing) -> None:
    """`gt.txt` with every page that has a table."""
    lines = []
    for source in sources:
        path = source.path
        workbook = path.parent / EXCEL_DIR / f"{path.stem}.xlsx"
        if not workbook.is_file():
            job.lose(NO_WORKBOOK)
            continue
        rows = _rows(workbook, job, source)
        if rows is None:
            continue
        boxes = source.page.boxes
        cells = sum(len(row) for row in rows)
        if cells != len(boxes):
            job.trouble(source.page.file, FEWER_BOXES, SORT_BOXES, cells=cells, boxes=len(boxes))
        image = job.picture(source) if job.pictures == "copy" else source.page.file
        lines.append(json.dumps(_record(image, rows, boxes, job), ensure_ascii=False) + "\n")
        job.done(source, min(cells, len(boxes)))
    job.put(TABLE_LIST, "".join(lines))


def _record(image: str, rows: list[list[TableCell]], boxes: tuple[Box, ...], job: Writing) -> dict[str, Any]:
    tokens, shown, cells = ["<tbody>"], ["<tbody>"], []
    remaining = iter(boxes)
    for row in rows:
        tokens.append("<tr>")
        shown.append("<tr>")
        for cell in row:
            box = next(remaining, None)
            text = job.utf8(text_of(box)) if box is not None else ""
            opening = _opening(cell)
            tokens += [*opening, "</td>"]
            shown += [*opening, html.escape(text, quote=False), "</td>"]
            # PaddleOCR's table training takes a cell without "bbox" for an empty one
            place = {"bbox": [[int(x), int(y)] for x, y in box.points]} if box is not None else {}
            cells.append({"tokens": list(text), **place})
        tokens.append("</tr>")
        shown.append("</tr>")
    tokens.append("</tbody>")
    shown.append("</tbody>")
    gt = f"<html><body><table>{''.join(shown)}</table></body></html>"
    return {"filename": image, "html": {"structure": {"tokens": tokens}, "cells": cells}, "gt": gt}


def _opening(cell: TableCell) -> list[str]:
    spans = [f' {name}="{count}"' for name, count in (("rowspan", cell.rows), ("colspan", cell.columns)) if count > 1]
    return ["<td", *spans, ">"] if spans else ["<td>"]


def _rows(workbook: Path, job: Writing, source: SourcePage) -> list[list[TableCell]] | None:
    """The cells of the first sheet, row by row; those hidden under a merged one are left out."""
    try:
        return _read_rows(workbook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, SyntaxError) as error:
        reason = str(error).split("\n", maxsplit=1)[0][:200]
        job.trouble(source.page.file, BAD_WORKBOOK, RECOGNISE_TABLE, file=workbook.name, reason=reason)
        return None


def _read_rows(workbook: Path) -> list[list[TableCell]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(workbook) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    if unpacked > _MAX_UNPACKED_BYTES:
        raise ValueError(f"{unpacked // 1_000_000} MB unpacked")
    book = load_workbook(workbook, data_only=True)
    try:
        sheet = book.worksheets[0]
        height, width = sheet.max_row, sheet.max_column
        if height * width > _MAX_CELLS:
            raise ValueError(f"{height} x {width} cells")
        spans: dict[tuple[int, int], TableCell] = {}
        hidden: set[tuple[int, int]] = set()
        for merged in sheet.merged_cells.ranges:
            places = [
                (row, column)
                for row in range(merged.min_row, min(merged.max_row, height) + 1)
                for column in range(merged.min_col, min(merged.max_col, width) + 1)
            ]
            spans[merged.min_row, merged.min_col] = TableCell(
                merged.max_col - merged.min_col + 1, merged.max_row - merged.min_row + 1
            )
            hidden |= set(places) - {(merged.min_row, merged.min_col)}
    finally:
        book.close()
    return [
        [spans.get((row, column), TableCell()) for column in range(1, width + 1) if (row, column) not in hidden]
        for row in range(1, height + 1)
    ]
