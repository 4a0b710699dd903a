"""The setup page: traffic lights for everything the program needs, each with its fix."""

from __future__ import annotations

from typing import Any

from PyQt5.QtCore import pyqtSlot
from PyQt5.QtGui import QCloseEvent, QShowEvent
from PyQt5.QtWidgets import QApplication, QCheckBox, QProgressBar, QVBoxLayout, QWidget

from ocrstudio.protocol.messages import Failed
from ocrstudio.services.checkouts import Checkouts
from ocrstudio.services.jobs import OneJob
from ocrstudio.services.settings import Settings
from ocrstudio.ui.pages.setup.check_row import CheckRow
from ocrstudio.ui.pages.setup.checkouts_card import CheckoutsCard
from ocrstudio.ui.pages.setup.environment_bar import EnvironmentBar
from ocrstudio.ui.pages.setup.fix_dialog import FixDialog
from ocrstudio.ui.pages.setup.group_card import GroupCard
from ocrstudio.ui.pages.setup.models_card import ModelsCard
from ocrstudio.ui.widgets.message_bar import Kind, MessageBar
from ocrstudio.ui.widgets.parts import GRID, button, label, row, scrolled
from ocrstudio.ui.widgets.translated import TranslatedWidget

# What a running window has loaded; the rest lives in children, which are new each time.
_LOADED = ("numpy", "opencv", "recognition", "models")


