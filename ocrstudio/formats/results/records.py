"""JSON, JSON lines and CSV: every line with its place and confidence. The last two can be imported as labels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from ocrstudio.formats.exchange.tabular import BYTE_ORDER_MARK
from ocrstudio.formats.exchange.texts import for_utf8, number, plain, to_json
from ocrstudio.formats.results.values import ReadLine, ReadPage

COLUMNS = ("image", "page", "index", "text", "score", "points", "touched")


def page_record(page: ReadPage) -> dict[str, Any]:
    """One picture as an object.

    Its keys: `image` (path), `page` (of a PDF, from 1), `turned` (quarters clockwise), then `problem`, or `width`,
    `height`, `model`, `detector` and `lines`. Each line has `text`, `score` (0 to 1, null for a text that a person
    wrote), `points` ([x, y] in pixels of the turned picture) and `touched` (a person wrote it).
    """
    found = _place(page)
    if page.source.turn:
        found["turned"] = page.source.turn
    if page.problem:
        return {**found, "problem": page.problem}
    return {
        **found,
        "width": page.size[0],
        "height": page.size[1],
        "model": page.model,
        "detector": page.detector,
        "lines": [_line(line) for line in page.lines],
    }


def as_json(pages: Sequence[ReadPage]) -> bytes:
    """A list of `page_record`."""
    return to_json([page_record(page) for page in pages])


def as_json_lines(pages: Sequence[ReadPage]) -> bytes:
    """One object for each line that was read: where it is, and what `page_record` says of it."""
    return b"".join(
        to_json({**_place(page), "index": index, **_line(line)}, indent=None) for page, index, line in _lines(pages)
    )


def as_csv(pages: Sequence[ReadPage]) -> str:
    """One row for each line that was read; points as `x,y` pairs parted by spaces."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for page, index, line in _lines(pages):
        score = "" if line.score is None else f"{line.score:.4f}"
        points = " ".join(f"{number(x)},{number(y)}" for x, y in line.points)
        place = _place(page)
        row = (place["image"], place.get("page", ""), index, for_utf8(line.text)[0], score, points)
        rows.writerow((*row, int(line.score is None)))
    return BYTE_ORDER_MARK + out.getvalue()


def _lines(pages: Sequence[ReadPage]) -> Iterator[tuple[ReadPage, int, ReadLine]]:
    for page in pages:
        for index, line in enumerate(page.lines):
            yield page, index, line


def _place(page: ReadPage) -> dict[str, Any]:
    found: dict[str, Any] = {"image": for_utf8(str(page.path))[0]}
    return {**found, "page": page.source.page} if page.source.page else found


def _line(line: ReadLine) -> dict[str, Any]:
    return {
        "text": line.text,
        "score": None if line.score is None else round(line.score, 4),
        "points": [[plain(x), plain(y)] for x, y in line.points],
        "touched": line.score is None,
    }
