"""`ocrstudio package FOLDER --out FILE`: a project as one file for a colleague."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("folder", type=Path, help="folder of images with labels")
    parser.add_argument("--out", type=Path, required=True, help="the zip file to write")
    parser.add_argument("--annotator", default="", help="name of whoever labelled it")
    parser.add_argument("--unchecked", action="store_true", help="only the pages that are not checked yet")
    parser.add_argument("--no-images", action="store_true", help="labels alone, for somebody who has the pictures")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Writes the package.

    Returns:
        file, pages.

    Raises:
        StudioError: If the folder cannot be read or the file not be written.
    """
    from ocrstudio.commands.project import opened_project
    from ocrstudio.core.page import PageState
    from ocrstudio.formats.package import write_package

    with opened_project(options.folder, report) as store:
        keys = [key for key in store.keys if not (options.unchecked and store.state(key) is PageState.CHECKED)]
        pages = write_package(
            [store.page(key) for key in keys],
            store.folder,
            options.out.absolute(),
            annotator=options.annotator,
            images=not options.no_images,
            progress=lambda done, total: report.stage("write", done, total),
        )
    report.line(f"{pages} pages written to {options.out}")
    return {"file": str(options.out), "pages": pages}
