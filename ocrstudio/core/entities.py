"""Entities and links of a page's boxes, as PaddleOCR's and FUNSD's files hold them: `id` and `linking`.

A box gets an entity only when a link needs it. A pair stands in the `linking` of both boxes, key first. Whatever else a
file has in these two keys stays as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ocrstudio.core.page import Box, Page

Pair = tuple[int, int]


def linked_pairs(boxes: Iterable[Box]) -> list[tuple[str, str]]:
    """Ids of the boxes that are linked, key first, each pair once; links to entities that no box has are left out."""
    boxes = list(boxes)
    owners: dict[int, str] = {}
    for box in boxes:
        if box.entity is not None:
            owners.setdefault(box.entity, box.id)
    pairs = dict.fromkeys(pair for box in boxes if "linking" in box.extra for pair in box.links)
    return [(owners[key], owners[value]) for key, value in pairs if key in owners and value in owners]


def linked(page: Page, key_id: str, value_id: str) -> Page:
    """The page with a link from one box to another; a link the other way round is turned.

    Nothing changes if a box is missing or has an `id` that is no integer: that key is not ours to replace.
    """
    boxes = {box.id: box for box in page.boxes if box.id in (key_id, value_id)}
    if len(boxes) != 2 or any(box.entity is None and "id" in box.extra for box in boxes.values()):
        return page
    free = _free_entities(page.boxes)
    for box_id, box in boxes.items():
        if box.entity is None:
            boxes[box_id] = box.with_extra(id=next(free))
    key, value = boxes[key_id].entity, boxes[value_id].entity
    if key is None or value is None or key == value:
        return page
    pair = (key, value)
    changed = {
        box_id: replace(
            box.with_extra(linking=[*_items(box, lambda old: old not in (pair, pair[::-1])), list(pair)]), touched=True
        )
        for box_id, box in boxes.items()
        if not (pair in box.links and pair[::-1] not in box.links)
    }
    return replace(page, boxes=tuple(changed.get(box.id, box) for box in page.boxes)) if changed else page


def unlinked(page: Page, ids: Iterable[str]) -> Page:
    """The page without any link to or from those boxes."""
    wanted = set(ids)
    return without_links_to(page, [box for box in page.boxes if box.id in wanted])


def without_links_to(page: Page, boxes: Iterable[Box]) -> Page:
    """The page without links that mention the entities of some boxes, which need not be on the page any more."""
    named = {box.entity for box in boxes}
    gone = named - {None}
    if not gone:
        return page

    def clean(box: Box) -> Box:
        if not any(gone.intersection(pair) for pair in box.links):
            return box
        return box.with_extra(linking=_items(box, lambda pair: not gone.intersection(pair)))

    return replace(page, boxes=tuple(clean(box) for box in page.boxes))


def with_new_entities(copies: Sequence[Box], others: Iterable[Box]) -> list[Box]:
    """Copies of boxes with entities that none of `others` has; links among the copies follow, other links go.

    Args:
        copies: Boxes that came from somewhere; those without an entity get none.
        others: The boxes of the page they come to.
    """
    free = _free_entities(others)
    new: dict[int, int] = {}
    made = []
    for box in copies:
        if box.entity is not None:
            entity = next(free)
            new.setdefault(box.entity, entity)
            made.append(box.with_extra(id=entity))
        else:
            made.append(box)
    return [_translated(box, new.get) for box in made]


def joined_links(page: Page, whole: Box, parts: Iterable[Box]) -> Page:
    """The page after boxes became one of them: what was linked to a part is linked to the whole.

    Args:
        page: It has `whole` in place of the parts.
        whole: Its entity is that of one of the parts.
        parts: The boxes as they were.
    """
    parts = list(parts)
    entity = whole.entity
    old = {part.entity for part in parts} - {None, entity}
    items = [item for part in parts for item in _items(part, lambda _: True)]
    if items:
        whole = whole.with_extra(linking=items)
    if entity is None:
        return page.with_box(whole)

    def follow(box: Box) -> Box:
        return _translated(whole if box.id == whole.id else box, lambda one: entity if one in old else one)

    return replace(page, boxes=tuple(follow(box) for box in page.boxes))


def _translated(box: Box, new: Callable[[int], int | None]) -> Box:
    """The box with links in new entities: without links to entities that have none, to itself, and said twice."""
    if not box.links:
        return box
    pairs = dict.fromkeys((new(one), new(two)) for one, two in box.links)
    kept = [[one, two] for one, two in pairs if one is not None and two is not None and one != two]
    items: list[Any] = [*_items(box, lambda _: False), *kept]
    return box if items == list(box.extra["linking"]) else box.with_extra(linking=items)


def _free_entities(boxes: Iterable[Box]) -> Iterator[int]:
    """The integers from 0 that no box has, and that no link mentions, smallest first."""
    taken = set()
    for box in boxes:
        taken.add(box.entity)
        taken.update(entity for pair in box.links for entity in pair)
    return (entity for entity in itertools.count() if entity not in taken)


def _items(box: Box, keep: Callable[[Pair], bool]) -> list[Any]:
    """What the box's `linking` holds: the pairs that `keep` wants, and everything that is no pair."""
    raw = box.extra.get("linking")
    pairs = set(box.links)
    items = raw if isinstance(raw, (list, tuple)) else ()
    return [item for item in items if not _is_one_of(item, pairs) or keep((item[0], item[1]))]


def _is_one_of(item: object, pairs: set[Pair]) -> bool:
    if not isinstance(item, (list, tuple)) or len(item) != 2 or not all(type(one) is int for one in item):
        return False
    return (item[0], item[1]) in pairs
