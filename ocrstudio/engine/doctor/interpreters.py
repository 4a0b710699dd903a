"""The Python interpreters of this computer that may train: our own, those of checkouts, environments, the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ocrstudio import paths
from ocrstudio.core.doctor import check_all
from ocrstudio.core.doctor_facts import Facts, worst
from ocrstudio.core.errors import StudioError
from ocrstudio.engine.doctor.gather import gather_all
from ocrstudio.engine.doctor.host import Host
from ocrstudio.formats.checkout_list import known_checkouts
from ocrstudio.formats.json_object import json_object

Role = Literal["own", "checkout", "made", "conda", "venv", "system"]

# Environments that the program made for itself and for checkouts.
ENVIRONMENTS_DIR = "environments"
_MOST = 24
_INSIDE = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe")
_CONDA_HOMES = ("miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba", ".conda")
_VENV_HOMES = (".virtualenvs", ".venvs", "venvs", ".local/share/virtualenvs")
_PYENV = ".pyenv/versions"


@dataclass(frozen=True)
class Interpreter:
    """One of them.

    Attributes:
        python: Its executable.
        role: Where it comes from; the first of these that fits.
        name: What people call it.
        version: Of Python; "" if it did not answer.
        paddle: Version of Paddle and its CUDA, such as "3.2.2 (CUDA 12.6)"; "" for none.
        status: ok, warning or error: that of the worst line of its report; "" if it did not answer.
        problem: Why it did not answer.
    """

    python: Path
    role: Role
    name: str
    version: str = ""
    paddle: str = ""
    status: str = ""
    problem: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {**self.__dict__, "python": str(self.python)}


def find_interpreters(host: Host, home: Path | None = None) -> list[tuple[Path, Role, str]]:
    """Executable, role and name of each, the likeliest first; none twice, nothing asked yet.

    Args:
        host: The machine; asked for conda's list and variables.
        home: The user's folder; for tests.
    """
    found: dict[str, tuple[Path, Role, str]] = {}
    for python, role, name in _candidates(host, home or Path.home()):
        # not resolved: the link is what makes a virtual environment
        key = os.path.normcase(python.absolute())
        if key not in found and python.is_file():
            found[key] = (python.absolute(), role, name)
        if len(found) >= _MOST:
            break
    return list(found.values())


def ask_interpreters(
    found: list[tuple[Path, Role, str]], host: Host, progress: Callable[[int, int], None], stopped: Callable[[], bool]
) -> list[Interpreter]:
    """Looks at each, several at once; Pythons of the system that do not answer are left out.

    Args:
        found: What `find_interpreters` gave.
        host: The machine; asked once for all.
        progress: Told how many are done, and all.
        stopped: Asked after each; what was not begun is left out then.
    """
    answers = []
    for number, facts in enumerate(gather_all([python for python, _, _ in found], host, stopped), 1):
        answers.append(_interpreter(*found[number - 1], facts))
        progress(number, len(found))
    # of somebody's old Pythons nobody wants to hear that they are too old
    return [one for one in answers if not one.problem or one.role in ("own", "checkout", "made")]


def _interpreter(python: Path, role: Role, name: str, facts: Facts | StudioError) -> Interpreter:
    if isinstance(facts, StudioError):
        return Interpreter(python, role, name, problem=str(facts))
    paddle = f"{facts.paddle} (CUDA {facts.paddle_cuda})" if facts.paddle_cuda else facts.paddle
    return Interpreter(python, role, name, ".".join(map(str, facts.python)), paddle, worst(check_all(facts)))


def _candidates(host: Host, home: Path) -> Iterator[tuple[Path, Role, str]]:
    if not getattr(sys, "frozen", False):
        yield Path(sys.executable), "own", Path(sys.prefix).name
    for known in known_checkouts():
        if known.python is not None:
            yield known.python, "checkout", known.title
        for inner in (".venv", "venv", "env"):
            yield from _in(known.checkout.path / inner, "checkout", known.title)
    for folder in _folders(paths.user_data() / ENVIRONMENTS_DIR):
        yield from _in(folder, "made", folder.name)
    for folder in _conda(host, home):
        yield from _in(folder, "conda", folder.name)
    for parent in _VENV_HOMES:
        for folder in _folders(home / parent):
            yield from _in(folder, "venv", folder.name)
    for folder in _folders(home):
        if (folder / "pyvenv.cfg").is_file():
            yield from _in(folder, "venv", folder.name)
    yield from _system(host, home)


def _conda(host: Host, home: Path) -> Iterator[Path]:
    if current := host.environ.get("CONDA_PREFIX"):
        yield Path(current)
    listed = host.read(str(home / ".conda" / "environments.txt"))
    yield from (Path(line.strip()) for line in listed.splitlines() if line.strip())
    if not listed:
        # slow: only where it has not left its list behind
        told = json_object(host.run("conda", "env", "list", "--json")) or {}
        yield from (Path(str(place)) for place in told.get("envs", ()))
    for name in _CONDA_HOMES:
        yield from (folder for folder in (home / name, *_folders(home / name / "envs")) if folder.is_dir())


def _system(host: Host, home: Path) -> Iterator[tuple[Path, Role, str]]:
    for folder in _folders(home / _PYENV):
        yield from _in(folder, "system", f"pyenv {folder.name}")
    if host.system == "Windows":
        programs = Path(host.environ.get("LOCALAPPDATA", "")) / "Programs" / "Python"
        for folder in _folders(programs):
            yield folder / "python.exe", "system", folder.name
        return
    for place in ("/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"):
        yield Path(place), "system", place


def _in(folder: Path, role: Role, name: str) -> Iterator[tuple[Path, Role, str]]:
    """The executable of an environment's folder."""
    python = next((folder / inside for inside in _INSIDE if (folder / inside).is_file()), None)
    if python is not None:
        yield python, role, name


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(entry for entry in place.iterdir() if entry.is_dir())
    except OSError:
        return []
