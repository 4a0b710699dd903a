"""`ocrstudio doctor`: looks at the machine and says what is there, what is missing and how to mend it."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from ocrstudio import __version__
from ocrstudio.commands.reporting import Report, say_live
from ocrstudio.core import doctor
from ocrstudio.core.doctor_facts import Check, Facts
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.doctor.gather import gather
from ocrstudio.engine.stopping import StopRequest

DEVICES = ("auto", "cpu", "gpu")
NO_FIX = QT_TRANSLATE_NOOP("Errors", "There is nothing that a command could mend at “{name}”.")
LIST_FIXES = QT_TRANSLATE_NOOP("Errors", "These can be mended now: {names}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the command's arguments."""
    parser.add_argument(
        "--project", type=Path, help="folder whose disk is looked at; default: where the program keeps its own"
    )
    parser.add_argument("--python", type=Path, help="look at another environment: its interpreter or its folder")
    parser.add_argument(
        "--device-test", action="store_true", help="also calculate on the device and compare with NumPy"
    )
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="for the device test (default: a card if usable)"
    )
    action = parser.add_mutually_exclusive_group()
    action.add_argument(
        "--text", action="store_true", help="print a report for an issue, without names and folders of yours"
    )
    action.add_argument("--environments", action="store_true", help="list the Python environments of this computer")
    action.add_argument("--fix", metavar="NAME", help="show and run the commands that mend one line, then look again")


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Prints one line a check, with its fix below it if one is needed.

    Raises:
        StudioError: If the environment does not answer, or a fix fails.
    """
    stop = StopRequest()
    with stop.on_signals():
        if options.environments:
            return _environments(report, stop)
        python = _python(options.python)
        facts = gather(options.project, python)
        if options.fix:
            return _fix(options, facts, report, stop)
        if options.device_test:
            facts = _tested(facts, options.device, report, stop)
        checks = doctor.check_all(facts)
        text = issue_text(facts, checks)
        if options.text:
            report.line(text.rstrip())
        else:
            for line in doctor.report_lines(checks):
                report.line(line)
        return _told(facts, checks, text)


def _told(facts: Facts, checks: list[Check], text: str) -> dict[str, Any]:
    return {
        "status": doctor.worst(checks),
        "python": facts.executable,
        "is_own": facts.is_own,
        "text": text,
        "checks": [check.as_dict() for check in checks],
    }


def issue_text(facts: Facts, checks: list[Check]) -> str:
    """The report as text for a stranger: folders and names of the user are taken out."""
    from ocrstudio.formats.support_zip import machine_scrubber

    names = sorted(f"{name} {version}" for name, version in facts.packages.items() if version and _is_telling(name))
    lines = [
        f"OCR Studio {__version__}: report on a computer",
        f"Python {'.'.join(map(str, facts.python))}, {facts.system}",
        "",
        *doctor.report_lines(checks),
        "",
        "packages: " + ", ".join(names),
    ]
    return machine_scrubber().text("\n".join(lines)) + "\n"


def _is_telling(name: str) -> bool:
    known = (
        "paddle",
        "nvidia",
        "opencv",
        "onnx",
        "rapidocr",
        "numpy",
        "torch",
        "pyqt",
        "pip",
        "setuptools",
        "protobuf",
    )
    return name.lower().startswith(known)


def _python(place: Path | None) -> Path | None:
    from ocrstudio.formats.checkout_python import interpreter_in

    return interpreter_in(place) if place is not None else None


def _environments(report: Report, stop: StopRequest) -> dict[str, Any]:
    from ocrstudio.engine.doctor.host import Host
    from ocrstudio.engine.doctor.interpreters import ask_interpreters, find_interpreters

    host = Host()
    found = find_interpreters(host)
    answers = ask_interpreters(found, host, lambda done, total: report.stage("environments", done, total), stop)
    for one in answers:
        about = f"Python {one.version}, Paddle {one.paddle or 'none'}" if one.version else one.problem
        report.line(
            f"{doctor.MARKS.get(one.status, '?      ')}  {one.role}: {one.name}: {about}\n         {one.python}"
        )
    return {"environments": [one.as_dict() for one in answers]}


def _tested(facts: Facts, device: str, report: Report, stop: StopRequest) -> Facts:
    from ocrstudio.engine.doctor.device import run_device_test

    if device == "auto":
        device = "gpu" if facts.paddle_cuda and facts.gpus else "cpu"
    python = Path(facts.executable)
    result = run_device_test(python, device, stop, lambda name: report.stage(f"device-{name}"))
    return dataclasses.replace(facts, device_test=result)


def _fix(options: argparse.Namespace, facts: Facts, report: Report, stop: StopRequest) -> dict[str, Any]:
    """Runs the fix of one line and looks again; the outcome is the new report."""
    from ocrstudio.engine.doctor.install import run_fix

    checks = doctor.check_all(facts)
    fixes = {check.id: check.fix for check in checks if check.fix is not None}
    fix = fixes.get(options.fix)
    if fix is None:
        raise EngineError(NO_FIX, LIST_FIXES, name=options.fix, names=", ".join(fixes) or "–")
    outcome = run_fix(fix, say_live, lambda done, total: report.stage("install", done, total), stop)
    # what is there now, whether it went well or was stopped half-way
    after = gather(options.project, _python(options.python))
    now = doctor.check_all(after)
    mended = next((check for check in now if check.id == options.fix), None)
    for line in doctor.report_lines([mended] if mended is not None else []):
        report.line(line)
    if outcome.stopped:
        report.warn(f"stopped after {outcome.done} of {len(fix.steps)} steps; look at the report above")
    status = mended.status if mended is not None else "ok"
    report.code = 0 if status == "ok" and not outcome.stopped else 1
    return {
        **_told(after, now, issue_text(after, now)),
        "fixed": options.fix,
        "steps": len(fix.steps),
        "done": outcome.done,
        "stopped": outcome.stopped,
        "mended": status,
    }
