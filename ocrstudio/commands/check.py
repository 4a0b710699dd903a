"""`ocrstudio check`: the flight check of a config, as a table, and its repairs."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.checks import BY_ID, CheckResult, Verdict, counts
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
from ocrstudio.formats.base_models import base_model
from ocrstudio.formats.bundle import BUNDLED
from ocrstudio.formats.run_folder import BUILTIN

if TYPE_CHECKING:
    from ocrstudio.core.training_rules import Speed
    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.flight_check import FlightCheck
    from ocrstudio.formats.preflight_machine import Situation
    from ocrstudio.formats.repairs import Repair
    from ocrstudio.formats.run_folder import Engine

WORDS: dict[Verdict, str] = {"fail": "WILL FAIL", "poor": "poor", "open": "not seen", "fine": "fine"}
_NICENESS = 10
NO_CHECK = QT_TRANSLATE_NOOP("Errors", "There is no check {name}.")
CHECK_IDS = QT_TRANSLATE_NOOP("Errors", "Their names stand in the second column: ocrstudio check CONFIG.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="a training config (.yml)")
    parser.add_argument(
        "-o", dest="overrides", action="extend", nargs="+", default=[], metavar="KEY=VALUE", help="change values first"
    )
    parser.add_argument(
        "--engine",
        default=BUILTIN,
        metavar="builtin|paddleocr:DIR",
        help="what is to train: this program, or a checkout",
    )
    parser.add_argument("--python", type=Path, metavar="EXE", help="the interpreter of the checkout (default: found)")
    parser.add_argument("--out", type=Path, metavar="RUNS_DIR", help="where the run would go (default: as for train)")
    parser.add_argument(
        "--repair",
        nargs="+",
        default=[],
        metavar="ID",
        help="put right what these checks found, or all: new files only",
    )
    parser.add_argument("--time", action="store_true", help="time 20 steps of the training to tell how long it takes")
    parser.add_argument("--no-cache", action="store_true", help="look at every picture anew")
    # the window's: what the file is called there, and where the config with the repairs does not go
    parser.add_argument("--called", default="", help=argparse.SUPPRESS)
    parser.add_argument("--no-config", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Checks, and repairs what was asked for.

    Returns:
        fails, counts of each verdict, checks; repair if one was made.

    Raises:
        StudioError: If the config cannot be read, or a repair or the timing cannot be made.
    """
    from ocrstudio.commands.engines import engine_named
    from ocrstudio.formats.repairs import curable, repair

    unknown = [name for name in options.repair if name != "all" and name not in BY_ID]
    if unknown:
        raise ConfigError(NO_CHECK, CHECK_IDS, name=unknown[0])
    if report.mode == "protocol" and not options.time and hasattr(os, "nice"):
        # the window's checks come while somebody is typing
        os.nice(_NICENESS)
    config = _config(options)
    engine = engine_named(options.engine, options.python)
    speed = None
    if options.time:
        from ocrstudio.engine.timing import time_steps

        # the window's way to stop it; what was begun is cleaned up as after Ctrl+C
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        speed = time_steps(config, engine, report.stage)
    check = _check(config, engine, options, report, speed)
    result: dict[str, Any] = _result(check)
    if options.repair:
        done = repair(check.look, curable(check.results, options.repair))
        _graft(check, options, report, done)
        result["repair"] = _tell_repair(done, config, options, report)
    else:
        _tell(check.results, report)
        report.code = int(result["fails"])
    return result


def _config(options: argparse.Namespace) -> TrainConfig:
    from ocrstudio.commands.train import make_absolute
    from ocrstudio.formats.config import TrainConfig
    from ocrstudio.formats.config_overrides import parse_override

    # raw: wrong values are findings here
    config = TrainConfig.load(options.config, raw=True)
    if options.called:
        config.source = options.called
    for text in options.overrides:
        config.set(*parse_override(text))
    if options.engine == BUILTIN:
        make_absolute(config, options.config.resolve().parent)
    return config


def _check(
    config: TrainConfig, engine: Engine, options: argparse.Namespace, report: Report, speed: Speed | None
) -> FlightCheck:
    from ocrstudio import paths
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.flight_check import flight_check

    checkout = find_checkout(engine.checkout) if engine.checkout is not None else None
    return flight_check(
        config,
        engine.kind,
        _situation(config, engine, speed),
        checkout=checkout,
        save_dir=options.out or options.config.resolve().parent / "runs",
        cache=None if options.no_cache else paths.user_cache(),
        progress=lambda done, total: report.stage("check", done, total),
    )


