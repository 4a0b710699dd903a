"""The run that is shown: its name, how it stands, how far it is, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QEvent, QSize, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QMenu, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.core.run_history import RunHistory
from ocrstudio.core.run_state import RunState
from ocrstudio.core.run_table import finite
from ocrstudio.formats.run_state import RunStatus
from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui.pages.train.words import STATE_ROLES, best_words, moment, stage_words, state_word, time_left
from ocrstudio.ui.widgets.parts import GRID, Dot, ElidedLabel, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

PROGRESS_STEPS = 1000
# The least that the header takes, and that it leaves to the name of the run.
MINIMUM_PX, NAME_PX = 420, 100
UNFINISHED = (RunState.STOPPED, RunState.INTERRUPTED, RunState.FAILED)


class RunHeader(TranslatedWidget):
    """The page connects the buttons: `start`, `resume`, `start_from`, `stop`, `use`, and fills the two menus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: TrainingRun | None = None
        self._stage = ("", 0, 0)
        self._shown_name = self._note = ""
        self._name = ElidedLabel("runName")
        self._name.setProperty("role", "title")
        self._dot = Dot()
        self._state = label("", "runState")
        self._place = ElidedLabel("runProgressText", Qt.TextElideMode.ElideRight)
        self._place.setProperty("role", "muted")
        self._bar = QProgressBar()
        self._bar.setObjectName("runProgress")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, PROGRESS_STEPS)
        self._build_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        first = row(self.start, self.stop, self.resume, self.start_from, self.use)
        first.insertWidget(0, self._name, 1)
        second = row(self._dot, self._state, self.save_curves, self.more)
        second.insertWidget(2, self._place, 1)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._bar)

    def _build_buttons(self) -> None:
        self.start = button("startTrainingButton", "fa5s.play", "primary")
        self.say(self.start.setText, lambda: self.tr("Start"))
        self.say(self.start.setToolTip, lambda: self.tr("Begins this training, which has not been started yet."))
        self.resume = button("continueRunButton", "fa5s.step-forward")
        self.say(self.resume.setAccessibleName, self._resume_word)
        self.say(self.resume.setToolTip, lambda: "\n".join((self._resume_word(), self._resume_tip())))
        self.start_from = button("startFromRunButton", "fa5s.code-branch")
        self.say(self.start_from.setAccessibleName, self._start_from_word)
        self.say(self.start_from.setToolTip, lambda: "\n".join((self._start_from_word(), self._start_from_tip())))
        self.stop = button("stopTrainingButton", "fa5s.stop", "danger")
        self.say(
            self.stop.setToolTip,
            lambda: self.tr(
                "Finishes the current batch, keeps the best state and ends this training. What waits in the queue is "
                "held then."
            ),
        )
        self.use = button("useModelButton", "fa5s.check", "primary")
        self.say(self.use.setText, lambda: self.tr("Use this model"))
        self.say(self.use.setToolTip, lambda: self.tr("Reads pictures with this model from now on."))
        self.save_curves = button("saveCurvesButton", "fa5s.download", "quiet")
        self.say(self.save_curves.setText, lambda: self.tr("Save curves"))
        self.save_menu = QMenu(self.save_curves)
        self.save_curves.setMenu(self.save_menu)
        self.more = button("moreRunButton", "fa5s.ellipsis-h", "quiet")
        self.say(self.more.setText, lambda: self.tr("More"))
        self.more_menu = QMenu(self.more)
        self.more.setMenu(self.more_menu)
        for made in (self.save_curves, self.more):
            # The style's own arrow sits in the corner below the text.
            made.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def _resume_word(self) -> str:
        return self.tr("Continue this run")

    def _start_from_word(self) -> str:
        return self.tr("Start from this model")

    def _resume_tip(self) -> str:
        return self.tr(
            "Goes on in this run where it stopped: the same epoch, the same learning rate and optimiser, the best "
            "result kept, and the curves go on. Choose it after an interruption."
        )

    def _start_from_tip(self) -> str:
        return self.tr(
            "Begins a new run with the settings of this one, whose best model is what it starts from: epoch 1, a "
            "fresh learning rate and optimiser, curves of its own. This run stays as it is."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The two buttons that give way to the width have icons and tooltips of their own.
        return QSize(MINIMUM_PX, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Leaves out what two of the buttons say where there is no room for it beside the name."""
        words = {self.resume: self._resume_word(), self.start_from: self._start_from_word()}
        for made, text in words.items():
            made.setText(text)
        shown = [one for one in (self.start, self.stop, *words, self.use) if not one.isHidden()]
        for made in (self.start_from, self.resume):
            if sum(one.sizeHint().width() + GRID for one in shown) + NAME_PX > self.width():
                made.setText("")

    def show_run(self, run: TrainingRun) -> None:
        """Shows a run, live or past."""
        self._run = run
        self._stage = ("", 0, 0)
        self._shown_name = self._note = ""
        self.refresh()

    def show_words(self, name: str, note: str) -> None:
        """What the user calls the run, and wants to remember about it."""
        self._shown_name, self._note = name, note
        self.refresh()

    def show_stage(self, name: str, done: int, total: int) -> None:
        """What the trainer is doing now."""
        self._stage = (name, done, total)
        self.refresh()

    def refresh(self) -> None:
        """Takes over the run's state and numbers."""
        run = self._run
        if run is None or (run.run is None and run.log_file is None):
            return
        state = run.state
        path = run.run.path if run.run is not None else run.log_file or Path()
        self._name.setText(self._shown_name or path.name)
        self._name.setToolTip("\n".join(part for part in (str(path), self._note) if part))
        is_log = run.run is None
        is_read = is_log or run.is_read
        self._dot.set_role("muted" if is_log or not is_read else STATE_ROLES[state])
        if is_log:
            self._state.setText(self.tr("The log of another program"))
        else:
            self._state.setText(state_word(state) if is_read else self.tr("Being read…"))
        self.more.setVisible(not is_log)
        self._place.setText(self._place_words(state, run.history))
        self._bar.setVisible(state.is_active)
        self._show_progress(state, run.history)
        self.stop.setVisible(state.is_active)
        self.stop.setText(self.tr("End now") if state is RunState.STOPPING else self.tr("Stop"))
        self.start.setVisible(state is RunState.IDLE and is_read and not is_log)
        self.resume.setVisible(state in UNFINISHED and run.can_go_on)
        self.start_from.setVisible(run.model is not None)
        self.use.setVisible(run.bundle is not None)
        self._fit()
        self.save_curves.setVisible(state is not RunState.IDLE)
        self.save_curves.setEnabled(bool(run.history.names("train") or run.history.names("eval")))

    def _place_words(self, state: RunState, history: RunHistory) -> str:
        parts = []
        if state is RunState.STARTING:
            parts.append(self.tr("the training program is being loaded"))
        elif state is RunState.STOPPING:
            parts.append(self.tr("the best state is being kept"))
        elif state is RunState.RUNNING:
            parts.extend(self._running_words(history))
        elif state is RunState.UNKNOWN and self._run is not None and self._run.status is not None:
            parts.append(self._elsewhere_words(self._run.status))
        else:
            if state is RunState.INTERRUPTED:
                parts.append(self.tr("nobody trains it any more; how it ended is not known"))
            if history.best is not None:
                parts.append(best_words(history))
        return "· " + " · ".join(parts) if parts else ""

    def _elsewhere_words(self, status: RunStatus) -> str:
        text = self.tr("trained by the computer {host}, whose last sign of life was at {time}")
        return text.format(host=status.process.host, time=moment(status.heard))

    def _running_words(self, history: RunHistory) -> list[str]:
        name, done, total = self._stage
        parts = [] if name in ("", "train") else [stage_words(name)]
        if parts and total:
            parts[0] = self.tr("{step}: {done} of {total}").format(step=parts[0], done=done, total=total)
        train = history.last("train") or {}
        epochs = (history.start or {}).get("epochs")
        if train.get("epoch") and epochs:
            parts.append(self.tr("epoch {epoch} of {epochs}").format(epoch=train["epoch"], epochs=epochs))
        left = time_left(history.seconds_left())
        if left and name not in ("export", "parity"):
            parts.append(left)
        return parts

    def _show_progress(self, state: RunState, history: RunHistory) -> None:
        name, done, total = self._stage
        step = finite((history.last("train") or {}).get("step")) or 0.0
        if name in ("load", "export", "parity") or not step:
            share = done / total if total else None
        else:
            share = step / history.steps_total if history.steps_total else None
        if share is None or state is not RunState.RUNNING:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, PROGRESS_STEPS)
            self._bar.setValue(round(PROGRESS_STEPS * min(1.0, share)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
