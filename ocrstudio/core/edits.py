"""What a person's commands make of a page: pure rules from page to page.

Keys of the label file that nobody here knows stay with their box through every rule. A box that a person shaped or
placed is `touched`, and its points lie in the image when the size of the image is known. Rules that find nothing to do
return the page itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ocrstudio.core.entities import joined_links, with_new_entities, without_links_to
from ocrstudio.core.errors import GeometryError
from ocrstudio.core.geometry import bounding_quad, order_quad, quad_size
from ocrstudio.core.orientation import turned_points, turns
from ocrstudio.core.page import CONFIRMED, Box, Orientation, Page, PageState, Point, new_box_id
from ocrstudio.core.reading_order import reading_order
from ocrstudio.core.shaping import (
    Size,
    around,
    brought_inside,
    clamped,
    clamped_shift,
    cut,
    expanded,
    shifted,
    turned_about_centre,
    upright,
)
from ocrstudio.core.texts import guessed_cut, joined, parted

# Copies are put this far to the right and down of their originals.
COPY_OFFSET_PX = 5.0
# Removing corners stops here: PPOCRLabel knows no box with fewer.
LEAST_CORNERS = 4
# What PPOCRLabel writes for a box that nobody gave a key class.
NO_KEY_CLASS = "None"


def edited(page: Page) -> Page:
    """The page as a person's work. A checked page stays checked: whoever edits it is looking at it."""
    return page if page.state is PageState.CHECKED else replace(page, state=PageState.EDITED)


def may_become(now: PageState, wanted: PageState) -> bool:
    """Whether marking a page changes it: EDITED takes back what a person decided, and nothing else."""
    return now in (PageState.CHECKED, PageState.REJECTED) if wanted is PageState.EDITED else now is not wanted


def marked(page: Page, state: PageState) -> Page:
    """The page in another state. A checked page's boxes count as confirmed: automatic labelling leaves them alone."""
    if state is not PageState.CHECKED:
        return replace(page, state=state)
    boxes = tuple(box if box.touched else replace(box, touched=True) for box in page.boxes)
    return replace(page, boxes=boxes, state=state)


def replaced(page: Page, changed: Mapping[str, Box]) -> Page:
    """The page with boxes of those ids replaced by a person."""
    if not changed:
        return page
    return edited(replace(page, boxes=tuple(changed.get(box.id, box) for box in page.boxes)))


def chosen(page: Page, ids: Iterable[str]) -> list[Box]:
    """The page's boxes of those ids, in list order."""
    wanted = set(ids)
    return [box for box in page.boxes if box.id in wanted]


# --- outlines --------------------------------------------------------------------------------------------------------


def moved(page: Page, ids: Iterable[str], dx: float, dy: float, size: Size | None) -> Page:
    """Boxes moved together, no further than the image's edge.

    Args:
        page: The page.
        ids: The boxes.
        dx: Pixels to the right.
        dy: Pixels down.
        size: Width and height of the image in pixels; None sets no limit.
    """
    boxes = chosen(page, ids)
    dx, dy = clamped_shift([box.points for box in boxes], dx, dy, size)
    if dx == 0 and dy == 0:
        return page
    return replaced(page, {box.id: box.outlined(shifted(box.points, dx, dy)) for box in boxes})


def reshaped(page: Page, box_id: str, points: Sequence[Point], size: Size | None) -> Page:
    """A box with another outline, clamped to the image."""
    return _shaped(page, (box_id,), lambda _: points, size)


def expanded_boxes(page: Page, ids: Iterable[str], px: float, size: Size | None) -> Page:
    """Boxes with every side pushed out by `px` pixels along its normal (negative shrinks), inside the image."""
    return _shaped(page, ids, lambda points: expanded(points, px), size)


def rectangles(page: Page, ids: Iterable[str], size: Size | None) -> Page:
    """Boxes turned into the upright rectangles around them."""
    return _shaped(page, ids, upright, size)


def rotated_boxes(page: Page, ids: Iterable[str], degrees: float, size: Size | None) -> Page:
    """Boxes turned clockwise, each about its own middle, and brought back into the image as they are."""
    return _shaped(page, ids, lambda points: brought_inside(turned_about_centre(points, degrees), size), size)


def with_corner_added(page: Page, box_id: str, after_index: int, point: Point, size: Size | None) -> Page:
    """A box with one more corner between corner `after_index` and the next one."""
    return _shaped(page, (box_id,), lambda old: (*old[: after_index + 1], point, *old[after_index + 1 :]), size)


def with_corner_removed(page: Page, box_id: str, index: int, size: Size | None) -> Page:
    """A box without one of its corners; at least `LEAST_CORNERS` stay."""

    def fewer(old: Sequence[Point]) -> Sequence[Point]:
        return (*old[:index], *old[index + 1 :]) if len(old) > LEAST_CORNERS and 0 <= index < len(old) else old

    return _shaped(page, (box_id,), fewer, size)


