"""The lines of a page as plain columns: what searching and queues need of ten thousand pages at once."""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrstudio.core.page import Box, Page, PageState, Point

NO_SCORE = -1.0


@dataclass(frozen=True, slots=True)
class PageLines:
    """What is known of a page's boxes without their points. Never changed, hence safe to read on any thread.

    Attributes:
        key: The page.
        state: Its state.
        note: What people wrote about it.
        texts: One a box, in list order.
        scores: Confidence of each, 0 to 1; `NO_SCORE` for text that a person typed.
        touched: 1 for each box that a person drew, moved or typed, else 0.
        marks: `box_mark` of each.
        classes: `Box.key_class` of each; empty if no box of the page has one.
    """

    key: str
    state: PageState
    note: str
    texts: tuple[str, ...]
    scores: array[float]
    touched: bytes
    marks: array[int]
    classes: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """The page's folder within the project, "" for the project's own."""
        return folder_of(self.key)

    @property
    def name(self) -> str:
        """The page's file name."""
        return self.key.rpartition("/")[2]


def page_lines(page: Page) -> PageLines:
    """The columns of a page."""
    boxes = page.boxes
    classes = tuple(box.key_class if box.extra else "" for box in boxes)
    return PageLines(
        page.key,
        page.state,
        page.note,
        tuple(box.text for box in boxes),
        array("f", [NO_SCORE if box.score is None else box.score for box in boxes]),
        bytes([box.touched for box in boxes]),
        array("Q", [box_mark(box.points) for box in boxes]),
        classes if any(classes) else (),
    )


def folder_of(key: str) -> str:
    """The folder of a page key within the project: "" for the project's own, "sub/deep" below it."""
    return key.partition("/")[2].rpartition("/")[0]


def box_mark(points: Sequence[Point]) -> int:
    """A number for an outline, the same on every machine; parts of a pixel do not count, as label files drop them."""
    numbers = [int(value) for point in points for value in point]
    packed = struct.pack(f"<{len(numbers)}q", *[max(-(1 << 62), min(1 << 62, number)) for number in numbers])
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little")


def box_at(page: Page, row: int) -> Box | None:
    """The box of a row of the page's lines, None if there is no such row."""
    return page.boxes[row] if 0 <= row < len(page.boxes) else None


def same_lines(before: PageLines, after: PageLines) -> dict[int, int]:
    """Which row of a page's earlier lines is which row of its present ones.

    Boxes with the same outline are the same; among the rest, boxes that were moved keep their order. An earlier row
    that is missing from the answer was deleted.
    """
    places: dict[int, list[int]] = {}
    for row, mark in enumerate(after.marks):
        places.setdefault(mark, []).append(row)
    found: dict[int, int] = {}
    left_over: list[int] = []
    for row, mark in enumerate(before.marks):
        rows = places.get(mark)
        if rows:
            found[row] = rows.pop(0)
        else:
            left_over.append(row)
    taken = set(found.values())
    fresh = [row for row in range(len(after.marks)) if row not in taken]
    found.update(zip(left_over, fresh, strict=False))
    return found


def key_classes(pages: Iterable[PageLines]) -> list[str]:
    """The key classes in use, sorted."""
    return sorted({name for page in pages for name in page.classes if name})
