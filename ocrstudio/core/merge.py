"""Three-way merge of a page: what two annotators made of the same beginning, put together.

What only one side changed is taken; what both changed alike is taken once; the rest is a conflict for a person. Boxes
are told apart by where they are (`box_matching`), since label files have no names for them; outline, text and further
keys of a box are merged each by itself. A box that a person touched beats one that only a recogniser made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal

from ocrstudio.core.box_matching import match_boxes
from ocrstudio.core.page import Box, Page, PageState

Choice = Literal["ours", "theirs", "both"]
_RANK = (PageState.NEW, PageState.AUTO, PageState.EDITED, PageState.CHECKED, PageState.REJECTED)


class ConflictKind(Enum):
    """What both sides did to one box."""

    TEXT = "text"  # both gave it another text
    OUTLINE = "outline"  # both gave it another outline
    KEYS = "keys"  # both changed one of its further keys
    ADDED = "added"  # both drew a box here, with different texts
    DELETED_OURS = "deleted_ours"  # deleted here, changed there
    DELETED_THEIRS = "deleted_theirs"  # changed here, deleted there


@dataclass(frozen=True)
class Conflict:
    """A box that a person must decide on.

    Attributes:
        kind: What happened; the first that applies.
        ours: The box if our side counts, None if it is deleted; changes that do not collide are in both.
        theirs: The same for the other side.
    """

    kind: ConflictKind
    ours: Box | None
    theirs: Box | None

    def chosen(self, choice: Choice) -> list[Box]:
        """What stands on the page after a decision."""
        sides = {"ours": (self.ours,), "theirs": (self.theirs,), "both": (self.ours, self.theirs)}[choice]
        return [box for box in sides if box is not None]


@dataclass(frozen=True)
class PageMerge:
    """Two versions of a page put together.

    Attributes:
        ours: The page as it is here.
        slots: Boxes and open decisions in list order.
        state: The state of the page once everything is decided.
        note: Both notes.
        taken: How many changes of the other side were taken over.
    """

    ours: Page
    slots: tuple[Box | Conflict, ...]
    state: PageState
    note: str
    taken: int

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The open decisions in list order."""
        return tuple(slot for slot in self.slots if isinstance(slot, Conflict))

    def page(self, choices: Sequence[Choice | None] = ()) -> Page:
        """The merged page.

        Args:
            choices: One for each conflict, in order; where it is None or missing our side stays, and the page is not
                checked.
        """
        boxes: list[Box] = []
        open_conflicts = 0
        decided = iter(choices)
        for slot in self.slots:
            if isinstance(slot, Box):
                boxes.append(slot)
                continue
            choice = next(decided, None)
            open_conflicts += choice is None
            boxes += slot.chosen(choice or "ours")
        state = PageState.EDITED if open_conflicts and self.state is PageState.CHECKED else self.state
        merged = replace(self.ours, boxes=tuple(boxes), state=state, note=self.note)
        return self.ours if is_same_page(merged, self.ours) else merged


def merge_pages(base: Page | None, ours: Page, theirs: Page) -> PageMerge:
    """Merges two versions of a page.

    Args:
        base: The page both began with; None if that is not known, and every difference is then a decision.
        ours: The page as it is here; the result has its key and file.
        theirs: The page of the other side.
    """
    before = base.boxes if base is not None else ()
    to_ours, to_theirs = match_boxes(before, ours.boxes), match_boxes(before, theirs.boxes)
    base_of_ours = {place: origin for origin, place in to_ours.items()}
    known_theirs = set(to_theirs.values())
    new_theirs = [place for place in range(len(theirs.boxes)) if place not in known_theirs]
    new_ours = [place for place in range(len(ours.boxes)) if place not in base_of_ours]
    both_new = match_boxes([ours.boxes[place] for place in new_ours], [theirs.boxes[place] for place in new_theirs])
    twins = {new_ours[one]: new_theirs[other] for one, other in both_new.items()}
    slots: list[Box | Conflict] = []
    slot_of_theirs: dict[int, int] = {}  # place in theirs -> slot after which its neighbours go
    taken = 0
    for place, box in enumerate(ours.boxes):
        origin = base_of_ours.get(place)
        twin = to_theirs.get(origin) if origin is not None else twins.get(place)
        other = theirs.boxes[twin] if twin is not None else None
        slot = _known(before[origin], box, other) if origin is not None else _added(box, other)
        taken += (isinstance(slot, Box) and not _same_box(slot, box)) or slot is None
        if slot is not None:
            slots.append(slot)
        if twin is not None:
            slot_of_theirs[twin] = len(slots)
    gone_here = [
        (to_theirs[origin], before[origin])
        for origin in range(len(before))
        if origin not in to_ours and origin in to_theirs
    ]
    extra: list[tuple[int, Box | Conflict]] = [
        (place, Conflict(ConflictKind.DELETED_OURS, None, theirs.boxes[place]))
        for place, old in gone_here
        if theirs.boxes[place].touched and not _same_box(theirs.boxes[place], old)
    ]
    unmatched = [place for place in new_theirs if place not in twins.values()]
    taken += len(unmatched)
    extra += [(place, theirs.boxes[place]) for place in unmatched]
    slots = _woven(slots, sorted(extra, key=lambda item: item[0]), slot_of_theirs)
    state = _merged_state(base, ours, theirs)
    return PageMerge(ours, tuple(slots), state, _merged_note(base, ours, theirs), taken)


