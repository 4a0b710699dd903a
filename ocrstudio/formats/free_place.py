"""Names for new files and folders beside others of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePath
from typing import TypeVar

P = TypeVar("P", bound=PurePath)


def numbered(wanted: P, mark: str = " ({})", *, is_folder: bool = False) -> Iterator[P]:
    """`a.png`, `a (2).png`, `a (3).png`, …: never ends.

    Args:
        wanted: The first.
        mark: What stands behind the others' stem, `{}` being the number.
        is_folder: Whether a dot in the name begins no ending.
    """
    yield wanted
    stem, ending = (wanted.name, "") if is_folder else (wanted.stem, wanted.suffix)
    for number in count(2):
        yield wanted.with_name(f"{stem}{mark.format(number)}{ending}")


def free_place(wanted: Path, mark: str = " ({})", *, is_folder: bool = False) -> Path:
    """The first of `numbered` at which nothing is."""
    return next(place for place in numbered(wanted, mark, is_folder=is_folder) if not place.exists())
