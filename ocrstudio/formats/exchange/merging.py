"""Labels that were read meet the project: which page they belong to, and what happens to what is there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ocrstudio.core.box_matching import merge_auto_labels
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.formats.exchange.picture_index import AmbiguousNameError, NameIndex
from ocrstudio.formats.exchange.picture_places import PicturePlaces
from ocrstudio.formats.exchange.reading import AMBIGUOUS, NAME_FOLDERS, Reading
from ocrstudio.formats.exchange.registry import FORMATS, detect, unknown_format
from ocrstudio.formats.exchange.values import FoundPage
from ocrstudio.formats.images import image_size

# What happens to labels that a page has: nothing is taken over / those that no person touched give way / all of them
# give way / the new ones come in addition.
Existing = Literal["keep", "untouched", "replace", "add"]
STEP = QT_TRANSLATE_NOOP("Steps", "Import labels")
# Sides of a picture may differ by so much from the stated ones through rounding alone.
_SAME_SHAPE = 0.01

NO_LABELS = QT_TRANSLATE_NOOP("Errors", "{file} holds no labels in a format that is known.")
KNOWN_FORMATS = QT_TRANSLATE_NOOP("Errors", "Choose the format yourself, or export the labels in one of: {known}.")
SCALED = QT_TRANSLATE_NOOP(
    "Errors", "The labels belong to a picture of {stated} pixels, and {image} has {actual}; the boxes were scaled."
)
OTHER_SHAPE = QT_TRANSLATE_NOOP(
    "Errors",
    "The labels belong to a picture of {stated} pixels, and {image} has {actual}; the boxes may be out of place.",
)
LOOK_AT_BOXES = QT_TRANSLATE_NOOP("Errors", "Look at the page after the import.")
TWICE = QT_TRANSLATE_NOOP("Errors", "{image} is labelled several times; the boxes of all are taken, equal ones once.")
NO_PAGE = QT_TRANSLATE_NOOP("Errors", "There is no picture {image} in the project; its {count} boxes are left out.")
NOT_WANTED = QT_TRANSLATE_NOOP(
    "Errors", "The picture {image} was not brought into the project; its {count} boxes are left out."
)
BRING_IT = QT_TRANSLATE_NOOP("Errors", "Import again and choose that pictures are copied or linked.")
COPY_PICTURE = QT_TRANSLATE_NOOP("Errors", "Copy the picture into the project's folder and import again.")


@dataclass
class Gathered:
    """What a source holds for a project.

    Attributes:
        form: Key of `FORMATS`.
        pages: Page key to its labels, in pixels of the project's picture.
        missing: Labels of pictures that the project does not have.
        reading: Its problems grow until the import is done.
    """

    form: str
    reading: Reading
    pages: dict[str, FoundPage] = field(default_factory=dict)
    missing: list[FoundPage] = field(default_factory=list)

    @property
    def boxes(self) -> int:
        """Boxes of the matched pages."""
        return sum(len(page.boxes) for page in self.pages.values())

    @property
    def copyable(self) -> list[FoundPage]:
        """The missing pictures that the source has."""
        return [page for page in self.missing if page.picture is not None]


def gather(reading: Reading, form: str | None, files: Mapping[str, str], folder: Path) -> Gathered:
    """Reads a source and finds the pages that it speaks of. May run on any thread.

    Args:
        reading: The source.
        form: Key of `FORMATS`; None guesses it.
        files: Page key to path within the project, as `Page.file` has it.
        folder: The project.

    Raises:
        DatasetError: If the format is not known.
        ProjectError: If the source does not exist.
    """
    if not reading.path.exists():
        what = QT_TRANSLATE_NOOP("Errors", "{file} does not exist.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Check the path; the file may have been moved or renamed.")
        raise DatasetError(what, remedy, file=reading.origin)
    known = form or detect(reading.path)
    if known is None:
        raise DatasetError(NO_LABELS, KNOWN_FORMATS, file=reading.origin, known=", ".join(FORMATS))
    exchange = FORMATS.get(known)
    if exchange is None or exchange.read is None:
        raise unknown_format(known)
    found: list[FoundPage] = list(exchange.read(reading))
    gathered = Gathered(known, reading)
    index: NameIndex[str] = NameIndex((file, key) for key, file in files.items())
    places = PicturePlaces(files, folder, found)
    for done, page in enumerate(found):
        reading.progress(done, len(found))
        try:
            key = places.own(page, index.find(page.image))
        except AmbiguousNameError:
            reading.trouble(page.file, page.line, AMBIGUOUS, NAME_FOLDERS, image=page.image)
            continue
        if key is None:
            gathered.missing.append(replace(page, target=places.target(page)))
            continue
        fitted = _fitted(reading, page, folder / files[key])
        earlier = gathered.pages.get(key)
        gathered.pages[key] = fitted if earlier is None else _together(reading, earlier, fitted)
    return gathered


def _fitted(reading: Reading, page: FoundPage, picture: Path) -> FoundPage:
    """The labels in pixels of the project's picture, which may have been scaled since."""
    if page.size is None:
        return page
    try:
        actual = image_size(picture)
    except StudioError:
        return page  # the page itself says what is wrong with its picture
    if actual == page.size:
        return page
    across, down = actual[0] / page.size[0], actual[1] / page.size[1]
    values = {
        "image": picture.name,
        "stated": f"{page.size[0]} x {page.size[1]}",
        "actual": f"{actual[0]} x {actual[1]}",
    }
    if abs(across / down - 1) > _SAME_SHAPE:
        reading.trouble(page.file, page.line, OTHER_SHAPE, LOOK_AT_BOXES, **values)
        return page
    if not page.is_scale:
        reading.trouble(page.file, page.line, SCALED, "", **values)
    boxes = tuple(
        replace(box, points=tuple((round(x * across, 2), round(y * down, 2)) for x, y in box.points))
        for box in page.boxes
    )
    return replace(page, boxes=boxes, size=actual)