def _known(base: Box, ours: Box, theirs: Box | None) -> Box | Conflict | None:
    """A box of the beginning that our side still has; None if it is deleted."""
    if theirs is None:
        return Conflict(ConflictKind.DELETED_THEIRS, ours, None) if ours.touched and not _same_box(ours, base) else None
    if ours.touched != theirs.touched:
        return theirs if theirs.touched else ours
    kinds = []
    merged: dict[ConflictKind, tuple[Any, Any]] = {}
    for kind, name in ((ConflictKind.TEXT, "text"), (ConflictKind.OUTLINE, "points"), (ConflictKind.KEYS, "extra")):
        one, other = _both(getattr(base, name), getattr(ours, name), getattr(theirs, name))
        merged[kind] = (one, other)
        if one != other:
            kinds.append(kind)
    sides = []
    for side, own in enumerate((ours, theirs)):
        text = merged[ConflictKind.TEXT][side]
        source = own if text == own.text else (theirs if own is ours else ours)
        sides.append(
            replace(
                own,
                text=text,
                score=source.score,
                points=merged[ConflictKind.OUTLINE][side],
                extra=merged[ConflictKind.KEYS][side],
                touched=ours.touched or theirs.touched,
                id=ours.id,
            )
        )
    if not kinds:
        return sides[0]
    return Conflict(kinds[0], sides[0], sides[1])


def _added(ours: Box, theirs: Box | None) -> Box | Conflict:
    """A box that our side drew, and what the other side drew in the same place."""
    if theirs is None or (ours.text == theirs.text and ours.extra == theirs.extra):
        return ours
    if ours.touched != theirs.touched:
        return ours if ours.touched else theirs
    if not theirs.touched or not theirs.text:
        return ours
    return theirs if not ours.text else Conflict(ConflictKind.ADDED, ours, theirs)


def _both(base: Any, ours: Any, theirs: Any) -> tuple[Any, Any]:
    """A value for either side: equal if only one side changed it; mappings are merged key by key."""
    if isinstance(base, Mapping):
        merged = [_both(base.get(key), ours.get(key), theirs.get(key)) for key in _keys(base, ours, theirs)]
        sides = [
            {
                key: pair[side]
                for key, pair in zip(_keys(base, ours, theirs), merged, strict=True)
                if pair[side] is not None
            }
            for side in (0, 1)
        ]
        return MappingProxyType(sides[0]), MappingProxyType(sides[1])
    if ours == theirs or theirs == base:
        return ours, ours
    return (theirs, theirs) if ours == base else (ours, theirs)


def _keys(*mappings: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))


def _woven(
    slots: list[Box | Conflict], extra: Sequence[tuple[int, Box | Conflict]], slot_of_theirs: Mapping[int, int]
) -> list[Box | Conflict]:
    """Puts the other side's boxes behind the one that they follow there; before all if they come first."""
    behind: dict[int, list[Box | Conflict]] = {}
    for place, slot in extra:
        before = [known for known in slot_of_theirs if known < place]
        behind.setdefault(slot_of_theirs[max(before)] if before else 0, []).append(slot)
    woven = list(behind.get(0, ()))
    for number, slot in enumerate(slots, start=1):
        woven += [slot, *behind.get(number, ())]
    return woven


def _merged_state(base: Page | None, ours: Page, theirs: Page) -> PageState:
    old = base.state if base is not None else PageState.NEW
    if theirs.state is old or ours.state is theirs.state:
        return ours.state
    if ours.state is old:
        return theirs.state
    return max(ours.state, theirs.state, key=_RANK.index)


def _merged_note(base: Page | None, ours: Page, theirs: Page) -> str:
    one, other = _both(base.note if base is not None else "", ours.note, theirs.note)
    return str(one) if one == other else "\n".join(part for part in (one, other) if part)


def _same_box(one: Box, other: Box) -> bool:
    """Whether two boxes say the same, whoever touched them."""
    return (one.points, one.text, one.difficult, one.extra) == (other.points, other.text, other.difficult, other.extra)


def is_same_page(one: Page, other: Page) -> bool:
    """Whether two pages say the same, whoever touched their boxes; the names of boxes do not count."""
    return (one.state, one.note, len(one.boxes)) == (other.state, other.note, len(other.boxes)) and all(
        _same_box(mine, yours) for mine, yours in zip(one.boxes, other.boxes, strict=True)
    )
