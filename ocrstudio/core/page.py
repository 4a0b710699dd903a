"""Box, Page and their states: the values that every layer passes around."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import Any

Point = tuple[float, float]

# Texts that stand for "nobody has read this yet" in PPOCRLabel's files; they never reach a training list.
PLACEHOLDER_TEXTS = frozenset({"TEMPORARY", "待识别", "NULL", "锁定框：待检测"})
# Texts that PaddleOCR's detection training reads as "ignore this region".
IGNORE_TEXTS = frozenset({"###", "*"})
# Our key of the label file for a box whose text a person confirmed on a page that is not checked as a whole.
CONFIRMED = "confirmed"


class PageState(Enum):
    """How far a page has come. The value is what `scores.jsonl` and the journal hold."""

    NEW = "new"
    AUTO = "auto"
    EDITED = "edited"
    CHECKED = "checked"
    REJECTED = "rejected"

    __hash__ = object.__hash__  # there is one of each; Enum's own takes longer than the rest of counting many pages


class Orientation(Enum):
    """How a box is cut out. The value is what the label file's `orientation` key holds."""

    AUTO = "auto"  # by the rule of `core.orientation`; the key is left out
    DRAWN = "drawn"  # upright as it stands on the page
    TURNED = "turned"  # turned by a quarter counter-clockwise


_box_numbers = itertools.count(1)


def new_box_id() -> str:
    """A name for a box, unique within this process. Never written to PPOCRLabel's files."""
    return f"b{next(_box_numbers):x}"


@dataclass(frozen=True, slots=True)
class Box:
    """One text region.

    Attributes:
        points: At least 3 `(x, y)` in image pixels, y down, in drawing order.
        text: The transcription; empty when nobody has read it yet.
        score: The recogniser's confidence, 0 to 1; None for text that a person typed.
        touched: A person drew, moved or typed here; automatic labelling never changes it again.
        difficult: PPOCRLabel's flag, kept as read.
        extra: Unknown keys of the label file, kept and written back.
        id: See `new_box_id`.
    """

    points: tuple[Point, ...]
    text: str = ""
    score: float | None = None
    touched: bool = False
    difficult: bool = False
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    id: str = field(default_factory=new_box_id)

    @property
    def is_readable(self) -> bool:
        """Whether the box carries text that recognition can be trained on."""
        return bool(self.text.strip()) and self.text not in PLACEHOLDER_TEXTS and self.text not in IGNORE_TEXTS

    @property
    def orientation(self) -> Orientation:
        """How the box is cut out; an unknown value counts as AUTO."""
        value = self.extra.get("orientation")
        if value is None:  # nearly every box
            return Orientation.AUTO
        return next((one for one in Orientation if one.value == value), Orientation.AUTO)

    @property
    def is_confirmed(self) -> bool:
        """Whether a person said that this box's text is right, whatever its page's state is (`confirmed`)."""
        return self.score is None and self.extra.get(CONFIRMED) is True

    @property
    def key_class(self) -> str:
        """PPOCRLabel's `key_cls` (key information extraction); empty if the box has none."""
        value = self.extra.get("key_cls")
        return value if isinstance(value, str) else ""

    @property
    def entity(self) -> int | None:
        """PaddleOCR's `id` of the box within its page, which `links` refer to; None if it has none."""
        value = self.extra.get("id")
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def links(self) -> tuple[tuple[int, int], ...]:
        """PaddleOCR's `linking`: pairs of entities, key first."""
        value = self.extra.get("linking")
        pairs = value if isinstance(value, (list, tuple)) else ()
        return tuple((pair[0], pair[1]) for pair in pairs if _is_pair(pair))

    def outlined(self, points: tuple[Point, ...]) -> Box:
        """The box with another outline, which a person gave it."""
        # not dataclasses.replace, which takes several times as long: a page may have thousands
        return Box(points, self.text, self.score, True, self.difficult, self.extra, self.id)

    def with_extra(self, **keys: Any) -> Box:
        """The box with further keys of the label file set, or (None) removed."""
        kept = {name: value for name, value in self.extra.items() if name not in keys}
        extra = {**kept, **{name: value for name, value in keys.items() if value is not None}}
        return replace(self, extra=MappingProxyType(extra))


@dataclass(frozen=True, slots=True)
class Page:
    """One image and what is known about it.

    Attributes:
        key: PPOCRLabel's image key, `<folder name>/<file name>`.
        file: Path within the project folder, parted by forward slashes.
        boxes: In list order, which is the order of the label file.
        state: See `PageState`.
        note: What people wrote about the page.
    """

    key: str
    file: str
    boxes: tuple[Box, ...] = ()
    state: PageState = PageState.NEW
    note: str = ""

    def with_box(self, changed: Box) -> Page:
        """The page with the box of the same id replaced."""
        return replace(self, boxes=tuple(changed if box.id == changed.id else box for box in self.boxes))

    def without(self, box_ids: Iterable[str]) -> Page:
        """The page without those boxes."""
        gone = set(box_ids)
        return replace(self, boxes=tuple(box for box in self.boxes if box.id not in gone))


def _is_pair(value: object) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2 and all(type(one) is int for one in value)
