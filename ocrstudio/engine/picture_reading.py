"""What people want of a picture: all its text, its one line, or only where text is."""

from __future__ import annotations

from collections.abc import Sequence

from ocrstudio.core.geometry import bounds
from ocrstudio.engine.recognizer import MIN_SCORE, Image, Line, PageReader, Region
from ocrstudio.protocol.messages import AUTO, FIND_ONLY, ONE_LINE

# A crop of a line is at least so many times longer than wide, and no wider than so many pixels.
STRIP_RATIO, STRIP_SIDE = 3, 200
# Shares of a line's height by which it may reach into the next one.
ROW_OVERLAP = 0.3


def read_picture(reader: PageReader, image: Image, mode: str) -> list[Line]:
    """Reads a picture.

    Args:
        reader: Loaded models.
        image: (height, width, 3) BGR.
        mode: See `protocol.messages.RecognizePage`.

    Returns:
        Lines in reading order.
    """
    if mode == FIND_ONLY:
        return reader.find_lines(image)
    if mode == ONE_LINE:
        return _as_one_line(reader, image)
    lines = reader.read_page(image)
    if mode == AUTO and _is_strip(image) and _is_one_row(lines):
        whole = [line for line in _as_one_line(reader, image) if line.score >= MIN_SCORE]
        return max(whole, lines, key=_confidence)
    return lines


def _as_one_line(reader: PageReader, image: Image) -> list[Line]:
    height, width = image.shape[:2]
    whole = Region([(0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))])
    return [line for line in reader.read_quads(image, [whole]) if line.text.strip()]


def _is_strip(image: Image) -> bool:
    shorter, longer = min(image.shape[:2]), max(image.shape[:2])
    return bool(shorter <= STRIP_SIDE and longer >= STRIP_RATIO * shorter)


def _is_one_row(lines: Sequence[Line]) -> bool:
    """Whether no line lies beneath another."""
    rows = sorted((top, bottom) for _, top, _, bottom in (bounds(line.points) for line in lines))
    lowest_top = rows[-1][0] if rows else 0.0
    return all(bottom - ROW_OVERLAP * (bottom - top) > lowest_top for top, bottom in rows)


def _confidence(lines: Sequence[Line]) -> float:
    """Mean confidence in the characters; nothing is less than anything."""
    characters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / characters if characters else -1.0
