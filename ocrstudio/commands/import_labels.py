"""`ocrstudio import FILE_OR_DIR --into FOLDER`: labels from another program's format."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report

if TYPE_CHECKING:
    from ocrstudio.formats.exchange.merging import Gathered
    from ocrstudio.formats.store import ProjectStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    from ocrstudio.formats.exchange import FORMATS

    known = [one.id for one in FORMATS.values() if one.can_read]
    parser.add_argument("source", type=Path, metavar="FILE_OR_DIR", help="labels, or a folder of them")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="folder of images to label")
    parser.add_argument(
        "--format", choices=known, metavar="FORMAT", help=f"default: guessed; one of: {', '.join(known)}"
    )
    parser.add_argument(
        "--existing",
        choices=("keep", "untouched", "replace", "add"),
        default="untouched",
        help="labels that a page has: keep them, replace those that nobody touched (default), replace all, add to them",
    )
    parser.add_argument(
        "--images", action="store_true", help="also copy images that FOLDER lacks and that lie with the labels"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Brings the labels in and saves; a broken file or line is told on stderr and stops nothing.

    Returns:
        format, pages (found in FOLDER), changed, boxes, missing, copied, problems.

    Raises:
        StudioError: If the format is not known, no page matches, or the project cannot be opened or saved.
    """
    from ocrstudio.commands.project import opened_project
    from ocrstudio.formats.exchange.merging import copy_pictures, no_page_matches, tell_missing

    copied: list[Path] = []
    folder = options.into.resolve()
    if options.images and not options.dry_run:
        copied = copy_pictures(_first_look(options, report, folder), folder)
    with opened_project(options.into, report) as store:
        gathered = _gathered(options, report, folder, {key: store.file_of(key) for key in store.keys})
        tell_missing(gathered)
        changed = _put(options, store, gathered)
    problems = [str(problem) for problem in gathered.reading.problems]
    for problem in problems:
        report.warn(problem)
    if not gathered.pages:
        raise no_page_matches(gathered, folder)
    verb = "would change" if options.dry_run else "changed"
    report.line(
        f"{gathered.form}: {gathered.boxes} boxes for {len(gathered.pages)} pages, {len(changed)} pages {verb}."
    )
    return {
        "format": gathered.form,
        "pages": len(gathered.pages),
        "boxes": gathered.boxes,
        "changed": changed,
        "missing": [page.image for page in gathered.missing],
        "copied": [path.name for path in copied],
        "problems": problems,
    }


def _first_look(options: argparse.Namespace, report: Report, folder: Path) -> Gathered:
    """What the source holds, before its pictures are in the project; the folder may still be empty."""
    from ocrstudio.formats.exchange.picture_index import pictures_below

    files = {name: name for name, _ in pictures_below(folder)} if folder.is_dir() else {}
    return _gathered(options, report, folder, files)


def _gathered(options: argparse.Namespace, report: Report, folder: Path, files: dict[str, str]) -> Gathered:
    from ocrstudio.formats.exchange.merging import gather
    from ocrstudio.formats.exchange.reading import Reading

    reading = Reading(options.source.resolve(), [folder], lambda done, total: report.stage("read", done, total))
    return gather(reading, options.format, files, folder)


def _put(options: argparse.Namespace, store: ProjectStore, gathered: Gathered) -> list[str]:
    from ocrstudio.formats.exchange.merging import merged

    changed: list[str] = []
    for key, found in gathered.pages.items():
        page = merged(store.page(key), found, options.existing)
        if page is not None:
            changed.append(key)
            if not options.dry_run:
                store.put(page)
    if changed and not options.dry_run:
        store.save()
    return changed
