"""`ocrstudio engine recognize|examples|train|keep|characters|lesson`: children of the window, speaking the protocol."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("recognize", help="find and read text on request until stdin closes")
    kinds.add_parser("examples", help="show synthetic lines on request until stdin closes")
    characters = kinds.add_parser("characters", help="tell which characters a model knows")
    characters.add_argument("--model", default="bundled", metavar="bundled|BUNDLE")
    # every command job ends with it; children of this kind speak the protocol anyway
    characters.add_argument("--protocol", action="store_true", help=argparse.SUPPRESS)
    lesson = kinds.add_parser("lesson", help="compare what a lesson's model reads with the one before")
    lesson.add_argument("run", type=Path, metavar="RUN")
    lesson.add_argument("--protocol", action="store_true", help=argparse.SUPPRESS)
    train = kinds.add_parser("train", help="train the run folder that holds the config")
    train.add_argument("-c", "--config", type=Path, required=True, metavar="RUN/config.yml")
    train.add_argument("--resume", action="store_true", help="go on from the run's latest checkpoint")
    train.add_argument("--devices", default="", metavar="0,1", help="graphics cards")
    train.add_argument(
        "--detached", action="store_true", help="nobody listens: say all in the run folder, stop when it is asked there"
    )
    keep = kinds.add_parser("keep", help="train a run and what waits after it, window or no window")
    keep.add_argument("run", type=Path, metavar="RUN")
    keep.add_argument("--resume", action="store_true", help="go on from the run's latest checkpoint")
    keep.add_argument("--program", nargs="+", default=None, help=argparse.SUPPRESS)


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Serves the window until the work is done or stdin closes; trainings go on alone if they were told to."""
    if options.kind == "keep":
        from ocrstudio.engine.keeper import keep

        keep(options.run, resume=options.resume, program=options.program)
        return {}
    report.mode = "protocol"
    # read by OpenMP when the runtime is loaded, which happens below
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if options.kind == "recognize":
        from ocrstudio.engine.recognize_child import serve

        serve(sys.stdin, report.send)
        return {}
    if options.kind == "examples":
        from ocrstudio.commands.synth_examples import serve as serve_examples

        serve_examples(sys.stdin, report.send)
        return {}
    if options.kind == "characters":
        from ocrstudio.engine.known import known_characters

        return {"characters": known_characters(options.model)}
    if options.kind == "lesson":
        from ocrstudio.engine.lesson import compare
        from ocrstudio.formats.run_folder import RunFolder

        lesson = compare(RunFolder.open(options.run), lambda done, total: report.stage("lesson", done, total))
        return {"verdict": lesson.verdict.value}
    from ocrstudio.engine.train_child import serve_training, train_detached

    if options.detached:
        report.mode = "text"
        return train_detached(options.config, resume=options.resume, devices=options.devices)
    return serve_training(options.config, sys.stdin, report, resume=options.resume, devices=options.devices)
