"""A dataset before it is written: which pages can be used, which belong together, and where each goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocrstudio.core.charset import Charset, narrowed
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError, StudioError
from ocrstudio.core.page import Page, PageState
from ocrstudio.core.picture_rules import page_of
from ocrstudio.core.split_plan import LAYOUTS, WAYS, Division, SplitOptions, SplitPage, divide
from ocrstudio.formats.dataset import (
    NO_BOXES,
    NOT_CHECKED,
    ODD_NAME,
    Progress,
    Skipped,
    can_be_listed,
    training_lines,
)
from ocrstudio.formats.dataset_folder import SPLIT_FILE, kept_test, read_split
from ocrstudio.formats.dataset_sources import LineSource, ProjectSource, Source, folder_of, project_sources
from ocrstudio.formats.images import image_size
from ocrstudio.formats.look_alikes import SeenPage, alike_pages
from ocrstudio.formats.picture_facts import PictureStore
from ocrstudio.formats.rec_list import Sample
from ocrstudio.formats.store import ProjectStore

NO_PICTURE = QT_TRANSLATE_NOOP("Errors", "{list}, line {line}: the picture {file} is not there.")
NO_TEXT = QT_TRANSLATE_NOOP("Errors", "{list}, line {line}: there is no text to learn.")


@dataclass(frozen=True)
class PlannedPage:
    """A page that is used, with what is needed to write it on any thread.

    Attributes:
        source: Where it comes from.
        split: As the rules see it.
        file: Path of its picture within its project, "" for loose lines.
        path: Its picture; the list's folder for loose lines.
        load: Gives the page; None for loose lines.
        samples: Loose lines by the place that `split` names.
    """

    source: Source
    split: SplitPage
    file: str
    path: Path
    load: Callable[[], Page] | None = None
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True)
class SplitPlan:
    """Which page goes where, before anything is written.

    Attributes:
        options: As asked for.
        sources: In the order in which they were named.
        pages: By key.
        division: Parts, counts, characters that are lacking.
        characters: All characters of the readable lines, in the order of dict.txt.
        skipped: Pages and lines that stay out, with the reason.
        alike: Pairs of pages that look the same.
    """

    options: SplitOptions
    sources: tuple[Source, ...]
    pages: dict[str, PlannedPage]
    division: Division
    characters: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    alike: tuple[tuple[str, str], ...] = ()

    @property
    def parts(self) -> dict[str, list[str]]:
        """See `Division`."""
        return self.division.parts


def plan_split(
    sources: ProjectStore | Sequence[Source],
    options: SplitOptions,
    *,
    cache: Path | None = None,
    progress: Progress = lambda _done, _total: None,
) -> SplitPlan:
    """Decides which checked page goes to which part. Writes nothing but the cache.

    Args:
        sources: An open project, or several sources; edits that are not saved yet count.
        options: The wishes.
        cache: Folder for what is known of pictures; None keeps nothing.
        progress: Called with (pictures looked at, pictures in all).

    Raises:
        StudioError: If the ratio or the pattern is none, or no page is checked.
    """
    listed = project_sources(sources) if isinstance(sources, ProjectStore) else list(sources)
    skipped: list[Skipped] = []
    pages: dict[str, PlannedPage] = {}
    for source in listed:
        pages.update((page.split.key, page) for page in usable_pages(source, skipped))
    if not any(not page.split.synthetic for page in pages.values()):
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "No page of {folder} is checked, so there is nothing to split."),
            QT_TRANSLATE_NOOP("Errors", "Look through some pages in Annotate and check them first."),
            folder=", ".join(str(folder_of(source)) for source in listed),
        )
    alike = _alike(pages.values(), cache, progress) if options.alike and options.by != "box" else []
    splits = [page.split for page in pages.values()]
    division = divide(splits, options, alike)
    texts = [text for page in splits for _, text in page.lines]
    charset = narrowed(Charset(()), texts)
    return SplitPlan(options, tuple(listed), pages, division, charset.characters, tuple(skipped), tuple(alike))


def usable_pages(source: Source, skipped: list[Skipped]) -> Iterable[PlannedPage]:
    """The pages of a source that a split takes.

    Args:
        source: A project, or loose lines.
        skipped: Gets what stays out.
    """
    return _project_pages(source, skipped) if isinstance(source, ProjectSource) else _loose(source, skipped)


def _project_pages(source: ProjectSource, skipped: list[Skipped]) -> Iterable[PlannedPage]:
    store = source.store
    for page_key in store.keys:
        key, state = source.key(page_key), store.state(page_key)
        split = SplitPage(key)
        if state in (PageState.CHECKED, PageState.EDITED):
            split = split_page(store.page(page_key), key, synthetic=source.synthetic).known(state)
        reason = why_not(store, page_key, split)
        if reason is not None:
            skipped.append(replace(reason, page=key))
            continue
        yield PlannedPage(
            source,
            split,
            store.file_of(page_key),
            store.image_path(page_key),
            store.snapshot(page_key),
        )


def split_page(page: Page, key: str, *, synthetic: bool = False) -> SplitPage:
    """A page as the rules of dividing see it."""
    found = list(training_lines(page))
    lines = tuple((index, text) for index, _, text in found)
    confirmed = tuple(index for index, box, _ in found if box.is_confirmed)
    return SplitPage(key, lines, len(page.boxes), synthetic, confirmed)


def why_not(store: ProjectStore, key: str, known: SplitPage) -> Skipped | None:
    """Why a page of which this is known cannot be used; None if it can."""
    is_checked = store.state(key) is PageState.CHECKED
    if not is_checked and not known.lines:
        return Skipped(key, NOT_CHECKED)
    if is_checked and not known.boxes:
        return Skipped(key, NO_BOXES)
    if not can_be_listed(store.file_of(key)):
        return Skipped(key, ODD_NAME, {"file": ascii(store.file_of(key))})
    try:
        image_size(store.image_path(key))
    except StudioError as error:
        return Skipped(key, error.what, error.values)
    return None


def _loose(source: LineSource, skipped: list[Skipped]) -> Iterable[PlannedPage]:
    """Line pictures as pages of their own, those of one page together as far as their names tell."""
    pages: dict[str, list[Sample]] = {}
    for sample in source.samples:
        values = {"list": sample.source, "line": sample.line, "file": sample.image.name}
        if not sample.text.strip():
            skipped.append(Skipped(source.name, NO_TEXT, values))
        elif not sample.image.is_file():
            skipped.append(Skipped(source.name, NO_PICTURE, values))
        else:
            pages.setdefault(page_of(sample.image.name) or sample.image.stem, []).append(sample)
    for name, samples in pages.items():
        lines = tuple((place, sample.text.strip()) for place, sample in enumerate(samples))
        split = SplitPage(f"{source.name}/{name}", lines, 0, source.synthetic)
        yield PlannedPage(source, split, "", source.folder, samples=tuple(samples))


def _alike(pages: Iterable[PlannedPage], cache: Path | None, progress: Progress) -> list[tuple[str, str]]:
    seen = [one for page in pages if (one := seen_page(page)) is not None]
    return alike_pages(seen, PictureStore(cache), progress)


def seen_page(page: PlannedPage) -> SeenPage | None:
    """A page as it is compared with others; None if it is not: loose lines, and what is only learned from."""
    if page.load is None or page.split.synthetic:
        return None
    return SeenPage(page.split.key, page.path, frozenset(text for _, text in page.split.lines))


def options_of(dataset: Path) -> tuple[SplitOptions, list[Path]]:
    """The wishes by which a dataset was made, and the folders it was made of, so that it can be made again.

    Raises:
        StudioError: If its `split.json` cannot be read or does not say.
    """
    content = read_split(dataset)
    sources = content.get("sources")
    if not isinstance(sources, list) or not all(isinstance(one, dict) and one.get("path") for one in sources):
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "{file} does not say what the dataset was made of."),
            QT_TRANSLATE_NOOP("Errors", "Name the folders and the ratio instead."),
            file=dataset / SPLIT_FILE,
        )
    return _read_options(dataset, content), [(dataset / str(one["path"])).resolve() for one in sources]


def _read_options(dataset: Path, content: dict[str, Any]) -> SplitOptions:
    by = content.get("by")
    test_from = str(content.get("test_from") or "")
    layouts = content.get("layouts")
    try:
        seed = int(content.get("seed") or 0)
    except (TypeError, ValueError):
        seed = 0
    return SplitOptions(
        ratio=str(content.get("ratio") or SplitOptions.ratio),
        seed=seed,
        by=next((way for way in WAYS if way == by), "page"),
        pattern=str(content.get("pattern") or ""),
        alike=content.get("alike") is not False,
        test=kept_test(dataset) if test_from else frozenset(),
        test_from=test_from,
        layouts=tuple(one for one in LAYOUTS if isinstance(layouts, list) and one in layouts),
        link=content.get("link") is True,
    )
