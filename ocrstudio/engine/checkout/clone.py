"""A PaddleOCR checkout cloned with git: one tag, without its history."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.checkout import guardian
from ocrstudio.engine.checkout.unpack import STOPPED, move_into_place, unfinished
from ocrstudio.formats.checkout import PROVEN_TAG, REPOSITORY, Checkout, find_checkout

Progress = Callable[[int, int], None]
_PERCENT = re.compile(r"Receiving objects:\s+(\d+)%")
_OFFLINE = re.compile(
    r"could not resolve|failed to connect|couldn't connect|could not connect|network is unreachable|timed out"
    r"|unable to access|connection refused|proxy|operation too slow",
    re.IGNORECASE,
)
_NO_TAG = re.compile(r"remote branch .* not found", re.IGNORECASE)
_REFERENCE = re.compile(r"^[0-9a-f]{40,}\s+refs/(tags|heads)/(\S+)$")
_POLL = 0.1

NO_GIT = QT_TRANSLATE_NOOP("Errors", "git is not installed, so nothing can be cloned.")
USE_ARCHIVE = QT_TRANSLATE_NOOP("Errors", "Install git, or download PaddleOCR's source code as .zip and unpack it.")
NO_NETWORK = QT_TRANSLATE_NOOP("Errors", "{url} cannot be reached ({reason}).")
GO_ONLINE = QT_TRANSLATE_NOOP(
    "Errors", "Check the network, or bring PaddleOCR's source code as .zip from another computer and unpack it."
)
NO_TAG = QT_TRANSLATE_NOOP("Errors", "{url} has no tag or branch {tag}.")
CHOOSE_TAG = QT_TRANSLATE_NOOP("Errors", "Choose one that is there, for example v3.2.0 or v2.8.0.")
FAILED = QT_TRANSLATE_NOOP("Errors", "{url} could not be cloned ({reason}).")


def clone(
    folder: Path,
    *,
    url: str = REPOSITORY,
    tag: str = PROVEN_TAG,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Checkout:
    """Clones one tag; what is at `folder` afterwards is complete or not there at all.

    Args:
        folder: The checkout's place; must not exist.
        url: Anything that git takes.
        tag: Tag or branch.
        progress: Told (percent, 100).
        cancelled: Asked ten times a second; then git is ended.

    Raises:
        EngineError: If there is no git, no network or no such tag; or if it was stopped.
        ProjectError: If `folder` exists or cannot be written, or what was cloned is no PaddleOCR.
    """
    folder = Path(folder).expanduser().absolute()
    git = _git()
    with unfinished(folder) as part:
        target = part / folder.name
        command = [*git, "clone", "--progress", "--depth=1", f"--branch={tag}", "--", url, str(target)]
        _run(command, url, tag, progress, cancelled)
        move_into_place(find_checkout(target).path, folder)
    return find_checkout(folder)


def references(url: str = REPOSITORY, cancelled: Callable[[], bool] = lambda: False) -> list[str]:
    """Tags, the newest first, then branches that a clone can be made of.

    Args:
        url: Anything that git takes.
        cancelled: Asked ten times a second; then git is ended.

    Raises:
        EngineError: If there is no git or no network; or if it was stopped.
    """
    said = _run([*_git(), "ls-remote", "--tags", "--heads", "--refs", "--", url], url, "", _no_progress, cancelled)
    names = [match.groups() for line in said if (match := _REFERENCE.search(line)) is not None]
    tags = sorted((name for kind, name in names if kind == "tags"), key=_newest_first)
    return [*tags, *(name for kind, name in names if kind == "heads")]


def _newest_first(tag: str) -> tuple[bool, tuple[int, ...], str]:
    numbers = tuple(-int(number) for number in re.findall(r"\d+", tag)[:3])
    return (re.fullmatch(r"v?\d+(?:\.\d+)*", tag) is None, (*numbers, *(0,) * (3 - len(numbers))), tag)


def _no_progress(_done: int, _total: int) -> None:
    pass


def _git() -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise EngineError(NO_GIT, USE_ARCHIVE)
    # links could lead out of the checkout, "ext::" addresses could run anything
    options = ["-c", "core.symlinks=false", "-c", "protocol.ext.allow=never"]
    return [git, *options, "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=30"]


def _run(command: list[str], url: str, tag: str, progress: Progress, cancelled: Callable[[], bool]) -> list[str]:
    """Runs git; what it says on both streams, without its progress."""
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_ASKPASS": "", "SSH_ASKPASS": ""}
    child = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    said: list[str] = []
    reader = threading.Thread(target=_read, args=(child, said, progress), daemon=True, name="git")
    reader.start()
    try:
        while child.poll() is None:
            if cancelled():
                raise EngineError(STOPPED)
            reader.join(_POLL)
    finally:
        _end(child)
        reader.join(5)
        if child.stdout is not None:
            child.stdout.close()
    if child.returncode:
        raise _explained(url, tag, said)
    return said


def _read(child: subprocess.Popen[str], said: list[str], progress: Progress) -> None:
    """Takes what git says; universal newlines part the lines that it rewrites with carriage returns."""
    for line in child.stdout or ():
        if percent := _PERCENT.search(line):
            progress(int(percent.group(1)), 100)
        elif line.strip():
            said.append(line.strip())


def _end(child: subprocess.Popen[str]) -> None:
    """Ends git and its helpers, which are in its process group."""
    if child.poll() is None:
        if os.name == "posix":
            os.killpg(child.pid, 9)
        else:
            # a helper that goes on would hold the pipe, and the files of the unfinished folder
            guardian.kill_below(child.pid)
            child.kill()
    child.wait()


def _explained(url: str, tag: str, said: list[str]) -> EngineError:
    text = "\n".join(said)
    reasons = [line.removeprefix("fatal: ") for line in said if line.startswith("fatal:")] or said[-1:] or ["git"]
    if _NO_TAG.search(text):
        return EngineError(NO_TAG, CHOOSE_TAG, url=url, tag=tag)
    if _OFFLINE.search(text):
        return EngineError(NO_NETWORK, GO_ONLINE, url=url, reason=reasons[0].rstrip("."))
    return EngineError(FAILED, USE_ARCHIVE, url=url, reason=reasons[0].rstrip("."))
