"""The lines of a page as plain columns: what searching and queues need of ten thousand pages at once."""

from __future__ import annotations

import hashlib
import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrstudio.core.page import Page, PageState, Point

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


def same_lines(
    before: PageLines, after: PageLines, ids_before: Sequence[str] = (), ids_after: Sequence[str] = ()
) -> dict[int, int]:
    """Which row of a page's earlier lines is which row of its present ones.

    Boxes of one id are the same, then those with the same outline. Where no id is known on both sides, as after the
    page was read from disk again, boxes that were moved keep their order.

    Args:
        before, after: The lines.
        ids_before, ids_after: Ids of the boxes, if they are known.

    Returns:
        Earlier row to present row; one that is missing was deleted.
    """
    rows_of_ids = {box_id: row for row, box_id in enumerate(ids_after)}
    found = {row: rows_of_ids[box_id] for row, box_id in enumerate(ids_before) if box_id in rows_of_ids}
    by_order = not found
    taken = set(found.values())
    places: dict[int, list[int]] = {}
    for row, mark in enumerate(after.marks):
        if row not in taken:
            places.setdefault(mark, []).append(row)
    left_over: list[int] = []
    for row, mark in enumerate(before.marks):
        if row in found:
            continue
        rows = places.get(mark)
        if rows:
            found[row] = rows.pop(0)
        else:
            left_over.append(row)
    if by_order:
        taken = set(found.values())
        found.update(zip(left_over, (row for row in range(len(after.marks)) if row not in taken), strict=False))
    return found


def key_classes(pages: Iterable[PageLines]) -> list[str]:
    """The key classes in use, sorted."""
    return sorted({name for page in pages for name in page.classes if name})
