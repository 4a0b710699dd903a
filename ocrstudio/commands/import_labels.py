"""`ocrstudio import FILE_OR_DIR --into FOLDER`: labels and pictures from other programs, PDF files and archives."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report

if TYPE_CHECKING:
    from ocrstudio.formats.exchange.bringing import Bringing

# More on the screen nobody reads; the log has all of them.
SHOWN_PROBLEMS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    from ocrstudio.formats.exchange import FORMATS

    known = [one.id for one in FORMATS.values() if one.can_read]
    parser.add_argument(
        "source",
        type=Path,
        metavar="FILE_OR_DIR",
        help="labels, a folder of them or of pictures, a PDF, or a zip of these",
    )
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
    pictures = parser.add_mutually_exclusive_group()
    pictures.add_argument(
        "--images",
        action="store_true",
        help="also copy images that FOLDER lacks and that lie with the labels; PDF pages and plain images come anyway",
    )
    pictures.add_argument(
        "--link",
        action="store_true",
        help="reference them where they lie instead, by a hard link or else a symbolic one",
    )
    parser.add_argument(
        "--dpi", type=_dpi, default=200, help="pixels per inch of PDF pages that are no scans (default 200)"
    )
    parser.add_argument("--no-pdf-text", action="store_true", help="no boxes from the text that lies in a PDF")
    parser.add_argument("--password", default="", help="of a protected PDF")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")


def _dpi(text: str) -> int:
    value = int(text)
    if not 20 <= value <= 1200:
        raise argparse.ArgumentTypeError("between 20 and 1200")
    return value


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Brings pictures and labels in and saves; a broken file or line is told on stderr and stops nothing.

    Returns:
        format, pages (found in FOLDER), changed, boxes, missing, copied (or linked), problems, log (file or None).

    Raises:
        StudioError: If the format is not known, no page matches, or the project cannot be opened or saved.
    """
    from ocrstudio.formats.exchange.import_into import ImportWishes, import_into
    from ocrstudio.formats.exchange.import_source import ImportSource
    from ocrstudio.formats.exchange.merging import no_page_matches
    from ocrstudio.formats.exchange.reading import PdfWishes
    from ocrstudio.formats.exchange.registry import only_pictures

    folder = options.into.resolve()
    pdf = PdfWishes(options.dpi, not options.no_pdf_text, options.password)
    how: Bringing | None = "link" if options.link else "copy" if options.images else None
    with closing(ImportSource([options.source.resolve()], None if options.dry_run else folder)) as source:
        done = import_into(
            source,
            folder,
            ImportWishes(options.format, options.existing, pdf),
            how,
            dry_run=options.dry_run,
            progress=lambda done, total: report.stage("import", done, total),
        )
    gathered, problems = done.gathered, list(map(str, done.problems))
    would = "would be " if options.dry_run else ""
    coming = len(gathered.copyable) if options.dry_run and (how or only_pictures(gathered.form)) else 0
    summary = (
        f"{gathered.form}: {gathered.boxes} boxes for {len(gathered.pages)} pages, {len(done.changed)} pages "
        f"{would}changed, {coming or len(done.brought)} pictures {would}{'linked' if options.link else 'copied'}."
    )
    log = None if options.dry_run else _log(options, report, folder, summary, problems)
    for problem in done.project_problems:
        report.warn(str(problem))
    _warn(report, problems)
    if not gathered.pages and not coming:
        raise no_page_matches(gathered, folder)
    report.line(summary)
    if log is not None:
        report.line(f"What was left out or needs a look: {log}")
    return {
        "format": gathered.form,
        "pages": len(gathered.pages),
        "boxes": gathered.boxes,
        "changed": done.changed,
        "missing": [page.image for page in gathered.missing],
        "copied": [path.relative_to(folder).as_posix() for path in done.brought],
        "problems": problems,
        "log": log,
    }


def _log(options: argparse.Namespace, report: Report, folder: Path, summary: str, problems: list[str]) -> str | None:
    from ocrstudio.core.errors import StudioError
    from ocrstudio.formats.exchange.import_log import write_log

    try:
        log = write_log(folder, options.source.resolve(), summary, problems)
    except StudioError as error:  # the labels are saved
        report.warn(str(error))
        return None
    return None if log is None else str(log)


def _warn(report: Report, problems: list[str]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        report.warn(problem)
    if len(problems) > SHOWN_PROBLEMS:
        report.warn(f"… and {len(problems) - SHOWN_PROBLEMS} more, which the log has.")
