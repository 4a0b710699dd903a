"""`ocrstudio config new|show|set`: write, look at and change training configs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="new|show|set")
    new = actions.add_parser("new", help="write a config from a template")
    new.add_argument("--template", default=None, help="name of a template (default: the built-in engine's)")
    new.add_argument("--dataset", type=Path, help="dataset folder that `ocrstudio split` wrote")
    new.add_argument("--keep-characters", action="store_true", help="keep the model's, not the dataset's dict.txt")
    new.add_argument("--out", type=Path, required=True, help="file to write")
    new.add_argument("-o", dest="overrides", nargs="+", action="extend", default=[], metavar="KEY=VALUE")
    show = actions.add_parser("show", help="print a config")
    show.add_argument("file", type=Path)
    change = actions.add_parser("set", help="change values of a config")
    change.add_argument("file", type=Path)
    change.add_argument("overrides", nargs="+", metavar="KEY=VALUE")
    for action in (new, show, change):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Does what `options.action` says.

    Returns:
        file and config (all of it, plain).

    Raises:
        StudioError: If a file cannot be read or written, or a value does not fit.
    """
    from ocrstudio.formats.config import TEMPLATE, TrainConfig
    from ocrstudio.formats.config_overrides import parse_override

    if options.action == "new":
        config = TrainConfig.template(options.template or TEMPLATE)
        if options.dataset:
            _use_dataset(config, options.dataset, own_characters=not options.keep_characters)
        target = options.out
    else:
        config = TrainConfig.load(options.file)
        target = options.file
    if options.action == "show":
        report.line(config.to_yaml().rstrip("\n"))
    else:
        for text in options.overrides:
            config.set(*parse_override(text))
        config.save(target)
        report.line(f"written to {target}")
    return {"file": str(target), "config": config.plain()}


def _use_dataset(config: Any, dataset: Path, *, own_characters: bool) -> None:
    from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError

    for needed in ("rec/train.txt", "rec/val.txt"):
        if not (dataset / needed).is_file():
            raise ConfigError(
                QT_TRANSLATE_NOOP("Errors", "{folder} is no dataset: it has no {file}."),
                QT_TRANSLATE_NOOP("Errors", "Write one with: ocrstudio split FOLDER."),
                folder=dataset,
                file=needed,
            )
    config.use_dataset(dataset, own_characters=own_characters)
