"""`ocrstudio checkout find|add|clone|list|forget|check|configs|prepare`: PaddleOCR's own code as a training engine."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.paths import user_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    find = actions.add_parser("find", help="say which PaddleOCR is at a place")
    add = actions.add_parser("add", help="remember a checkout, or unpack an archive and remember it")
    clone = actions.add_parser("clone", help="clone a tag with git and remember it")
    known = actions.add_parser("list", help="list the remembered checkouts")
    forget = actions.add_parser("forget", help="take a checkout off the list; its files stay")
    check = actions.add_parser("check", help="say whether an interpreter can train with a checkout")
    configs = actions.add_parser("configs", help="list a checkout's configs for det and rec")
    prepare = actions.add_parser("prepare", help="make a run from one of its configs and a dataset")
    for action in (find, add, forget, check, configs, prepare):
        action.add_argument("path", type=Path, help="the checkout, or anything inside it")
    for action in (add, clone):
        action.add_argument("--to", type=Path, metavar="FOLDER", help="where it goes (default: the program's data)")
    for action in (add, clone, check, prepare):
        action.add_argument("--python", type=Path, help="its interpreter, or the folder of its environment")
    clone.add_argument("--tag", help="tag or branch")
    clone.add_argument("--url", help="where from")
    check.add_argument("--task", choices=("rec", "det"), default="")
    prepare.add_argument("name", help="name of the config, as `configs` lists it")
    prepare.add_argument("--dataset", type=Path, required=True, help="dataset folder that `ocrstudio split` wrote")
    prepare.add_argument("--out", type=Path, required=True, metavar="RUNS_DIR", help="where the run goes")
    prepare.add_argument("--epochs", type=int)
    prepare.add_argument("--batch-size", type=int)
    prepare.add_argument("--pretrained", type=Path, help="weights to start from: a file, or a downloaded model's name")
    for action in (find, add, clone, known, forget, check, configs, prepare):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Does what `options.action` says.

    Raises:
        StudioError: If there is no checkout, or the action fails.
    """
    return _ACTIONS[options.action](options, report)


def _told(report: Report, checkout: Any, python: Path | None = None) -> dict[str, Any]:
    report.line(f"PaddleOCR {checkout.version:<8} {checkout.path}" + (f"  ({python})" if python else ""))
    tools = list(checkout.tools)
    return {
        "path": str(checkout.path),
        "version": checkout.version,
        "tools": tools,
        "python": str(python) if python else "",
    }


