"""`ocrstudio train`: trains from a config with the built-in engine."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.config import TrainConfig, parse_override
from ocrstudio.formats.run_folder import RunFolder

# Keys that hold paths: what is relative is looked for from here, then beside the config.
PATH_KEYS = (
    "Global.character_dict_path",
    "Global.pretrained_model",
    "Train.dataset.data_dir",
    "Train.dataset.label_file_list",
    "Eval.dataset.data_dir",
    "Eval.dataset.label_file_list",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("config", nargs="?", type=Path, metavar="CONFIG", help="a training config (.yml)")
    parser.add_argument("--out", type=Path, metavar="RUNS_DIR", help="where the run goes (default: runs beside CONFIG)")
    parser.add_argument("--name", default="", help="name of the run (default: that of the config)")
    parser.add_argument(
        "-o", dest="overrides", action="extend", nargs="+", default=[], metavar="KEY=VALUE", help="change values"
    )
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run instead of starting one")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Trains; Ctrl+C stops and keeps the best so far."""
    overrides = [parse_override(text) for text in options.overrides]
    if options.resume is None and options.config is None:
        what = QT_TRANSLATE_NOOP("Errors", "Nothing to train: neither a config nor a run was named.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Write: ocrstudio train CONFIG, or: ocrstudio train --resume RUN.")
        raise ConfigError(what, remedy)
    from ocrstudio.engine.training import require_paddle

    require_paddle()
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.engine.training import run_training

    folder = _resumed(options.resume, overrides) if options.resume else _created(options, overrides)
    stop = StopRequest()
    with stop.on_signals():
        result = run_training(folder, report.send, stop, resume=options.resume is not None)
    if "bundle" in result:
        report.line(f"{result['outcome']}: acc {result['acc']:.4f}, CER {result['cer']:.2%}")
        report.line(f"model: {result['bundle']}")
    else:
        report.line(f"{result['outcome']}: nothing was learned")
    return result


def _resumed(run_dir: Path, overrides: list[tuple[str, Any]]) -> RunFolder:
    folder = RunFolder.open(run_dir)
    if overrides:
        config = folder.config()
        for key, value in overrides:
            config.set(key, value)
        config.save(folder.config_path)
    return folder


def _created(options: argparse.Namespace, overrides: list[tuple[str, Any]]) -> RunFolder:
    config = TrainConfig.load(options.config)
    for key, value in overrides:
        config.set(key, value)
    make_absolute(config, options.config.resolve().parent)
    runs = options.out or options.config.resolve().parent / "runs"
    return RunFolder.create(runs, options.name or options.config.stem, config)


def make_absolute(config: TrainConfig, beside: Path) -> None:
    """Makes the paths of a config independent of the working directory, so that the run can be used from anywhere.

    Args:
        config: Changed in place.
        beside: Where relative paths are looked for when they do not exist from the working directory.
    """

    def absolute(text: str) -> str:
        for folder in (Path.cwd(), beside):
            if (folder / text).exists():
                return (folder / text).resolve().as_posix()
        return text

    for key in PATH_KEYS:
        value = config.get(key)
        if isinstance(value, str) and value:
            config.set(key, absolute(value))
        elif isinstance(value, list):
            config.set(key, [absolute(one) for one in value])
