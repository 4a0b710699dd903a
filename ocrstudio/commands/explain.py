"""`ocrstudio explain LOG_OR_RUN`: what a training's log means in plain words, and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.failures import Failure
from ocrstudio.formats.run_failure import explain_log
from ocrstudio.formats.run_folder import LOG_FILE

GOOD = "No failure: the log shows none that is known, and no error at its end."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("log", type=Path, help="a log of PaddleOCR, Paddle or OCR Studio, or the folder of a run")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Explains a log.

    Returns:
        status (good or explained), cause, warnings and harmless (each id, text, command, page, templates and values),
        steps.

    Raises:
        StudioError: If it cannot be read, or shows an error that nobody here knows.
    """
    path = options.log / LOG_FILE if options.log.is_dir() else options.log
    found = explain_log(path, whole=True)
    for failure in found.warnings:
        report.line(f"warning:  {failure.text()}")
    for failure in found.harmless:
        report.line(f"harmless: {failure.text()}")
    if found.status == "unknown":
        raise EngineError(
            QT_TRANSLATE_NOOP("Errors", "{file} ends with an error that is not known here: {reason}."),
            QT_TRANSLATE_NOOP(
                "Errors", "Collect what a helper needs to see with: ocrstudio runs report RUN --out FILE.zip"
            ),
            file=path,
            reason=found.unknown.rstrip("."),
        )
    report.line(f"failure:  {found.cause.text()}" if found.cause else GOOD)
    return {
        "status": found.status,
        "cause": _entry(found.cause) if found.cause else None,
        "warnings": [_entry(failure) for failure in found.warnings],
        "harmless": [_entry(failure) for failure in found.harmless],
        "steps": found.steps,
    }


def _entry(failure: Failure) -> dict[str, Any]:
    return {
        "id": failure.id,
        "text": failure.text(),
        "command": failure.values.get("command", ""),
        "page": failure.page,
        "what": failure.what,
        "remedy": failure.remedy,
        "values": failure.values,
    }
