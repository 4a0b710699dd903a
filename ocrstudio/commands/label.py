"""`ocrstudio label`: automatic labels for the untouched pages of a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.model_options import add_models
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of pictures")
    add_models(parser)
    parser.add_argument(
        "--all",
        dest="everything",
        action="store_true",
        help="read every page that is not checked again; boxes that a person touched stay as they are",
    )


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Reads pages and saves what was found; Ctrl+C keeps the pages that are done."""
    from ocrstudio.commands.project import opened_project
    from ocrstudio.engine.labelling import label_pages, pages_to_label
    from ocrstudio.engine.recognizer import PageReader
    from ocrstudio.engine.stopping import StopRequest

    with opened_project(options.folder, report) as store:
        keys = pages_to_label(store, everything=options.everything)
        stop = StopRequest()
        with stop.on_signals():
            done = label_pages(
                store,
                keys,
                PageReader(options.model, options.detector) if keys else None,
                lambda count, total: report.stage("label", count, total),
                stop,
            )
    for error in done.failed.values():
        report.warn(str(error))
    report.line(f"{len(done.pages)} pages labelled, {done.lines} lines found.")
    if done.not_read:
        report.line(f"Stopped; {done.not_read} pages were not read.")
    if done.failed and (report.mode == "text" or not done.pages):
        what = QT_TRANSLATE_NOOP("Errors", "{count} of {total} pages could not be read, the first is {file}.")
        first, error = next(iter(done.failed.items()))
        values = {**error.values, "file": store.image_path(first)}
        raise EngineError(what, error.remedy, count=len(done.failed), total=len(keys), **values)
    return {
        "pages": len(done.pages),
        "lines": done.lines,
        "failed": {key: str(error) for key, error in done.failed.items()},
        "not_read": done.not_read,
        "untouched_before": len(keys),
    }