def _shaped(
    page: Page, ids: Iterable[str], shape: Callable[[Sequence[Point]], Sequence[Point]], size: Size | None
) -> Page:
    changed: dict[str, Box] = {}
    for box in chosen(page, ids):
        try:
            points = shape(box.points)
        except GeometryError:
            continue  # a box that encloses nothing has no inside, no middle and no direction
        if tuple(points) != box.points and (outline := clamped(points, size)) != box.points:
            changed[box.id] = box.outlined(outline)
    return replaced(page, changed)


def turned_page(page: Page, size: Size, quarters: int) -> Page:
    """The page's boxes after its image was turned; state and `touched` stay, for nobody changed what the boxes say.

    Args:
        page: The page before.
        size: Width and height of its image in pixels before.
        quarters: Quarter turns clockwise.
    """
    if not quarters % 4 or not page.boxes:
        return page
    boxes = [replace(box, points=turned_points(box.points, *size, quarters)) for box in page.boxes]
    if quarters % 2:
        boxes = [_with_other_axis(box) for box in boxes]
    return replace(page, boxes=tuple(boxes))


def _with_other_axis(box: Box) -> Box:
    """What was upright lies on its side now, and the other way round."""
    other = {Orientation.DRAWN: Orientation.TURNED, Orientation.TURNED: Orientation.DRAWN}.get(box.orientation)
    return box if other is None else box.with_extra(orientation=other.value)


# --- copies ----------------------------------------------------------------------------------------------------------


def duplicated(page: Page, ids: Iterable[str], size: Size | None) -> Page:
    """The page with copies of boxes at the end of its list, to the right and down of them if there is room."""
    originals = chosen(page, ids)
    outlines = [box.points for box in originals]
    dx, dy = clamped_shift(outlines, COPY_OFFSET_PX, COPY_OFFSET_PX, size)
    if dx < COPY_OFFSET_PX and dy < COPY_OFFSET_PX:  # in the lower right corner: a copy on top would not be seen
        dx, dy = clamped_shift(outlines, -COPY_OFFSET_PX, -COPY_OFFSET_PX, size)
    return _with_copies(page, originals, [shifted(points, dx, dy) for points in outlines], size)


def pasted(page: Page, boxes: Iterable[Box], size: Size | None) -> Page:
    """The page with copies of boxes at the end of its list, at their own place brought inside the image.

    Where a box has that very place already, as when boxes are pasted on their own page, all copies are set off from it.
    """
    boxes = list(boxes)
    outlines = [brought_inside(box.points, size) for box in boxes]
    taken = {box.points for box in page.boxes}
    while any(points in taken for points in outlines):
        dx, dy = clamped_shift(outlines, COPY_OFFSET_PX, COPY_OFFSET_PX, size)
        if dx == 0 and dy == 0:
            break
        outlines = [shifted(points, dx, dy) for points in outlines]
    return _with_copies(page, boxes, outlines, size)


def copied_from(
    page: Page, boxes: Iterable[Box], size: Size | None, other_size: Size | None = None, *, texts: bool = False
) -> Page:
    """The page with another page's boxes at the same place; a box that is there already comes no second time.

    Args:
        page: The page.
        boxes: Of the other page.
        size: Width and height of this page's image in pixels, if known.
        other_size: Those of the other one: places are scaled when both are known.
        texts: Whether texts come along; otherwise the copies wait to be read.
    """
    scale_x = scale_y = 1.0
    if size is not None and other_size is not None and all(other_size):
        scale_x, scale_y = size[0] / other_size[0], size[1] / other_size[1]
    taken = {box.points for box in page.boxes}
    copies, outlines = [], []
    for box in boxes:
        points = brought_inside([(x * scale_x, y * scale_y) for x, y in box.points], size)
        if points not in taken:
            copies.append(box if texts else replace(box, text=""))
            outlines.append(points)
    return _with_copies(page, copies, outlines, size)


def _with_copies(page: Page, boxes: Sequence[Box], outlines: Sequence[Sequence[Point]], size: Size | None) -> Page:
    if not boxes:
        return page
    # Not by `replace`, which takes four times as long. A score belongs to what stands in the original's place.
    copies = [
        Box(clamped(points, size), box.text, touched=True, difficult=box.difficult, extra=_unconfirmed(box).extra)
        for box, points in zip(boxes, outlines, strict=True)
    ]
    return edited(replace(page, boxes=(*page.boxes, *with_new_entities(copies, page.boxes))))


def _unconfirmed(box: Box) -> Box:
    """The box as the origin of another one, whose text nobody has confirmed."""
    return box.with_extra(confirmed=None) if CONFIRMED in box.extra else box


# --- the list --------------------------------------------------------------------------------------------------------


def removed(page: Page, ids: Collection[str]) -> Page:
    """The page without those boxes and without links to them."""
    gone = chosen(page, ids)
    if not gone:
        return page
    rest = page.without(box.id for box in gone)
    # A file may have one entity twice; links to it still have their other end then.
    held = {box.entity for box in rest.boxes}
    return edited(without_links_to(rest, [box for box in gone if box.entity not in held]))


