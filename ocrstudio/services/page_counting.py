"""Counting pages on a worker: from the figures of an earlier session where nothing changed, else from the labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio.core.errors import StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.core.search import Breath
from ocrstudio.core.split_plan import SplitPage
from ocrstudio.core.statistics import PageFigures, Statistics, page_figures
from ocrstudio.formats.scores import PageScores
from ocrstudio.formats.store import ProjectStore

if TYPE_CHECKING:
    from ocrstudio.formats.figures_cache import FiguresCache, PictureStamp


@dataclass(frozen=True)
class PageSource:
    """What a worker needs to count a page, whatever happens to it meanwhile.

    Attributes:
        key: The page.
        file: Its picture within the project, and
        path: where that is.
        state, note: As they are now.
        origin: See `ProjectStore.origin`.
        load: Parses the page.
    """

    key: str
    file: str
    path: Path
    state: PageState
    note: str
    origin: tuple[str, bytes, PageScores | None] | None
    load: Callable[[], Page]


@dataclass(frozen=True)
class Counted:
    """A page that has boxes.

    Attributes:
        figures: For the statistics.
        split: For the division: what is known to be right.
        usable: A split would take it.
    """

    figures: PageFigures
    split: SplitPage
    usable: bool


@dataclass
class CountedSlice:
    """Some pages, and their figures added up."""

    pages: dict[str, Counted | None] = field(default_factory=dict)
    totals: Statistics = field(default_factory=Statistics)


def source_of(store: ProjectStore, key: str) -> PageSource:
    """What is needed of a page; in the window's thread."""
    return PageSource(
        key,
        store.file_of(key),
        store.image_path(key),
        store.state(key),
        store.note(key),
        store.origin(key),
        store.snapshot(key),
    )


def count_pages(sources: Sequence[PageSource], cache: FiguresCache) -> CountedSlice:
    """Counts some pages; on the one thread that uses the cache."""
    found, breath = CountedSlice(), Breath()
    for source in sources:
        breath.take()
        found.pages[source.key] = _count(source, cache)
    found.totals.add_all([page.figures for page in found.pages.values() if page is not None])
    return found


def _count(source: PageSource, cache: FiguresCache) -> Counted | None:
    # Brings in numpy, which the window does without until somebody looks at the numbers.
    from ocrstudio.formats.dataset import can_be_listed
    from ocrstudio.formats.dataset_plan import split_page
    from ocrstudio.formats.figures_cache import mark_of

    mark = mark_of(*source.origin) if source.origin is not None else ""
    known = cache.figures(source.key, mark, source.state, source.note) if mark else None
    is_fresh = known is None
    if known is None:
        page = source.load()
        if not page.boxes:
            return None
        known = page_figures(page), split_page(page, source.key)
    figures, split = known
    picture, is_new = _picture(source, cache)
    if mark and (is_new or is_fresh):
        cache.keep(source.key, mark, picture, figures, split)
    split = split.known(source.state)
    is_known = source.state is PageState.CHECKED or bool(split.lines)
    return Counted(figures, split, is_known and picture.good and can_be_listed(source.file))


def _picture(source: PageSource, cache: FiguresCache) -> tuple[PictureStamp, bool]:
    """What is known of a page's picture, and whether that had to be found out now."""
    from ocrstudio.formats.figures_cache import PictureStamp
    from ocrstudio.formats.images import image_size

    try:
        status = source.path.stat()
    except (OSError, ValueError):
        return PictureStamp(0, 0, False), True
    known = cache.picture(source.key)
    if known is not None and (known.size, known.changed) == (status.st_size, status.st_mtime_ns):
        return known, False
    try:
        image_size(source.path)
    except StudioError:
        return PictureStamp(status.st_size, status.st_mtime_ns, False), True
    return PictureStamp(status.st_size, status.st_mtime_ns, True), True
