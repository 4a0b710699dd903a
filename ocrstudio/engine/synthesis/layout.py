"""How lines are spread over a page: columns of paragraphs, tables, columns that go down, signs here and there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ocrstudio.core.synthesis import Look
from ocrstudio.core.synthesis_pages import PageLook
from ocrstudio.engine.synthesis import grounds
from ocrstudio.engine.synthesis.grounds import Colour
from ocrstudio.engine.synthesis.sheet import Pen, Sheet

# White space around what is written, as a share of the page's width; between columns, as a share of the letters' size.
MARGIN, GUTTER = (0.05, 0.1), (1.2, 2.5)
# From one line to the next, by the letters' size; paragraphs are further apart.
PITCH, APART = (1.35, 2.0), (0.4, 1.6)
HEADING_SHARE, HEADING_SIZE = 0.15, (1.3, 2.0)
# Paragraphs whose lines reach from edge to edge; the others hold one text a line.
PROSE_SHARE = 0.6
PARAGRAPH = (1, 7)
# Tables: rows by the letters' size, columns, cells that stay empty.
ROW_HEIGHT, TABLE_COLUMNS, EMPTY_CELLS = (1.7, 2.8), (2, 5), 0.12
# Signs: how many, how much larger or smaller than the others, most degrees of one, share that is turned.
SIGNS, SIGN_SIZE, SIGN_TURN, TURNED_SHARE = (4, 28), (0.7, 2.4), 35.0, 0.5
_TRIES = 8
# Signs that find no letters of any size: the smallest that is still written, pixels.
SMALLEST = 8


def spread(sheet: Sheet, pen: Pen, page: PageLook, *, down: bool) -> None:
    """Writes on a page until it is as full as its look wants.

    Args:
        sheet: The page.
        pen: Writes.
        page: How it is laid out.
        down: Its lines go down the page.
    """
    random = pen.random
    layout = "down" if down else page.layouts[int(random.integers(len(page.layouts)))]
    margin = round(float(random.uniform(*MARGIN)) * sheet.columns)
    bottom = margin + round((sheet.rows - 2 * margin) * float(random.uniform(*page.fill)))
    area = (margin, margin, sheet.columns - margin, bottom)
    match layout:
        case "down":
            _down(sheet, pen, area)
        case "table":
            _table(sheet, pen, area)
        case "scattered":
            _scattered(sheet, pen, turned=page.skew > 0)
        case _:
            _columns(sheet, pen, area, int(random.integers(page.columns[0], page.columns[1] + 1)))


def _columns(sheet: Sheet, pen: Pen, area: tuple[int, int, int, int], count: int) -> None:
    left, top, right, bottom = area
    gutter = round(float(pen.random.uniform(*GUTTER)) * sheet.size)
    wide = (right - left - gutter * (count - 1)) // count
    for column in range(count):
        if wide < 2 * sheet.size:
            return
        start = left + column * (wide + gutter)
        y = top
        while y < bottom:
            y = _paragraph(sheet, pen, (start, y, start + wide, bottom))


def _paragraph(sheet: Sheet, pen: Pen, area: tuple[int, int, int, int]) -> int:
    """Some lines of one size and colour; where the next paragraph may begin."""
    random = pen.random
    left, y, right, bottom = area
    heading, prose = random.random() < HEADING_SHARE, random.random() < PROSE_SHARE
    size = round(sheet.size * float(random.uniform(*HEADING_SIZE))) if heading else sheet.size
    size = max(SMALLEST, min(size, (right - left) // 2))
    pitch = round(float(random.uniform(*PITCH)) * size)
    aside = int(random.integers(3)) if heading else 0  # left, middle, right
    ink = _ink(sheet, pen.look, random)
    underlined = random.random() < pen.look.rules
    rest = ""
    for number in range(1 if heading else int(random.integers(PARAGRAPH[0], PARAGRAPH[1] + 1))):
        base = y + pitch
        if base + size // 2 > bottom:
            return bottom
        indent = 2 * size if prose and number == 0 and not heading and right - left > 8 * size else 0
        text = rest or pen.text()
        while text and prose and not heading and len(text) * size * 0.5 < right - left:
            longer = pen.joined(text, pen.text())
            if longer == text:
                break
            text = longer
        if text:
            written, rest = pen.fitted(text, size, right - left - indent)
            rest = rest if prose else ""
            free = right - left - indent - written.width
            sheet.write(written, left + indent + (0, free // 2, free)[aside], base - written.rise, size, ink=ink)
            if underlined:
                low = base - written.rise + written.height + max(3, size // 4)
                sheet.rule(left, low, right, low, ink or sheet.ink, max(1, size // 20))
        y += pitch
    return round(y + float(random.uniform(*APART)) * size) + 1


def _table(sheet: Sheet, pen: Pen, area: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = area
    random, size = pen.random, sheet.size
    count = int(random.integers(TABLE_COLUMNS[0], TABLE_COLUMNS[1] + 1))
    shares = random.uniform(0.5, 1.5, count)
    edges = [left, *(left + np.cumsum(shares / shares.sum()) * (right - left)).astype(int).tolist()]
    high = max(size + 8, round(float(random.uniform(*ROW_HEIGHT)) * size))
    rows = max(1, (bottom - top) // high)
    ink, thick = _ink(sheet, pen.look, random), max(1, size // 16)
    for row in range(rows):
        for start, end in pairwise(edges):
            text = pen.text() if random.random() >= EMPTY_CELLS else ""
            inner = end - start - size
            if not text or inner < 2 * size:
                continue
            written, _ = pen.fitted(text, size, inner)
            base = top + row * high + (high + size) // 2 - size // 8
            sheet.write(written, start + size // 2, base - written.rise, size, ink=ink)
    ruled = int(random.integers(3))  # all around, along only, none
    for row in range(rows + 1 if ruled < 2 else 0):
        _rule_around(sheet, (left, top + row * high, right, top + row * high), sheet.ink, thick)
    for edge in edges if ruled == 0 else ():
        _rule_around(sheet, (edge, top, edge, top + rows * high), sheet.ink, thick)


def _rule_around(sheet: Sheet, line: tuple[int, int, int, int], ink: Colour, thick: int) -> None:
    """A rule of a table, drawn after its texts: it goes through no box."""
    left, top, right, bottom = line
    for placed in sheet.lines:
        low, high = placed.quad.min(axis=0), placed.quad.max(axis=0)
        if left < high[0] and right + thick > low[0] and top < high[1] and bottom + thick > low[1]:
            return
    sheet.rule(left, top, right, bottom, ink, thick)


def _down(sheet: Sheet, pen: Pen, area: tuple[int, int, int, int]) -> None:
    left, top, right, _ = area
    random, size = pen.random, sheet.size
    pitch = round(float(random.uniform(*PITCH)) * size)
    x, rest = right - size, ""
    low = sheet.rows - top
    while x >= left:
        text = rest or pen.text()
        if not text:
            return
        short = low - round(float(random.uniform(0, 0.3)) * (low - top))
        written, rest = pen.fitted(text, size, max(size, short - top), down=True)
        sheet.write(written, x + (size - written.width) // 2, top, size)
        x -= pitch


def _scattered(sheet: Sheet, pen: Pen, *, turned: bool) -> None:
    random = pen.random
    for _ in range(int(random.integers(SIGNS[0], SIGNS[1] + 1))):
        text = pen.text()
        if not text:
            return
        size = max(SMALLEST, round(sheet.size * float(random.uniform(*SIGN_SIZE))))
        written, _ = pen.fitted(text, size, round(0.8 * sheet.columns))
        ink = grounds.ink_on(pen.look, sheet.ground, random)
        degrees = float(random.uniform(-SIGN_TURN, SIGN_TURN)) if turned and random.random() < TURNED_SHARE else 0.0
        for _ in range(_TRIES):
            x = int(random.integers(max(1, sheet.columns - written.width)))
            y = int(random.integers(max(1, sheet.rows - written.height)))
            if degrees and sheet.write_turned(written, x, y, size, degrees, ink):
                break
            if not degrees and sheet.write(written, x, y, size, ink=ink):
                break


def _ink(sheet: Sheet, look: Look, random: np.random.Generator) -> Colour | None:
    """Another ink for some parts of a page; None is the page's own."""
    return grounds.ink_on(look, sheet.ground, random) if random.random() < look.colour / 2 else None
