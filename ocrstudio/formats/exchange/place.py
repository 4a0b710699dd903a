"""A file or folder that somebody wants to read labels from: its files and their beginnings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ocrstudio.formats.exchange.picture_index import MAX_ENTRIES, stays_below
from ocrstudio.formats.exchange.texts import decode
from ocrstudio.formats.images import natural_key

_HEAD_BYTES = 65_536
# A look at so many files of one kind is enough to know the format.
_LOOKS = 20


class Place:
    """What is at a path. Nothing outside of it is ever opened.

    Args:
        path: A file, or a folder, which is searched with its sub-folders; hidden ones are left out.
        only: Files of the folder that somebody chose; the others are as if they were not there.
    """

    def __init__(self, path: Path, only: Sequence[Path] = ()) -> None:
        self.path = path
        self.is_folder = path.is_dir()
        self.root = path if self.is_folder else path.parent
        self._files: list[Path] | None = list(only) or None
        self._heads: dict[Path, str] = {}

    @property
    def files(self) -> list[Path]:
        """All files in natural order."""
        if self._files is None:
            self._files = self._search() if self.is_folder else [self.path]
        return self._files

    def _search(self) -> list[Path]:
        root = self.path.resolve()
        found: list[Path] = []
        for place, folders, names in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(place, name) for name in names if not name.startswith(".")]
            if len(found) > MAX_ENTRIES:
                break
        inside = [path for path in found if stays_below(path, root)]
        return sorted(inside, key=lambda path: (natural_key(path.relative_to(root).as_posix()), str(path)))

    def with_ending(self, *endings: str) -> list[Path]:
        """The files whose names end so, case aside."""
        return [path for path in self.files if path.name.lower().endswith(endings)]

    def named(self, *names: str) -> list[Path]:
        """The files of those names, case aside."""
        return [path for path in self.files if path.name.lower() in names]

    def head(self, path: Path) -> str:
        """The beginning of a file as text; empty if it cannot be read or is no text."""
        if path not in self._heads:
            try:
                with path.open("rb") as file:
                    data = file.read(_HEAD_BYTES)
            except OSError:
                data = b""
            self._heads[path] = _text(data)
        return self._heads[path]

    def any_head(self, paths: list[Path], *words: str) -> bool:
        """Whether one of the first files has all the words near its beginning."""
        return any(all(word in self.head(path) for word in words) for path in paths[:_LOOKS])


def _text(data: bytes) -> str:
    # the cut may be in the middle of a character
    for cut in range(4):
        try:
            return decode(data[: len(data) - cut])[0]
        except UnicodeDecodeError:
            continue
    # an XML file may say that it is in another encoding; its first lines are ASCII all the same
    return "" if data.count(0) > len(data) // 64 else data.decode("latin-1")
