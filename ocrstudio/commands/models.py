"""Which models a command reads pages with, and what is done before a model can be used."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.formats.bundle import BUNDLED, ModelInfo, read_card, task_of
from ocrstudio.formats.model_list import list_models


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds --model and --detector."""
    add_reader(parser)
    _add(parser, "--detector", "finds the lines")


def add_reader(parser: argparse.ArgumentParser) -> None:
    """Adds --model."""
    _add(parser, "--model", "reads the lines")


def _add(parser: argparse.ArgumentParser, name: str, task: str) -> None:
    parser.add_argument(
        name,
        default=BUNDLED,
        metavar=name[2].upper(),
        help=f"what {task}: bundled (default), a name of `ocrstudio models usable`, or the folder of a bundle, of a "
        "run, or of an inference model of PaddleOCR",
    )


def usable(project: Path | None, report: Report) -> dict[str, Any]:
    """Tells every model that commands take by name, and why some cannot be used."""
    models = [*list_models(project), *list_models(project, "det")]
    for info in models:
        report.line(f"{'reads' if info.task == 'rec' else 'finds':<8}{info.name:<36}{info.model}")
        if info.problem is not None:
            report.line(f"{'':<8}{info.problem}")
    return {"models": [_entry(info) for info in models]}


def prepare(model: str, report: Report) -> dict[str, Any]:
    """Exports or converts a model, so that it can be used at once."""
    from ocrstudio.engine.model_folder import prepared

    ready = prepared(model, report.stage)
    report.line(f"ready: {ready}")
    # what was converted keeps its name: what was made of it lies in a cache
    task = "" if ready == BUNDLED else task_of(read_card(Path(ready)))
    return {"model": ready if _is_run(model) else model, "folder": ready, "task": task}


def _is_run(model: str) -> bool:
    from ocrstudio.engine.model_folder import run_of

    return run_of(Path(model))[0] is not None


def _entry(info: ModelInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "model": info.model,
        "task": info.task,
        "kind": info.kind,
        "characters": info.characters,
        "created": info.created,
        "scores": dict(info.scores),
        "need": info.need,
        "problem": str(info.problem) if info.problem is not None else "",
    }
