"""Which engine a command means: `--engine builtin|paddleocr:DIR`, also for a run that PaddleOCR itself made."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError, EngineError
from ocrstudio.formats.run_folder import BUILTIN, MANIFEST_FILE, PADDLEOCR, Engine, RunFolder

if TYPE_CHECKING:
    from ocrstudio.engine.stopping import StopRequest

PYTHON_HELP = "the interpreter of the checkout (default: found)"
NO_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "{value} names no training engine.")
NAME_CHECKOUT = QT_TRANSLATE_NOOP("Errors", "Write builtin, or paddleocr: and the folder of a PaddleOCR checkout.")
OF_PADDLEOCR = QT_TRANSLATE_NOOP(
    "Errors", "{run} was trained by PaddleOCR itself; this program does not know with which."
)
SAY_WHICH = QT_TRANSLATE_NOOP("Errors", "Name its folder once with --engine paddleocr:DIR.")
OTHER_ENGINE = QT_TRANSLATE_NOOP("Errors", "{run} was trained by the other engine, which alone can go on with it.")
WITHOUT_ENGINE = QT_TRANSLATE_NOOP("Errors", "Leave --engine out.")


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Adds --engine and --python, for a run that exists."""
    parser.add_argument(
        "--engine", metavar="paddleocr:DIR", help="the checkout of a run that PaddleOCR itself made, or that has moved"
    )
    parser.add_argument("--python", type=Path, metavar="EXE", help=PYTHON_HELP)


def engine_named(name: str, python: Path | None) -> Engine:
    """What `--engine` and `--python` name.

    Args:
        name: "builtin", or "paddleocr:" and a folder.
        python: The interpreter; None takes the one chosen for the checkout, or the first that is found.

    Raises:
        StudioError: If that is no engine, no checkout, or no interpreter is found for it.
    """
    if name == BUILTIN:
        return Engine()
    kind, _, place = name.partition(":")
    if kind != PADDLEOCR or not place:
        raise ConfigError(NO_CHECKOUT, NAME_CHECKOUT, value=name)
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_list import known_checkouts
    from ocrstudio.formats.checkout_python import candidates

    checkout = find_checkout(Path(place))
    chosen = [known.python for known in known_checkouts() if known.python and known.checkout.path == checkout.path]
    found = [python] if python else candidates(checkout, chosen)
    if not found:
        what = QT_TRANSLATE_NOOP("Errors", "No Python was found for {folder}.")
        raise ConfigError(what, QT_TRANSLATE_NOOP("Errors", "Name it with --python."), folder=checkout.path)
    # not resolved: what makes a virtual environment's interpreter special is where its link is
    return Engine(PADDLEOCR, checkout.path, found[0].absolute())


def opened(place: Path, options: argparse.Namespace) -> RunFolder:
    """Opens a run; one that PaddleOCR itself made is taken over with the checkout that the options name.

    Args:
        place: Its folder or config.
        options: With `engine` and `python`.

    Raises:
        StudioError: If it is no run, or its engine is not known or another one than named.
    """
    run = RunFolder.open(place)
    if not (run.path / MANIFEST_FILE).exists() and not options.engine:
        raise EngineError(OF_PADDLEOCR, SAY_WHICH, run=run.path)
    if not options.engine and not options.python:
        return run
    if options.engine:
        engine = engine_named(options.engine, options.python)
    else:
        engine = engine_named(f"{PADDLEOCR}:{run.engine.checkout}", options.python)
    if run.manifest and engine.kind != run.engine.kind:
        raise ConfigError(OTHER_ENGINE, WITHOUT_ENGINE, run=run.path)
    if not engine.is_paddleocr:
        return run
    if not run.manifest:
        return RunFolder.adopt(place, engine)
    run.use_engine(engine)
    return run


@contextmanager
def interruptible() -> Iterator[StopRequest]:
    """Within it, Ctrl+C and the signals that end a program ask to stop; what then gives up ends as Ctrl+C would.

    Raises:
        KeyboardInterrupt: In place of `Stopped`: nothing half-written and no process of PaddleOCR is left.
    """
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.engine.task import Stopped

    stop = StopRequest()
    try:
        with stop.on_signals():
            yield stop
    except Stopped:
        raise KeyboardInterrupt from None
