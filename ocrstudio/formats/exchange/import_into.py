"""A whole import at once, for a folder that no window has open: pictures, labels, saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ocrstudio.formats.exchange.bringing import Bringing, bring_pictures
from ocrstudio.formats.exchange.import_source import ImportSource
from ocrstudio.formats.exchange.merging import Existing, Gathered, gather, merged, tell_left, tell_missing
from ocrstudio.formats.exchange.reading import PdfWishes
from ocrstudio.formats.exchange.registry import only_pictures
from ocrstudio.formats.exchange.values import Trouble
from ocrstudio.formats.images import list_image_tree
from ocrstudio.formats.store import ProjectStore
from ocrstudio.formats.store_files import Problem

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportWishes:
    """What is wished of an import.

    Attributes:
        form: Key of `FORMATS`; None guesses it.
        existing: See `merging.Existing`.
        pdf: What is wished of PDF files.
    """

    form: str | None = None
    existing: Existing = "untouched"
    pdf: PdfWishes = field(default_factory=PdfWishes)


@dataclass(frozen=True)
class Import:
    """What an import did, or would do.

    Attributes:
        gathered: What was read.
        changed: Keys of the pages whose labels change.
        brought: The pictures that came in.
        problems: What was wrong in the source or left out.
        project_problems: What was wrong in the project's own files.
    """

    gathered: Gathered
    changed: list[str]
    brought: list[Path]
    problems: list[Trouble]
    project_problems: list[Problem]


def import_into(
    source: ImportSource,
    folder: Path,
    wishes: ImportWishes,
    how: Bringing | None,
    *,
    dry_run: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Import:
    """Brings pictures and labels into a project's folder and saves. May run on any thread.

    Args:
        source: What is imported.
        folder: The project; made if missing.
        wishes: How it is read.
        how: How pictures come in that the folder lacks; None only brings in those that are all there is to bring.
        dry_run: Changes nothing.
        progress: Told (done, total) of each step; may raise to stop.

    Raises:
        StudioError: If the format is not known, or the folder cannot be read or written.
    """
    if dry_run and not _pictures_of(folder):  # no project yet
        gathered = gather(source.reading([folder], progress, wishes.pdf), wishes.form, {}, folder)
        tell_missing(gathered)
        return Import(gathered, [], [], list(gathered.reading.problems), [])
    brought, problems = ([], []) if dry_run else _bring(source, folder, wishes, how, progress)
    if not (brought or _pictures_of(folder)):  # why nothing came is worth more than that there is nothing
        gathered = gather(source.reading([folder], progress, wishes.pdf), wishes.form, {}, folder)
        tell_missing(gathered)
        return Import(gathered, [], [], [*problems, *gathered.reading.problems], [])
    store = ProjectStore.open(folder)
    try:
        files = {key: store.file_of(key) for key in store.keys}
        gathered = gather(source.reading([folder], progress, wishes.pdf), wishes.form, files, folder)
        tell_missing(gathered)
        if not (dry_run or how or only_pictures(gathered.form)):
            tell_left(gathered)
        pages = [merged(store.page(key), found, wishes.existing) for key, found in gathered.pages.items()]
        changed = [page for page in pages if page is not None]
        if changed and not dry_run:
            for page in changed:
                store.put(page)
            store.save()
    finally:
        store.close()
    keys = [page.key for page in changed]
    return Import(gathered, keys, brought, [*problems, *gathered.reading.problems], list(store.problems))


def _pictures_of(folder: Path) -> dict[str, str]:
    """The pictures of a folder as files of a project; it may be missing or empty yet, and then it is no project."""
    return {name: name for name in list_image_tree(folder)} if folder.is_dir() else {}


def _bring(
    source: ImportSource, folder: Path, wishes: ImportWishes, how: Bringing | None, progress: Progress
) -> tuple[list[Path], list[Trouble]]:
    """(the new files, what could not be brought)."""
    gathered = gather(source.reading([folder], progress, wishes.pdf), wishes.form, _pictures_of(folder), folder)
    if how is None and not only_pictures(gathered.form):
        return [], []
    before = len(gathered.reading.problems)
    brought = bring_pictures(gathered, folder, "move" if source.is_archive else how or "copy", progress)
    return brought, gathered.reading.problems[before:]
