"""`ocrstudio train`: trains from a config with the built-in engine or a PaddleOCR checkout."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from ocrstudio.commands import run_queue
from ocrstudio.commands.engines import PYTHON_HELP, engine_named, opened
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, StudioError
from ocrstudio.formats.atomic import read_bytes, write_atomic
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.config import TrainConfig
from ocrstudio.formats.config_overrides import parse_override
from ocrstudio.formats.run_folder import BUILTIN, CONFIG_FILE, MANIFEST_FILE, Engine, RunFolder
from ocrstudio.formats.run_state import Control, refuse_second, write_control

# Keys that hold paths: what is relative is looked for from here, then beside the config.
PATH_KEYS = (
    "Global.character_dict_path",
    "Global.pretrained_model",
    "Global.checkpoints",
    "Global.retention_list",
    "Global.retention_dir",
    "Train.dataset.data_dir",
    "Train.dataset.label_file_list",
    "Eval.dataset.data_dir",
    "Eval.dataset.label_file_list",
    "Train.replay_list",
    "Train.replay_dir",
)
# PaddleOCR's weights are named without their ending.
WEIGHTS_ENDING = ".pdparams"

# Those that the last lines name, as far as the run has them.
MEASURES = ("acc", "cer", "norm_edit_dis", "precision", "recall", "hmean")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument(
        "config", nargs="?", type=Path, metavar="CONFIG", help="a training config (.yml), or a run folder to train like"
    )
    parser.add_argument("--out", type=Path, metavar="RUNS_DIR", help="where the run goes (default: runs beside CONFIG)")
    parser.add_argument("--name", default="", help="name of the run (default: that of the config)")
    parser.add_argument(
        "-o", dest="overrides", action="extend", nargs="+", default=[], metavar="KEY=VALUE", help="change values"
    )
    parser.add_argument(
        "--queue", action="store_true", help="only put the run into the queue; see: ocrstudio runs queue --help"
    )
    parser.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run instead of starting one")
    parser.add_argument(
        "--engine", metavar="builtin|paddleocr:DIR", help="what trains: this program (default), or a checkout"
    )
    parser.add_argument("--python", type=Path, metavar="EXE", help=PYTHON_HELP)
    parser.add_argument("--devices", default="", metavar="0,1", help="graphics cards (default: that of the config)")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Trains; Ctrl+C stops and keeps the best so far."""
    overrides = [parse_override(text) for text in options.overrides]
    if options.resume is not None and (options.config or options.out or options.name):
        what = QT_TRANSLATE_NOOP(
            "Errors", "--resume goes on with {run} where it is: no other config, place or name fits."
        )
        remedy = QT_TRANSLATE_NOOP("Errors", "Change values with -o, or start a new run without --resume.")
        raise ConfigError(what, remedy, run=options.resume)
    if options.resume is None and options.config is None:
        what = QT_TRANSLATE_NOOP("Errors", "Nothing to train: neither a config nor a run was named.")
        remedy = QT_TRANSLATE_NOOP("Errors", "Write: ocrstudio train CONFIG, or: ocrstudio train --resume RUN.")
        raise ConfigError(what, remedy)
    if options.resume:
        folder = opened(options.resume, options)
        before = read_bytes(folder.config_path)
        folder = _resumed(folder, overrides)
    else:
        folder, before = _created(options, overrides), b""
    if options.queue:
        from ocrstudio.engine.dispatch import use_devices

        use_devices(folder, options.devices)
        run_queue.wait(folder)
        return run_queue.serve("list", folder.path.parent, report)
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.engine.train_child import train_run

    # what was asked of an earlier training of this run is over
    write_control(folder.path, Control())
    resume = options.resume is not None
    steps = _last_step(folder)
    try:
        result = train_run(folder, report.send, StopRequest(), resume=resume, devices=options.devices)
    except StudioError:
        if before and _last_step(folder) == steps:
            # what was asked for did not work: the run stays as it was, and can be gone on with
            write_atomic(folder.config_path, before)
        raise
    _tell(result, report)
    return result


def _last_step(folder: RunFolder) -> int:
    """The last step that a run took; 0 if it is not known."""
    try:
        return max((int(one.get("step", 0)) for one in folder.records() if one.get("kind") == "train"), default=0)
    except (StudioError, TypeError, ValueError):
        return 0


def _tell(result: dict[str, Any], report: Report) -> None:
    measures = ", ".join(f"{name} {result[name]:.4f}" for name in MEASURES if name in result)
    report.line(
        f"{result['outcome']}: {measures or 'nothing was evaluated'}" if result.get("steps") else "nothing was learned"
    )
    if "bundle" in result:
        report.line(f"model: {result['bundle']}")
    elif result.get("steps"):
        report.line(f"no model was exported; do it with: ocrstudio export-model {shlex.quote(result['run'])}")


def _resumed(folder: RunFolder, overrides: list[tuple[str, Any]]) -> RunFolder:
    # neither its config nor what is asked of it may change under a training
    refuse_second(folder.path)
    if overrides:
        config = folder.config()
        for key, value in overrides:
            config.set(key, value)
        make_absolute(config, folder.path)
        config.save(folder.config_path)
    return folder


def _created(options: argparse.Namespace, overrides: list[tuple[str, Any]]) -> RunFolder:
    file = options.config.resolve()
    file = file / CONFIG_FILE if (file / CONFIG_FILE).is_file() else file
    made = RunFolder(file.parent) if file.name == CONFIG_FILE and (file.parent / MANIFEST_FILE).is_file() else None
    anew = options.out or options.name or options.engine or options.python
    if made is not None and not anew and not made.metrics_path.exists():
        # prepared, and never begun
        return _resumed(made, overrides)
    config = TrainConfig.load(file if made else options.config)
    for key, value in overrides:
        config.set(key, value)
    make_absolute(config, file.parent)
    runs, name, engine = file.parent / "runs", file.stem, Engine()
    if made is not None:
        # another run like this one, beside it
        runs, name, engine = made.path.parent, made.name.partition("-")[2] or made.name, made.engine
    if options.engine or options.python or not made:
        engine = engine_named(options.engine or BUILTIN, options.python)
    return RunFolder.create(options.out or runs, options.name or name, config, engine=engine)


def make_absolute(config: TrainConfig, beside: Path) -> None:
    """Makes the paths of a config independent of the working directory, so that the run can be used from anywhere.

    Args:
        config: Changed in place.
        beside: Where relative paths are looked for when they do not exist from the working directory.
    """

    def absolute(text: str) -> str:
        for folder in (Path.cwd(), beside):
            if (folder / text).exists() or (folder / f"{text}{WEIGHTS_ENDING}").is_file():
                return (folder / text).resolve().as_posix()
        return text

    for key in PATH_KEYS:
        value = config.get(key)
        if key == "Global.pretrained_model" and base_model(str(value), config.task):
            # a name, whatever folder may be called like it
            continue
        if isinstance(value, str) and value:
            config.set(key, absolute(value))
        elif isinstance(value, list):
            config.set(key, [absolute(one) for one in value])
