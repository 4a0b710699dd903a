"""The flight check of the config being edited: in a child, a moment after each change, the latest config only."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.checks import VERDICTS, Verdict
from ocrstudio.core.findings import Place
from ocrstudio.formats.run_folder import PADDLEOCR, Engine
from ocrstudio.protocol.messages import Failed
from ocrstudio.services.jobs import CommandJob
from ocrstudio.services.timers import single_shot

# After the last change; typing goes on meanwhile.
DELAY_MS = 800
# Lists and pictures are not watched; a start that comes later than this after the check has it made again.
FRESH_S = 15.0


@dataclass(frozen=True)
class Told:
    """A sentence about something that was found.

    Attributes:
        severity: fatal, warning or note.
        what: Template of the Errors context.
        remedy: The same; may be empty.
        values: For both.
        cure: Template of what the program can do about it; "" for nothing.
        command: What the cure runs, when it takes more than a moment.
    """

    severity: str
    what: str
    remedy: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    cure: str = ""
    command: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One check as the child tells it: see `core.checks.CheckResult`."""

    id: str
    title: str
    verdict: Verdict
    rows: int = 0
    told: tuple[Told, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def cures(self) -> tuple[Told, ...]:
        """What can be done about it, each thing once."""
        return tuple({(one.cure, one.command): one for one in self.told if one.cure}.values())


@dataclass(frozen=True)
class Report:
    """A finished check."""

    lines: tuple[Line, ...] = ()

    def of(self, verdict: Verdict) -> tuple[Line, ...]:
        """The checks with a verdict."""
        return tuple(line for line in self.lines if line.verdict == verdict)

    @property
    def fails(self) -> bool:
        """Whether the run would fail."""
        return bool(self.of("fail"))

    @property
    def worst(self) -> Verdict:
        """The worst verdict; what could not be looked at does not count."""
        return "fail" if self.fails else "poor" if self.of("poor") else "fine"

    @property
    def curable(self) -> tuple[str, ...]:
        """Ids of the checks that can be repaired at once."""
        bad = [line for line in self.lines if line.verdict in ("fail", "poor")]
        return tuple(line.id for line in bad if any(not one.command for one in line.cures))


@dataclass(frozen=True)
class Subject:
    """What is checked.

    Attributes:
        text: The config.
        name: What it is called in sentences.
        engine: What is to train.
        out: Where the run would go.
    """

    text: str
    name: str
    engine: Engine
    out: str


class FlightCheck(QObject):
    """Checks what it was shown last; an older check that still runs is called off.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the child's program; for tests.
        delay_ms: Between a change and its check.
    """

    changed = pyqtSignal()  # `report`, `is_busy` or `failure` is new
    progressed = pyqtSignal(str, int, int)  # check or time; done, total
    repaired = pyqtSignal(object)  # dict: settings, written, changed, left_out

    def __init__(
        self, parent: QObject | None = None, program: list[str] | None = None, delay_ms: int = DELAY_MS
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._subject: Subject | None = None
        self._waiting: list[str] | None = None
        self._job: CommandJob | None = None
        self._asked: list[str] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._timer = single_shot(self, delay_ms, self._on_timer_timeout)
        self._ended_at = 0.0
        self.report: Report | None = None
        self.failure: Failed | None = None

    @property
    def is_busy(self) -> bool:
        """Whether `report` is about to be replaced, or nothing was found out yet."""
        return self._job is not None or self._timer.isActive()

    @property
    def is_waiting(self) -> bool:
        """Whether a change came so lately that its check has not begun."""
        return self._timer.isActive()

    @property
    def is_stale(self) -> bool:
        """Whether so much time has passed that files may have changed meanwhile."""
        return time.monotonic() - self._ended_at > FRESH_S

    def look(self, subject: Subject | None) -> None:
        """Checks this in a moment, unless it is what was checked last; None forgets everything."""
        if subject == self._subject:
            return
        self._subject = subject
        self.report = self.failure = None
        self._call_off()
        if subject is not None:
            self._timer.start()
        self.changed.emit()

    def again(self) -> None:
        """Checks the same once more: files may have changed."""
        self._begin([])

    def hurry(self) -> None:
        """Does not wait for more changes."""
        if self._timer.isActive():
            self._timer.stop()
            self._on_timer_timeout()

    def time_steps(self) -> None:
        """Times some steps of the training on top."""
        self._begin(["--time"])

    def repair(self, ids: Sequence[str]) -> None:
        """Puts right what some checks found; `repaired` follows, and says what the config has to become."""
        self._begin(["--no-config", "--repair", *ids])

    def cancel(self) -> None:
        """Ends what is under way; what was known before stays known."""
        self._timer.stop()
        self._call_off()
        self.changed.emit()

    def close(self) -> None:
        """Ends the child."""
        self._timer.stop()
        self._waiting = None
        if self._job is not None:
            self._job.close()
            self._job = None
        if self._folder is not None:
            with contextlib.suppress(OSError):
                self._folder.cleanup()
            self._folder = None

    def _call_off(self) -> None:
        self._timer.stop()
        self._waiting = None
        if self._job is not None:
            self._job.cancel()

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        self._begin([])

    def _begin(self, more: list[str]) -> None:
        """Starts a child, after the end of the one before."""
        if self._subject is None:
            return
        self._timer.stop()
        if self._job is not None:
            self._waiting = more
            self._job.cancel()
            return
        self._asked = more
        job = CommandJob(self._arguments(self._subject, more), self, self._program)
        job.progressed.connect(self.progressed)
        job.done.connect(self._on_job_done)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        self._job = job
        job.start()
        self.changed.emit()

    def _arguments(self, subject: Subject, more: list[str]) -> list[str]:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ocrstudio-check-", ignore_cleanup_errors=True)
        file = Path(self._folder.name) / "config.yml"
        file.write_text(subject.text, encoding="utf-8")
        engine = subject.engine
        arguments = ["check", str(file), "--called", subject.name, "--out", subject.out]
        if engine.is_paddleocr:
            arguments += ["--engine", f"{PADDLEOCR}:{engine.checkout}"]
            arguments += ["--python", str(engine.python)] if engine.python is not None else []
        return [*arguments, *more]

    def _ended(self) -> bool:
        """Lets go of the job; whether its answer is still wanted."""
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._begin(waiting)
            return False
        return not self._timer.isActive()

    @pyqtSlot(object)
    def _on_job_done(self, result: dict[str, Any]) -> None:
        repairing = "--repair" in self._asked
        if self._ended():
            self.failure = None
            if not repairing:
                self.report = read_report(result)
                self._ended_at = time.monotonic()
            self.changed.emit()
            if repairing:
                self.repaired.emit(result.get("repair") or {})

    @pyqtSlot(object)
    def _on_job_failed(self, failed: Failed) -> None:
        if self._ended():
            self.failure = failed
            self.changed.emit()

    @pyqtSlot()
    def _on_job_cancelled(self) -> None:
        if self._ended():
            self.changed.emit()


def read_report(result: Mapping[str, Any]) -> Report:
    """The child's answer; what is not as it should be is left out."""
    found = result.get("checks")
    return Report(tuple(_line(one) for one in found if isinstance(one, dict)) if isinstance(found, list) else ())


def _line(record: Mapping[str, Any]) -> Line:
    verdict = record.get("verdict")
    return Line(
        str(record.get("id", "")),
        str(record.get("title", "")),
        verdict if verdict in VERDICTS else "open",
        int(record.get("rows") or 0),
        tuple(_told(one) for one in record.get("findings") or ()),
        tuple(_places(record.get("places") or ())),
    )


def _told(record: Mapping[str, Any]) -> Told:
    cure = record.get("cure") or {}
    return Told(
        str(record.get("severity", "")),
        str(record.get("what", "")),
        str(record.get("remedy", "")),
        dict(record.get("values") or {}),
        str(cure.get("title", "")),
        tuple(str(one) for one in cure.get("command") or ()),
    )


def _places(records: Iterable[Sequence[Any]]) -> Iterable[Place]:
    for file, line, text, picture in records:
        yield Place(str(file), int(line), str(text), str(picture))
