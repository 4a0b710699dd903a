"""Runs the commands of a fix, one after the other, with everything they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ocrstudio.core.doctor_facts import Fix
from ocrstudio.core.errors import QT_TRANSLATE_NOOP, EngineError
from ocrstudio.engine.checkout.child import Child
from ocrstudio.engine.checkout.commands import Command
from ocrstudio.engine.doctor.environment import plain_environ

_WAIT_S = 0.2
_TAIL = 40
# Nobody can answer, and nothing is to be updated along the way.
_PIP = {"PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_PROGRESS_BAR": "off", "PYTHONUNBUFFERED": "1"}

NOT_STARTED = QT_TRANSLATE_NOOP("Errors", "{program} could not be started ({reason}).")
FAILED = QT_TRANSLATE_NOOP("Errors", "The installation failed: {reason}.")
LOOK = QT_TRANSLATE_NOOP(
    "Errors", "Look at its output above. Without a network, bring the packages from another computer (pip download)."
)
_NETWORK = ("NewConnectionError", "No matching distribution", "Could not find a version", "timed out", "getaddrinfo")
NO_NETWORK = QT_TRANSLATE_NOOP(
    "Errors", "pip found no package: the network, the mirror or the version is at fault ({reason})."
)
GO_ONLINE = QT_TRANSLATE_NOOP(
    "Errors",
    "Check the network and pip's mirror (pip config list), then run it again: what an earlier step removed is missing.",
)
NO_SPACE = QT_TRANSLATE_NOOP("Errors", "The disk is full, so the installation could not be finished.")
MAKE_ROOM = QT_TRANSLATE_NOOP("Errors", "Make room (pip cache purge helps) and install again.")


@dataclass(frozen=True)
class Installed:
    """How an installation ended.

    Attributes:
        done: Steps that were finished.
        stopped: Whether somebody stopped it; the step that ran then may be half done.
    """

    done: int
    stopped: bool


def run_fix(
    fix: Fix, say: Callable[[str], None], progress: Callable[[int, int], None], stopped: Callable[[], bool]
) -> Installed:
    """Runs a fix.

    Args:
        fix: Its commands were shown before.
        say: Told every command and every line of output.
        progress: Told steps done, and all.
        stopped: Asked several times a second; then what runs is ended with everything it started.

    Raises:
        EngineError: If a command fails; the steps before it stay done.
    """
    environ = {**plain_environ(), **_PIP}
    for number, step in enumerate(fix.steps):
        progress(number, len(fix.steps))
        say(f"> {Fix((step,)).text}")
        try:
            child = Child(Command(step, environ, Path.home()))
        except OSError as error:
            raise EngineError(NOT_STARTED, "", program=step[0], reason=error.strerror or error) from error
        tail: list[str] = []
        try:
            while child.exit_code is None and not stopped():
                for line in child.lines(_WAIT_S):
                    tail = [*tail[-_TAIL:], line.text]
                    say(line.text)
            if child.exit_code is not None:
                for line in child.rest():
                    tail = [*tail[-_TAIL:], line.text]
                    say(line.text)
            code = child.exit_code
        finally:
            child.close()
        if stopped():
            return Installed(number, stopped=True)
        if code:
            raise _explained(tail, code)
    progress(len(fix.steps), len(fix.steps))
    return Installed(len(fix.steps), stopped=False)


def _explained(tail: list[str], code: int) -> EngineError:
    errors = [line for line in tail if line.lower().startswith("error")] or tail[-1:]
    reason = errors[-1].removeprefix("ERROR: ").rstrip(".")[:300] if errors else f"exit code {code}"
    text = "\n".join(tail)
    if "No space left" in text or "[WinError 112]" in text:
        return EngineError(NO_SPACE, MAKE_ROOM)
    if any(word in text for word in _NETWORK):
        return EngineError(NO_NETWORK, GO_ONLINE, reason=reason)
    return EngineError(FAILED, LOOK, reason=reason)
