"""What two configs differ in, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ABSENT: Any = object()  # one of the two lacks the key


@dataclass(frozen=True)
class Difference:
    """One key that is not the same.

    Attributes:
        key: Dotted path; entries of lists by their places.
        theirs: The value there, `ABSENT` if there is none.
        mine: The value here, `ABSENT` if there is none.
    """

    key: str
    theirs: Any
    mine: Any


def differences(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Difference]:
    """What is not the same in two configs, in the order of the second, then what only the first has.

    Lists of named parts (transforms) are compared part by part as long as both have the same parts in the same order;
    all other lists are one value.

    Args:
        theirs: A config as plain values.
        mine: Another one.
    """
    return list(_of(theirs, mine, ""))


def value_at(config: Any, key: str) -> Any:
    """The value of a dotted key of plain values, `ABSENT` if there is none; entries of lists by their places."""
    node: Any = config
    for part in key.split("."):
        if isinstance(node, Mapping) and part in node:
            node = node[part]
        elif isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        else:
            return ABSENT
    return node


def _of(theirs: Any, mine: Any, path: str) -> Iterator[Difference]:
    if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
        for key in [*mine, *(key for key in theirs if key not in mine)]:
            yield from _of(theirs.get(key, ABSENT), mine.get(key, ABSENT), f"{path}.{key}" if path else str(key))
    elif isinstance(theirs, list) and isinstance(mine, list) and _same_parts(theirs, mine):
        for place, (old, new) in enumerate(zip(theirs, mine, strict=True)):
            yield from _of(old, new, f"{path}.{place}")
    elif theirs is not mine and (theirs is ABSENT or mine is ABSENT or not same(theirs, mine)):
        yield Difference(path, theirs, mine)


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same; true is not 1, but 1 is 1.0."""
    if isinstance(one, bool) is not isinstance(other, bool):
        return False
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _same_parts(theirs: list[Any], mine: list[Any]) -> bool:
    names = [[list(part) if isinstance(part, Mapping) else None for part in parts] for parts in (theirs, mine)]
    return bool(theirs) and names[0] == names[1] and None not in names[0]