def moved_in_list(page: Page, ids: Iterable[str], row: int) -> Page:
    """Boxes moved together to another place of the list.

    Args:
        page: The page.
        ids: The boxes; they keep their order.
        row: They come before the box that stands there now (from 0; the number of boxes means the end).
    """
    moving = chosen(page, ids)
    going = {box.id for box in moving}
    row = min(max(row, 0), len(page.boxes))
    before = [box for box in page.boxes[:row] if box.id not in going]
    after = [box for box in page.boxes[row:] if box.id not in going]
    return _ordered(page, (*before, *moving, *after))


def in_reading_order(page: Page) -> Page:
    """The page with its list in reading order, see `core.reading_order`."""
    return _ordered(page, tuple(reading_order(page.boxes)))


def _ordered(page: Page, boxes: tuple[Box, ...]) -> Page:
    return page if boxes == page.boxes else edited(replace(page, boxes=boxes))


def split(page: Page, box_id: str, share: float, text_index: int | None = None) -> Page:
    """The page with a box cut in two across its reading direction; the second part follows it in the list.

    The first part keeps the box's id, entity and links; both keep its other keys.

    Args:
        page: The page.
        box_id: The box.
        share: Where, as a share of its length, between 0 and 1.
        text_index: How many characters go to the first part; None guesses from `share`.
    """
    box = next(iter(chosen(page, (box_id,))), None)
    if box is None:
        return page
    try:
        parts = cut(box.points, share, down=reads_down(box))
    except GeometryError:
        return page
    if parts is None:
        return page
    index = guessed_cut(box.text, share) if text_index is None else text_index
    texts = parted(box.text, index)
    # where the text is cut is a guess
    first, second = (
        replace(_unconfirmed(box), points=points, text=text, score=None, touched=True)
        for points, text in zip(parts, texts, strict=True)
    )
    (second,) = with_new_entities([replace(second, id=new_box_id())], page.boxes)
    boxes = [other for old in page.boxes for other in ((first, second) if old.id == box_id else (old,))]
    return edited(replace(page, boxes=tuple(boxes)))


def merged(page: Page, ids: Iterable[str], size: Size | None) -> Page:
    """The page with boxes joined into one, which stands where the first of them stood in the list and keeps its id.

    The outline is the rectangle around all in their common direction; the texts are joined in reading order. Of a key
    that several have, the one that is read first counts; links to any of them become links to the one.
    """
    parts = chosen(page, ids)
    if len(parts) < 2:
        return page
    try:
        outline = around([box.points for box in parts])
    except GeometryError:
        return page
    ordered = reading_order(parts)
    whole = replace(
        parts[0],
        points=clamped(outline, size),
        text=joined([box.text for box in ordered]),
        score=None,
        touched=True,
        difficult=any(box.difficult for box in parts),
        extra=MappingProxyType(_merged_extra(ordered)),
    )
    gone = {box.id for box in parts[1:]}
    boxes = tuple(whole if box.id == whole.id else box for box in page.boxes if box.id not in gone)
    return edited(joined_links(replace(page, boxes=boxes), whole, ordered))


def _merged_extra(ordered: Sequence[Box]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for box in map(_unconfirmed, ordered):
        for name, value in box.extra.items():
            extra.setdefault(name, value)
    entity = next((box.entity for box in ordered if box.entity is not None), None)
    key_class = next((box.key_class for box in ordered if box.key_class not in ("", NO_KEY_CLASS)), None)
    known = {"id": entity, "key_cls": key_class}
    return {**extra, **{name: value for name, value in known.items() if value is not None}}


def reads_down(box: Box) -> bool:
    """Whether a box is read from top to bottom.

    Raises:
        GeometryError: If it encloses nothing.
    """
    quad = order_quad(box.points) if len(box.points) == 4 else bounding_quad(box.points)
    width, height = quad_size(quad)
    return box.orientation is Orientation.TURNED or turns(width, height, box.text)


# --- what a box says -------------------------------------------------------------------------------------------------


def with_texts(page: Page, texts: Mapping[str, str]) -> Page:
    """Boxes with the texts that a person gave them; their scores go, since they were the recogniser's.

    Args:
        page: The page.
        texts: Box id to text.
    """
    changed = {
        box.id: replace(box, text=texts[box.id], score=None, touched=True)
        for box in page.boxes
        if box.id in texts and texts[box.id] != box.text
    }
    return replaced(page, changed)


def with_key_class(page: Page, ids: Iterable[str], name: str) -> Page:
    """Boxes with that `key_cls`; an empty name takes it away."""
    return _with_extra(page, ids, "key_cls", name or None)


def with_orientation(page: Page, ids: Iterable[str], orientation: Orientation) -> Page:
    """Boxes that are cut out that way; AUTO leaves no key in the label file."""
    return _with_extra(page, ids, "orientation", None if orientation is Orientation.AUTO else orientation.value)


def _with_extra(page: Page, ids: Iterable[str], name: str, value: str | None) -> Page:
    changed = {
        box.id: replace(box.with_extra(**{name: value}), touched=True)
        for box in chosen(page, ids)
        if box.extra.get(name) != value
    }
    return replaced(page, changed)
