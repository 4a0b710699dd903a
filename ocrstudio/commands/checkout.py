"""`ocrstudio checkout find|add|tags|clone|list|forget|check|install|configs|prepare`: PaddleOCR as an engine."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report, say_live
from ocrstudio.paths import user_data


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    find = actions.add_parser("find", help="say which PaddleOCR is at a place")
    add = actions.add_parser("add", help="remember a checkout, or unpack an archive and remember it")
    clone = actions.add_parser("clone", help="clone a tag with git and remember it")
    tags = actions.add_parser("tags", help="list tags and branches that can be cloned")
    known = actions.add_parser("list", help="list the remembered checkouts")
    forget = actions.add_parser("forget", help="take a checkout off the list; its files stay")
    check = actions.add_parser("check", help="say whether an interpreter can train with a checkout")
    install = actions.add_parser("install", help="install what a checkout needs into an environment, then check it")
    configs = actions.add_parser("configs", help="list a checkout's configs for det and rec")
    prepare = actions.add_parser("prepare", help="make a run from one of its configs and a dataset")
    for action in (find, add, forget, check, install, configs, prepare):
        action.add_argument("path", type=Path, help="the checkout, or anything inside it")
    for action in (add, clone):
        action.add_argument("--to", type=Path, metavar="FOLDER", help="where it goes (default: the program's data)")
    for action in (add, clone, check, install, prepare):
        action.add_argument("--python", type=Path, help="its interpreter, or the folder of its environment")
    clone.add_argument("--tag", help="tag or branch")
    for action in (tags, clone):
        action.add_argument("--url", help="where from")
    install.add_argument("--new", action="store_true", help="make a new environment for it first")
    install.add_argument("--dry-run", action="store_true", help="only show the commands")
    check.add_argument("--task", choices=("rec", "det"), default="")
    prepare.add_argument("name", help="name of the config, as `configs` lists it")
    prepare.add_argument("--dataset", type=Path, required=True, help="dataset folder that `ocrstudio split` wrote")
    prepare.add_argument("--out", type=Path, required=True, metavar="RUNS_DIR", help="where the run goes")
    prepare.add_argument("--epochs", type=int)
    prepare.add_argument("--batch-size", type=int)
    prepare.add_argument("--pretrained", type=Path, help="weights to start from: a file, or a downloaded model's name")
    for action in (find, add, tags, clone, known, forget, check, install, configs, prepare):
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
    from ocrstudio.formats.checkout import PROVEN_TAG, REPOSITORY

    tag = options.tag or PROVEN_TAG
    folder = options.to or _checkouts() / f"PaddleOCR-{tag.removeprefix('v').replace('/', '-')}"
    stop = StopRequest()
    with stop.on_signals():
        made = clone.clone(
            folder,
            url=options.url or REPOSITORY,
            tag=tag,
            progress=lambda done, total: report.stage("clone", done, total),
            cancelled=stop,
        )
    return _remembered(made.path, options.python, report)


def _tags(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.checkout import clone
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.formats.checkout import PROVEN_TAG, REPOSITORY

    stop = StopRequest()
    with stop.on_signals():
        found = clone.references(options.url or REPOSITORY, stop)
    for name in found:
        report.line(name)
    return {"tags": found, "proven": PROVEN_TAG}


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
        answers.append(_answer(check_python(python, checkout), checkout, options.task, report))
    return {"path": str(checkout.path), "version": checkout.version, "interpreters": answers}


def _answer(answer: Any, checkout: Any, task: str, report: Report) -> dict[str, Any]:
    """What an interpreter can do for a checkout."""
    problems = answer.problems(checkout, task)
    build = "GPU" if answer.gpu_build else "CPU"
    report.line(f"{answer.python}: Python {answer.version or '?'}, Paddle {answer.paddle or 'none'} ({build})")
    for problem in problems:
        report.line(f"  {problem.severity}: {problem.text()}")
    return {
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


def _install(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Shows the commands, runs them, chooses the environment for the checkout, and checks it."""
    from ocrstudio.engine.checkout.requirements import new_environment, plan
    from ocrstudio.engine.doctor.gather import gather
    from ocrstudio.engine.doctor.install import run_fix
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.formats.checkout import find_checkout
    from ocrstudio.formats.checkout_list import remember
    from ocrstudio.formats.checkout_python import check_python, interpreter_in

    checkout = find_checkout(options.path)
    chosen = None if options.new else options.python or _chosen(checkout)
    stop = StopRequest()
    with stop.on_signals():
        report.stage("check")
        facts = gather(python=interpreter_in(chosen) if chosen else None)
        planned = plan(checkout, facts, new_environment(checkout) if options.new else None)
        result = {"path": str(checkout.path), **planned.as_dict(), "stopped": False}
        for requirement in planned.unmet:
            report.line(f"missing: {requirement}")
        for command in result["commands"]:
            report.line(command)
        if options.dry_run:
            return result
        outcome = run_fix(planned.fix, say_live, lambda done, total: report.stage("install", done, total), stop)
        if outcome.stopped:
            report.code = 1
            report.warn(
                f"stopped after {outcome.done} of {len(planned.fix.steps)} commands; run it again to complete it"
            )
            return {**result, "stopped": True}
        remember(checkout.path, planned.python)
        report.stage("check")
        answer = _answer(check_python(planned.python, checkout), checkout, "", report)
    report.code = 0 if answer["usable"] else 1
    return {**result, "version": checkout.version, "interpreters": [answer]}


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
    "tags": _tags,
    "clone": _clone,
    "list": _list,
    "forget": _forget,
    "check": _check,
    "install": _install,
    "configs": _configs,
    "prepare": _prepare,
}
