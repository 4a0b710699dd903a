"""The device test: a real calculation in a child process. A child that dies is a finding, not an error."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from ocrstudio.core.doctor_facts import DeviceTest
from ocrstudio.core.failures import read_log
from ocrstudio.engine.checkout.child import Child
from ocrstudio.engine.checkout.commands import Command
from ocrstudio.engine.doctor.environment import plain_environ, script
from ocrstudio.formats.json_object import json_object

SCRIPT = "device_test.py"
_MARK = "ocrstudio-device "
# A first use of a card may compile code for it.
LIMIT_S = 180
_WAIT_S = 0.2
_TAIL = 200


def run_device_test(
    python: Path, device: str, stopped: Callable[[], bool], progress: Callable[[str], None], source: str | None = None
) -> DeviceTest:
    """Calculates with the Paddle of an environment.

    Args:
        python: Its interpreter.
        device: "cpu" or "gpu".
        stopped: Asked several times a second; then the child is ended.
        progress: Told the name of each step.
        source: Replaces the script; for tests.

    Raises:
        OSError: If not even a child can be started.
    """
    text = script(SCRIPT) if source is None else source
    command = Command((str(python), "-X", "utf8", "-c", text, device), plain_environ(), Path.home())
    child = Child(command)
    told = _Told(device)
    deadline = time.monotonic() + LIMIT_S
    late = False
    try:
        while child.exit_code is None and not stopped():
            if time.monotonic() > deadline:
                late = True
                break
            for line in child.lines(_WAIT_S):
                told.take(line.text, progress)
        if child.exit_code is not None:
            for line in child.rest():
                told.take(line.text, progress)
    finally:
        code = child.exit_code
        child.close()
    if stopped() or late:
        return told.result("stopped" if stopped() else "no answer in time", str(python))
    return told.result("" if told.is_done and code == 0 else _ending(code), str(python))


def _ending(code: int | None) -> str:
    if code is None or code == 0:
        return "ended early"
    # the guardian tells a signal as the shells do
    return f"signal {code - 128}" if code > 128 else f"exit code {code}"


class _Told:
    def __init__(self, device: str) -> None:
        self.is_done = False
        self._device, self._step = device, "load"
        self._seconds: dict[str, float] = {}
        self._difference: dict[str, float] = {}
        self._said: list[str] = []

    def take(self, line: str, progress: Callable[[str], None]) -> None:
        _, mark, answer = line.partition(_MARK)
        facts = json_object(answer) if mark else None
        if facts is None:
            self._said = [*self._said[-_TAIL:], line]
            return
        self.is_done = self.is_done or facts.get("done") is True
        name = str(facts.get("step", self._step))
        self._step = name
        if "seconds" in facts:
            self._seconds[name] = float(facts["seconds"])
            self._difference[name] = float(facts.get("difference", 0.0))
        elif not self.is_done:
            progress(name)

    def result(self, ending: str, python: str) -> DeviceTest:
        explained = read_log(self._said, python) if ending else None
        failure = explained.cause if explained is not None else None
        if explained is not None and failure is None and explained.unknown:
            ending = f"{explained.unknown} ({ending})"
        return DeviceTest(self._device, self._seconds, self._difference, ending, self._step, failure)
