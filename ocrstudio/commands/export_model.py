"""`ocrstudio export-model`: the best checkpoint of a run as a bundle, proven to read the same."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    parser.add_argument("--out", type=Path, metavar="DIR", help="also copy the bundle to this new folder")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Exports, compares every validation line, and only then releases the bundle."""
    out = options.out
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        what = QT_TRANSLATE_NOOP("Errors", "{folder} exists already and is not empty.")
        raise ProjectError(what, QT_TRANSLATE_NOOP("Errors", "Choose a new folder."), folder=out)
    from ocrstudio.engine.training import require_paddle

    require_paddle()
    from ocrstudio.engine.bundle import export_run
    from ocrstudio.formats.run_folder import RunFolder

    result = export_run(RunFolder.open(options.run), report.stage, report.send)
    if out is not None:
        shutil.copytree(str(result["bundle"]), out, dirs_exist_ok=True)
        result["bundle"] = str(out)
    report.line(f"model: {result['bundle']}")
    report.line(f"all {result['lines']} validation lines read the same before and after the export")
    return result
