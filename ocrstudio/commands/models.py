"""`ocrstudio models list|add|prepare`: what can read and find text here; and which of them a command uses."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.formats.bundle import BUNDLED, ModelInfo
from ocrstudio.formats.model_list import list_models


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds --model and --detector."""
    for name, task in (("--model", "reads the lines"), ("--detector", "finds the lines")):
        parser.add_argument(
            name,
            default=BUNDLED,
            metavar=name[2].upper(),
            help=f"what {task}: bundled (default), a name of `ocrstudio models list`, or the folder of a bundle, of a "
            "run, or of an inference model of PaddleOCR",
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    kinds = parser.add_subparsers(dest="action", required=True)
    listing = kinds.add_parser("list", help="every model that can be used here")
    listing.add_argument("project", nargs="?", type=Path, metavar="PROJECT", help="look into its runs and models, too")
    add = kinds.add_parser("add", help="copy a model to your own, which are there without any project")
    add.add_argument("folder", type=Path, metavar="FOLDER", help="a bundle, a run or an inference model of PaddleOCR")
    add.add_argument("--dict", dest="dictionary", type=Path, metavar="FILE", help="its characters, if it has none")
    add.add_argument("--name", default="", metavar="NAME", help="what to call it (default: the folder's name)")
    prepare = kinds.add_parser("prepare", help="export or convert a model, so that it can be used at once")
    prepare.add_argument("model", metavar="M", help="as for `ocrstudio recognize --model`")
    for one in (listing, add, prepare):
        one.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Lists, adds or prepares models."""
    if options.action == "list":
        return _list(options.project, report)
    from ocrstudio.engine.model_folder import add_model, prepared

    if options.action == "add":
        added = add_model(options.folder, report.stage, dictionary=options.dictionary, name=options.name)
        report.line(f"added: {added}")
        return {"model": str(added)}
    ready = prepared(options.model, report.stage)
    report.line(f"ready: {ready}")
    return {"model": ready}


def _list(project: Path | None, report: Report) -> dict[str, Any]:
    models = [*list_models(project), *list_models(project, "det")]
    for info in models:
        report.line(f"{_word(info):<12}{info.name:<36}{info.model}")
        if info.problem is not None:
            report.line(f"{'':<12}{info.problem}")
    return {"models": [_entry(info) for info in models]}


def _word(info: ModelInfo) -> str:
    return "reads" if info.task == "rec" else "finds"


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