def _together(reading: Reading, one: FoundPage, other: FoundPage) -> FoundPage:
    more = without_doubles(other.boxes, one.boxes)
    if more:  # a list for training and one for validation may share a page
        reading.trouble(other.file, other.line, TWICE, LOOK_AT_BOXES, image=other.image)
    boxes = (*one.boxes, *more)
    return replace(one, boxes=boxes, state=one.state or other.state, note=one.note or other.note)


def without_doubles(boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
    """Those boxes that no other has the same points and text as."""
    known = {(box.points, box.text) for box in others}
    return [box for box in boxes if (box.points, box.text) not in known]


def tell_missing(gathered: Gathered) -> None:
    """Notes a problem for each labelled picture that neither the project nor the source has."""
    for page in gathered.missing:
        if page.picture is None:
            values = {"image": page.image, "count": len(page.boxes)}
            gathered.reading.trouble(page.file, page.line, NO_PAGE, COPY_PICTURE, **values)


def tell_left(gathered: Gathered) -> None:
    """Notes a problem for each picture that the source has and that was not brought in."""
    for page in gathered.copyable:
        values = {"image": page.image, "count": len(page.boxes)}
        gathered.reading.trouble(page.file, page.line, NOT_WANTED, BRING_IT, **values)


def merged(page: Page, found: FoundPage, existing: Existing) -> Page | None:
    """The page with imported labels.

    Args:
        page: As it is in the project.
        found: What was read for it.
        existing: What happens to labels that it has.

    Returns:
        The new page; None if nothing changes. A page that changed is EDITED again, unless the file says that a person
        checked it and nothing but its boxes is on it.
    """
    own = page.boxes
    if own and existing == "keep":
        return None
    if not found.boxes and not found.state and not found.note:
        return None  # a picture without labels takes none away
    if existing == "replace" or not own:
        boxes: tuple[Box, ...] = found.boxes
    elif existing == "add":
        boxes = (*own, *without_doubles(found.boxes, own))
    else:
        boxes = merge_auto_labels(page, without_doubles(found.boxes, [box for box in own if box.touched])).boxes
    note = page.note or found.note
    only_theirs = _values(boxes) == _values(found.boxes)
    if _values(boxes) == _values(own) and note == page.note and not (only_theirs and found.state):
        return None
    state = found.state if only_theirs else None
    if state is None:
        same = _values(boxes) == _values(own)
        touched = any(box.touched for box in boxes)
        state = page.state if same else PageState.EDITED if touched else PageState.AUTO
    changed = replace(page, boxes=boxes, note=note, state=state)
    return None if _values(boxes) == _values(own) and (state, note) == (page.state, page.note) else changed


def same_labels(one: Page, other: Page) -> bool:
    """Whether two versions of a page say the same, whatever the passing ids of their boxes."""
    return _values(one.boxes) == _values(other.boxes) and (one.state, one.note) == (other.state, other.note)


def _values(boxes: Iterable[Box]) -> list[tuple[object, ...]]:
    """What counts about boxes, their passing ids left out."""
    return [(box.points, box.text, box.score, box.touched, box.difficult, dict(box.extra)) for box in boxes]


def no_page_matches(gathered: Gathered, folder: Path) -> DatasetError:
    """The error for a source that speaks of none of the project's pages."""
    if not gathered.missing:
        return DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{file} holds no labels that could be read."),
            QT_TRANSLATE_NOOP("Errors", "Mend what is named above, or choose another file."),
            file=gathered.reading.origin,
        )
    return DatasetError(
        QT_TRANSLATE_NOOP("Errors", "None of the {count} labelled pictures of {file} is in {folder}."),
        QT_TRANSLATE_NOOP("Errors", "Choose the folder with these pictures, or copy the pictures along."),
        count=len(gathered.missing),
        file=gathered.reading.origin,
        folder=folder,
    )
