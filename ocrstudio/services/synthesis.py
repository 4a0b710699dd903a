"""Synthetic lines beside the window: examples that follow every change of the wishes, and the run that writes them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from ocrstudio.core.synthesis import DEFAULT_PRESET
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.formats.synthetic import SYNTHETIC_DIR
from ocrstudio.paths import STATE_DIR
from ocrstudio.services.jobs import CommandJob

Kind = Literal["deficits", "chars", "words", "text", "template"]

# The examples follow this long after the last change.
PREVIEW_DELAY_MS = 250
EXAMPLES = 8


@dataclass(frozen=True)
class Wishes:
    """What is asked for.

    Attributes:
        kind: Where the texts come from.
        text: What was typed: characters, words, lines or patterns.
        file: Takes the place of what was typed, for words and lines.
        target: Samples of each character, for "deficits".
        preset, wear, vertical, seed: See `core.synthesis.Recipe`.
        own_crops: Paper, inks and sizes of the project's crops.
        fonts: A folder; None for the program's and the system's.
        count: Lines; 0 for as many as there are, or are lacking.
    """

    kind: Kind = "deficits"
    text: str = ""
    file: Path | None = None
    target: int = ENOUGH
    preset: str = DEFAULT_PRESET
    wear: float = 1.0
    vertical: float = 0.0
    own_crops: bool = True
    fonts: Path | None = None
    count: int = 0
    seed: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether there is something to write."""
        return self.kind == "deficits" or self.file is not None or bool(self.text.strip())

    def arguments(self, labels: Path, typed: Path) -> list[str]:
        """The `synth` command without where it writes to.

        Args:
            labels: Project or dataset whose labels and crops count.
            typed: File that what was typed is written to.
        """
        match self.kind:
            case "deficits":
                letters = "".join(self.text.split())
                source = [
                    "--deficits",
                    str(labels),
                    f"--target={self.target}",
                    *([f"--chars={letters}"] * bool(letters)),
                ]
            case "chars":
                source = [f"--chars={''.join(self.text.split())}"]
            case "template":
                source = [f"--template={line}" for line in self.text.splitlines() if line.strip()]
            case _:
                source = [f"--{self.kind}", str(self.file or typed)]
        look = [f"--preset={self.preset}", f"--wear={self.wear}", f"--vertical={self.vertical}", f"--seed={self.seed}"]
        like = ["--like", str(labels)] if self.own_crops else []
        fonts = ["--fonts", str(self.fonts)] if self.fonts else []
        count = [f"--count={self.count}"] if self.count else []
        return ["synth", *source, *look, *like, *fonts, *count]


def synthetic_folder(project: Path) -> Path:
    """Where the sets of a project are."""
    return project / STATE_DIR / SYNTHETIC_DIR


def free_name(project: Path, name: str) -> str:
    """The name, or the next one with a number behind it that no set of the project has."""
    taken = synthetic_folder(project)
    number, tried = 1, name
    while (taken / tried).exists():
        number += 1
        tried = f"{name}-{number}"
    return tried


class Synthesis(QObject):
    """Runs the `synth` command: one child for examples, one for the real thing.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the command's program; for tests.
    """

    previewed = pyqtSignal(object)  # what `synth --preview` prints
    preview_failed = pyqtSignal(object)  # protocol Failed
    previewing_changed = pyqtSignal(bool)  # examples are on their way
    progressed = pyqtSignal(int, int)  # lines done, in all
    written = pyqtSignal(object)  # what `synth --out` prints
    failed = pyqtSignal(object)  # protocol Failed
    cancelled = pyqtSignal()  # finished pieces are kept for the next run of the same wishes

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._texts = tempfile.TemporaryDirectory(prefix="ocrstudio-synth-", ignore_cleanup_errors=True)
        self._wanted: tuple[Wishes, Path] | None = None
        self._example: CommandJob | None = None
        self._job: CommandJob | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PREVIEW_DELAY_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_writing(self) -> bool:
        """Whether lines are being written."""
        return self._job is not None

    def preview(self, wishes: Wishes, labels: Path) -> None:
        """Makes examples soon; those under way are given up."""
        self._wanted = (wishes, labels)
        self._timer.start()
        self.previewing_changed.emit(True)
        if self._example is not None:
            self._example.cancel()

    def drop_preview(self) -> None:
        """No examples are wanted."""
        self._wanted = None
        self._timer.stop()
        if self._example is not None:
            self._example.cancel()
        self.previewing_changed.emit(False)

    def write(self, wishes: Wishes, labels: Path, out: Path) -> None:
        """Writes the lines; `written`, `failed` or `cancelled` follows. Does nothing while it writes."""
        if self._job is not None:
            return
        self._job = CommandJob([*self._arguments(wishes, labels, "run.txt"), "--out", str(out)], self, self._program)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.done.connect(self._on_job_done)
        self._job.failed.connect(self._on_job_failed)
        self._job.cancelled.connect(self._on_job_cancelled)
        self._job.start()

    def cancel(self) -> None:
        """Ends the writing."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Ends everything; no signal follows."""
        self.blockSignals(True)
        self._timer.stop()
        for job in (self._example, self._job):
            if job is not None:
                job.close()
        self._example = self._job = None
        self._texts.cleanup()

    def _arguments(self, wishes: Wishes, labels: Path, name: str) -> list[str]:
        typed = Path(self._texts.name) / name
        if wishes.kind in ("words", "text") and wishes.file is None:
            typed.write_text(wishes.text, encoding="utf-8", errors="ignore")
        return wishes.arguments(labels, typed)

    @pyqtSlot()
    def _on_timer_timeout(self) -> None:
        if self._example is not None or self._wanted is None:
            # the one under way tells when it is gone
            return
        wishes, labels = self._wanted
        self._wanted = None
        arguments = [*self._arguments(wishes, labels, "preview.txt"), f"--preview={EXAMPLES}"]
        self._example = CommandJob(arguments, self, self._program)
        self._example.done.connect(self._on_example_done)
        self._example.failed.connect(self._on_example_failed)
        self._example.cancelled.connect(self._on_example_cancelled)
        self._example.start()

    @pyqtSlot(object)
    def _on_example_done(self, result: dict[str, Any]) -> None:
        if self._end_example():
            self.previewed.emit(result)

    @pyqtSlot(object)
    def _on_example_failed(self, failed: object) -> None:
        if self._end_example():
            self.preview_failed.emit(failed)

    @pyqtSlot()
    def _on_example_cancelled(self) -> None:
        self._end_example()

    def _end_example(self) -> bool:
        """Whether nothing newer is wanted."""
        if self._example is not None:
            self._example.deleteLater()
            self._example = None
        if self._wanted is not None:
            if not self._timer.isActive():
                self._on_timer_timeout()
            return False
        self.previewing_changed.emit(False)
        return True

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, name: str, done: int, total: int) -> None:
        if name == "write":
            self.progressed.emit(done, total)

    @pyqtSlot(object)
    def _on_job_done(self, result: dict[str, Any]) -> None:
        self._end_job()
        self.written.emit(result)

    @pyqtSlot(object)
    def _on_job_failed(self, failed: object) -> None:
        self._end_job()
        self.failed.emit(failed)

    @pyqtSlot()
    def _on_job_cancelled(self) -> None:
        self._end_job()
        self.cancelled.emit()

    def _end_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
