"""Automatic labels for the pages of a project, and how many of them were right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ocrstudio.core.box_matching import match_boxes, merge_auto_labels
from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Box, Page, PageState
from ocrstudio.engine.recognizer import PageReader
from ocrstudio.formats.crops import read_image
from ocrstudio.formats.store import ProjectStore

# A break of the power supply loses at most the reading of so many pages' save; the journal has the edits anyway.
SAVE_EVERY_PAGES = 50


@dataclass
class Labelled:
    """What `label_pages` did.

    Attributes:
        pages: Keys of the pages that were read.
        lines: Lines found on them.
        failed: Page key -> why it could not be read.
        not_read: Pages left when it was interrupted.
    """

    pages: list[str] = field(default_factory=list)
    lines: int = 0
    failed: dict[str, StudioError] = field(default_factory=dict)
    not_read: int = 0


def pages_to_label(store: ProjectStore, *, everything: bool) -> list[str]:
    """Keys of the untouched pages; with `everything` of all that nobody has checked or rejected."""
    open_states = (PageState.NEW, PageState.AUTO, PageState.EDITED) if everything else (PageState.NEW,)
    return [key for key in store.keys if store.state(key) in open_states]


def label_pages(
    store: ProjectStore,
    keys: Sequence[str],
    reader: PageReader | None,
    progress: Callable[[int, int], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Labelled:
    """Reads pages and puts the lines found on them; what a person touched stays as it is.

    Args:
        store: Each page is in its journal before the next is read, and saved at the end.
        keys: Pages to read.
        reader: Finds and reads; None only if there is nothing to read.
        progress: Told (done, total) pages.
        stopped: Asked between pages.

    Raises:
        ProjectError: If the labels cannot be written.
    """
    result = Labelled()
    if reader is None or not keys:
        return result
    progress(0, len(keys))
    try:
        for done, key in enumerate(keys, start=1):
            if stopped():
                result.not_read = len(keys) - done + 1
                break
            try:
                found = reader.read_page(read_image(store.image_path(key)))
            except StudioError as error:
                result.failed[key] = error
            else:
                boxes = [Box(points=line.points, text=line.text, score=line.score) for line in found]
                store.put(merge_auto_labels(store.page(key), boxes))
                result.pages.append(key)
                result.lines += len(boxes)
            progress(done, len(keys))
            if done % SAVE_EVERY_PAGES == 0:
                store.save()
    finally:
        store.save()
    return result


@dataclass(frozen=True)
class Matches:
    """How automatic boxes compare with the truth: boxes found in the right place, and those with the right text."""

    placed: int
    read: int


def compare(page: Page, truth: Page) -> Matches:
    """Pairs every true box with the found box that covers it best, each found box once."""
    pairs = match_boxes(truth.boxes, page.boxes)
    read = sum(truth.boxes[place].text == page.boxes[found].text for place, found in pairs.items())
    return Matches(len(pairs), read)
