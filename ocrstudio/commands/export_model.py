"""`ocrstudio export-model`: a checkpoint of a run as a bundle, proven to read or find the same."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.checkpoints import add_checkpoint, chosen
from ocrstudio.commands.engines import add_engine, interruptible, opened
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ProjectError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("run", type=Path, metavar="RUN", help="a run folder")
    add_checkpoint(parser)
    add_engine(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="also copy the bundle to this new folder")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Exports, compares every validation sample, and only then releases the bundle."""
    out = options.out
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        what = QT_TRANSLATE_NOOP("Errors", "{folder} exists already and is not empty.")
        raise ProjectError(what, QT_TRANSLATE_NOOP("Errors", "Choose a new folder."), folder=out)
    from ocrstudio.formats.bundle import copy_bundle

    place, checkpoint = chosen(options.run, options.checkpoint)
    folder = opened(place, options)
    if folder.engine.is_paddleocr:
        from ocrstudio.engine.checkout.release import export_again

        with interruptible() as stopped:
            result = export_again(folder, report.send, checkpoint, stopped)
    else:
        from ocrstudio.engine.paddle_runtime import require_paddle

        require_paddle()
        from ocrstudio.engine.bundle import export_run

        result = export_run(folder, report.stage, report.send, checkpoint)
    if out is not None:
        copy_bundle(Path(result["bundle"]), out)
        result["bundle"] = str(out)
    report.line(f"model: {result['bundle']}")
    if folder.engine.is_paddleocr:
        report.line("exported by PaddleOCR itself" if result["onnx"] else "exported by PaddleOCR itself, without ONNX")
    elif "parity_pages" in result:
        report.line(f"all {result['parity_pages']} validation pages have the same boxes before and after the export")
    else:
        report.line(f"all {result['parity_lines']} validation lines read the same before and after the export")
    return result
