"""Pictures of a source meet those of a project: which are the same, and what a new one is called there.

Two collections often call different pictures alike (`img_1.jpg`). So a name alone does not make a picture the
project's: where the source has the picture too, what they show decides, and a stranger gets a number (`img_1-2.jpg`).
The same rule finds it again at the next import.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from ocrstudio.core.errors import StudioError
from ocrstudio.formats.exchange.texts import safe_name
from ocrstudio.formats.exchange.values import FoundPage, MadePicture
from ocrstudio.formats.free_place import numbered
from ocrstudio.formats.images import image_size
from ocrstudio.formats.picture_facts import look_same

# Of two files of one length so much is compared at the beginning, the middle and the end.
_SAMPLE_BYTES = 4096
_SAME_SHAPE = 0.01


class PicturePlaces:
    """Where the pictures of one source belong in a project.

    Args:
        files: Page key to path within the project.
        folder: The project.
        pages: What the source holds.
    """

    def __init__(self, files: Mapping[str, str], folder: Path, pages: Iterable[FoundPage]) -> None:
        self._files, self._folder = files, folder
        self._keys = {file.casefold(): key for key, file in files.items()}
        self._targets: dict[Path | str, str] = {}
        self._taken: set[str] = set()
        pictures = {page.picture for page in pages if isinstance(page.picture, Path)}
        self._names = Counter(picture.name.casefold() for picture in pictures)

    def own(self, page: FoundPage, key: str | None) -> str | None:
        """The page of the project that a page of the source is.

        Args:
            page: Of the source.
            key: The page that its name means.

        Returns:
            `key`, or a numbered one, if they show the same as far as can be told; None if there is no such page.
        """
        if key is None or not isinstance(page.picture, Path):
            return key
        for file in _numbered(self._files[key]):
            there = self._keys.get(file.casefold())
            if there is None or same_picture(page.picture, self._folder / self._files[there]):
                return there
        return None

    def target(self, page: FoundPage) -> str:
        """Path within the project for a picture that it lacks; free, and the same for the same picture."""
        origin = page.picture if isinstance(page.picture, Path) else page.image
        if origin not in self._targets:
            wanted = page.target or self._name(page)
            # the pages of a file stay together: their reader has found a name for all of them
            self._targets[origin] = wanted if isinstance(page.picture, MadePicture) else self._free(wanted)
            self._taken.add(self._targets[origin].casefold())
        return self._targets[origin]

    def _free(self, wanted: str) -> str:
        return next(
            name
            for name in _numbered(wanted)
            if name.casefold() not in self._taken and name.casefold() not in self._keys
        )

    def _name(self, page: FoundPage) -> str:
        """In the project's own folder; where two pictures of the source share a name, in folders like theirs."""
        if not isinstance(page.picture, Path):
            return safe_name(page.image)
        name = page.picture.name  # it was found, so that is its name on disk; the one in the label file is not used
        parent = page.picture.parent.name
        return f"{parent}/{name}" if self._names[name.casefold()] > 1 and parent else name


def _numbered(file: str) -> Iterator[str]:
    """`a/b.png`, `a/b-2.png`, `a/b-3.png`, …"""
    return (place.as_posix() for place in numbered(PurePosixPath(file), "-{}"))


def same_picture(one: Path, other: Path) -> bool:
    """Whether two files show the same as far as can be told, even saved anew or scaled; unreadable ones count as same.

    Files of one length are compared in three places only: ten thousand pictures are not read for it.
    """
    try:
        if one.samefile(other):
            return True
        if one.stat().st_size == other.stat().st_size:
            return _samples(one) == _samples(other)
        (width, height), (other_width, other_height) = image_size(one), image_size(other)
    except (OSError, StudioError):
        return True
    same_shape = abs((width * other_height) / (height * other_width) - 1) <= _SAME_SHAPE
    return same_shape and look_same(one, other)


def _samples(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        found = []
        for place in (0, size // 2, max(0, size - _SAMPLE_BYTES)):
            file.seek(place)
            found.append(file.read(_SAMPLE_BYTES))
    return found
