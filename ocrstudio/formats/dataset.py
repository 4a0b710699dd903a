"""The lines of checked pages as recognition is trained on them, and the names of their crops."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, StudioError
from ocrstudio.core.page import Box, Page
from ocrstudio.formats.crops import Image, crop_box, read_image

Progress = Callable[[int, int], None]

NOT_CHECKED = QT_TRANSLATE_NOOP("Errors", "The page is not checked yet.")
NO_BOXES = QT_TRANSLATE_NOOP("Errors", "The page has no boxes.")
ODD_NAME = QT_TRANSLATE_NOOP("Errors", "The name {file} has characters that no list can hold; rename the picture.")
HALF_CHARACTER = QT_TRANSLATE_NOOP("Errors", "The text of box {number} holds half a character; type it again.")

# What ends a line for one program or another.
_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_UNLISTABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Skipped:
    """A page, or a box of it, that stays out of the dataset.

    Attributes:
        page: Page key.
        template: Why, a template of the Errors context.
        values: For the template.
    """

    page: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The English sentence."""
        return self.template.format(**self.values) if self.values else self.template


def training_lines(page: Page) -> Iterator[tuple[int, Box, str]]:
    """The lines of a page that recognition can learn: (place of the box, box, text).

    Spaces around the text go, as nobody sees them on the picture; tabs and line ends inside become a space, because a
    list cannot hold them. What is empty or a placeholder then is left out.
    """
    for index, box in enumerate(page.boxes):
        text = " ".join(part.strip() for part in _BREAKS.split(box.text) if part.strip())
        if box.is_readable and replace(box, text=text).is_readable:
            yield index, box, text


@dataclass(frozen=True)
class CutLine:
    """A line of a page as recognition is trained on it: the place of its box, its text and its crop."""

    index: int
    text: str
    crop: Image


def cut_lines(
    page: Page, image_file: Path, places: Container[int] | None = None
) -> tuple[list[CutLine], list[Skipped]]:
    """Cuts out the readable lines of a page; a box that cannot be cut does not keep the others back.

    Args:
        page: Its boxes and texts.
        image_file: Its picture; not read if there is no line.
        places: Those of the boxes that are wanted; None: all.

    Returns:
        The lines, and what was left out.

    Raises:
        ProjectError: If the picture cannot be read.
    """
    lines: list[CutLine] = []
    skipped: list[Skipped] = []
    image: Image | None = None
    for index, box, text in training_lines(page):
        if places is not None and index not in places:
            continue
        if image is None:
            image = read_image(image_file)
        if not can_be_listed(text):
            skipped.append(Skipped(page.key, HALF_CHARACTER, {"number": index + 1}))
            continue
        try:
            lines.append(CutLine(index, text, crop_box(image, box)))
        except StudioError as error:
            skipped.append(Skipped(page.key, error.what, error.values))
    return lines, skipped


def crop_prefixes(files: Iterable[str]) -> dict[str, str]:
    """A different prefix for the crops of each image, though `a.jpg`, `a.png` and `sub/a.jpg` share their stem.

    Args:
        files: Paths within one project, parted by forward slashes.

    Returns:
        Path to prefix: the stem for the first file that has it, as PPOCRLabel names crops; `<folders>_<stem>`, then
        `..._<extension>`, then a number for the next. Names that differ only by case or by the way their accents are
        written count as the same, because they are on Windows and macOS. What a list or a file system cannot hold
        (tabs, line ends, halves of characters) becomes an underscore.
    """
    taken: set[str] = set()
    prefixes = {}
    for file in files:
        folder, _, name = _UNLISTABLE.sub("_", file).rpartition("/")
        stem, dot, extension = name.rpartition(".")
        if not dot:
            stem, extension = name, ""
        longer = "_".join([*folder.split("/"), stem]) if folder else stem
        for prefix in _candidates(stem, longer, extension):
            known = unicodedata.normalize("NFC", prefix).casefold()
            if known not in taken:
                taken.add(known)
                prefixes[file] = prefix
                break
    return prefixes


def _candidates(stem: str, longer: str, extension: str) -> Iterator[str]:
    yield stem
    if longer != stem:
        yield longer
    full = f"{longer}_{extension}"
    yield full
    for number in count(2):
        yield f"{full}_{number}"


def can_be_listed(text: str) -> bool:
    """Whether a list or a file name can hold a text: no tab, no line end, no half of a character."""
    return _UNLISTABLE.search(text) is None