class SetupPage(TranslatedWidget):
    """Runs the doctor on the first visit and whenever it is asked to.

    Args:
        settings: Unused so far; every page gets it.
        parent: Owner.
        program: Replaces the command's program; for tests.
    """

    def __init__(self, settings: Settings, parent: QWidget | None = None, program: list[str] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("setupPage")
        self._settings, self._program = settings, program
        self._job = OneJob(self, program)
        self._job.progressed.connect(self._on_job_progressed)
        self._dialog: FixDialog | None = None
        self._report: dict[str, Any] = {}
        self._step = ""
        self.message = MessageBar()
        self.summary = label("subtitle", "setupSummary", wrap=True)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._build_buttons()
        self.environment = EnvironmentBar(program)
        self.groups = {
            "program": GroupCard("program", lambda: self.tr("Program")),
            "training": GroupCard("training", lambda: self.tr("Training"), self.test_button),
            "graphics": GroupCard("graphics", lambda: self.tr("Graphics card")),
            "data": GroupCard("data", lambda: self.tr("Room for data")),
        }
        self._checkouts = Checkouts(self, program)
        self.checkouts_card = CheckoutsCard(self._checkouts, program=program)
        self.models_card = ModelsCard(settings, program=program)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        # above what scrolls: what a card far below has to say is seen there, too
        self.message.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        outer.addWidget(self.message)
        outer.addWidget(scrolled(self._build_content()), 1)
        self._connect()

    def _build_buttons(self) -> None:
        self.again_button = button("checkAgainButton", "fa5s.sync-alt")
        self.report_button = button("copyReportButton", "fa5s.clipboard")
        self.test_button = button("deviceTestButton", "fa5s.vial")
        self.details_box = QCheckBox()
        self.details_box.setObjectName("detailsBox")
        self.say(self.again_button.setText, lambda: self.tr("Check again"))
        self.say(self.report_button.setText, lambda: self.tr("Copy report"))
        self.say(
            self.report_button.setToolTip,
            lambda: self.tr("As text for an issue or a mail; your name and folders are taken out."),
        )
        self.say(self.test_button.setText, lambda: self.tr("Test the device"))
        self.say(
            self.test_button.setToolTip,
            lambda: self.tr("Calculates and trains one step with Paddle, on the graphics card if it can be used."),
        )
        self.say(self.details_box.setText, lambda: self.tr("Details"))
        self.say(self.details_box.setToolTip, lambda: self.tr("Also say of what is good what is wanted, and what for."))

    def _build_content(self) -> QWidget:
        title, hint = label("title"), label("muted", wrap=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row(title, None, self.details_box, self.report_button, self.again_button))
        # further cards of this page go below the groups, each in a file of its own
        for widget in (
            hint,
            self.environment,
            self._progress,
            self.summary,
            *self.groups.values(),
            self.checkouts_card,
            self.models_card,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.say(title.setText, lambda: self.tr("Setup"))
        self.say(
            hint.setText,
            lambda: self.tr(
                "What this computer has, and what is missing. What a command can mend has a button; every command is "
                "shown before it runs."
            ),
        )
        self.say(self.summary.setText, self._summary_text)
        return content

    def _connect(self) -> None:
        self.checkouts_card.failed.connect(self.message.show_error)
        self.checkouts_card.environments_changed.connect(self.environment.look)
        self.again_button.clicked.connect(self.check)
        self.report_button.clicked.connect(self._on_report_clicked)
        self.test_button.clicked.connect(self.test_device)
        self.environment.chosen.connect(self.check)
        self.details_box.toggled.connect(self._on_details_toggled)
        for group in self.groups.values():
            group.copied.connect(self._on_row_copied)
            group.fix_requested.connect(self._on_fix_requested)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._checkouts.reload()
        if not self.rows and not self.is_checking:
            self.check()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._job.close()
        if self._dialog is not None:
            self._dialog.shut_down()
            self._dialog = None
        self.environment.shut_down()
        self.checkouts_card.shut_down()
        self._checkouts.close()
        self.models_card.close_work()
        super().closeEvent(event)

    @property
    def rows(self) -> list[CheckRow]:
        """All lines, group by group."""
        return [one for group in self.groups.values() for one in group.rows]

    @property
    def is_checking(self) -> bool:
        """Whether the doctor is at work."""
        return self._job.is_running

    @pyqtSlot()
    def check(self) -> None:
        """Looks at the machine again, in a child process; what was under way is dropped."""
        self._start([])

    @pyqtSlot()
    def test_device(self) -> None:
        """Looks again and calculates on the device."""
        self._start(["--device-test"])

    def _start(self, options: list[str]) -> None:
        self._job.close()
        self.message.clear()
        python = self.environment.python
        self._step = ""
        arguments = ["doctor", *(["--python", python] if python else []), *options]
        self._job.start(arguments, self._take_report, self._take_failure)
        self._show_checking(True)

    def _show_checking(self, checking: bool) -> None:
        self._progress.setVisible(checking)
        for one in (self.again_button, self.test_button):
            one.setEnabled(not checking)
        self.report_button.setEnabled(not checking and bool(self._report))
        self.summary.setText(self._summary_text())

    @pyqtSlot(str, int, int)
    def _on_job_progressed(self, name: str, _done: int, _total: int) -> None:
        self._step = name
        self.summary.setText(self._summary_text())

    def _take_report(self, result: dict[str, Any]) -> None:
        self._show_report(result)
        if not self.environment.found:
            self.environment.look()

    def _take_failure(self, failed: Failed) -> None:
        self._show_report({})
        self.message.show_error(failed)

    def _show_report(self, report: dict[str, Any]) -> None:
        self._report = report
        for name, group in self.groups.items():
            checks = [one for one in report.get("checks", []) if one.get("group") == name]
            group.show_checks(checks, details=self.details_box.isChecked())
        self._show_checking(False)

    def _summary_text(self) -> str:
        if self._job.is_running:
            steps = {
                "device-load": self.tr("Loading Paddle…"),
                "device-product": self.tr("Multiplying matrices…"),
                "device-convolution": self.tr("Convolving pictures…"),
                "device-training": self.tr("Training one step…"),
            }
            return steps.get(self._step, self.tr("Looking at this computer…"))
        status = str(self._report.get("status", ""))
        names = ", ".join(one.text_of("title") for one in self.rows if one.check.get("status") == status)
        return {
            "ok": self.tr("Everything is ready."),
            "warning": self.tr("Everything needed is there; this could be better: {names}"),
            "error": self.tr("This needs mending: {names}"),
        }.get(status, "").format(names=names)

    @pyqtSlot(bool)
    def _on_details_toggled(self, shown: bool) -> None:
        for group in self.groups.values():
            group.show_details(shown)

    @pyqtSlot(str)
    def _on_row_copied(self, _command: str) -> None:
        self.message.show_message(
            "good", lambda: self.tr("Copied. Paste it into a terminal, run it, start OCR Studio again and check again.")
        )

    @pyqtSlot()
    def _on_report_clicked(self) -> None:
        clipboard = QApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(str(self._report.get("text", "")))
        self.message.show_message(
            "good", lambda: self.tr("The report is on the clipboard. Read it before you send it to somebody.")
        )

    # --- mending ---------------------------------------------------------------------------------------------------

    @pyqtSlot(object)
    def _on_fix_requested(self, check: dict[str, Any]) -> None:
        row_of = next((one for one in self.rows if one.check is check), None)
        if row_of is None or self._dialog is not None:
            return
        python = self.environment.python
        name = str(check.get("id"))
        arguments = ["doctor", "--fix", name, *(["--python", python] if python else [])]
        title = self.tr("Mend: {title}").format(title=row_of.text_of("title"))
        commands = str(check.get("command", "")).split(" && ")
        is_loaded = not python and name in _LOADED
        dialog = FixDialog(
            title, commands, arguments, lambda result: self._verdict(result, is_loaded), self, self._program
        )
        dialog.ended.connect(self._on_fix_ended)
        dialog.finished.connect(self._on_dialog_finished)
        self._dialog = dialog
        dialog.open()

    def _verdict(self, result: dict[str, Any], is_loaded: bool) -> tuple[Kind, str]:
        if result.get("mended") != "ok":
            return "warn", self.tr("The commands ran, but the line is not good yet. The Setup page says what is left.")
        if is_loaded:
            return "good", self.tr(
                "Done, and looked at again: it is good now. Start OCR Studio again before you go on."
            )
        return "good", self.tr("Done, and looked at again: it is good now.")

    @pyqtSlot(object)
    def _on_fix_ended(self, result: dict[str, Any] | None) -> None:
        if result is None:
            self.check()
        else:
            self._job.close()
            self._show_report(result)
        self.environment.look()

    @pyqtSlot()
    def _on_dialog_finished(self) -> None:
        self._dialog = None
