"""The first code of a bundled program: stands in for the interpreter that an installed one is run by.

The program starts its children as `sys.executable -m ocrstudio …`, and so do Paddle's launcher and pip with theirs. A
bundle has no interpreter beside it, so it answers to the options that they use itself: `-m MODULE`, `-c CODE` and a
script. Without one of them the arguments are the program's own.

Packages that are added later (Paddle with what it brings) lie in a folder of the user's, behind those of the bundle.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import shutil
import sys
from pathlib import Path

from ocrstudio import paths

# options of the interpreter that are given to children; a bundle is isolated, unbuffered and in UTF-8 as it is
PLAIN_OPTIONS = ("-u", "-I", "-S", "-E", "-s", "-B")
VALUED_OPTIONS = ("-X", "-W")


def main() -> None:
    """Runs what the command line asks for; never returns."""
    multiprocessing.freeze_support()
    restore_library_path()
    # on Windows the window's program has no console and no streams: children run in the one beside it
    engine = Path(sys.executable).with_name("ocrstudio-engine.exe")
    if engine.is_file():
        sys.executable = str(engine)
    added = paths.added_packages()
    # whether or not it is there yet: the doctor looks again after it has installed something
    sys.path.append(str(added))
    arguments = sys.argv[1:]
    while arguments and arguments[0] in (*PLAIN_OPTIONS, *VALUED_OPTIONS):
        del arguments[: 2 if arguments[0] in VALUED_OPTIONS else 1]
    if len(arguments) > 1 and arguments[0] == "-m":
        run_module(arguments[1], arguments[2:], added)
    elif len(arguments) > 1 and arguments[0] == "-c":
        sys.argv = ["-c", *arguments[2:]]
        exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - as an interpreter does
    elif arguments and arguments[0].endswith(".py") and Path(arguments[0]).is_file():
        sys.argv = arguments
        sys.path.insert(0, str(Path(arguments[0]).resolve().parent))
        runpy.run_path(arguments[0], run_name="__main__")
    else:
        run_module("ocrstudio", arguments, added)


def run_module(name: str, arguments: list[str], added: Path) -> None:
    """Runs a module as `python -m` does; what pip installs goes to the user's folder."""
    sys.argv = [name, *arguments]
    if name == "pip":
        pins = Path(__file__).with_name("constraints.txt")
        # as an address: pip takes a space in a path for the end of it
        os.environ.update(PIP_ONLY_BINARY=":all:", PIP_CONSTRAINT=pins.as_uri(), PIP_DISABLE_PIP_VERSION_CHECK="1")
        if arguments[:1] == ["install"]:
            # pip leaves what lies in a target as it is, unless it is to upgrade; the other commands know neither
            os.environ.update(PIP_TARGET=str(added), PIP_UPGRADE="1")
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    finally:
        if name == "pip":
            drop_replaced(added)


def drop_replaced(added: Path) -> None:
    """Removes the records of versions that are no longer there: in a target, pip replaces files but leaves those."""
    newest: dict[str, Path] = {}
    for record in sorted(added.glob("*.dist-info"), key=lambda one: one.stat().st_mtime_ns):
        package = record.name.split("-")[0].lower()
        if package in newest:
            shutil.rmtree(newest[package], ignore_errors=True)
        newest[package] = record


def restore_library_path() -> None:
    """Programs of the system that are started from here get their own libraries, not the bundle's."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    elif getattr(sys, "frozen", False):
        os.environ.pop("LD_LIBRARY_PATH", None)


if __name__ == "__main__":
    main()
