"""Dividing pages into train, val and test.

What belongs together (pages of one document, of one folder, pictures that look the same) goes to one part as a whole.
The parts are drawn by a seed, as large as the ratio says, and then exchanged one for one until every character that is
in two groups or more is both learned and validated, as far as that is possible.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError

PARTS = ("train", "val", "test")
# A character in fewer groups cannot be in training and in validation.
ENOUGH_GROUPS = 2
_SEPARATOR = re.compile(r"\s*[:/,;\s]\s*")
# Exchanges that are looked at for one missing character; more of them find hardly anything better.
_MOST_TRIED, _MOST_COMERS = 48, 8
_RARE_GROUPS = 5
_MOST_ROUNDS = 3


@dataclass(frozen=True)
class SplitItem:
    """A page, or a line where lines are divided, as far as dividing is concerned.

    Attributes:
        key: Its name; each once.
        characters: Those of its texts, without spaces.
        group: What it belongs to; "" if to nothing.
        part: The part that it is in already and stays in; "" if it is free.
    """

    key: str
    characters: frozenset[str] = field(default_factory=frozenset)
    group: str = ""
    part: str = ""


@dataclass(eq=False)
class _Unit:
    """Items that stay together."""

    name: str
    keys: list[str]
    characters: set[str]
    part: str


def parse_ratio(ratio: str | Sequence[float]) -> tuple[float, float, float]:
    """The shares of train, val and test, summing to 1.

    Args:
        ratio: "6:2:2", "80:10:10", "0.8/0.1/0.1", or the three numbers. Two numbers mean no test part.

    Raises:
        DatasetError: If it is no such ratio, a number is negative, or train gets nothing.
    """
    try:
        texts = _SEPARATOR.split(ratio.strip()) if isinstance(ratio, str) else list(ratio)
        shares = [float(text) for text in texts]
    except (TypeError, ValueError):
        shares = []
    if len(shares) == 2:
        shares.append(0.0)
    good = len(shares) == 3 and all(math.isfinite(share) and share >= 0 for share in shares) and shares[0] > 0
    if not good:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{ratio} is no ratio of train, val and test."),
            QT_TRANSLATE_NOOP("Errors", "Write it like 6:2:2 or 80:10:10; train must get something."),
            ratio=ratio,
        )
    total = sum(shares)
    return shares[0] / total, shares[1] / total, shares[2] / total


def part_sizes(count: int, ratio: str | Sequence[float]) -> tuple[int, int, int]:
    """How many of `count` pages go to train, val and test: largest remainder, earlier parts first on a tie.

    With two pages or more, train and val get at least one each, because a run without either ends without a word.

    Raises:
        DatasetError: If the ratio is none.
    """
    sizes = _rounded(count, parse_ratio(ratio))
    if count >= 2:
        for needed in (0, 1):
            if sizes[needed] == 0:
                donor = max((part for part in range(3) if part != needed), key=lambda part: (sizes[part], part))
                sizes[donor] -= 1
                sizes[needed] += 1
    return sizes[0], sizes[1], sizes[2]


def _rounded(count: int, shares: Sequence[float]) -> list[int]:
    """Whole numbers that sum to `count`; the shares sum to 1."""
    exact = [share * count for share in shares]
    # 0.2 * 5 is 1 up to rounding, and must not lose its page for that
    sizes = [math.floor(value + 1e-9) for value in exact]
    by_remainder = sorted(range(3), key=lambda part: (-round(exact[part] - sizes[part], 9), part))
    for part in by_remainder[: count - sum(sizes)]:
        sizes[part] += 1
    return sizes


def split_items(
    items: Sequence[SplitItem],
    ratio: str | Sequence[float],
    seed: int,
    pause: Callable[[], object] = lambda: None,
) -> dict[str, list[str]]:
    """Divides items into parts; the same items, ratio and seed always give the same parts, whatever their order.

    A group one of whose items has a part goes there as a whole (test before val before train). Those do not count for
    the ratio; where the test part is settled like that it stays as it is, and the rest is divided among train and val.

    Args:
        items: What there is.
        ratio: See `parse_ratio`.
        seed: Any whole number.
        pause: Called often, so that a thread can step back.

    Returns:
        "train", "val" and "test", each sorted; together exactly the items, no group in two parts.

    Raises:
        DatasetError: If the ratio is none.
    """
    shares = parse_ratio(ratio)
    units = _units(items, pause)
    parts: dict[str, list[_Unit]] = {part: [unit for unit in units if unit.part == part] for part in PARTS}
    free = [unit for unit in units if not unit.part]
    if parts["test"]:
        shares = (shares[0], shares[1] or 1e-9, 0.0)
    # Python promises that random() gives the same numbers for a seed in every version, but not that shuffle() does
    drawn = random.Random(seed)  # noqa: S311 - repeatable on purpose
    shuffled = sorted(free, key=lambda _: drawn.random())
    for part, chosen in _drawn(shuffled, shares).items():
        parts[part] += chosen
    _exchange(parts, shuffled, pause)
    return {part: sorted(key for unit in units if unit.part == part for key in unit.keys) for part in PARTS}


def _units(items: Sequence[SplitItem], pause: Callable[[], object]) -> list[_Unit]:
    """Groups, and items without one, in the order of their first keys."""
    units: dict[tuple[str, str], _Unit] = {}
    for item in sorted({item.key: item for item in items}.values(), key=lambda one: one.key):
        pause()
        name = ("group", item.group) if item.group else ("item", item.key)
        unit = units.setdefault(name, _Unit(item.key, [], set(), ""))
        unit.keys.append(item.key)
        unit.characters |= item.characters
        if item.part and (not unit.part or PARTS.index(item.part) > PARTS.index(unit.part)):
            unit.part = item.part
    return list(units.values())


def _drawn(shuffled: Sequence[_Unit], shares: Sequence[float]) -> dict[str, list[_Unit]]:
    """The parts as the draw and the sizes give them: large groups go where most is missing, single items fill up."""
    wanted = part_sizes(sum(len(unit.keys) for unit in shuffled), shares)
    chosen: tuple[list[_Unit], ...] = ([], [], [])
    held = [0, 0, 0]
    groups = [unit for unit in shuffled if len(unit.keys) > 1]
    for unit in sorted(groups, key=lambda one: -len(one.keys)):
        place = max(range(3), key=lambda part: (wanted[part] - held[part], -part))
        chosen[place].append(unit)
        held[place] += len(unit.keys)
    singles = [unit for unit in shuffled if len(unit.keys) == 1]
    lacking = [max(0, wanted[part] - held[part]) for part in range(3)]
    if singles:
        if sum(lacking) > len(singles):
            lacking = _rounded(len(singles), [number / sum(lacking) for number in lacking])
        start = 0
        for place, number in enumerate(lacking):
            chosen[place].extend(singles[start : start + number])
            start += number
    if len(shuffled) >= 2:
        for needed in (0, 1):
            if not chosen[needed]:
                donor = max((part for part in range(3) if part != needed), key=lambda part: (len(chosen[part]), part))
                smallest = min(chosen[donor], key=lambda unit: len(unit.keys))
                chosen[donor].remove(smallest)
                chosen[needed].append(smallest)
    return dict(zip(PARTS, chosen, strict=True))


class _Cover:
    """Where units are, and how often characters with enough groups are in train and in val."""

    def __init__(self, parts: Mapping[str, Sequence[_Unit]], pause: Callable[[], object]) -> None:
        self.holders: dict[str, list[_Unit]] = {}
        for units in parts.values():
            for unit in units:
                pause()
                for char in unit.characters:
                    self.holders.setdefault(char, []).append(unit)
        self.needed = {char for char, units in self.holders.items() if len(units) >= ENOUGH_GROUPS}
        self.rarest = sorted(self.needed, key=lambda char: (len(self.holders[char]), char))
        self.counts: dict[str, Counter[str]] = {}
        self.missing: dict[str, set[str]] = {"test": set()}
        self.lonely: dict[str, set[str]] = {"test": set()}
        for part in PARTS[:2]:
            counts = Counter(char for unit in parts[part] for char in unit.characters)
            self.counts[part] = counts
            self.missing[part] = {char for char in self.needed if not counts[char]}
            self.lonely[part] = {char for char in self.needed if counts[char] == 1}

    def gain(self, come: _Unit, go: _Unit) -> int:
        """Characters more that are where they must be, if two units change their places."""
        to, away = go.part, come.part
        found = len(come.characters & self.missing[to]) + len(go.characters & self.missing[away])
        lost = len((go.characters & self.lonely[to]) - come.characters)
        lost += len((come.characters & self.lonely[away]) - go.characters)
        return found - lost

    def exchange(self, come: _Unit, go: _Unit) -> None:
        """Changes the places of two units."""
        for unit, part in ((come, come.part), (go, go.part)):
            self._count(unit, part, -1)
        come.part, go.part = go.part, come.part
        for unit in (come, go):
            self._count(unit, unit.part, 1)

    def _count(self, unit: _Unit, part: str, step: int) -> None:
        if part == "test":
            return
        counts, missing, lonely = self.counts[part], self.missing[part], self.lonely[part]
        for char in unit.characters & self.needed:
            counts[char] += step
            for kept, number in ((missing, 0), (lonely, 1)):
                if counts[char] == number:
                    kept.add(char)
                else:
                    kept.discard(char)


def _exchange(parts: Mapping[str, Sequence[_Unit]], free: Sequence[_Unit], pause: Callable[[], object]) -> None:
    """Exchanges free units of one size as long as that brings characters into train or val."""
    for part, units in parts.items():
        for unit in units:
            unit.part = part
    cover = _Cover(parts, pause)
    if not (cover.missing["train"] or cover.missing["val"]):
        return
    movable = {unit.name for unit in free}
    # what holds few rare characters is given away first
    rare = {char for char in cover.needed if len(cover.holders[char]) <= _RARE_GROUPS}
    pools: dict[tuple[str, int], list[_Unit]] = {}
    for unit in sorted(free, key=lambda one: len(one.characters & rare)):
        pools.setdefault((unit.part, len(unit.keys)), []).append(unit)
    for _ in range(_MOST_ROUNDS):
        changed = False
        for char in cover.rarest:
            pause()
            for part in PARTS[:2]:
                if char in cover.missing[part]:
                    changed |= _bring(char, part, pools, cover, movable)
        if not changed:
            return


def _bring(
    char: str, part: str, pools: Mapping[tuple[str, int], list[_Unit]], cover: _Cover, movable: set[str]
) -> bool:
    """Exchanges two units so that a part gets a character; whether that was possible."""
    best: tuple[int, _Unit, _Unit] | None = None
    comers = [unit for unit in cover.holders[char] if unit.name in movable and unit.part != part]
    for come in comers[:_MOST_COMERS]:
        tried = 0
        for go in pools.get((part, len(come.keys)), ()):
            if go.part != part:
                continue
            gain = cover.gain(come, go)
            if gain > 0 and (best is None or gain > best[0]):
                best = gain, come, go
            tried += 1
            if tried >= _MOST_TRIED:
                break
    if best is None:
        return False
    _, come, go = best
    pools[part, len(go.keys)].remove(go)
    pools[part, len(go.keys)].append(come)
    pools[come.part, len(come.keys)].remove(come)
    pools[come.part, len(come.keys)].append(go)
    cover.exchange(come, go)
    return True


def joined_groups(named: Mapping[str, str], alike: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Groups by name and by look, joined: what shares either, also over several steps, is one group.

    Args:
        named: Item key to its group's name, "" for none.
        alike: Pairs of keys that look the same.

    Returns:
        Key to the first key of its group, for every item that is not alone.
    """
    leader = {key: key for key in named}

    def lead(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    first_of: dict[str, str] = {}
    pairs = [(first_of.setdefault(group, key), key) for key, group in named.items() if group]
    for one, other in [*pairs, *alike]:
        if one in leader and other in leader:
            first, second = sorted((lead(one), lead(other)))
            leader[second] = first
    groups = {key: lead(key) for key in named}
    sizes = Counter(groups.values())
    return {key: group for key, group in groups.items() if sizes[group] > 1}


def torn_groups(parts: Mapping[str, Iterable[str]], group_of: Mapping[str, str]) -> list[str]:
    """Groups that are in more than one part, sorted: what training sees of them makes the other parts look good."""
    places: dict[str, set[str]] = {}
    for part, keys in parts.items():
        for key in keys:
            if key in group_of:
                places.setdefault(group_of[key], set()).add(part)
    return sorted(group for group, found in places.items() if len(found) > 1)


def lacking_characters(characters: Mapping[str, Counter[str]]) -> dict[str, list[str]]:
    """Characters that a part lacks though another has them, the commonest first.

    Args:
        characters: Part to how often it has which.
    """
    total: Counter[str] = Counter()
    for counts in characters.values():
        total.update(counts)
    ordered = sorted(total, key=lambda char: (-total[char], char))
    return {part: [char for char in ordered if char not in counts] for part, counts in characters.items()}


def named_groups(keys: Sequence[str], by: str, pattern: str = "") -> dict[str, str]:
    """Which group each page belongs to by where it lies or what its file is called.

    Args:
        keys: Page keys: `<project>/<folders>/<file>`.
        by: "folder": the same folder is one group; "name": the same part of the file's name; anything else: none.
        pattern: Regular expression for "name": what it matches in the file's name is the group's name.

    Returns:
        Key to name, "" for pages of their own.

    Raises:
        SearchError: If the pattern is broken or takes too long.
    """
    if by == "folder":
        return {key: key.rpartition("/")[0] for key in keys}
    if by != "name" or not pattern:
        return dict.fromkeys(keys, "")
    from ocrstudio.core.search import Matcher, TextRule

    matcher = Matcher(TextRule(pattern, case=True, regex=True))
    matcher.limit()
    groups = {}
    for key in keys:
        name = key.rpartition("/")[2]
        span = next(iter(matcher.spans(name)), None)
        groups[key] = name[slice(*span)] if span is not None else ""
    return groups
