"""`ocrstudio export FOLDER`: the labels in another program's format."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError
from ocrstudio.core.page import PageState

if TYPE_CHECKING:
    from ocrstudio.formats.exchange import SourcePage
    from ocrstudio.formats.store import ProjectStore

PPOCRLABEL = "ppocrlabel"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    from ocrstudio.formats.exchange import FORMATS

    known = [one.id for one in FORMATS.values() if one.can_write]
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of images with labels")
    parser.add_argument(
        "--format",
        choices=known,
        default=PPOCRLABEL,
        metavar="FORMAT",
        help=f"one of: {', '.join(known)}; ppocrlabel (default) also writes rec_gt.txt and crop_img/ of checked pages",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where to write; without it ppocrlabel writes rec_gt.txt and crop_img/ into FOLDER, as PPOCRLabel does",
    )
    parser.add_argument(
        "--images",
        choices=("copy", "reference"),
        default="reference",
        help="copy the images beside the labels, or refer to them where they are (default)",
    )
    parser.add_argument("--checked", action="store_true", help="only pages that are checked")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Writes the labels; what the format cannot hold is told on stderr.

    Returns:
        format, out, pages, boxes, files, problems; for PPOCRLabel's crops also list (the file), lines, skipped.

    Raises:
        StudioError: If there is nothing to write or something cannot be written.
    """
    from ocrstudio.commands.project import opened_project

    report.stage("read")
    with opened_project(options.folder, report) as store:
        if options.format != PPOCRLABEL:
            return _labels(options, report, store)
        if options.out is None:
            return _crops(report, store, store.folder)
        labels = _labels(options, report, store)
        return {**labels, **_crops(report, store, options.out.resolve())} if store.checked_order() else labels


def _labels(options: argparse.Namespace, report: Report, store: ProjectStore) -> dict[str, Any]:
    from ocrstudio.formats.exchange import export_pages

    if options.out is None:
        raise DatasetError(
            QT_TRANSLATE_NOOP("Errors", "This format needs a folder to write to."),
            QT_TRANSLATE_NOOP("Errors", "Name one with --out."),
        )
    keys = [key for key in store.keys if not options.checked or store.state(key) is PageState.CHECKED]
    done = export_pages(
        options.format,
        _sources(store, keys),
        options.out.resolve(),
        pictures=options.images,
        total=len(keys),
        project=store.folder,
        progress=lambda count, total: report.stage("write", count, total),
    )
    for problem in done.problems:
        report.warn(str(problem))
    report.line(f"{done.boxes} boxes of {done.pages} pages written to {options.out}")
    return {
        "format": options.format,
        "out": str(options.out.resolve()),
        "pages": done.pages,
        "boxes": done.boxes,
        "files": len(done.files),
        "problems": [str(problem) for problem in done.problems],
    }


def _sources(store: ProjectStore, keys: list[str]) -> Iterator[SourcePage]:
    from ocrstudio.formats.exchange import SourcePage

    for key in keys:
        yield SourcePage(store.page(key), store.image_path(key))


def _crops(report: Report, store: ProjectStore, out: Path) -> dict[str, Any]:
    from ocrstudio.formats.rec_export import export_recognition

    written = export_recognition(store, out, lambda done, total: report.stage("write", done, total))
    for one in written.skipped:
        report.line(f"left out: {one.page}: {one.reason}")
    report.line(f"{written.lines} lines of {written.pages} pages written to {written.list_file}")
    return {
        "list": str(written.list_file),
        "pages": written.pages,
        "lines": written.lines,
        "skipped": [{"page": one.page, "reason": one.reason} for one in written.skipped],
    }
