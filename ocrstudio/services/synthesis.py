"""Synthetic lines and pages beside the window: examples that follow every change of the wishes, and the real run."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot

from ocrstudio.core.synthesis import DEFAULT_PRESET
from ocrstudio.core.synthesis_texts import ENOUGH
from ocrstudio.formats.free_place import free_place
from ocrstudio.formats.synthetic import SYNTHETIC_DIR
from ocrstudio.paths import STATE_DIR
from ocrstudio.protocol.messages import Examples, Failed, Message, ShowExamples
from ocrstudio.services.engine_process import EngineProcess, Outcome
from ocrstudio.services.jobs import OneJob, unexplained_end
from ocrstudio.services.timers import single_shot

Kind = Literal["deficits", "chars", "words", "text", "template"]

# The examples follow this long after the last change: a slider says where it is many times a second.
PREVIEW_DELAY_MS = 40
EXAMPLES, PAGE_EXAMPLES = 8, 2
# Pages, where nobody says how many.
DEFAULT_PAGES = 100
# The child that makes examples is kept so long after somebody looked.
IDLE_MS = 120_000


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
        count: Lines or pages; 0 for as many lines as there are, or are lacking, or `DEFAULT_PAGES`.
        pages: Pages shall be made, not lines.
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
    pages: bool = False

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
        if self.pages:
            count = [f"--pages={self.count or DEFAULT_PAGES}"]
        else:
            count = [f"--count={self.count}"] if self.count else []
        return ["synth", *source, *look, *like, *fonts, *count]


def synthetic_folder(project: Path) -> Path:
    """Where the sets of a project are."""
    return project / STATE_DIR / SYNTHETIC_DIR


def free_name(project: Path, name: str) -> str:
    """The name, or the next one with a number behind it that no set of the project has."""
    return free_place(synthetic_folder(project) / name, "-{}", is_folder=True).name


class Synthesis(QObject):
    """One child that shows examples, for as long as somebody looks; and the `synth` command for the real thing.

    Args:
        parent: Owner; it calls `close`.
        program: Replaces the command's program; for tests.
    """

    previewed = pyqtSignal(object)  # what `synth --preview` prints
    preview_failed = pyqtSignal(object)  # protocol Failed
    previewing_changed = pyqtSignal(bool)  # examples are on their way
    progressed = pyqtSignal(int, int)  # lines or pages done, in all
    written = pyqtSignal(object)  # what `synth --out` prints
    failed = pyqtSignal(object)  # protocol Failed
    cancelled = pyqtSignal()  # finished pieces are kept for the next run of the same wishes

    def __init__(self, parent: QObject | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._texts: tempfile.TemporaryDirectory[str] | None = None  # what was typed, for the child
        self._wanted: tuple[Wishes, Path] | None = None
        self._asked = 0  # number of the wish that the child has last; 0: it has none
        self._number = self._revision = 0
        self._child: EngineProcess | None = None
        self._job = OneJob(self, program)
        self._job.progressed.connect(self._on_job_progressed)
        self._timer = single_shot(self, PREVIEW_DELAY_MS, self._ask)
        self._idle_timer = single_shot(self, IDLE_MS, self._on_idle_timer_timeout)

    @property
    def is_writing(self) -> bool:
        """Whether lines are being written."""
        return self._job.is_running

    def preview(self, wishes: Wishes, labels: Path) -> None:
        """Makes examples soon; those under way are not shown any more."""
        self._wanted = (wishes, labels)
        self._asked = 0
        self._idle_timer.stop()
        self._timer.start()
        self.previewing_changed.emit(True)

    def drop_preview(self) -> None:
        """No examples are wanted."""
        self._wanted = None
        self._asked = 0
        self._timer.stop()
        if self._child is not None:
            self._idle_timer.start()
        self.previewing_changed.emit(False)

    def labels_changed(self) -> None:
        """What was read of the labels is read again for the next examples."""
        self._revision += 1

    def write(self, wishes: Wishes, labels: Path, out: Path) -> None:
        """Writes the lines; `written`, `failed` or `cancelled` follows. Does nothing while it writes."""
        if not self._job.is_running:
            arguments = [*self._arguments(wishes, labels, "run.txt"), "--out", str(out)]
            self._job.start(arguments, self.written.emit, self.failed.emit, self.cancelled.emit)

    def cancel(self) -> None:
        """Ends the writing."""
        self._job.cancel()

    def close(self) -> None:
        """Ends everything; no signal follows."""
        self.blockSignals(True)
        self._timer.stop()
        self._idle_timer.stop()
        if self._child is not None:
            self._child.close()
            self._child = None
        self._job.close()
        if self._texts is not None:
            self._texts.cleanup()
            self._texts = None

    def _arguments(self, wishes: Wishes, labels: Path, name: str) -> list[str]:
        if self._texts is None:
            self._texts = tempfile.TemporaryDirectory(prefix="ocrstudio-synth-", ignore_cleanup_errors=True)
        typed = Path(self._texts.name) / name
        if wishes.kind in ("words", "text") and wishes.file is None:
            typed.write_text(wishes.text, encoding="utf-8", errors="ignore")
        return wishes.arguments(labels, typed)

    @pyqtSlot()
    def _ask(self) -> None:
        if self._wanted is None:
            return
        wishes, labels = self._wanted
        self._wanted = None
        self._number += 1
        self._asked = self._number
        count = PAGE_EXAMPLES if wishes.pages else EXAMPLES
        _, *arguments = self._arguments(wishes, labels, "preview.txt")
        if self._child is None:
            self._child = EngineProcess(["engine", "examples"], self, self._program)
            self._child.message_received.connect(self._on_child_message_received)
            self._child.ended.connect(self._on_child_ended)
            self._child.start()
        self._child.send(ShowExamples(self._asked, [*arguments, f"--preview={count}"], self._revision))

    @pyqtSlot(object)
    def _on_child_message_received(self, message: Message) -> None:
        if not isinstance(message, Examples | Failed) or not self._asked or message.id not in (0, self._asked):
            return  # of a wish that a newer one overtook
        self._asked = 0
        self.previewing_changed.emit(False)
        if isinstance(message, Examples):
            self.previewed.emit(message.result)
        else:
            self.preview_failed.emit(message)

    @pyqtSlot(object)
    def _on_child_ended(self, outcome: Outcome) -> None:
        if self._child is not None:
            self._child.deleteLater()
            self._child = None
        if self._asked:
            self._asked = 0
            self.previewing_changed.emit(False)
            self.preview_failed.emit(unexplained_end("synth", outcome))

    @pyqtSlot()
    def _on_idle_timer_timeout(self) -> None:
        # it ends when nothing more can come; `ended` follows
        if self._child is not None and not self._asked:
            self._child.ended.disconnect(self._on_child_ended)
            self._child.ended.connect(self._child.deleteLater)
            self._child.close_input()
            self._child = None

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, name: str, done: int, total: int) -> None:
        if name == "write":
            self.progressed.emit(done, total)
