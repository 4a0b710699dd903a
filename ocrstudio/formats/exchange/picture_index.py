"""Which picture a label file means. Names from files are compared, never opened: `../../secret.png` finds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

from ocrstudio.formats.images import is_image_name

T = TypeVar("T")

# Somebody points at a whole disk: enough is enough.
MAX_ENTRIES = 300_000


class AmbiguousNameError(LookupError):
    """Several pictures answer to one name."""


class NameIndex(Generic[T]):
    """Finds things by the end of their path.

    Args:
        items: (path parted by forward slashes, the thing).
    """

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._by_name: dict[str, list[tuple[list[str], T]]] = {}
        self._by_stem: dict[str, list[tuple[list[str], T]]] = {}
        for path, item in items:
            entry = (path.split("/"), item)
            name = entry[0][-1].casefold()
            self._by_name.setdefault(name, []).append(entry)
            self._by_stem.setdefault(name.rpartition(".")[0] or name, []).append(entry)

    def find(self, name: str) -> T | None:
        """The thing that a name means.

        Args:
            name: Any path; only its last parts count. Case counts when that decides, and so do folders. A name without
                the ending of a picture, or with another one, is compared without endings.

        Raises:
            AmbiguousNameError: If several answer equally well.
        """
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if not parts:
            return None
        last = parts[-1].casefold()
        found = self._by_name.get(last)
        if found:
            return _best(found, parts)
        stem = last.rpartition(".")[0] if is_image_name(last) else last
        found = self._by_stem.get(stem)
        return _best(found, parts, stems=True) if found else None


def _best(found: list[tuple[list[str], T]], parts: list[str], *, stems: bool = False) -> T:
    """The candidate that shares most with the name, letter by letter before regardless of case."""
    ranked = sorted(found, key=lambda entry: _shared(entry[0], parts, stems=stems), reverse=True)
    if len(ranked) > 1 and _shared(ranked[0][0], parts, stems=stems) == _shared(ranked[1][0], parts, stems=stems):
        raise AmbiguousNameError
    return ranked[0][1]


def _shared(path: list[str], parts: list[str], *, stems: bool) -> tuple[int, int, int]:
    """(shared trailing parts regardless of case, the same by letter, minus the parts that the name does not say)."""
    if stems:
        path = [*path[:-1], path[-1].rpartition(".")[0]]
        last = parts[-1]
        parts = [*parts[:-1], last.rpartition(".")[0] if is_image_name(last) else last]
    loose = exact = 0
    for one, other in zip(reversed(path), reversed(parts), strict=False):
        if one.casefold() != other.casefold():
            break
        loose += 1
        exact += one == other
    return loose, exact, -len(path)


def pictures_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """(path within the folder, path) of the pictures in a folder and its sub-folders, hidden ones left out.

    Links that lead out of the folder are left out too, so that a folder from elsewhere cannot point at other files.
    """
    root = folder.resolve()
    seen = 0
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            seen += 1
            if seen > MAX_ENTRIES:
                return
            path = Path(place, name)
            if is_image_name(name) and not name.startswith(".") and stays_below(path, root):
                yield path.relative_to(root).as_posix(), path


def stays_below(path: Path, root: Path) -> bool:
    """Whether a path is no link, or one that stays within `root`."""
    try:
        return not path.is_symlink() or path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
