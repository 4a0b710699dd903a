"""What goes where: pages and their lines divided by a person's wishes, with the numbers that tell how good it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ocrstudio.core.page import PageState
from ocrstudio.core.split import (
    PARTS,
    SplitItem,
    joined_groups,
    lacking_characters,
    named_groups,
    split_items,
    torn_groups,
)

By = Literal["page", "folder", "name", "box"]
WAYS: tuple[By, ...] = ("page", "folder", "name", "box")
LAYOUTS = ("paddlex", "lmdb")


@dataclass(frozen=True)
class SplitOptions:
    """What a person wishes.

    Attributes:
        ratio: See `core.split.parse_ratio`.
        seed: The same seed gives the same parts for the same pages.
        by: What stays together: a page, all pages of a folder, those with the same part of their file's name, or
            nothing (lines are divided one by one, as PPOCRLabel's script does).
        pattern: For "name": regular expression, see `core.split.named_groups`.
        alike: Pages that look the same and say the same stay together.
        test: Keys of the pages of an earlier test set, which stays as it is.
        test_from: Name of the dataset that it comes from.
        layouts: Of `LAYOUTS`, written beside PaddleOCR's lists.
        link: The pages' pictures are hard links where the disk allows it, not copies.
    """

    ratio: str = "6:2:2"
    seed: int = 0
    by: By = "page"
    pattern: str = ""
    alike: bool = True
    test: frozenset[str] = frozenset()
    test_from: str = ""
    layouts: tuple[str, ...] = ()
    link: bool = False


@dataclass(frozen=True)
class SplitPage:
    """A page, or the line pictures that were cut from one page where only those are known.

    Attributes:
        key: Unlike any other.
        lines: (place of the box or sample, text) of what recognition can learn.
        boxes: How many detection learns from; 0 where there are only lines.
        synthetic: It was generated, hence goes to training.
        confirmed: Places of the lines that a person confirmed one by one.
    """

    key: str
    lines: tuple[tuple[int, str], ...] = ()
    boxes: int = 0
    synthetic: bool = False
    confirmed: tuple[int, ...] = ()

    def known(self, state: PageState) -> SplitPage:
        """What is known to be right, by the rule of `core.teaching.to_learn`.

        All of a checked page. Of one that is being worked on the confirmed lines: recognition learns them, detection
        nothing, as its boxes may be wrong or missing. Of others nothing.
        """
        if state is PageState.CHECKED:
            return self
        places = set(self.confirmed) if state is PageState.EDITED else set()
        return replace(self, lines=tuple(line for line in self.lines if line[0] in places), boxes=0)

    @property
    def characters(self) -> frozenset[str]:
        """Those of all lines, without spaces."""
        return frozenset("".join(text for _, text in self.lines)) - {" "}


@dataclass(frozen=True)
class PartCounts:
    """What a part holds: pages, boxes, readable lines (the crops), different characters, and lines that are made."""

    pages: int = 0
    boxes: int = 0
    lines: int = 0
    characters: int = 0
    synthetic: int = 0


@dataclass(frozen=True)
class Division:
    """Which page and which line goes where.

    Attributes:
        parts: "train", "val", "test" to page keys, sorted; no page in two.
        line_parts: Where lines go that do not go with their page: (page key, place of the box) to part.
        counts: The parts' numbers.
        lacking: Part to the characters that it lacks though another has them, the commonest first.
        groups: Page key to the first key of its group, for pages that are not alone.
        torn: Pages whose lines are in several parts: the model is tested on what it has seen.
    """

    parts: dict[str, list[str]]
    line_parts: dict[tuple[str, int], str] = field(default_factory=dict)
    counts: dict[str, PartCounts] = field(default_factory=dict)
    lacking: dict[str, list[str]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    torn: int = 0

    def part_of_line(self, key: str, place: int, part: str) -> str:
        """The part of a line; `part` is its page's."""
        return self.line_parts.get((key, place), part) if self.line_parts else part


def divide(
    pages: Sequence[SplitPage],
    options: SplitOptions,
    alike: Iterable[tuple[str, str]] = (),
    pause: Callable[[], object] = lambda: None,
) -> Division:
    """Divides pages, and lines where that is wished.

    Args:
        pages: All that can be used.
        options: The wishes.
        alike: Pairs of keys of pages that look the same; counted if the options say so.
        pause: Called often, so that a thread can step back.

    Raises:
        StudioError: If the ratio or the pattern is none.
    """
    real = [page.key for page in pages if not page.synthetic]
    named = named_groups(real, options.by, options.pattern)
    groups = joined_groups(named, alike if options.alike else ())
    items = []
    for page in pages:
        pause()
        items.append(_item(page, page.key, page.characters, groups.get(page.key, ""), options))
    parts = split_items(items, options.ratio, options.seed, pause)
    line_parts: dict[tuple[str, int], str] = {}
    if options.by == "box":
        line_parts = _divided_lines(pages, options, pause)
    return _counted(pages, parts, line_parts, groups, pause)


def without(division: Division, pages: Iterable[SplitPage], lost: Container[str]) -> Division:
    """A division as it is when some of its pages cannot be had after all; the others stay where they are.

    Args:
        division: Of `pages`.
        pages: All of them.
        lost: Keys of those that go.
    """
    parts = {part: [key for key in keys if key not in lost] for part, keys in division.parts.items()}
    line_parts = {line: part for line, part in division.line_parts.items() if line[0] not in lost}
    groups = {key: group for key, group in division.groups.items() if key not in lost}
    return _counted([page for page in pages if page.key not in lost], parts, line_parts, groups, lambda: None)


def _item(page: SplitPage, key: str, characters: frozenset[str], group: str, options: SplitOptions) -> SplitItem:
    part = "train" if page.synthetic else "test" if page.key in options.test else ""
    return SplitItem(key, characters, group, part)


def _divided_lines(
    pages: Sequence[SplitPage], options: SplitOptions, pause: Callable[[], object]
) -> dict[tuple[str, int], str]:
    items = []
    places = {}
    for page in pages:
        pause()
        for place, text in page.lines:
            key = f"{page.key}\n{place:09d}"
            places[key] = (page.key, place)
            items.append(_item(page, key, frozenset(text) - {" "}, "", options))
    parts = split_items(items, options.ratio, options.seed, pause)
    return {places[key]: part for part, keys in parts.items() for key in keys}


def _counted(
    pages: Sequence[SplitPage],
    parts: dict[str, list[str]],
    line_parts: dict[tuple[str, int], str],
    groups: Mapping[str, str],
    pause: Callable[[], object],
) -> Division:
    part_of = {key: part for part, keys in parts.items() for key in keys}
    numbers = {part: Counter[str]() for part in PARTS}
    characters = {part: Counter[str]() for part in PARTS}
    lines_of: dict[str, list[str]] = {part: [] for part in PARTS}
    for page in pages:
        pause()
        part = part_of[page.key]
        numbers[part]["pages"] += bool(page.boxes)
        numbers[part]["boxes"] += page.boxes
        texts: dict[str, list[str]] = {} if line_parts else {part: [text for _, text in page.lines]}
        if line_parts:
            for place, text in page.lines:
                own = line_parts.get((page.key, place), part)
                texts.setdefault(own, []).append(text)
                lines_of[own].append(page.key)
        for own, found in texts.items():
            numbers[own]["lines"] += len(found)
            numbers[own]["synthetic"] += page.synthetic * len(found)
            characters[own].update("".join(found))
    for counted in characters.values():
        counted.pop(" ", None)
    counts = {part: PartCounts(**numbers[part], characters=len(characters[part])) for part in PARTS}
    torn = torn_groups(lines_of, {page.key: page.key for page in pages}) if line_parts else []
    return Division(parts, line_parts, counts, lacking_characters(characters), dict(groups), len(torn))
