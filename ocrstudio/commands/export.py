"""`ocrstudio export FOLDER`: the labels in another program's format."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("folder", type=Path, help="folder of images with labels")
    parser.add_argument(
        "--format",
        choices=("ppocrlabel",),
        default="ppocrlabel",
        help="ppocrlabel: rec_gt.txt, crop_img/",
    )
    parser.add_argument("--out", type=Path, help="where to write (default: FOLDER itself, as PPOCRLabel does)")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Writes the crops and texts of all checked pages.

    Returns:
        list (the file), pages, lines, skipped.

    Raises:
        StudioError: If nothing is checked or something cannot be written.
    """
    from ocrstudio.commands.project import opened_project
    from ocrstudio.formats.rec_export import export_recognition

    report.stage("read")
    with opened_project(options.folder, report) as store:
        out = options.out.resolve() if options.out else store.folder
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
