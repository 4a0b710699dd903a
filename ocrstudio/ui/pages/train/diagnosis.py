"""How the run that is shown is doing, in one sentence above its curves; why, and what to do, behind a button."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Literal

from PyQt5.QtCore import QEvent, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt5.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PyQt5.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ocrstudio.core.health import HealthWatch, Sign
from ocrstudio.core.run_state import RunState
from ocrstudio.formats.run_failure import is_known
from ocrstudio.services.timers import single_shot
from ocrstudio.services.training_run import TrainingRun
from ocrstudio.ui import theme
from ocrstudio.ui.i18n import filled, in_words
from ocrstudio.ui.icons import icon
from ocrstudio.ui.pages.train.report_dialog import ReportDialog
from ocrstudio.ui.pages.train.words import command_of
from ocrstudio.ui.widgets.parts import GRID, button, label, row
from ocrstudio.ui.widgets.translated import TranslatedWidget

ICONS = {
    "good": ("fa5s.heartbeat", "good"),
    "info": ("fa5s.info-circle", "accent"),
    "warn": ("fa5s.exclamation-triangle", "warn"),
    "bad": ("fa5s.times-circle", "bad"),
}
FRAMES = {"good": "card", "info": "card", "warn": "message-warn", "bad": "message-bad"}
# What is new is looked at this long after it came; a silent run is looked at once a second all the same.
SOON_MS, TICK_MS = 400, 1000
MOST_HEIGHT_PX = 220
ICON_PX = 18
DETAIL_LINES = 8
_REPORTED = (RunState.FAILED, RunState.INTERRUPTED)
# A remedy that names a value of the config is carried out there.
_CONFIG_KEY = re.compile(r"\b(Global|Optimizer|Train|Eval)\.[a-z]")


@dataclass(frozen=True)
class Finding:
    """One thing that is said, in the language in use.

    Attributes:
        state: good, info, warn or bad.
        what: The sentence.
        why: More about it, "" if there is nothing to add.
        remedy: What to do.
        page: Page of the window on which that can be done.
        command: A command that does it.
        details: Technical text, as it is.
    """

    state: Literal["good", "info", "warn", "bad"]
    what: str
    why: str = ""
    remedy: str = ""
    page: str = ""
    command: str = ""
    details: str = ""


class DiagnosisStrip(TranslatedWidget):
    """Follows a run and says how it is doing; hidden while there is nothing to say.

    Args:
        parent: Owner.
        program: Replaces the program that collects a report; for tests.
    """

    page_requested = pyqtSignal(str)  # key of the page on which something can be mended

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("diagnosis")
        self._run: TrainingRun | None = None
        self._watch = HealthWatch()
        self._watched: object = None
        self.findings: list[Finding] = []
        self._build()
        self._soon = single_shot(self, SOON_MS, self.look)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look)
        self.hide()

    def _build(self) -> None:
        self._icon = QLabel()
        self._icon.setFixedSize(ICON_PX, ICON_PX)
        self._text = label("", "diagnosisText", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse))
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action = button("diagnosisAction")
        self._report = button("diagnosisReport", "fa5s.file-archive")
        self._more = button("diagnosisMore", role="quiet")
        self._more.setCheckable(True)
        self._details = QScrollArea()
        self._details.setObjectName("diagnosisDetails")
        self._details.setWidgetResizable(True)
        self._details.setFrameShape(QFrame.Shape.NoFrame)
        self._details.hide()
        self._frame = QFrame()
        line = row(self._icon, self._action, self._report, self._more)
        line.insertWidget(1, self._text, 1)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(GRID + 4, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(line)
        column.addWidget(self._details)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.say(self._report.setText, lambda: self.tr("Collect for a report…"))
        self.say(
            self._report.setToolTip,
            lambda: self.tr(
                "Puts what a helper needs to see into one file, without secrets; you see what goes in first."
            ),
        )
        self._more.toggled.connect(self._on_more_toggled)
        self._action.clicked.connect(self._on_action_clicked)
        self._report.clicked.connect(self._on_report_clicked)

    @property
    def text(self) -> str:
        """The sentence that is shown; empty while there is none."""
        return "" if self.isHidden() else self._text.text()

    # --- following ---------------------------------------------------------------------------------------------------

    def show_run(self, run: TrainingRun) -> None:
        """Follows a run, live or past, from now on."""
        if run is not self._run:
            if self._run is not None:
                self._run.state_changed.disconnect(self.look)
                for signal in (self._run.history_changed, self._run.stage_changed):
                    signal.disconnect(self._on_news)
            self._run = run
            run.state_changed.connect(self.look)
            for signal in (run.history_changed, run.stage_changed):
                signal.connect(self._on_news)
        self._more.setChecked(False)
        self.findings = []
        self.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow_clock()

    def _follow_clock(self) -> None:
        """A training that says nothing is worth a look, too; but only while somebody sees the page."""
        parent = self.parentWidget()
        is_seen = parent is None or parent.isVisible()
        if is_seen and self._run is not None and self._run.state.is_active:
            self._tick.start()
        else:
            self._tick.stop()

    @pyqtSlot()
    def _on_news(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    @pyqtSlot()
    def look(self) -> None:
        """Looks at the run and says how it is doing."""
        run = self._run
        if run is None:
            return
        if run.history is not self._watched:
            self._watch, self._watched = HealthWatch(), run.history
        findings = self._findings(run)
        self._follow_clock()
        # what somebody is reading is not made anew for nothing
        if findings != self.findings or self.isHidden() == bool(findings):
            self.findings = findings
            self._show()

    def _findings(self, run: TrainingRun) -> list[Finding]:
        if run.run is None and run.log_file is None:
            return []
        if run.state in (RunState.IDLE, RunState.QUEUED, RunState.VANISHED):
            return []
        is_active = run.state.is_active
        heard = run.status.heard if run.status is not None else None
        signs = self._watch.look(
            run.history, now=time.time() if is_active else None, heard=heard, expected=run.expected
        )
        found = [_said(sign) for sign in signs]
        if run.state in _REPORTED:
            # what goes well is no comfort then
            found = [self._ended(run), *(one for one in found if one.state in ("warn", "bad"))]
        return found

    def _ended(self, run: TrainingRun) -> Finding:
        """A run that failed or broke off."""
        failure = run.failure
        if failure is None:
            return Finding(
                "warn",
                self.tr("The training broke off without a word. What was saved before is kept: go on with the run."),
                self.tr("The computer may have been switched off, or the program was ended from outside."),
            )
        text = in_words(failure)
        page = run.cause.page if run.cause is not None else ""
        if not page and _CONFIG_KEY.search(failure.remedy):
            page = "config"
        known = is_known(failure.what)
        unknown = self.tr(
            "The reason is not known here. “Collect for a report” puts together what a helper needs to see."
        )
        details = failure.details.strip()
        return Finding("bad", text, "" if known else unknown, "", page, command_of(failure), details)

    # --- showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self.findings:
            self.hide()
            return
        first, rest = self.findings[0], self.findings[1:]
        name, colour = ICONS[first.state]
        self._icon.setPixmap(icon(name, colour).pixmap(ICON_PX, ICON_PX))
        self._icon.setToolTip(self._state_words()[first.state])
        self._text.setText(first.what)
        self._show_action(first)
        run = self._run
        self._report.setVisible(run is not None and run.run is not None and run.state in _REPORTED)
        others = [one for one in rest if one.state != "good"]
        self._more.setVisible(bool(first.why or first.remedy or first.details or others))
        self._show_more_words(len(others))
        if self._more.isChecked():
            self._fill_details()
        role = FRAMES[first.state]
        if self._frame.property("role") != role:
            self._frame.setProperty("role", role)
            theme.repolish(self._frame)
        self.show()

    def _state_words(self) -> dict[str, str]:
        """What the icons mean, for those who cannot tell their colours."""
        return {
            "good": self.tr("All is well"),
            "info": self.tr("Good to know"),
            "warn": self.tr("Something is not as it should be"),
            "bad": self.tr("This run is in trouble"),
        }

    def _show_action(self, first: Finding) -> None:
        words = {
            "config": self.tr("Open Config"),
            "dataset": self.tr("Open Dataset"),
            "setup": self.tr("Open Setup"),
        }
        wanted = first.state in ("warn", "bad")
        if first.command and wanted:
            self._action.setText(self.tr("Copy the command"))
        elif first.page in words and wanted:
            self._action.setText(words[first.page])
        else:
            wanted = False
        self._action.setVisible(wanted)

    def _show_more_words(self, others: int) -> None:
        if self._more.isChecked():
            self._more.setText(self.tr("Less"))
        elif others:
            self._more.setText(self.tr("Why? And {count} more").format(count=others))
        elif self.findings and self.findings[0].details:
            self._more.setText(self.tr("Details"))
        else:
            self._more.setText(self.tr("Why?"))

    def _fill_details(self) -> None:
        content = QWidget()
        content.setObjectName("diagnosisContent")
        content.setStyleSheet("#diagnosisContent { background: transparent; }")
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, GRID, GRID // 2)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        for number, finding in enumerate(self.findings):
            if number and finding.state == "good":
                continue
            self._add_finding(grid, finding, headed=number > 0)
        grid.setRowStretch(grid.rowCount(), 1)
        # as high as its text is at this width, not at its narrowest
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._details.setWidget(content)
        viewport = self._details.viewport()
        if viewport is not None:
            viewport.setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self._fit_details()

    def _fit_details(self) -> None:
        """As high as the text needs, up to a limit: curves are worth more than empty space."""
        content, viewport = self._details.widget(), self._details.viewport()
        laid_out = content.layout() if content is not None else None
        if laid_out is not None and viewport is not None:
            needed = laid_out.heightForWidth(max(200, self.width() - 4 * GRID))
            self._details.setFixedHeight(min(needed + 2, MOST_HEIGHT_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_details()

    def _add_finding(self, grid: QGridLayout, finding: Finding, *, headed: bool) -> None:
        if headed:
            mark = QLabel()
            name, colour = ICONS[finding.state]
            mark.setPixmap(icon(name, colour).pixmap(ICON_PX, ICON_PX))
            grid.setRowMinimumHeight(grid.rowCount(), GRID // 2)
            grid.addWidget(mark, grid.rowCount(), 0, Qt.AlignmentFlag.AlignTop)
            other = _sentence(finding.what, "diagnosisOther")
            other.setProperty("role", "strong")
            grid.addWidget(other, grid.rowCount() - 1, 1)
        else:
            grid.setColumnMinimumWidth(0, ICON_PX)
        for words, text in ((self.tr("Why: {text}"), finding.why), (self.tr("What to do: {text}"), finding.remedy)):
            if text:
                grid.addWidget(_sentence(words.format(text=text), "diagnosisWords"), grid.rowCount(), 1)
        # what went well before is in the log below
        lines = [line for line in finding.details.splitlines() if " INFO: " not in line]
        if lines:
            shown = _sentence("\n".join(lines[-DETAIL_LINES:]), "diagnosisTechnical")
            shown.setProperty("role", "mono")
            grid.addWidget(shown, grid.rowCount(), 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.findings = []
            self.look()

    @pyqtSlot(bool)
    def _on_more_toggled(self, checked: bool) -> None:
        if checked:
            self._fill_details()
        self._details.setVisible(checked)
        self._show_more_words(len([one for one in self.findings[1:] if one.state != "good"]))

    @pyqtSlot()
    def _on_action_clicked(self) -> None:
        first = self.findings[0] if self.findings else None
        clipboard = QApplication.clipboard()
        if first is None:
            return
        if first.command and clipboard is not None:
            clipboard.setText(first.command)
        elif first.page:
            self.page_requested.emit(first.page)

    @pyqtSlot()
    def _on_report_clicked(self) -> None:
        if self._run is not None and self._run.run is not None:
            ReportDialog(self._run.run, self.window()).open()


def _said(sign: Sign) -> Finding:
    what, why, remedy = (
        filled("Health", text, sign.values) for text in (sign.words.what, sign.words.why, sign.words.remedy)
    )
    return Finding(sign.state, what, why, remedy, sign.page)


def _sentence(text: str, name: str) -> QLabel:
    made = label("", name, wrap=True)
    made.setText(text)
    made.setTextInteractionFlags(Qt.TextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
