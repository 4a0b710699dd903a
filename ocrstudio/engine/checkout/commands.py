"""The command lines of a PaddleOCR checkout's tools, as data: arguments, environment, working directory.

Facts from running both real checkouts: the tools find their own modules only from the checkout's root; a second `-o`
discards the first, and a value with `=` in it breaks the tool, so all pairs follow one `-o` and values are quoted YAML;
without UTF-8 mode a Chinese path in a log line becomes a logging error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, EngineError
from ocrstudio.engine.distributed import process_count
from ocrstudio.formats.checkout import Checkout, find_checkout
from ocrstudio.formats.run_folder import Engine, RunFolder

# Ours point into our own interpreter, Qt's into our own Qt: the checkout's Python has others.
_NOT_PASSED_ON = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "QML2_IMPORT_PATH")
# Paddle 2 exports symbols of its own zlib; what loads zlib after it dies in eval.py and export_model.py.
_ZLIB = tuple(f"{folder}/libz.so.1" for folder in ("/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib64"))

NO_ENGINE = QT_TRANSLATE_NOOP("Errors", "{run} is not a run of a PaddleOCR checkout.")
CHOOSE_ENGINE = QT_TRANSLATE_NOOP("Errors", "Choose a checkout and its Python in Config.")
CARDS_ONLY = QT_TRANSLATE_NOOP("Errors", "{value} cannot be used: PaddleOCR trains in several processes on GPUs only.")
NAME_CARDS = QT_TRANSLATE_NOOP("Errors", "Write the numbers of the graphics cards, for example 0,1, or nothing.")
NO_TOOL = QT_TRANSLATE_NOOP("Errors", "The PaddleOCR checkout {folder} has no tools/{tool}.")
WHOLE_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "Take a complete checkout.")


@dataclass(frozen=True)
class Command:
    """What to start, and how.

    Attributes:
        argv: Program and arguments.
        env: The complete environment; nothing is to be added.
        cwd: Working directory: the checkout's root.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path


@dataclass(frozen=True)
class Nodes:
    """Machines of a distributed training.

    Attributes:
        ips: Addresses of all machines, the first one leads; Paddle 2's way.
        master: `host:port` of the leading machine; Paddle 3's way.
        count: Number of machines, with `master`.
    """

    ips: str = ""
    master: str = ""
    count: int = 1


def train_command(
    engine: Engine, run: RunFolder, *, resume: Path | None = None, devices: str = "", nodes: Nodes | None = None
) -> Command:
    """Training with `tools/train.py`, the run's config and nothing else.

    Args:
        engine: The run's engine.
        run: Its config holds every value.
        resume: Prefix of the checkpoint to go on from; None starts anew.
        devices: Numbers of GPUs, such as "0" or "0,1" (then one process each); empty leaves the choice to Paddle.
        nodes: Other machines that take part.

    Raises:
        ConfigError: If `devices` are no graphics cards.
        EngineError: If the run has no checkout, or the checkout no such tool.
        ProjectError: If the checkout is gone.
    """
    if devices.startswith("cpu"):
        raise ConfigError(CARDS_ONLY, NAME_CARDS, value=f"Global.devices: {devices}")
    overrides = {"Global.checkpoints": resume.as_posix()} if resume is not None else {}
    written = Path(str(run.config().get("Global.save_model_dir") or "."))
    if (engine.checkout or Path()) / written != run.path:
        # the folder was moved or copied: PaddleOCR would write to where it was
        overrides["Global.save_model_dir"] = run.path.as_posix()
    several = (bool(devices) and process_count(devices) > 1) or nodes is not None
    launch: list[str] = []
    if several:
        launch = ["-m", "paddle.distributed.launch", "--log_dir", str(run.path / "workers")]
        launch += ["--gpus", devices] if devices else []
        launch += _node_arguments(nodes) if nodes is not None else []
    return _command(engine, run, "train.py", overrides, launch=launch, visible=None if several else devices)


def eval_command(engine: Engine, run: RunFolder, checkpoint: Path, *, devices: str = "") -> Command:
    """Scoring a checkpoint (its prefix) on the Eval list with `tools/eval.py`; errors as `train_command`."""
    return _command(engine, run, "eval.py", {"Global.checkpoints": checkpoint.as_posix()}, visible=devices)


def export_command(engine: Engine, run: RunFolder, checkpoint: Path, folder: Path) -> Command:
    """Writing the inference model of a checkpoint (its prefix) into a folder; errors as `train_command`."""
    overrides = {"Global.pretrained_model": checkpoint.as_posix(), "Global.save_inference_dir": folder.as_posix()}
    return _command(engine, run, "export_model.py", overrides)


def own_command(module: str, *arguments: str, cwd: Path) -> Command:
    """A module of this program as a child: in this interpreter, and found even where the program is not installed."""
    package_root = str(Path(__file__).resolve().parents[3])
    known = os.environ.get("PYTHONPATH")
    env = {**os.environ, "PYTHONUTF8": "1", "GLOG_minloglevel": "2"}
    env["PYTHONPATH"] = os.pathsep.join([package_root, known] if known else [package_root])
    return Command((sys.executable, "-m", module, *arguments), env, cwd)


def environment(checkout: Checkout, devices: str | None = None) -> dict[str, str]:
    """The environment for the Python of a checkout.

    Args:
        checkout: Decides what Paddle 2 needs.
        devices: GPUs that may be seen; empty or None leaves what the user set.
    """
    env = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON and name[:3] != "QT_"}
    env.update(PYTHONUTF8="1", PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8")
    if devices:
        env["CUDA_VISIBLE_DEVICES"] = devices
    if checkout.major == 2 and sys.platform == "linux":
        library = next((path for path in _ZLIB if Path(path).exists()), "")
        known = env.get("LD_PRELOAD", "")
        if library and library not in known.split(":"):
            env["LD_PRELOAD"] = f"{library}:{known}" if known else library
    return env


def _command(
    engine: Engine,
    run: RunFolder,
    tool: str,
    overrides: Mapping[str, str],
    *,
    launch: list[str] | None = None,
    visible: str | None = None,
) -> Command:
    if engine.checkout is None or engine.python is None:
        raise EngineError(NO_ENGINE, CHOOSE_ENGINE, run=run.path)
    checkout = find_checkout(engine.checkout)
    if tool not in checkout.tools:
        raise EngineError(NO_TOOL, WHOLE_CHECKOUT, folder=checkout.path, tool=tool)
    argv = [str(engine.python), *(launch or []), f"tools/{tool}", "-c", str(run.config_path)]
    if overrides:
        argv += ["-o", *(f"{key}={_quoted(value)}" for key, value in overrides.items())]
    return Command(tuple(argv), environment(checkout, visible), checkout.path)


def _quoted(value: str) -> str:
    """A text as YAML that the tools' own splitting at `=` does not break."""
    return json.dumps(value, ensure_ascii=False).replace("=", "\\x3d")


def _node_arguments(nodes: Nodes) -> list[str]:
    if nodes.ips:
        return ["--ips", nodes.ips]
    return ["--master", nodes.master, "--nnodes", str(nodes.count)]