def _situation(config: TrainConfig, engine: Engine, speed: Speed | None) -> Situation:
    from ocrstudio.engine.doctor.gather import gather
    from ocrstudio.engine.doctor.host import GIGABYTE
    from ocrstudio.formats.checkout_config import Machine
    from ocrstudio.formats.preflight_machine import Situation

    facts = gather()
    paddle = facts.packages.get("paddlepaddle-gpu") or facts.packages.get("paddlepaddle") or ""
    return Situation(
        machine=Machine.this(len(facts.gpus)),
        memory=int(facts.memory_gb * GIGABYTE),
        paddle=paddle,
        gpu_build=bool(facts.paddle_cuda),
        interpreter=_interpreter(engine),
        known=_known_characters(config, engine),
        speed=speed,
    )


def _interpreter(engine: Engine) -> Any:
    """What the checkout's Python answers; None for the program's own engine."""
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.interpreter_cache import asked

    if engine.checkout is None or engine.python is None:
        return None
    return asked(engine.python, find_checkout(engine.checkout))


def _known_characters(config: TrainConfig, engine: Engine) -> frozenset[str] | None:
    """What the weights to start from know; None if that cannot be told."""
    start = config.get("Global.pretrained_model") or ("" if engine.is_paddleocr else BUNDLED)
    if config.task != "rec" or not isinstance(start, str) or not start:
        return None
    if engine.is_paddleocr and base_model(start, "rec") is None:
        return None
    from ocrstudio.engine.known import characters_of_start

    return characters_of_start(start)


def _result(check: FlightCheck) -> dict[str, Any]:
    found = counts(check.results)
    return {
        "fails": found["fail"] > 0,
        "counts": dict(found),
        "checks": [result.as_dict() | {"curable": result.curable} for result in check.results],
    }


def _tell(results: list[CheckResult], report: Report) -> None:
    order = {verdict: place for place, verdict in enumerate(WORDS)}
    for result in sorted(results, key=lambda one: order[one.verdict]):
        rows = f"{result.count:>6}" if result.count and result.verdict != "fine" else " " * 6
        report.line(f"{WORDS[result.verdict]:<10}{result.check.id:<20}{rows}  {result.check.title}")
        for finding in result.findings:
            report.line(f"{'':<12}{finding.text()}")
            if finding.cure is not None and not finding.cure.command:
                report.line(f"{'':<12}-> --repair {result.check.id}: {_filled(finding.cure.title, finding.values)}")
            elif finding.cure is not None:
                report.line(f"{'':<12}-> ocrstudio {' '.join(finding.cure.command)}")
    found = counts(results)
    report.line(
        f"{len(results)} checks: {found['fail']} would fail, {found['poor']} would be poor, {found['fine']} fine"
        + (f", {found['open']} not seen" if found["open"] else "")
    )


def _filled(title: str, values: Any) -> str:
    try:
        return title.format(**values)
    except (KeyError, IndexError):
        return title


def _graft(check: FlightCheck, options: argparse.Namespace, report: Report, done: Repair) -> None:
    """Makes weights that fit, when that was asked for by name: it takes more than a moment."""
    from ocrstudio.commands import dict_command

    for result in check.results:
        for finding in result.findings:
            if finding.cure is None or not finding.cure.command or result.check.id not in options.repair:
                continue
            parser = argparse.ArgumentParser()
            dict_command.add_arguments(parser)
            answer = dict_command.run(parser.parse_args([*finding.cure.command[1:]]), report)
            done.settings.update(answer.get("config", {}))
            done.written.append(Path(str(answer["config"]["Global.pretrained_model"])))


def _tell_repair(done: Repair, config: TrainConfig, options: argparse.Namespace, report: Report) -> dict[str, Any]:
    written = [str(path) for path in done.written]
    target = None
    if done.settings and not options.no_config:
        from ocrstudio.formats.repairs import free_name

        for key, value in done.settings.items():
            config.set(key, value)
        for key in done.removed:
            config.remove(key)
        target = free_name(options.config.resolve())
        config.save(target)
        written.append(str(target))
    for file in written:
        report.line(f"written: {file}")
    for key, value in done.settings.items():
        report.line(f"set: {key} = {value}")
    report.line(f"lines changed: {done.changed}, left out: {done.left_out}" if written else "nothing to repair at once")
    if target is not None:
        report.line(f"check it again: ocrstudio check {os.fspath(target)}")
    return {
        "settings": done.settings,
        "removed": done.removed,
        "written": written,
        "changed": done.changed,
        "left_out": done.left_out,
        "config": str(target) if target else None,
    }
