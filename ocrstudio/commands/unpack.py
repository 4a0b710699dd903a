"""`ocrstudio unpack FILE --into FOLDER`: a project made of a colleague's package."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("file", type=Path, help="the package")
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="a new folder")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Unpacks pictures and labels.

    Returns:
        folder, pages.

    Raises:
        StudioError: If it is no package, or the folder is not empty.
    """
    from ocrstudio.formats.package import unpack

    store = unpack(options.file, options.into, lambda done, total: report.stage("unpack", done, total))
    store.close()
    report.line(f"{len(store.keys)} pages unpacked to {options.into}")
    return {"folder": str(options.into), "pages": len(store.keys)}