def _find(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout import find_checkout

    return _told(report, find_checkout(options.path))


def _add(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.checkout.unpack import folder_name, is_archive, unpack
    from ocrstudio.engine.stopping import StopRequest

    place = options.path
    if is_archive(place):
        stop = StopRequest()
        with stop.on_signals():
            folder = options.to or _checkouts() / folder_name(place)
            place = unpack(place, folder, lambda done, total: report.stage("unpack", done, total), stop).path
    return _remembered(place, options.python, report)


def _clone(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.checkout import clone
    from ocrstudio.engine.stopping import StopRequest

    tag = options.tag or clone.TAG
    folder = options.to or _checkouts() / f"PaddleOCR-{tag.removeprefix('v').replace('/', '-')}"
    stop = StopRequest()
    with stop.on_signals():
        made = clone.clone(
            folder,
            url=options.url or clone.URL,
            tag=tag,
            progress=lambda done, total: report.stage("clone", done, total),
            cancelled=stop,
        )
    return _remembered(made.path, options.python, report)


def _checkouts() -> Path:
    return user_data() / "checkouts"


def _remembered(place: Path, python: Path | None, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout_list import remember
    from ocrstudio.formats.checkout_python import interpreter_in

    known = remember(place, interpreter_in(python) if python else None)
    return _told(report, known.checkout, known.python)


def _list(_options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout_list import known_checkouts

    return {"checkouts": [_told(report, known.checkout, known.python) for known in known_checkouts()]}


def _forget(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout_list import forget

    forget(options.path)
    report.line(f"forgotten: {options.path}")
    return {"path": str(options.path)}


def _check(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_python import candidates, check_python

    checkout = find_checkout(options.path)
    chosen = options.python or _chosen(checkout)
    answers = []
    for python in [chosen] if chosen else candidates(checkout):
        report.stage("check")
        answer = check_python(python, checkout)
        problems = answer.problems(checkout, options.task)
        build = "GPU" if answer.gpu_build else "CPU"
        report.line(f"{answer.python}: Python {answer.version or '?'}, Paddle {answer.paddle or 'none'} ({build})")
        for problem in problems:
            report.line(f"  {problem.severity}: {problem.text()}")
        answers.append(
            {
                "python": str(answer.python),
                "version": answer.version,
                "paddle": answer.paddle,
                "gpu_build": answer.gpu_build,
                "gpus": answer.gpus,
                "numpy": answer.numpy,
                "missing": list(answer.missing),
                "usable": not any(problem.is_fatal for problem in problems),
                "problems": [_problem(problem) for problem in problems],
            }
        )
    return {"path": str(checkout.path), "version": checkout.version, "interpreters": answers}


def _problem(problem: Any) -> dict[str, Any]:
    values = {name: str(value) for name, value in problem.values.items()}
    return {"severity": problem.severity, "what": problem.what, "remedy": problem.remedy, "values": values}


def _chosen(checkout: Any) -> Path | None:
    from ocrstudio.formats.checkout_list import known_checkouts

    return next((known.python for known in known_checkouts() if known.checkout.path == checkout.path), None)


def _configs(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_templates import list_templates

    checkout = find_checkout(options.path)
    found = []
    for one in list_templates(checkout):
        report.line(f"{one.task:<4} {one.algorithm:<14} {one.name}")
        found.append({"name": one.name, "task": one.task, "algorithm": one.algorithm, "model": one.model})
    return {"path": str(checkout.path), "configs": found}


def _prepare(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.core.errors import QT_TRANSLATE_NOOP, ConfigError
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_config import Machine, Wishes, prepare
    from ocrstudio.formats.checkout_python import check_python
    from ocrstudio.formats.checkout_templates import find_template
    from ocrstudio.formats.model_store import stored_weights
    from ocrstudio.formats.run_folder import PADDLEOCR, Engine, RunFolder

    checkout = find_checkout(options.path)
    python = options.python or _chosen(checkout)
    if python is None:
        raise ConfigError(
            QT_TRANSLATE_NOOP("Errors", "No interpreter was chosen for {folder}."),
            QT_TRANSLATE_NOOP("Errors", "Name it with --python, or once with: ocrstudio checkout add."),
            folder=checkout.path,
        )
    report.stage("check")
    answer = check_python(python, checkout)
    template = find_template(checkout, options.name)
    pretrained = stored_weights(str(options.pretrained or "")) or options.pretrained
    wishes = Wishes(epochs=options.epochs, batch_size=options.batch_size, pretrained=pretrained)
    config = prepare(template.load(), checkout, options.dataset, Machine.this(answer.gpus), wishes)
    engine = Engine(PADDLEOCR, checkout.path, answer.python)
    folder = RunFolder.create(options.out, template.path.stem, config, engine=engine)
    report.line(f"written to {folder.path}; train it with: ocrstudio train {shlex.quote(str(folder.path))}")
    problems = answer.problems(checkout, config.task, bool(config.get("Global.use_gpu")))
    for problem in problems:
        report.warn(problem.text())
    return {"run": str(folder.path), "problems": [_problem(problem) for problem in problems]}


_ACTIONS = {
    "find": _find,
    "add": _add,
    "clone": _clone,
    "list": _list,
    "forget": _forget,
    "check": _check,
    "configs": _configs,
    "prepare": _prepare,
}
