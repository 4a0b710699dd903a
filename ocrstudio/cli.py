"""The command line: `ocrstudio [FOLDER]` opens the window, everything else is a subcommand (`ocrstudio.commands`).

Imports neither Qt nor a model runtime: each subcommand's module is loaded only when it is called.
"""

from __future__ import annotations

import argparse
import difflib
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ocrstudio import __version__
from ocrstudio.commands.reporting import Report

# name -> (module of ocrstudio.commands, one-line help)
COMMANDS = {
    "demo": ("demo", "run the whole loop on the sample project and print CER before and after"),
    "label": ("label", "auto-label untouched pages of a folder"),
    "export": ("export", "write the labels of a folder in another format"),
    "import": ("import_labels", "bring labels in from another format"),
    "package": ("package", "a project as one file for a colleague"),
    "unpack": ("unpack", "a project made of a colleague's package"),
    "merge": ("merge", "merge a colleague's work into a project"),
    "stats": ("stats", "say what the labels of a folder are like and what is odd about them"),
    "split": ("split", "split the labelled pages of a folder into train, val and test"),
    "config": ("config", "write, show or change a training config"),
    "check": ("check", "flight check: what would make a training fail or poor, and its repair"),
    "train": ("train", "train from a config"),
    "teach": ("teach", "teach a model what was corrected in a folder, and say whether it reads better"),
    "runs": ("runs", "the trainings of a project: list, show, compare, stop, queue, rename, note, report"),
    "eval": ("evaluate", "evaluate a run or a config on labelled lines"),
    "compare": ("compare", "say which of two models is better on a labelled set, and how sure that is"),
    "export-model": ("export_model", "write the best checkpoint of a run as a bundle"),
    "recognize": ("recognize", "read the text of images"),
    "synth": ("synth", "make lines or pages for training from texts, words, characters or what labels lack"),
    "dict": (
        "dict_command",
        "build, edit, compare dictionaries; add characters to a model without losing others",
    ),
    "convert": ("convert", "write a built-in PP-OCRv4 model as weights for PaddleOCR's own training"),
    "models": ("models", "models to download, import or use: list, add, fetch, remove, usable, prepare"),
    "checkout": ("checkout", "PaddleOCR's own code as a training engine: find, add, check, configs, prepare"),
    "doctor": ("doctor", "say what is installed and what is missing"),
    "explain": ("explain", "say what a training's log means and how to mend its failure"),
    "engine": ("engine", "child processes of the window (not for people)"),
}

INTERRUPTED = 130
PIPE_CLOSED = 141


def _command_parser(name: str) -> tuple[argparse.ArgumentParser, Any]:
    module_name, help_line = COMMANDS[name]
    module = importlib.import_module(f"ocrstudio.commands.{module_name}")
    parser = argparse.ArgumentParser(prog=f"ocrstudio {name}", description=help_line)
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print one JSON object")
    output.add_argument("--protocol", action="store_true", help=argparse.SUPPRESS)
    module.add_arguments(parser)
    return parser, module


def _window_parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<14}{help_line}" for name, (_, help_line) in COMMANDS.items() if name != "engine")
    parser = argparse.ArgumentParser(
        prog="ocrstudio",
        description="OCR Studio: from a folder of images to a better PaddleOCR model.",
        epilog=f"subcommands (each has its own --help):\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("places", nargs="*", help="a folder of images to open in the window, or pictures to read")
    parser.add_argument("--version", action="version", version=f"ocrstudio {__version__}")
    return parser


def _misspelt(word: str) -> list[str]:
    """The subcommands that somebody may have meant by a word that is no folder."""
    if "/" in word or "\\" in word or word.startswith((".", "~", "-")) or Path(word).exists():
        return []
    known = [name for name in COMMANDS if name != "engine"]
    return difflib.get_close_matches(word.lower(), known, n=3, cutoff=0.7)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program.

    Args:
        argv: Arguments without the program's name; `sys.argv[1:]` if None.

    Returns:
        Exit code: 0 done, 1 the input is at fault, 2 wrong usage, 130 interrupted, 141 nobody reads the output.
    """
    _give_streams()
    try:
        return _main(argv)
    except KeyboardInterrupt:
        # also while modules are loaded
        return INTERRUPTED
    except OSError as error:
        if not _is_unread(error):
            raise
        # whoever read the output, such as `head`, has had enough; the interpreter must not complain at its end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _is_unread(error: OSError) -> bool:
    """Whether it says that nobody reads the output; Windows calls that an invalid argument, without a file's name."""
    invalid = os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
    return invalid or isinstance(error, BrokenPipeError)


def _give_streams() -> None:
    """A program of Windows that has a window has no streams: what is said there goes nowhere, rather than failing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end


def _main(argv: Sequence[str] | None) -> int:
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in COMMANDS:
        parser, module = _command_parser(arguments[0])
        options = parser.parse_args(arguments[1:])
        report = Report("protocol" if options.protocol else "json" if options.json else "text")
        return report.run(lambda: module.run(options, report))
    parser = _window_parser()
    meant = _misspelt(arguments[0]) if arguments else []
    if meant:
        parser.error(f"there is no subcommand and no folder called {arguments[0]!r}; did you mean: {', '.join(meant)}?")
    options = parser.parse_args(arguments)
    from ocrstudio import app

    return app.main(options.places)
