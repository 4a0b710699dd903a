"""`ocrstudio dict build|edit|merge|compare|check`: dictionaries as files, as the window's editor works on them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ocrstudio.commands.reporting import Report
from ocrstudio.core.dictionary_rules import (
    EXISTS,
    FAULTS,
    FORCE,
    DictionaryProblem,
    compared,
    in_code_order,
    in_ranges,
    mended,
    merged,
    problems_of,
)
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, DatasetError

# Characters and lines that are printed; --json has all.
SHOWN = 300
_WORDS = {
    "empty": "is empty: an output that can never be read",
    "repeated": "{text} is already in line {other}",
    "several": "{text} has several characters, which are one output",
    "space": "is a space; use_space_char adds one anyway",
    "invisible": "holds something that nobody sees",
    "decomposed": "the accent of {text} is a character of its own",
    "look_alike": "{text} looks like line {other}; labels must use one of them only",
    "no_text": "holds half a character",
}
FAULTY = QT_TRANSLATE_NOOP("Errors", "Line {line} of the dictionary cannot be an output ({count} lines like this).")
MEND = QT_TRANSLATE_NOOP("Errors", "Add --mend to leave such lines out.")
NO_LINES = QT_TRANSLATE_NOOP("Errors", "The dictionary would have no lines.")
ADD_SOME = QT_TRANSLATE_NOOP("Errors", "Name labels, characters or a dictionary to take them from.")


def add_actions(actions: Any) -> None:
    """Declares the subcommands.

    Args:
        actions: Of `dict`'s parser.
    """
    build = actions.add_parser("build", help="write a dictionary of labels, characters, other dictionaries or a model")
    build.add_argument("out", type=Path, metavar="FILE", help="the new dictionary")
    build.add_argument(
        "--from", dest="labels", type=Path, action="append", default=[], metavar="LABELS", help="characters of labels"
    )
    build.add_argument("--begin", metavar="MODEL", help="begin with a model's lines, in their order")
    edit = actions.add_parser("edit", help="add, remove, sort or mend the lines of a dictionary")
    edit.add_argument("file", type=Path, metavar="FILE")
    edit.add_argument("--remove", default="", metavar="STR", help="characters that go")
    edit.add_argument("--out", type=Path, metavar="FILE", help="where to (default: the file itself)")
    for action in (build, edit):
        action.add_argument("--add", default="", metavar="STR", help="characters to add at the end, such as ⅧⅫ")
        action.add_argument(
            "--merge", type=Path, action="append", default=[], metavar="FILE", help="add what another one has"
        )
        action.add_argument("--mend", action="store_true", help="leave out empty, repeated and invisible lines")
    merge = actions.add_parser("merge", help="join dictionaries: the first one's lines keep their places")
    merge.add_argument("files", type=Path, nargs="+", metavar="FILE")
    merge.add_argument("--out", type=Path, required=True, metavar="FILE")
    for action in (build, edit, merge):
        action.add_argument("--sort", action="store_true", help="by code point; never for a model's own dictionary")
        action.add_argument("--force", action="store_true", help="write over a file that is there")
    compare = actions.add_parser("compare", help="say which characters came, went or moved")
    compare.add_argument("old", metavar="OLD", help="a dictionary, or a model")
    compare.add_argument("new", metavar="NEW", help="the same")
    check = actions.add_parser("check", help="say what is doubtful about a dictionary; exit code 1 if it has faults")
    check.add_argument("file", type=Path, metavar="FILE")
    for action in (build, edit, merge, compare, check):
        # also after the action, where people look for it; SUPPRESS keeps the value given before it
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object")


def _build(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.dictionary_surgeon import texts_of
    from ocrstudio.engine.known import characters_of

    start = list(characters_of(options.begin)) if options.begin else []
    found = {letter for file in options.labels for text in texts_of(file) for letter in text if not letter.isspace()}
    lines = merged(start, *(_read(file, report) for file in options.merge), in_code_order(found), _letters(options.add))
    return _write(lines, options.out, options, report, before=start)


def _edit(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    before = _read(options.file, report)
    gone = set(_letters(options.remove))
    added = merged((), *(_read(file, report) for file in options.merge), _letters(options.add))
    # lines that are there stay as they are, empty and repeated ones too: each is an output
    lines = [line for line in before if line not in gone]
    lines += [line for line in added if line not in set(lines)]
    own = options.out is None or options.out == options.file
    return _write(lines, options.out or options.file, options, report, before=before, may_replace=own)


def _merge(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    first, *others = (_read(file, report) for file in options.files)
    return _write(merged(first, *others), options.out, options, report, before=first)


def _compare(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    from ocrstudio.engine.known import characters_of

    return _difference(characters_of(options.old), characters_of(options.new), report)


def _check(options: argparse.Namespace, report: Report) -> dict[str, Any]:
    lines = _read(options.file, report)
    problems = problems_of(lines)
    faults = _tell(problems, report)
    report.line(f"{len(lines)} lines, {faults} faults, {len(problems) - faults} doubtful")
    report.code = 1 if faults else 0
    return {"lines": len(lines), "faults": faults, "problems": [vars(problem) for problem in problems]}


ACTIONS: dict[str, Callable[[argparse.Namespace, Report], dict[str, Any]]] = {
    "build": _build,
    "edit": _edit,
    "merge": _merge,
    "compare": _compare,
    "check": _check,
}


def _letters(text: str) -> list[str]:
    """Characters of an argument; white space between them does not count."""
    return [letter for letter in text if not letter.isspace()]


def _read(file: Path, report: Report) -> list[str]:
    from ocrstudio.formats.dictionary import read_any

    lines, encoding = read_any(file)
    if encoding not in ("utf-8", "utf-8-sig"):
        report.warn(f"{file} is written in {encoding}; what is written here is UTF-8")
    return lines


def _write(
    lines: Sequence[str],
    out: Path,
    options: argparse.Namespace,
    report: Report,
    *,
    before: Sequence[str],
    may_replace: bool = False,
) -> dict[str, Any]:
    from ocrstudio.formats.atomic import make_folder
    from ocrstudio.formats.dictionary import write_dictionary

    lines = mended(lines) if getattr(options, "mend", False) else list(lines)
    lines = in_code_order(lines) if options.sort else lines
    if not lines:
        raise DatasetError(NO_LINES, ADD_SOME)
    problems = problems_of(lines)
    faults = [problem for problem in problems if problem.kind in FAULTS]
    # a model's own lines must all stay, whatever they are
    new = [problem for problem in faults if problem.text not in set(before)]
    if new:
        raise DatasetError(FAULTY, MEND, line=new[0].line, count=len(new))
    if out.exists() and not may_replace and not options.force:
        raise DatasetError(EXISTS, FORCE, file=out)
    make_folder(out.absolute().parent)
    write_dictionary(out, lines)
    _tell(problems, report)
    told = _difference(before, lines, report)
    report.line(f"{len(lines)} lines written to {out}")
    return {**told, "lines": len(lines), "out": str(out), "problems": [vars(problem) for problem in problems]}


def _difference(old: Sequence[str], new: Sequence[str], report: Report) -> dict[str, Any]:
    found = compared(old, new)
    report.line(f"{len(found.added)} added, {len(found.removed)} gone, {found.moved} in another place")
    for sign, letters in (("+", found.added), ("-", found.removed)):
        if letters:
            report.line(f"{sign} {in_ranges(letters)[:SHOWN]}")
    return {"added": list(found.added), "removed": list(found.removed), "moved": found.moved}


def _tell(problems: Sequence[DictionaryProblem], report: Report) -> int:
    """Prints what is doubtful; how much of it are faults."""
    for problem in problems[:SHOWN]:
        words = _WORDS[problem.kind].format(text=problem.text, other=problem.other)
        report.line(f"line {problem.line}: {words}")
    return sum(problem.kind in FAULTS for problem in problems)
