"""`ocrstudio teach`: a short training on what was corrected, and whether it helped."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ocrstudio.commands.model_options import add_reader
from ocrstudio.commands.reporting import Report
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.core.teaching import LEARN, TEST, Lesson, Score, Verdict

EXAMPLES = 10
VERDICTS = {
    Verdict.BETTER: "The new model reads lines better that it did not learn from.",
    Verdict.MIXED: "The new model reads lines better that it did not learn from, but other texts a little worse.",
    Verdict.SAME: "The new model is no better on lines that it did not learn from. More corrections help.",
    Verdict.FORGETS: "The new model would read other texts worse. More corrections of different pages help.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds this subcommand's arguments."""
    parser.add_argument("folder", type=Path, metavar="PROJECT", help="a folder with corrected or checked pages")
    add_reader(parser)


def run(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    """Teaches; Ctrl+C stops, and everything stays as it was."""
    from ocrstudio.commands.project import opened_project
    from ocrstudio.engine.known import known_characters
    from ocrstudio.engine.model_folder import prepared
    from ocrstudio.engine.paddle_runtime import require_paddle
    from ocrstudio.engine.stopping import StopRequest
    from ocrstudio.engine.train_child import train_run
    from ocrstudio.formats.lesson import begin_lesson, material_of

    require_paddle()
    model = prepared(options.model, report.stage)
    with opened_project(options.folder, report) as store:
        folder = begin_lesson(material_of(store), model, known_characters(model))
    trained = train_run(folder, report.send, StopRequest())
    if trained["outcome"] == "stopped":
        raise EngineError(QT_TRANSLATE_NOOP("Errors", "Teaching was stopped; the model is what it was."))
    from ocrstudio.engine.lesson import compare

    lesson = compare(folder, lambda done, total: report.stage("lesson", done, total))
    for line in table(lesson):
        report.line(line)
    report.line(f"Model: {trained['bundle']}")
    return {**result(lesson), "run": str(folder.path), "bundle": trained["bundle"], "seconds": trained["seconds"]}


def result(lesson: Lesson) -> dict[str, Any]:
    """What --json prints of a lesson."""
    told: dict[str, Any] = {"verdict": lesson.verdict.value}
    for part in (LEARN, TEST):
        for when, found in (("before", lesson.before(part)), ("after", lesson.after(part))):
            told[f"{part}_lines"] = found.lines
            told[f"{part}_right_{when}"], told[f"{part}_cer_{when}"] = found.right, round(found.cer, 5)
    told["kept_lines"] = lesson.kept_lines
    told["kept_before"], told["kept_after"] = round(lesson.kept_before, 5), round(lesson.kept_after, 5)
    told["examples"] = [vars(one) for one in lesson.examples(EXAMPLES)]
    return told


def table(lesson: Lesson) -> list[str]:
    """The result as lines for people."""
    rows = [
        _row(f"{lesson.before(part).lines} lines {words}", lesson.before(part), lesson.after(part))
        for part, words in ((LEARN, "learned from"), (TEST, "not learned from"))
    ]
    old = f"{lesson.kept_lines} lines of other texts"
    rows.append(f"{old:34}{lesson.kept_before:>9.1%}{lesson.kept_after:>9.1%}")
    changed = [
        f"{one.text}: {one.before} -> {one.after}{'' if one.part == TEST else '  (learned)'}"
        for one in lesson.examples(EXAMPLES)
    ]
    heading = f"{'read without error':34}{'before':>9}{'after':>9}{'CER before':>13}{'after':>9}"
    return [heading, *rows, "", *changed, "", VERDICTS[lesson.verdict]]


def _row(words: str, before: Score, after: Score) -> str:
    return f"{words:34}{before.right:>9}{after.right:>9}{before.cer:>13.2%}{after.cer:>9.2%}"
